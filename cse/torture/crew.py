"""Celery workers and schedulers of our own, to be stopped, killed and replaced at will."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from cse.torture.nursery import CELERY, Nursery
from cse.torture.points import READY
from cse.torture.programs import Programs
from stack import state
from stack.process import Program

HANDS = 2  # of each worker
IN_BRIEF = ("--loglevel=WARNING", "--without-mingle")  # nobody to greet: a second saved


@dataclass
class Crew:
    """Workers, and schedulers."""

    programs: Programs
    nursery: Nursery
    directory: Path
    environment: Mapping[str, str]

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._workers: list[str] = []
        self._schedulers: list[str] = []

    @property
    def log(self) -> Path:
        return self.directory / "logs" / "workers.log"

    def hire(self, *, wait: bool = True) -> None:
        """Another worker; one that is not waited for is ready when `on_duty` says so."""
        name = f"worker {next(self._numbers)}"
        ready = self.directory / f"{name}.ready"
        program = Program(
            name=name,
            argv=(*CELERY, "worker", f"--concurrency={HANDS}", *IN_BRIEF, f"--hostname={name[7:]}@%h"),
            log=self.log,
            environment={**self.environment, READY: str(ready)},
            ready=ready.exists,
            working_directory=state.REPOSITORY,
        )
        self._workers.append(name)
        self.programs.start(program, self.nursery.start(program), wait=wait)

    def on_duty(self) -> None:
        """Wait until every worker is."""
        for name in self._workers:
            self.programs.wait_for(name)

    def kill(self, leader: int) -> None:
        """The worker that this process leads, without a word."""
        name = self.programs.led_by(leader)
        self.programs.kill(name)
        self._workers.remove(name)

    def keep(self, number: int) -> None:
        """Have so many workers; those who need not stay finish what they do."""
        while len(self._workers) > number:
            self.programs.stop(self._workers.pop(0))
        while len(self._workers) < number:
            self.hire(wait=False)
        self.on_duty()

    def schedule(self, number: int = 1) -> None:
        """Have so many schedulers."""
        while len(self._schedulers) > number:
            self.programs.kill(self._schedulers.pop())
        while len(self._schedulers) < number:
            name = f"scheduler {next(self._numbers)}"
            file = self.directory / name.replace(" ", "-")
            program = Program(
                name=name,
                argv=(*CELERY, "beat", "--schedule", str(file), "--pidfile=", "--loglevel=WARNING"),
                log=self.directory / "logs" / "schedulers.log",
                environment=self.environment,
                working_directory=state.REPOSITORY,
            )
            self._schedulers.append(name)
            self.programs.start(program, self.nursery.start(program))
