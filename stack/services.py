"""The embedded services as one: which are wanted, what starts first, what is remembered about them."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from stack import postgres, state, valkey
from stack.console import Problem, say
from stack.process import OURSELVES, Account, private_directory, unprivileged
from stack.supervisor import Supervisor

NOTHING_YET = state.State(database_url="", redis_url="", secret_key="")


def given(name: str) -> bool:
    """Whether somebody named a service of their own; it is used, and ours is not started."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def prepare_directory() -> Path:
    """The state directory, made and closed to others as far as the data services' own account allows."""
    path, account = state.directory(), unprivileged()
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        for each in (path.parent, path) if account != OURSELVES else ():
            each.chmod(0o711)
        private_directory(path / "logs", OURSELVES)
    except OSError as error:
        raise Problem(
            f"{path} cannot hold the data: {error.strerror}. Name another directory: CSE_STATE=..."
        ) from error
    return path


def start(supervisor: Supervisor, directory: Path, sockets: Path) -> state.State:
    """Start what nobody has given us, and write down how to reach it before anything may ask."""
    account = unprivileged()
    known = state.read() or NOTHING_YET
    known = state.State(known.database_url, known.redis_url, known.secret_key or secrets.token_urlsafe(48))
    if not given("DATABASE_URL"):
        known = start_postgres(supervisor, known, directory, sockets, account)
    if not given("REDIS_URL"):
        say("Starting Valkey")
        supervisor.start(valkey.program(directory, sockets, account))
        known = state.State(known.database_url, valkey.url(sockets), known.secret_key)
    state.write(known)
    return known


def start_postgres(
    supervisor: Supervisor, known: state.State, directory: Path, sockets: Path, account: Account
) -> state.State:
    cluster = postgres.Postgres(directory, account)
    password = urlsplit(known.database_url).password
    chosen = password or postgres.new_password()
    if not cluster.exists():
        say("Creating the database")
        cluster.create(chosen)
    else:
        cluster.check_version()
        if not password:
            cluster.set_password(chosen)
    say("Starting PostgreSQL")
    supervisor.start(cluster.program(sockets))
    return state.State(postgres.url(chosen, sockets), known.redis_url, known.secret_key)
