"""The commands behind `./run` and `./test`."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from stack import services, site, sockets, state
from stack.console import Problem, say
from stack.supervisor import Stop, Supervisor, lock


def up(*, port: int, seed: bool) -> int:
    """Run the whole site until Ctrl-C; the data stays."""
    try:
        site.require_free(port)
        with prepared(port, seed=seed) as (here, supervisor):
            here.start(supervisor)
            say_how_to_sign_in(here)
            supervisor.watch()
    except Stop:
        say("Stopped. The data is kept.")
    return 0


def prepare(*, seed: bool) -> int:
    """Bring the data up to date, as `up` does before it starts the site."""
    with prepared(0, seed=seed):
        return 0


@contextmanager
def prepared(port: int, *, seed: bool) -> Iterator[tuple[site.Site, Supervisor]]:
    """The site, ready to be started, with PostgreSQL and Valkey beside it."""
    directory = services.prepare_directory()
    with sockets.directory(directory / "run") as where, Supervisor(directory) as supervisor:
        known = services.start(supervisor, directory, where)
        here = site.Site(directory, port, site.environment(port, known.secret_key))
        here.prepare(supervisor, seed=seed and not services.given("DATABASE_URL"))
        yield here, supervisor


def say_how_to_sign_in(here: site.Site) -> None:
    say(f"\nThe site is running at {here.url}")
    if services.given("DATABASE_URL"):
        say("Sign in with your e-mail address and password.")
    else:
        say(f"Choose who you want to be at {here.url}demo/ (made-up people and children; no password is needed).")
    say(f"Stop it with Ctrl-C. Data and logs are in {here.directory}\n")


def with_services(command: Sequence[str], *, static: bool) -> int:
    """Run one command with PostgreSQL and Valkey beside it, and return its exit status."""
    directory = services.prepare_directory()
    try:
        with sockets.directory(directory / "run") as where, Supervisor(directory) as supervisor:
            known = services.start(supervisor, directory, where)
            if static:
                site.Site(directory, 0, site.environment(0, known.secret_key)).collect_static(supervisor)
            return supervisor.run_in_foreground(command, {**os.environ, "CSE_STATE": str(state.asked_for())})
    except Stop:
        return 130


def erase() -> int:
    """Delete the data, unless something is using it."""
    directory = state.directory()
    if directory.exists():
        if not (directory / "lock").exists():
            raise Problem(f"{directory} does not look like ours. Delete it yourself if that is what you want.")
        with lock(directory):
            shutil.rmtree(directory)
    return 0
