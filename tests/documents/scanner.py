"""ClamAV's real daemon with one signature of our own, and servers that only speak its protocol, badly."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from stack.machine import clamd

# The test file of the anti-virus industry, harmless; in two parts, so that no scanner finds it in this one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def running() -> Iterator[str]:
    """The daemon, knowing EICAR alone; gives the path of its socket, which must not be long."""
    program = clamd()
    if program is None:
        pytest.skip("ClamAV is not installed")
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))
    (folder / "signatures").mkdir()
    (folder / "signatures" / "ours.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    wanted = {"LocalSocket": folder / "clamd.sock", "DatabaseDirectory": folder / "signatures", "Foreground": "yes"}
    (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in wanted.items()))
    with (folder / "log").open("wb") as log:
        daemon = subprocess.Popen([program, f"--config-file={folder}/clamd.conf"], stdout=log, stderr=log)
    try:
        until_it_answers(daemon, folder)
        yield str(folder / "clamd.sock")
    finally:
        daemon.terminate()
        daemon.wait(30)
        shutil.rmtree(folder)


def until_it_answers(daemon: "subprocess.Popen[bytes]", folder: Path) -> None:
    give_up_at = time.monotonic() + 60
    while not (folder / "clamd.sock").exists():
        assert daemon.poll() is None, (folder / "log").read_text()
        assert time.monotonic() < give_up_at, (folder / "log").read_text()
        time.sleep(0.05)


@contextmanager
def pretending(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that takes one caller and does this with it; gives its address."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            caller, _ = server.accept()
        except OSError:
            return
        with caller:
            answer(caller)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.close()
        thread.join(10)


def swallow(caller: socket.socket) -> None:
    """Read until the piece of no length that ends a file."""
    said = b""
    while not said.endswith(b"\0\0\0\0"):
        piece = caller.recv(65536)
        if not piece:
            return
        said = (said + piece)[-64:]


def says(answer: bytes) -> Callable[[socket.socket], None]:
    def speak(caller: socket.socket) -> None:
        swallow(caller)
        caller.sendall(answer)

    return speak
