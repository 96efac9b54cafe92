"""What every test has: real PostgreSQL and Valkey, and two people, `worker` who may and `stranger` who may not."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.signals import setting_changed
from django.db import connections
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import setup_databases, teardown_databases
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from accounts.models import Team, TeamKind, User
from accounts.roles import Role
from audit.models import Event
from tests import factories, prepared
from tests.signing_in import sign_in

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
JOURNEYS = "tests/journeys/"
NICENESS = 5
LONG = (
    *(JOURNEYS, "tests/access/test_table.py", "tests/deadlines/faults/", "tests/stack/", "tests/cse/"),
    *("tests/figures/", "tests/architecture/", "tests/access/", "tests/reports/", "tests/accounts/"),
)
"""What takes longest comes first, so that the last to be done are short."""


class Together(LoadFileScheduling):
    """The tests of a file stay in one process, because they share what takes long to make. So do all journeys: they
    share a site, and wait for it while the other process computes."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test may also use the second connection, on which refusals are remembered."""
    items.sort(key=_when)
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and "databases" not in marker.kwargs:
            item.add_marker(pytest.mark.django_db(databases=["default", "refusals"], **marker.kwargs), append=False)


def _when(item: pytest.Item) -> int:
    return next((place for place, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Whoever makes the journeys goes first: they take longest, and leave room while they wait."""
    if "PYTEST_XDIST_WORKER" in os.environ and not item.nodeid.startswith(JOURNEYS):
        os.nice(max(0, NICENESS - os.nice(0)))


@pytest.fixture(scope="session")
def turn() -> Iterator[ExitStack]:
    """One process after the other: each sets up the roles too, which all databases share."""
    with ExitStack() as turn:
        turn.enter_context(prepared.alone("database"))
        yield turn


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, turn: ExitStack, django_db_blocker: Any) -> None:
    """Each process copies a database in which the migrations have run: running them takes half a minute."""
    with django_db_blocker.unblock():
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = prepared.database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, turn: ExitStack, django_db_blocker: Any) -> Iterator[None]:
    """A test database always: pytest-django makes one only for tests that it knows by their mark, and those which use
    `committed` alone have none. It cannot be dropped while the second connection is open."""
    made: list[Any] = []
    with django_db_blocker.unblock():
        if not _is_for_tests():
            made = setup_databases(verbosity=0, interactive=False, aliases={"default", "refusals"})
    turn.close()
    yield
    with django_db_blocker.unblock():
        connections["refusals"].close()
        teardown_databases(made, verbosity=0)


def _is_for_tests() -> bool:
    return str(connections["default"].settings_dict["NAME"]).startswith("test_")


@pytest.fixture(scope="session", autouse=True)
def middleware_loaded_once() -> Iterator[None]:
    """Until a test changes a setting: each client would load it for itself, and look at every static file for it."""
    load, loaded = ClientHandler.load_middleware, list[ClientHandler]()

    def once(handler: ClientHandler, is_async: bool = False) -> None:
        if not loaded:
            load(handler, is_async)
            loaded.append(handler)
        handler._middleware_chain = loaded[0]._middleware_chain  # type: ignore[attr-defined]

    def forget(*, setting: str, **others: object) -> None:
        if setting != "PAGES_PER_MINUTE":
            loaded.clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", once)
        setting_changed.connect(forget)
        yield
        setting_changed.disconnect(forget)


@pytest.fixture(scope="session", autouse=True)
def passwords_cost_little() -> Iterator[None]:
    """Hashing one takes long on purpose, which is felt by who tries many: tests do."""
    with pytest.MonkeyPatch.context() as patch:
        for cost, least in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
            patch.setattr(Argon2PasswordHasher, cost, least)
        yield


@pytest.fixture(autouse=True)
def in_no_hurry(settings: Any) -> None:
    """Tests open pages faster than a person; tests/cse/test_pace.py is about that."""
    settings.PAGES_PER_MINUTE = 1_000_000


@pytest.fixture
def at() -> datetime:
    return NOON


@pytest.fixture
def team(db: None) -> Team:
    return factories.team(name="Safeguarding")


@pytest.fixture
def mash(db: None) -> Team:
    return factories.team(name="MASH", kind=TeamKind.MASH)


@pytest.fixture
def worker(team: Team) -> User:
    return factories.user(team=team, roles=[Role.PRACTITIONER])


@pytest.fixture
def manager(team: Team) -> User:
    return factories.user(team=team, roles=[Role.TEAM_MANAGER])


@pytest.fixture
def officer(mash: Team) -> User:
    return factories.user(team=mash, roles=[Role.MASH])


@pytest.fixture
def stranger(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.PRACTITIONER])


@pytest.fixture
def browser_of() -> Any:
    """A signed-in test client: `browser_of(worker).get(...)`."""

    def signed_in(user: User, **options: Any) -> Client:
        client = Client(**options)
        sign_in(client, user)
        return client

    return signed_in


@pytest.fixture
def refusals(db: None) -> Any:
    """What was refused and remembered, by verb: `refusals("people.correct")`."""
    return lambda verb: Event.objects.using("refusals").filter(verb=f"{verb}.refused")


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For tests of real commits (two people at once): no surrounding transaction, everything emptied afterwards.

    Emptied with triggers off, because the log refuses to be truncated.
    """
    keep = {"django_migrations", "django_content_type", "auth_permission", "riskassessment_indicatorset"}
    keep |= {"riskassessment_indicator"}
    assert _is_for_tests()
    with django_db_blocker.unblock():
        yield
        tables = [name for name in connections["default"].introspection.table_names() if name not in keep]
        actors = list(User.objects.filter(email__endswith=".invalid"))
        with connections["default"].cursor() as cursor:
            cursor.execute("begin; set local session_replication_role = replica")
            cursor.execute(f"truncate {', '.join(tables)}")
            cursor.execute("commit")
        User.objects.bulk_create(actors)
        for alias in connections:
            connections[alias].close()
