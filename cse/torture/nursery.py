"""Celery processes that start in no time: each is forked from one that has read the whole project already.

Run as `python -m cse.torture.nursery`. It is handed a line of JSON for each process to start, which answers with its
number. It ends with its input; what it started goes on.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cse.torture.programs import until
from stack import state
from stack.process import Program, gone

CELERY = (sys.executable, "-m", "celery", "-A", "cse.torture.app")


@dataclass(frozen=True)
class Child:
    """Stands for a process of which we are not the parent."""

    pid: int

    def poll(self) -> int | None:
        return 0 if gone(self.pid) else None

    def wait(self) -> int:
        until(lambda: gone(self.pid), f"Process {self.pid} does not end")
        return 0


@dataclass(frozen=True)
class Nursery:
    """The tester's side."""

    process: subprocess.Popen[str]

    def start(self, program: Program) -> Child:
        """Start it as its `launch` would."""
        order = {
            "argv": program.argv[len(CELERY) :],
            "environment": dict(program.environment),
            "log": str(program.log),
        }
        if not self.process.stdin or not self.process.stdout:
            raise ValueError("The nursery has no ears.")
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Child(int(self.process.stdout.readline()))


@contextmanager
def opened(environment: Mapping[str, str], log: Path) -> Iterator[Nursery]:
    with (
        log.open("ab") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "cse.torture.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=state.REPOSITORY,
            env=environment,
            start_new_session=True,
        ) as process,
    ):
        yield Nursery(process)


def main() -> None:
    from django.db import connections
    from django.urls import resolve

    from cse.torture.app import app

    app.loader.import_default_modules()
    resolve("/")
    connections.close_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here waits for them
    for line in sys.stdin:
        if os.fork() == 0:
            order = json.loads(line)
            become(order["environment"], order["log"])
            app.start(order["argv"])
            os._exit(0)


def become(environment: Mapping[str, str], log: str) -> None:
    """A process of its own, with its own session, output and environment."""
    os.setsid()
    os.write(1, f"{os.getpid()}\n".encode())
    with open(log, "ab") as output, open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    os.environ.update(environment)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)


if __name__ == "__main__":
    main()
