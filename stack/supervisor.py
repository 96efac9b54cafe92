"""Starts programs in order, keeps them running, stops them in the opposite order, and never leaves one behind."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from stack import state
from stack.console import Problem, warn
from stack.process import Program, end, gone, last_lines
from stack.signals import TO_STOP, Signals

RESTARTS = 5  # in a row; a program that ran for SETTLED_AFTER seconds has earned a new count
SETTLED_AFTER = 60
REAPED_WITHIN = 60  # seconds the reaper of a killed supervisor may take


class Stop(Exception):
    """Somebody asked us to stop."""


@dataclass
class Running:
    program: Program
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)
    restarts: int = 0


class Supervisor:
    """Use as a context: inside it programs run, and leaving it stops them all."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._running: list[Running] = []

    def __enter__(self) -> Self:
        self._lock = lock(self._directory)
        self._signals = Signals()
        self._reaper = self._start_reaper()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._running:
            self._end(self._running[-1])
        self._reaper.communicate()
        self._lock.close()

    def start(self, program: Program) -> None:
        """Start it and wait until it is ready."""
        running = Running(program, program.launch())
        self._running.append(running)
        self._tell_reaper()
        self._wait_until_ready(running)

    def run(self, name: str, argv: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
        """Run one step to its successful end."""
        step = Program(name, tuple(argv), log, environment, working_directory=state.REPOSITORY)
        running = Running(step, step.launch())
        self._running.append(running)
        self._tell_reaper()
        while running.process.poll() is None:
            self._pause(1)
        self._forget(running)
        if running.process.returncode != 0:
            raise Problem(
                f"{name} failed. The end of {log}:\n{last_lines(log)}\n"
                "Put right what it names, then start again: the data is as it was."
            )

    def run_in_foreground(self, argv: Sequence[str], environment: Mapping[str, str]) -> int:
        """Run what the user asked for in the user's terminal, Ctrl-C included, and return its exit status."""
        try:
            process = subprocess.Popen(argv, env=environment)
        except OSError as error:
            raise Problem(f"{argv[0]} cannot be started: {error.strerror}. Check its name.") from error
        running = Running(Program(argv[0], tuple(argv), self._directory, environment), process)
        self._running.append(running)
        self._tell_reaper()
        while process.poll() is None:
            if (self._signals.wait(1) & TO_STOP) - {signal.SIGINT}:  # the terminal has sent Ctrl-C to both of us
                process.terminate()
        self._forget(running)
        return process.returncode if process.returncode >= 0 else 128 - process.returncode

    def watch(self) -> None:
        """Start again what crashes, until somebody asks us to stop."""
        while True:
            self._pause(5)
            for running in self._running:
                if running.process.poll() is not None:
                    self._restart(running)
            if self._reaper.poll() is not None:
                self._reaper = self._start_reaper()
                self._tell_reaper()

    def _restart(self, running: Running) -> None:
        program, status = running.program, running.process.returncode
        running.restarts = 0 if time.monotonic() - running.started > SETTLED_AFTER else running.restarts
        if running.restarts == RESTARTS:
            raise Problem(
                f"{program.name} has stopped {RESTARTS + 1} times. The end of {program.log}:\n"
                f"{last_lines(program.log)}\nPut right what it names, then start again."
            )
        delay = 2**running.restarts
        warn(f"{program.name} stopped by itself (status {status}). Starting it again in {delay} s; see {program.log}")
        resume_at = time.monotonic() + delay
        while (remaining := resume_at - time.monotonic()) > 0:
            self._pause(remaining)
        running.restarts += 1
        running.process, running.started = program.launch(), time.monotonic()
        self._tell_reaper()
        self._wait_until_ready(running, may_end=True)

    def _wait_until_ready(self, running: Running, *, may_end: bool = False) -> None:
        program, process = running.program, running.process
        deadline = time.monotonic() + program.ready_within
        while not program.ready():
            ended = process.poll() is not None
            if ended and may_end:
                return
            if ended or time.monotonic() > deadline:
                raise Problem(
                    f"{program.name} did not start. The end of {program.log}:\n{last_lines(program.log)}\n"
                    "Put right what it names, then start again."
                )
            self._pause(0.05)

    def _pause(self, seconds: float) -> None:
        if self._signals.wait(seconds) & TO_STOP:
            raise Stop

    def _end(self, running: Running) -> None:
        process, program = running.process, running.program
        end(process.pid, program.stop_signal, program.stop_within, lambda: process.poll() is not None)
        process.wait()
        self._forget(running)

    def _forget(self, running: Running) -> None:
        self._running.remove(running)
        self._tell_reaper()

    def _start_reaper(self) -> subprocess.Popen[str]:
        """It keeps the lock too: as long as it has something to end, nobody else starts."""
        return subprocess.Popen(
            [sys.executable, "-m", "stack.reaper"],
            stdin=subprocess.PIPE,
            text=True,
            cwd=state.REPOSITORY,
            pass_fds=[self._lock.fileno()],
            start_new_session=True,
        )

    def _tell_reaper(self) -> None:
        order = [
            (each.process.pid, int(each.program.stop_signal), each.program.stop_within)
            for each in reversed(self._running)
        ]
        pipe = self._reaper.stdin
        try:
            if pipe:
                pipe.write(json.dumps(order) + "\n")
                pipe.flush()
        except BrokenPipeError:
            pass  # it was killed; `watch` starts another


def lock(directory: Path) -> IO[str]:
    """Make sure that we are the only one here. After a kill -9, wait until what was left has been ended."""
    file = (directory / "lock").open("a+")
    give_up_at = time.monotonic() + REAPED_WITHIN
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            if (holder.isdigit() and not gone(int(holder))) or time.monotonic() > give_up_at:
                raise Problem(
                    f"This is already running (process {holder}), with its data in {directory}. "
                    f"Stop it with Ctrl-C in its terminal or with: kill {holder}"
                ) from None
            time.sleep(0.1)
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
