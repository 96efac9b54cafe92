"""PostgreSQL and Valkey of our own below one directory, and this process turned to them."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import dj_database_url
import redis
from django.db import connections

from cse.secret import derived_key
from cse.torture.programs import Programs
from stack import postgres, services, sockets, valkey
from stack.process import Program, unprivileged
from stack.supervisor import lock

ADDRESS = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
ALIASES = ("default", "refusals")


@dataclass(frozen=True)
class Servers:
    database_url: str
    queue_url: str
    postgres: Program
    valkey: Program

    def environment(self) -> dict[str, str]:
        """What leads a program to them, and to nothing else."""
        named = {"DATABASE_URL": self.database_url, "REDIS_URL": self.queue_url, "SECRET_KEY": secrets.token_hex(48)}
        named["FIELD_KEYS"] = f"0:{derived_key(named['SECRET_KEY'])}"
        inherited = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in named}
        return inherited | named | {"CSE_HTTPS": "0", "PYTHONUNBUFFERED": "1"}

    def flush_queue(self) -> None:
        with closing(redis.Redis.from_url(self.queue_url)) as queue:
            queue.flushall()

    @contextmanager
    def turned_to(self) -> Iterator[None]:
        """This process's own connections lead to our PostgreSQL until the end."""
        ours: dict[str, object] = {**dj_database_url.parse(self.database_url)}
        before = {alias: {part: connections.settings[alias][part] for part in ADDRESS} for alias in ALIASES}
        _turn({alias: {part: ours[part] for part in ADDRESS} for alias in ALIASES})
        try:
            yield
        finally:
            _turn(before)


def _turn(addresses: dict[str, dict[str, object]]) -> None:
    for alias, address in addresses.items():
        connections[alias].close()
        connections.settings[alias].update(address)


@contextmanager
def directory(asked_for: Path) -> Iterator[Path]:
    """A directory of our own, beside the one that this process may be using; it is deleted afterwards."""
    before = os.environ.get("CSE_STATE")
    os.environ["CSE_STATE"] = str(asked_for)
    try:
        path = services.prepare_directory()
    finally:
        del os.environ["CSE_STATE"]
        if before is not None:
            os.environ["CSE_STATE"] = before
    with lock(path):
        try:
            yield path
        finally:
            shutil.rmtree(path)


@contextmanager
def started(directory: Path, programs: Programs) -> Iterator[Servers]:
    """Both running; the database is empty, or as it was left in the directory."""
    with sockets.directory(directory / "run") as where, programs:
        account, password = unprivileged(), postgres.new_password()
        cluster = postgres.Postgres(directory, account)
        (cluster.set_password if cluster.exists() else cluster.create)(password)
        servers = Servers(
            database_url=postgres.url(password, where),
            queue_url=valkey.url(where),
            postgres=cluster.program(where),
            valkey=valkey.program(directory, where, account),
        )
        programs.start(servers.postgres)
        programs.start(servers.valkey)
        yield servers
