"""Queries made once and asked often.

Django makes the SQL of a query anew each time it is asked. For a record with its relations and the two subqueries of
its policy that takes three milliseconds, ten times as long as PostgreSQL needs to answer. A prepared query is made
once per process, with a `Given` in each place where another value belongs every time::

    _LIVE = Prepared(lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("at")))

    sessions = _LIVE.ask(key=key, at=at)

Only whole answers come out of it, never a queryset: a filter put on one later would silently do nothing.
"""

from collections.abc import Callable, Collection
from copy import copy
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.compiler import SQLCompiler
from django.db.models import BooleanField, Expression, F, Field, Func, IntegerField, QuerySet
from django.db.models.sql import Query

R = TypeVar("R")


class Given(Expression):
    """The place of a value that is named when the query is asked."""

    def __init__(self, name: str, output_field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=output_field or IntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Among(Func):
    """`Among(F("team_id"), Given("teams"))`: the column's value is one of the given, which are filled in by `among`."""

    template = "%(expressions)s"
    arg_joiner = " IN "

    def __init__(self, column: F, given: Given) -> None:
        super().__init__(column, given, output_field=BooleanField())


def among(values: Collection[int]) -> tuple[int | None, ...]:
    """The values as SQL lists them; a list must not be empty, and nothing is equal to NULL."""
    return tuple(values) or (None,)


class Prepared(Generic[R]):
    """The query that `build` makes when it is first asked."""

    def __init__(self, build: Callable[[], QuerySet[Any, R]]) -> None:
        self._build = build

    @cached_property
    def _rows(self) -> QuerySet[Any, R]:
        rows: Any = self._build()
        compiler = _Compiler(rows.query, connections[DEFAULT_DB_ALIAS], DEFAULT_DB_ALIAS)
        compiler.made = compiler.as_sql()
        rows._query = rows.query.chain(_Asked)  # put in by its public name, it would forget the kind of rows
        rows.query.compiler_made = compiler
        return cast("QuerySet[Any, R]", rows)

    def ask(self, **given: Any) -> list[R]:
        """Every row, with these values in the places of their names. Raises KeyError where one is missing."""
        rows: Any = self._rows.all()
        rows.query.given = given
        return list(rows)

    def first(self, **given: Any) -> R | None:
        return next(iter(self.ask(**given)), None)

    def count(self, **given: Any) -> int:
        """How many rows there are, no more than the query itself would give."""
        rows: Any = self._rows
        sql, values = rows.query.compiler_made.with_values(given)
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) counted", values)  # noqa: S608 (made by Django)
            return int(cursor.fetchone()[0])


class _Compiler(SQLCompiler):
    """Keeps what it has made, with all it has learnt on the way about columns and relations."""

    made: tuple[str, tuple[Any, ...]] | None = None
    given: dict[str, Any]

    def as_sql(self, *args: Any, **options: Any) -> Any:
        if self.made is None:
            return super().as_sql(*args, **options)
        return self.with_values(self.given)

    def with_values(self, given: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
        sql, values = self.made or ("", ())
        return sql, tuple(given[value.name] if isinstance(value, Given) else value for value in values)


class _Asked(Query):
    """A query that is not made again but asked."""

    compiler_made: _Compiler
    given: dict[str, Any]

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> Any:
        compiler = copy(self.compiler_made)
        compiler.connection = connections[using or DEFAULT_DB_ALIAS]
        compiler.given = self.given
        return compiler
