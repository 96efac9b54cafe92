"""Storing one record by a statement that is written once per kind of record.

`Model.save` writes its statement anew each time, which takes longer than PostgreSQL needs to store the row. This does
the same for a record of one table, without the signals, to which nothing of ours listens, and without columns that a
field fills in by itself (`auto_now`), of which we have none.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, CharField, Field, ForeignKey, IntegerField, Model, TextField
from django.db.models.sql import InsertQuery

from frontend.prepared import Given, statement
from frontend.statements import Statement

AnyField: TypeAlias = "Field[Any, Any]"
_AS_IT_IS = (BooleanField, CharField, ForeignKey, IntegerField, TextField)


def insert(record: Model) -> None:
    """Add a new record; it gets its key, and what the database generates."""
    adding, fields, returned = _insertion(type(record))
    [row] = adding.run(_columns(record, fields))
    for field, value in zip(returned, row, strict=True):
        setattr(record, field.attname, value)
    record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS


def insert_new(records: Sequence[Model]) -> None:
    """Add those of one kind that a unique key does not say are there; none of them gets its key."""
    if records:
        adding, fields = _insertion_if_new(type(records[0]))
        adding.run_each([_columns(record, fields) for record in records])


def next_key(model: type[Model]) -> int:
    """The key of a record that is still to be added."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence(%s, %s))", [model._meta.db_table, model._meta.pk.column])
        return int(cursor.fetchone()[0])


def update(record: Model, *names: str) -> None:
    """Store these columns of a record that is there."""
    change, fields = _change(type(record), names)
    change.run(_columns(record, fields) | {"pk": record.pk})


def _columns(record: Model, fields: Iterable[AnyField]) -> dict[str, Any]:
    """What the database driver takes as it is goes as it is."""
    database, columns = connections[DEFAULT_DB_ALIAS], {}
    for field in fields:
        value = getattr(record, field.attname)
        columns[field.attname] = value if isinstance(field, _AS_IT_IS) else field.get_db_prep_save(value, database)
    return columns


@lru_cache
def _insertion(model: type[Model]) -> tuple[Statement, list[AnyField], list[AnyField]]:
    returned: list[AnyField] = list(cast(Any, model._meta).db_returning_fields)
    return *_inserting(model, returned=returned), returned


@lru_cache
def _insertion_if_new(model: type[Model]) -> tuple[Statement, list[AnyField]]:
    return _inserting(model, ending=" ON CONFLICT DO NOTHING")


def _inserting(
    model: type[Model], *, returned: Sequence[AnyField] = (), ending: str = ""
) -> tuple[Statement, list[AnyField]]:
    meta: Any = model._meta
    fields = [field for field in meta.local_concrete_fields if not field.generated and field is not meta.auto_field]
    query: Any = InsertQuery(model)
    query.insert_values(fields, [model()])
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.returning_fields = returned
    [(sql, _)] = compiler.as_sql()
    return statement(sql + ending, [Given(field.attname, field) for field in fields]), fields


@lru_cache
def _change(model: type[Model], names: tuple[str, ...]) -> tuple[Statement, list[AnyField]]:
    fields = [cast("AnyField", model._meta.get_field(name)) for name in names]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    key = model._meta.pk
    sql = f'update "{model._meta.db_table}" set {columns} where "{key.column}" = %s'  # nosec B608 # noqa: S608 (names of our own)
    return statement(sql, [*(Given(field.attname, field) for field in fields), Given("pk", key)]), fields
