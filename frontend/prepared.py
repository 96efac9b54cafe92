"""Queries made once and asked often.

Django makes the SQL of a query anew each time it is asked, and PostgreSQL then plans it anew. For a record with its
relations and the two subqueries of its policy the first takes three milliseconds and the second one, where finding
the row takes a tenth. A prepared query is made once per process and planned once per connection (PREPARE), with a
`Given` in each place where another value belongs every time::

    _LIVE = Prepared(lambda: Session.objects.filter(session_key=Given("key", TextField()), expire_date__gt=...))

    sessions = _LIVE.ask(key=key, at=at)

Only whole answers come out of it, never a queryset: a filter put on one later would silently do nothing.
PostgreSQL goes on weighing a plan for these values against the one for any values.

A statement's name is a digest of what it asks, so that one name never means two questions, whoever taught it to the
connection. A pooler that hands one connection to many between transactions knows nothing of statements prepared in
SQL: with one, set `PREPARE_STATEMENTS` to False, and the query is still made only once but planned each time.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.postgresql.compiler import SQLCompiler
from django.db.models import BigIntegerField, BooleanField, Expression, F, Field, Func, IntegerField, QuerySet
from django.db.models.sql import Query

R = TypeVar("R")

_PLACES = re.compile("%%|%s")
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""Which statements each connection has learnt."""
_FORGOTTEN = frozenset({"0A000", "26000"})
"""PostgreSQL's words for a statement whose columns were changed by a migration, and for one it does not know."""


class Given(Expression):
    """The place of a value that is named when the query is asked: a whole number, or what `output_field` holds."""

    def __init__(self, name: str, output_field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=output_field or BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def db_type(self, connection: Any) -> str:
        """Whole numbers are long whatever their column: those in an address may be."""
        return "bigint" if isinstance(self.output_field, IntegerField) else str(self.output_field.db_type(connection))


class Among(Func):
    """`Among(F("team_id"), "teams")`: the column's value, a number unless `of` says else, is one of the given list."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("

    def __init__(self, column: F, given: str, of: "Field[Any, Any] | None" = None) -> None:
        listed = Given(given, ArrayField(of or BigIntegerField()))
        super().__init__(column, listed, output_field=BooleanField())


class Prepared(Generic[R]):
    """The query that `build` makes when it is first asked."""

    def __init__(self, build: Callable[[], QuerySet[Any, R]]) -> None:
        self._build = build

    @cached_property
    def _rows(self) -> QuerySet[Any, R]:
        rows: Any = self._build()
        compiler = _Compiler(rows.query, connections[DEFAULT_DB_ALIAS], DEFAULT_DB_ALIAS)
        compiler.made = _Statement.of(*compiler.as_sql())
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        compiler.converters = super(_Compiler, compiler).get_converters(columns)
        rows._query = rows.query.chain(_Asked)  # put in by its public name, it would forget the kind of rows
        rows.query.compiler_made = compiler
        return cast("QuerySet[Any, R]", rows)

    @cached_property
    def _counting(self) -> "_Statement":
        sql, values = self._build().query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return _Statement.of(f"SELECT COUNT(*) FROM ({sql}) counted", values)  # nosec B608 # noqa: S608 (Django made it)

    def ask(self, **given: Any) -> list[R]:
        """Every row, with these values in the places of their names. Raises KeyError where one is missing."""

        def rows() -> list[R]:
            asked: Any = self._rows.all()
            asked.query.given = given
            return list(asked)

        return _taught_again(rows)

    def first(self, **given: Any) -> R | None:
        return next(iter(self.ask(**given)), None)

    def count(self, **given: Any) -> int:
        """How many rows there are, no more than the query itself would give."""
        connection = connections[DEFAULT_DB_ALIAS]

        def counted() -> int:
            sql, values = self._counting.asked(connection, given)
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                return int(cursor.fetchone()[0])

        return _taught_again(counted)


@dataclass(frozen=True)
class _Statement:
    """`plain` is the SQL as Django made it, with its `values`; `sql` is for PREPARE: `$1`, `$2` for what is given."""

    plain: str
    values: tuple[Any, ...]
    sql: str
    given: tuple[Given, ...]

    @classmethod
    def of(cls, sql: str, values: Iterable[Any]) -> "_Statement":
        values = tuple(values)
        given = {value.name: value for value in values if isinstance(value, Given)}
        numbers = {name: f"${number}" for number, name in enumerate(given, start=1)}
        marks = iter([numbers[value.name] if isinstance(value, Given) else "%s" for value in values])
        numbered = _PLACES.sub(lambda found: found[0] if found[0] == "%%" else next(marks), sql)
        return cls(sql, values, numbered, tuple(given.values()))

    @property
    def constants(self) -> tuple[Any, ...]:
        """What is the same every time."""
        return tuple(value for value in self.values if not isinstance(value, Given))

    @cached_property
    def name(self) -> str:
        kinds = [type(each.output_field).__name__ for each in self.given]
        return "asks_" + hashlib.sha256(repr((self.sql, self.constants, kinds)).encode()).hexdigest()[:40]

    def asked(self, connection: Any, given: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
        """What to execute on this connection, which learns the statement when it first meets it."""
        if not settings.PREPARE_STATEMENTS:
            return self.plain, tuple(given[each.name] if isinstance(each, Given) else each for each in self.values)
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        known = _known.setdefault(connection.connection, set())
        if self.name not in known:
            self._teach(connection)
            known.add(self.name)
        values = tuple(given[each.name] for each in self.given)
        return f"EXECUTE {self.name}{_listed(['%s'] * len(values))}", values

    def _teach(self, connection: Any) -> None:
        """Beside Django's cursors, which would count it as a query of the page that happens to come first."""
        types = _listed([each.db_type(connection) for each in self.given])
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {self.name}{types} AS {self.sql}", self.constants)


def _taught_again(ask: Callable[[], R]) -> R:
    """The answer, though a migration has changed the table or the connection has forgotten what it was taught.

    Inside a transaction the error has ended that: it is raised, and the connection is not used again after it.
    """
    try:
        return ask()
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", "") not in _FORGOTTEN:
            raise
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.in_atomic_block:
            connection.close_at = 0  # Django closes what is past this when the request ends
            raise
        _known.pop(connection.connection, None)
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
        return ask()


def _listed(texts: list[str]) -> str:
    return f" ({', '.join(texts)})" if texts else ""


class _Compiler(SQLCompiler):
    """Keeps what it has made, with all it has learnt on the way about columns and relations."""

    made: _Statement | None = None
    given: Mapping[str, Any]
    converters: Any

    def get_converters(self, expressions: Any) -> Any:
        """Of its columns, which are always the same."""
        return self.converters

    def as_sql(self, *args: Any, **options: Any) -> Any:
        return self.made.asked(self.connection, self.given) if self.made else super().as_sql(*args, **options)


class _Asked(Query):
    """A query that is not made again but asked."""

    compiler_made: _Compiler
    given: Mapping[str, Any]

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> Any:
        compiler = copy(self.compiler_made)
        compiler.connection = connections[using or DEFAULT_DB_ALIAS]
        compiler.given = self.given
        return compiler
