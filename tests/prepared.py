"""What takes long to make and is the same for everybody who needs it: made once, then copied.

Kept beside the other data of the tests: a second run finds it, the database as long as no migration was written since,
a place as long as `./run` would find it up to date.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from stack import fingerprint
from stack.state import REPOSITORY
from tests.stack.place import Place

KEPT = REPOSITORY / "var"
TABLES = Place(KEPT / "tables")
PARTNERSHIP = Place(KEPT / "partnership")
CHILDREN = os.environ.get("CSE_SEED_CHILDREN", "60")
THIS_RUN = str(os.getpid())


def database() -> str:
    """The name of a database with all tables, beside those of the tests, for PostgreSQL to copy; asked for `alone`."""
    name = f"tables_{_of_migrations()[:12]}"
    if name not in _databases():
        for outdated in _databases():
            _ask(f"drop database {connection.ops.quote_name(outdated)}")
        _make_database(name)
    connection.close()
    return name


def tables(place: Place) -> None:
    """Turn an unused place into one whose database has all tables and nothing in them."""
    with alone("tables"):
        _unless_made(TABLES, fingerprint.of_code(), lambda: TABLES.stack("prepare", "--no-seed"))
        place.copy(TABLES)


def partnership(place: Place) -> None:
    """Turn an unused place into one with a small demonstration partnership, as of now."""
    with alone("partnership"):
        _unless_made(PARTNERSHIP, THIS_RUN, _make_partnership)
        place.copy(PARTNERSHIP)


@contextmanager
def for_a_file(django_db_blocker: Any) -> Iterator[None]:
    """What is written within is there for every test of a file; none changes it for another, and it is put back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def _make_partnership() -> subprocess.CompletedProcess[str]:
    tables(PARTNERSHIP)
    seed = (sys.executable, "manage.py", "seed_demo", "--children", CHILDREN)
    return PARTNERSHIP.stack("services", "--", *seed)


def _unless_made(place: Place, current: str, make: Callable[[], subprocess.CompletedProcess[str]]) -> None:
    stamp = place.directory / "made"
    if not fingerprint.matches(stamp, current):
        place.stack("erase")
        done = make()
        assert done.returncode == 0, f"{place.asked_for.name} could not be made:\n{done.stdout}{done.stderr}"
        stamp.write_text(current)


def _of_migrations() -> str:
    written = [*REPOSITORY.glob("*/migrations/*.py"), *REPOSITORY.glob("audit/*.py")]
    return fingerprint.of_content([REPOSITORY / "requirements.lock", *written], sys.version)


def _databases() -> list[str]:
    return [name for (name,) in _ask("select datname from pg_database where datname like 'tables\\_%'")]


def _make_database(name: str) -> None:
    """Under another name first: it appears complete or not at all."""
    ours = connection.settings_dict
    usual, of_tests = ours["NAME"], ours["TEST"]["NAME"]
    ours["TEST"]["NAME"] = "unfinished"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    ours["NAME"], ours["TEST"]["NAME"] = usual, of_tests
    _ask(f"alter database unfinished rename to {name}")


def _ask(statement: str) -> list[tuple[str]]:
    """Of the server, not of one of its databases."""
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def alone(what: str) -> Iterator[None]:
    """One process at a time; the others find what it has made."""
    KEPT.mkdir(exist_ok=True)
    with (KEPT / f"{what}.making").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
