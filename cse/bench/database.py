"""The benchmark's own database, on the server that the site uses, filled by `seed_demo` when it is new."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, connections

Say = Callable[[str], None]


def use(children: int, say: Say) -> dict[str, str]:
    """Make sure of the database, turn this process to it, and return the environment that leads others to it."""
    name = f"cse_bench_{children}"
    environment = environment_of(name)
    missing = not _exists(name)
    if missing:
        say(f"Making the database {name} with {children:,} children (once)")
        _execute(f'create database "{name}"')
    _turn_to(name)
    _manage(environment, "migrate", "--no-input", "--verbosity", "0")
    if missing or not _has_children():
        _manage(environment, "seed_demo", "--children", str(children))
    _execute("vacuum analyze")
    return environment


def environment_of(name: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl(),
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_KEYS": settings.FIELD_KEYS,
        "CSE_PAGES_PER_MINUTE": "1000000000",  # a program is measured here, not a person
        "CSE_HTTPS": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
    }


@contextmanager
def for_once(name: str, *, children: int) -> Iterator[None]:
    """A new database of this name with some children, dropped at the end; this process is turned to it."""
    before = connection.settings_dict["NAME"]
    _execute(f'drop database if exists "{name}"')
    _execute(f'create database "{name}"')
    try:
        _turn_to(name)
        _manage(environment_of(name), "migrate", "--no-input", "--verbosity", "0")
        _manage(environment_of(name), "seed_demo", "--children", str(children))
        yield
    finally:
        _turn_to(before)
        _execute(f'drop database "{name}"')


def _exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_database where datname = %s", [name])
        return cursor.fetchone() is not None


def _has_children() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from people_child)")
        return bool(cursor.fetchone()[0])


def _turn_to(name: str) -> None:
    for alias in ("default", "refusals"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _manage(environment: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=environment, check=True)
