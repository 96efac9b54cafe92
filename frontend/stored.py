"""Storing one record by a statement that is written once per kind of record.

`Model.save` writes its statement anew each time, which takes longer than PostgreSQL needs to store the row. This does
the same for a record of one table, without the signals, to which nothing of ours listens.
"""

from functools import lru_cache
from typing import Any, TypeAlias, cast

from django.db import connection
from django.db.models import Field, Model
from django.db.models.sql import InsertQuery

AnyField: TypeAlias = "Field[Any, Any]"


def insert(record: Model) -> None:
    """Add a new record; it gets its key, and what the database generates."""
    sql, fields, returned = _insertion(type(record))
    values = [field.get_db_prep_save(field.pre_save(record, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cast("tuple[Any, ...]", cursor.fetchone())
    for field, value in zip(returned, row, strict=True):
        setattr(record, field.attname, value)
    record._state.adding, record._state.db = False, connection.alias


def update(record: Model, *names: str) -> None:
    """Store these columns of a record that is there."""
    sql, fields = _change(type(record), names)
    values = [field.get_db_prep_save(getattr(record, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, record.pk])


@lru_cache
def _insertion(model: type[Model]) -> tuple[str, list[AnyField], list[AnyField]]:
    meta: Any = model._meta
    fields = [field for field in meta.local_concrete_fields if not field.generated and field is not meta.auto_field]
    query: Any = InsertQuery(model)
    query.insert_values(fields, [model()])
    compiler = query.get_compiler(connection.alias)
    compiler.returning_fields = meta.db_returning_fields
    [(sql, _)] = compiler.as_sql()
    return sql, fields, list(meta.db_returning_fields)


@lru_cache
def _change(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[AnyField]]:
    fields = [cast("AnyField", model._meta.get_field(name)) for name in names]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    key = model._meta.pk.column
    return f'update "{model._meta.db_table}" set {columns} where "{key}" = %s', fields  # nosec B608 # noqa: S608 (names of our own)
