"""The site under gunicorn as in performance.md 1: two sync workers, on this machine only."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

from django.conf import settings

from cse.bench import client
from cse.bench.client import ADDRESS

STARTS_WITHIN = 30


@dataclass(frozen=True)
class Server:
    port: int
    pid: int


@contextmanager
def running(environment: Mapping[str, str]) -> Iterator[Server]:
    """Start it, wait until it answers, stop it afterwards whatever happens."""
    with closing(socket.create_server((ADDRESS, 0))) as free:
        port = free.getsockname()[1]
    options = ("--bind", f"{ADDRESS}:{port}", "--workers", "2", "--worker-class", "sync", "--log-level", "warning")
    command = [sys.executable, "-m", "gunicorn", "cse.bench.wsgi", *options, "--no-control-socket"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    try:
        _wait(process, port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(STARTS_WITHIN)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        status, _ = client.send(port, client.get("/health/ready/"))
        if status == 200:
            return
        time.sleep(0.2)
    raise RuntimeError("gunicorn did not start; its message stands above")
