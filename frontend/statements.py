"""Statements that PostgreSQL plans once per connection and is asked to carry out often (PREPARE, EXECUTE).

Planning takes longer than finding a row by its key or adding one. A statement is written with a named place for each
value, and says of which type it is::

    _RENAME = Statement("update agency set name = %(name)s where id = %(pk)s", {"name": "text", "pk": "bigint"})

    _RENAME.run({"name": "Safeguarding", "pk": agency.pk})

One plan serves all values (`plan_cache_mode` in the settings), so a statement must be one whose plan does not hang on
them.

A statement's name is a digest of what it asks, so that one name never means two questions, whoever taught it to the
connection. A pooler that hands one connection to many between transactions knows nothing of statements prepared in
SQL: with one, set `PREPARE_STATEMENTS` to False, and they are planned each time.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

A = TypeVar("A")
Rows = list[tuple[Any, ...]]

_PLACE = re.compile(r"%\((\w+)\)s")
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""Which statements each connection has learnt."""
_FORGOTTEN = frozenset({"0A000", "26000"})
"""PostgreSQL's words for a statement whose columns were changed by a migration, and for one it does not know."""


class Statement:
    """SQL with a place `%(name)s` for each value; a percent sign is written twice."""

    def __init__(self, sql: str, types: Mapping[str, str], constants: Mapping[str, Any] | None = None) -> None:
        """`types` are those of the values that are given anew each time; `constants` are the other values."""
        self._sql, self._types, self._constants = sql, types, constants or {}

    def run(self, given: Mapping[str, Any], *, using: str = DEFAULT_DB_ALIAS) -> Rows:
        """Carry it out with these values, and return its rows if it has any. Raises KeyError where one is missing."""
        return taught_again(lambda: self._run(given, using), using=using)

    def run_each(self, several: Sequence[Mapping[str, Any]], *, using: str = DEFAULT_DB_ALIAS) -> None:
        """Carry it out with each of these values, all sent in one go; rows are not returned."""
        taught_again(lambda: self._run_each(several, using), using=using)

    def _run(self, given: Mapping[str, Any], using: str) -> Rows:
        connection = connections[using]
        with connection.cursor() as cursor:
            cursor.execute(*self._asked(given, connection))
            return cursor.fetchall() if cursor.description else []

    def _run_each(self, several: Sequence[Mapping[str, Any]], using: str) -> None:
        connection = connections[using]
        with connection.cursor() as cursor:
            asked = [cursor.mogrify(*self._asked(given, connection)).decode() for given in several]
            cursor.execute("; ".join(asked))

    def _asked(self, given: Mapping[str, Any], connection: Any) -> tuple[str, Any]:
        if settings.PREPARE_STATEMENTS:
            self._must_be_known(connection)
            return self._call, [given[name] for name in self._types]
        return self._sql, {**self._constants, **{name: given[name] for name in self._types}}

    @cached_property
    def _name(self) -> str:
        asked = repr((self._sql, dict(self._types), self._constants))
        return "asks_" + hashlib.sha256(asked.encode()).hexdigest()[:40]

    @cached_property
    def _call(self) -> str:
        return f"EXECUTE {self._name}{_listed(['%s'] * len(self._types))}"

    def _must_be_known(self, connection: Any) -> None:
        """Taught beside Django's cursors, which would count it as a query of the page that happens to come first."""
        known = _known.setdefault(connection.connection, set())
        if self._name in known:
            return
        numbers = {name: f"${number}" for number, name in enumerate(self._types, start=1)}
        sql = _PLACE.sub(lambda found: numbers.get(found[1], found[0]), self._sql)
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {self._name}{_listed(list(self._types.values()))} AS {sql}", self._constants)
        known.add(self._name)


def taught_again(ask: Callable[[], A], *, using: str) -> A:
    """The answer, though a migration has changed the table or the connection has forgotten what it was taught.

    Inside a transaction the error has ended that: it is raised, and the connection is not used again after it.
    """
    try:
        return ask()
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", "") not in _FORGOTTEN:
            raise
        connection = connections[using]
        if connection.in_atomic_block:
            connection.close_at = 0  # Django closes what is past this when the request ends
            raise
        _known.pop(connection.connection, None)
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
        return ask()


def _listed(texts: list[str]) -> str:
    return f" ({', '.join(texts)})" if texts else ""
