"""Programs that one may end at any moment and in any way, and that never outlive us."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, Self

from stack import state
from stack.process import Program, end, last_lines

LOOK_EVERY = 0.1  # seconds


class DidNotHappen(Exception):
    """What should have happened, or be the case, did not come about in a generous time."""


def until(condition: Callable[[], object], what: str, *, within: float = 120) -> None:
    give_up_at = time.monotonic() + within
    while not condition():
        if time.monotonic() > give_up_at:
            raise DidNotHappen(what)
        time.sleep(LOOK_EVERY)


class Process(Protocol):
    """As much of `subprocess.Popen` as is needed here."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def wait(self) -> int: ...


@dataclass
class Programs:
    """Use as a context: leaving it ends them all, the last first; if we are killed, the reaper does."""

    _running: dict[str, tuple[Program, Process]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self._reaper = subprocess.Popen(
            [sys.executable, "-m", "stack.reaper"],
            stdin=subprocess.PIPE,
            text=True,
            cwd=state.REPOSITORY,
            start_new_session=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        for name in reversed(list(self._running)):
            self.stop(name)
        self._reaper.communicate()

    def start(self, program: Program, process: Process | None = None, *, wait: bool = True) -> None:
        """Launch it, unless it is this process already; and wait until it is ready."""
        self._running[program.name] = (program, process or program.launch())
        self._tell_reaper()
        if wait:
            self.wait_for(program.name)

    def wait_for(self, name: str) -> None:
        """Until it is ready."""
        program, process = self._running[name]

        def ready() -> bool:
            if process.poll() is not None:
                raise DidNotHappen(f"{name} ended by itself:\n{last_lines(program.log)}")
            return program.ready()

        until(ready, f"{name} did not start:\n{last_lines(program.log)}", within=program.ready_within)

    def stop(self, name: str) -> Program:
        """As its supervisor would."""
        program, process = self._running.pop(name)
        end(process.pid, program.stop_signal, program.stop_within, lambda: process.poll() is not None)
        process.wait()
        self._tell_reaper()
        return program

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> Program:
        """It and all its children at the same instant, as when memory or power fails."""
        program, process = self._running.pop(name)
        os.killpg(process.pid, how)
        process.wait()
        self._tell_reaper()
        return program

    def is_running(self, name: str) -> bool:
        return name in self._running

    def led_by(self, pid: int) -> str:
        return next(name for name, (_, process) in self._running.items() if process.pid == pid)

    def revive(self) -> None:
        """Start again what ended by itself, as its supervisor would."""
        for program, process in list(self._running.values()):
            if process.poll() is not None:
                self.start(program)

    def _tell_reaper(self) -> None:
        order = [
            (process.pid, int(program.stop_signal), program.stop_within)
            for program, process in reversed(self._running.values())
        ]
        if self._reaper.stdin:
            self._reaper.stdin.write(json.dumps(order) + "\n")
            self._reaper.stdin.flush()
