"""A place for embedded data, and the commands of `python -m stack` run in it as a person would run them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

import stack.state
from stack.state import REPOSITORY

OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "CSE_STATE", "CSE_PORT", "CSE_HTTPS")


def until(condition: Callable[[], object], seconds: float = 60, *, every: float = 0.05) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(every)


@dataclass
class Place:
    """A state directory, and everything that is started in it."""

    asked_for: Path

    @property
    def directory(self) -> Path:
        return stack.state.directory(self.asked_for)

    def environment(self, **more: str) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in OURS}
        return {**inherited, "CSE_STATE": str(self.asked_for), "PYTHONUNBUFFERED": "1", **more}

    def stack(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m stack` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "stack", *arguments],
            cwd=REPOSITORY,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=300,
        )

    def copy(self, other: "Place") -> None:
        """Take over what the other one keeps, and to whom each file belongs."""
        subprocess.run(["cp", "-a", f"{other.directory}/.", str(self.directory)], check=True)

    @contextmanager
    def started(self, *command: str, ready: str, **environment: str) -> Iterator["Started"]:
        """Start a command, wait for the line that says it is ready, and let nothing of it outlive the test."""
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=REPOSITORY,
            env=self.environment(**environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started = Started(process)
        try:
            started.read_until(ready)
            yield started
        finally:
            family = started.family() if process.poll() is None else []
            process.terminate()
            started.said += process.communicate(timeout=120)[0]
            until_ended(family)


class Started:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said = ""

    def read_until(self, text: str) -> None:
        assert self.process.stdout
        while text not in self.said:
            line = self.process.stdout.readline()
            assert line, f"it ended before saying {text!r}:\n{self.said}"
            self.said += line

    def family(self) -> list[psutil.Process]:
        us = psutil.Process(self.process.pid)
        return [us, *us.children(recursive=True)]

    def connections(self) -> Iterator[Any]:
        """Over the network; a process that ends while we look has none."""
        for process in self.family():
            with suppress(psutil.NoSuchProcess):
                yield from process.net_connections("inet")

    def named(self, part: str) -> list[psutil.Process]:
        return [each for each in self.family() if part in command_line(each)]

    def wait_for(self, part: str, count: int) -> list[psutil.Process]:
        """As many as are asked for: one that is just being started has no command line for a moment."""
        until(lambda: len(self.named(part)) == count)
        return self.named(part)

    def kill(self) -> list[psutil.Process]:
        """As the kernel would when memory runs out; returns what was running."""
        family = self.family()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return family


def command_line(process: psutil.Process) -> str:
    """What it was started as; nothing for one that ended while we looked."""
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""


def ended(process: psutil.Process) -> bool:
    """Gone, or only waiting for its parent to notice."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def until_ended(processes: list[psutil.Process]) -> None:
    until(lambda: all(ended(process) for process in processes))
