"""Who acts, told to the database, so that row-level security can answer for itself who sees what.

`acting_as` names a person for as long as a page or a task takes. The database hears of it in each transaction, by
settings that end with the transaction (`cse_begin`): a connection that a pooler hands on carries nobody's name. Outside
a transaction nobody is named, and a protected table answers with an error.

A connection of the tables' owner, whom row-level security does not bind, becomes the role of the site or of its worker
while somebody acts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection


class DatabaseRole(StrEnum):
    """Whom the database knows beside the owner of its tables."""

    APP = "cse_app"
    WORKER = "cse_worker"
    AUDITOR = "cse_auditor"
    BACKUP = "cse_backup"


class Beyond(StrEnum):
    """What is done beyond the sight of whoever acts; what comes of it is shown to nobody but for the named purpose."""

    MATCHING = "matching", "Whether a child is already recorded, whoever may see the record (domain.md 20)"
    PUBLIC_CONCERN = "public_concern", "What somebody without an account tells us, which they cannot read again"
    ONE_CHILD = "one_child", "What follows for a child of whom there are several records"
    REFUSED = "refused", "Of which child a record was asked for in vain, for the log"
    GOVERNANCE = "governance", "What information governance settles about records whose content it does not see"
    RETURNS = "returns", "Figures and statutory returns on all our children (domain.md 16, 17)"

    def __new__(cls, value: str, purpose: str) -> "Beyond":
        made = str.__new__(cls, value)
        made._value_ = value
        made.purpose = purpose
        return made

    purpose: str


@dataclass(frozen=True)
class Actor:
    pk: int
    role: DatabaseRole = DatabaseRole.APP


_actor: ContextVar[Actor | None] = ContextVar("_actor", default=None)


@contextmanager
def acting_as(pk: int | None, role: DatabaseRole = DatabaseRole.APP) -> Iterator[None]:
    """Whoever is named first acts until the end: what a command asks of another is done in the same person's name."""
    if pk is None or _actor.get() is not None:
        yield
        return
    token = _actor.set(Actor(pk, role))
    try:
        if connection.in_atomic_block:
            tell(connection)
        yield
    finally:
        _actor.reset(token)
        if connection.in_atomic_block and not connection.needs_rollback:
            _forget(connection)


@contextmanager
def beyond(purpose: Beyond) -> Iterator[None]:
    """Read and write past the sight of whoever acts, inside a transaction; tests/architecture lists every use."""
    before = _lift(purpose)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _lift(before)


def _lift(purpose: str) -> str:
    """What it was lifted for until now; beside Django's cursors too, being no question of the page's."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute("select current_setting('cse.beyond', true), set_config('cse.beyond', %s, true)", [str(purpose)])
        return str(cursor.fetchone()[0] or "")


def tell(connection: Any) -> None:
    """Name whoever acts to the transaction that has just begun; beside Django's cursors, as part of its beginning."""
    actor = _actor.get()
    if actor is None or connection.alias != DEFAULT_DB_ALIAS:
        return
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute("select cse_begin(%s)" + _becoming(actor.role), [actor.pk])


def _becoming(role: DatabaseRole) -> str:
    """The owner's connection gives up what the owner may do."""
    return "" if settings.DATABASE_ROLE in set(DatabaseRole) else f", set_config('role', '{role}', true)"


def _forget(connection: Any) -> None:
    """For a transaction that outlives who acted in it."""
    back = "" if settings.DATABASE_ROLE in set(DatabaseRole) else ", set_config('role', 'none', true)"
    settings_of_ours = ", ".join(f"set_config('cse.{name}', '', true)" for name in ("actor", "teams", "hidden"))
    with connection.connection.cursor() as cursor:
        cursor.execute(f"select {settings_of_ours}{back}")
