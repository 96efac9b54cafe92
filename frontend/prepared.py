"""Queries made once and asked often.

Django makes the SQL of a query anew each time it is asked, and PostgreSQL then plans it anew. For a record with its
relations and the two subqueries of its policy the first takes three milliseconds and the second one, where finding
the row takes a tenth. A prepared query is made once per process and planned once per connection
(`frontend.statements`), with a `Given` in each place where another value belongs every time::

    _LIVE = Prepared(lambda: Session.objects.filter(session_key=Given("key", TextField()), expire_date__gt=...))

    sessions = _LIVE.ask(key=key, at=at)

Only whole answers come out of it, never a queryset: a filter put on one later would silently do nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, BooleanField, Expression, F, Field, Func, IntegerField, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, NamedValuesListIterable, ValuesListIterable
from django.db.models.utils import create_namedtuple_class

from frontend.statements import Rows, Statement

R = TypeVar("R")

_MARKS = re.compile("%%|%s")


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
    """The query that `build` makes when it is first asked: for records, or for plain or named rows (values_list)."""

    def __init__(self, build: Callable[[], QuerySet[Any, R]]) -> None:
        self._build = build

    @cached_property
    def _asking(self) -> tuple[Statement, Callable[[Rows], list[R]]]:
        rows: Any = self._build()
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        return statement(sql, values), _reader(rows, compiler)

    @cached_property
    def _counting(self) -> Statement:
        sql, values = self._build().query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return statement(f"SELECT COUNT(*) FROM ({sql}) counted", values)  # nosec B608 # noqa: S608 (Django made it)

    def ask(self, **given: Any) -> list[R]:
        """Every row, with these values in the places of their names. Raises KeyError where one is missing."""
        asked, read = self._asking
        return read(asked.run(given))

    def first(self, **given: Any) -> R | None:
        return next(iter(self.ask(**given)), None)

    def count(self, **given: Any) -> int:
        """How many rows there are, no more than the query itself would give."""
        [(number,)] = self._counting.run(given)
        return int(number)


def statement(sql: str, values: Iterable[Any]) -> Statement:
    """Of what Django made: its marks get the names of what is given, and numbers where the value is always the same."""
    connection, types, constants = connections[DEFAULT_DB_ALIAS], dict[str, str](), dict[str, Any]()
    names = []
    for number, value in enumerate(values):
        if isinstance(value, Given):
            types[value.name] = value.db_type(connection)
        else:
            constants[str(number)] = value
        names.append(value.name if isinstance(value, Given) else str(number))
    marks = iter(names)
    named = _MARKS.sub(lambda found: found[0] if found[0] == "%%" else f"%({next(marks)})s", sql)
    return Statement(named, types, constants)


def _reader(rows: Any, compiler: Any) -> Callable[[Rows], list[Any]]:
    """What makes the query's own kind of rows of those of its answer."""
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)

    def converted(found: Rows) -> Iterable[Sequence[Any]]:
        return compiler.apply_converters(found, converters) if converters else found

    shape = _shape(rows, compiler)
    return lambda found: [shape(row) for row in converted(found)]


def _shape(rows: Any, compiler: Any) -> Callable[[Sequence[Any]], Any]:
    if rows._iterable_class is ModelIterable:
        return _Record(compiler.klass_info, compiler.select, compiler.annotation_col_map or {}).of
    if rows._iterable_class is NamedValuesListIterable:
        return create_namedtuple_class(*rows._fields)._make
    if rows._iterable_class is ValuesListIterable:
        return tuple
    raise TypeError(f"{rows._iterable_class.__name__} cannot be prepared: ask for records or for values_list.")


class _Record:
    """Makes a record of its part of a row, and of the other parts the relations that were read with it.

    Its columns are put into it as they are: `Model.__init__` sets each by itself and tells signals, to which nothing of
    ours listens.
    """

    def __init__(self, info: Mapping[str, Any], select: Sequence[Any], annotations: Mapping[str, int]) -> None:
        first, last = info["select_fields"][0], info["select_fields"][-1]
        self._model: type[Model] = info["model"]
        self._part = slice(first, last + 1)
        self._names = [column.target.attname for column, *_ in select[self._part]]
        self._key = first + self._names.index(self._model._meta.pk.attname)
        self._annotations = annotations
        self._related = [
            (_Record(each, select, {}), each["local_setter"], each["remote_setter"])
            for each in info.get("related_klass_infos", ())
        ]

    def of(self, row: Sequence[Any]) -> Model:
        record = self._model.__new__(self._model)
        state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        vars(record).update(zip(self._names, row[self._part], strict=True), _state=state)
        for name, column in self._annotations.items():
            setattr(record, name, row[column])
        for related, remember, remember_back in self._related:
            other = None if row[related._key] is None else related.of(row)
            remember(record, other)
            if other is not None:
                remember_back(other, record)
        return record
