"""From a fresh clone to a running site or a finished test run: `python3 -m stack.bootstrap run|test [arguments]`.

Needs nothing but Python 3.11. Every step is skipped while what it works from is unchanged.
"""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stack import assets, machine
from stack.console import problems_as_sentences, say, warn
from stack.environment import Environment
from stack.shell import quietly
from stack.state import REPOSITORY

# One makes all journeys and mostly waits for its site, which leaves two cores to the others (tests/conftest.py).
EVERYTHING = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")


def main(command: str, *arguments: str) -> None:
    environment = Environment()
    with alone():
        machine.provide([machine.ENVIRONMENT, machine.PDF])
        if command == "run":
            environment.provide("requirements")
        else:
            environment.provide("requirements", "requirements-test")
            machine.provide([machine.JAVA, machine.SCANNER, machine.POOLER])
            provide_browser(environment)
        assets.build(environment)
    keep_compiled(environment.path / "compiled")
    python = str(environment.python)
    if command == "run":
        hand_over([python, "-m", "stack", "up", *arguments])
    beside_services = ["-m", "stack", "services", "--state", "var/test", "--static", "--"]
    hand_over([python, *beside_services, python, "-m", "pytest", *(arguments or EVERYTHING)])


def keep_compiled(directory: Path) -> None:
    """Each program then starts in half the time, also where Python was told to write nothing beside its sources."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(directory)


def provide_browser(environment: Environment) -> None:
    """Debian's Chromium on Debian; elsewhere the machine's if it has one, or Playwright's own."""
    if machine.has_chromium_package():
        machine.provide([machine.BROWSER])
    elif not machine.chromium():
        say("Fetching Chromium for the browser tests")
        remedy = "Chromium could not be fetched. Install it with the system's own tools, then start again."
        with_libraries = ["--with-deps"] if machine.can_install() else []
        quietly([environment.python, "-m", "playwright", "install", *with_libraries, "chromium"], remedy)


@contextmanager
def alone() -> Iterator[None]:
    """One at a time: two terminals must not install into the same place."""
    (REPOSITORY / "var").mkdir(exist_ok=True)
    with (REPOSITORY / "var" / "bootstrap.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            warn("Waiting for another ./run or ./test to finish installing")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def hand_over(command: list[str]) -> None:
    os.execv(command[0], command)  # noqa: S606 - the same terminal, the same process


if __name__ == "__main__":
    with problems_as_sentences():
        main(*sys.argv[1:])
