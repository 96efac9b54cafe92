"""Rows in bulk: numbered here, buffered per table, and written with PostgreSQL's COPY."""

import io
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, Max, Model
from django.db.models.fields import NOT_PROVIDED

FLUSH_AT = 100_000
_NULL = r"\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

Encoder = Callable[[Any], str]


class Table:
    """One model's rows on their way into the database. Columns that are not given take the field's default."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self.columns = [str(field.column) for field in fields]
        self._cells = [(field.attname, _encoder(field), _default(field)) for field in fields]
        self._lines: list[str] = []
        self._last = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        self.count = 0

    def number(self) -> int:
        """The next free number."""
        self._last += 1
        return self._last

    def add(self, values: dict[str, Any]) -> None:
        cells = []
        for name, encode, default in self._cells:
            value = values.get(name, default)
            cells.append(_NULL if value is None else encode(value))
        self._lines.append("\t".join(cells))
        self.count += 1

    def flush(self) -> None:
        """Write what is buffered."""
        if not self._lines:
            return
        quote = connection.ops.quote_name
        columns = ", ".join(quote(column) for column in self.columns)
        text = io.StringIO("\n".join(self._lines) + "\n")
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {quote(self.model._meta.db_table)} ({columns}) FROM STDIN", text)
        self._lines.clear()


class Store:
    """The tables of a run, always written in the order given.

    Foreign keys are checked when the transaction ends, so a row may be written before the row it points to. Answers
    must be: the database refuses to add answers to a screening that is there and submitted.
    """

    def __init__(self, models: Iterable[type[Model]]) -> None:
        self._tables = {model: Table(model) for model in models}
        self._buffered = 0

    def number(self, model: type[Model]) -> int:
        """The next free number of `model`, for rows that others point to before they are added."""
        return self._tables[model].number()

    def add(self, model: type[Model], **values: Any) -> int:
        """Take one row by its column names (`child_id`, not `child`) and return its number."""
        table = self._tables[model]
        number: int = values.setdefault("id", None) or table.number()
        values["id"] = number
        table.add(values)
        self._buffered += 1
        return number

    def flush_when_full(self) -> None:
        """Write what is buffered if it is much. Called between children, when no row lacks its company."""
        if self._buffered >= FLUSH_AT:
            self.flush()

    def flush(self) -> None:
        for table in self._tables.values():
            table.flush()
        self._buffered = 0

    def finish(self) -> None:
        """Write the rest and move each table's sequence behind its last row."""
        self.flush()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self._tables)):
                cursor.execute(statement)

    def counts(self) -> dict[str, int]:
        """Rows written, by table."""
        return {model._meta.db_table: table.count for model, table in self._tables.items()}


def _default(field: "Field[Any, Any]") -> Any:
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    return None if field.null else ""


def _encoder(field: "Field[Any, Any]") -> Encoder:
    match field.get_internal_type():
        case "CharField" | "TextField":
            return _text
        case "DateTimeField":
            return _instant
        case "BooleanField":
            return _boolean
        case "ArrayField":
            return _array
        case "JSONField":
            return _json
        case _:
            return str


def _text(value: Any) -> str:
    return str(value).translate(_ESCAPES)


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(" ")


def _boolean(value: bool) -> str:
    return "t" if value else "f"


def _array(value: Iterable[str]) -> str:
    return _text("{" + ",".join(json.dumps(str(item), ensure_ascii=False) for item in value) + "}")


def _json(value: Any) -> str:
    return _text(json.dumps(value, ensure_ascii=False))
