"""Behind a real PgBouncer that hands one connection on between transactions, nobody is ever taken for another."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection

from audit.acting import acting_as
from audit.postgresql.base import DatabaseWrapper
from stack.process import private_directory, unprivileged
from tests import factories

pytestmark = [
    pytest.mark.usefixtures("committed"),
    pytest.mark.skipif(not shutil.which("pgbouncer"), reason="PgBouncer is not installed here"),
]
PORT = 6543
TURNS = 150
CONFIGURATION = """
[databases]
pooled = host={HOST} port={PORT} dbname={NAME} user={USER} password={PASSWORD}
[pgbouncer]
listen_addr =
unix_socket_dir = {place}
listen_port = 6543
auth_type = any
pool_mode = transaction
default_pool_size = 1
ignore_startup_parameters = extra_float_digits, options
"""


@pytest.fixture
def pooled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The settings of a connection through a pooler that has one connection for everybody."""
    account = unprivileged()
    place = private_directory(Path("/tmp") / f"cse-pooler-{time.monotonic_ns()}", account)  # noqa: S108 (short: a socket)
    database = {**connection.settings_dict, "USER": "cse_app"}
    configuration = place / "pgbouncer.ini"
    configuration.write_text(CONFIGURATION.format(place=place, **database))
    account.own(configuration)
    running = subprocess.Popen(
        ["pgbouncer", "--quiet", configuration],
        user=account.uid,
        group=account.gid,
        extra_groups=account.groups,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 10
        while not (place / f".s.PGSQL.{PORT}").exists() and time.monotonic() < until:
            time.sleep(0.05)
        yield {**database, "HOST": str(place), "PORT": str(PORT), "NAME": "pooled", "OPTIONS": {}}
    finally:
        running.terminate()
        running.wait(10)
        shutil.rmtree(place)


def seen_by(wrapper: DatabaseWrapper) -> set[int]:
    """In a transaction of its own, as a request would."""
    wrapper.set_autocommit(False)
    try:
        with wrapper.cursor() as cursor:
            cursor.execute("select id from people_child")
            return {pk for (pk,) in cursor.fetchall()}
    finally:
        wrapper.rollback()
        wrapper.set_autocommit(True)


def test_of_two_who_share_one_connection_each_sees_their_own_and_a_third_nothing(pooled: dict[str, Any]) -> None:
    people = [factories.user(team=factories.team()) for _ in range(2)]
    theirs = {person.pk: {factories.child(known_to=person.team).pk for _ in range(3)} for person in people}
    wrong: list[set[int]] = []
    asked: list[int] = []

    def ask_often(person: int | None) -> None:
        wrapper = DatabaseWrapper(pooled, alias="default")
        with acting_as(person):
            for _ in range(TURNS):
                asked.append(1)
                try:
                    seen = seen_by(wrapper)
                except DatabaseError:
                    seen = set() if person is None else {-1}
                if seen != theirs.get(person or 0, set()):
                    wrong.append(seen)
        wrapper.close()

    threads = [Thread(target=ask_often, args=[who]) for who in (*theirs, None)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(asked), wrong) == (3 * TURNS, [])
