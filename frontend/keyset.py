"""Pages of a long list by key instead of by number: any depth costs the same, and new rows shift nothing.

A key is a list of columns, all descending, in the order of an index. A place in the list is the key of a row, written
as numbers: `4.1795435200000000.17`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, DateTimeField, F, Func, IntegerField, Model, QuerySet, Value

M = TypeVar("M", bound=Model)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"[0-9]{1,16}(\.[0-9]{1,16})*", re.ASCII)


@dataclass(frozen=True)
class Page(Generic[M]):
    """The rows of one page, and the places before and after it; empty where there is nothing further."""

    rows: list[M]
    newer: str = ""
    older: str = ""


def page(rows: QuerySet[M], key: Sequence[str], *, older: str = "", newer: str = "", size: int = 25) -> Page[M]:
    """The page after the place `older`, or before the place `newer`, or the first.

    What is not a place, or leaves nothing to show, gives the first page. Columns named `…_at` are moments.
    """
    if (values := _values(newer, key)) is not None:
        found = list(_beyond(rows, key, values, ">").order_by(*key)[: size + 1])
        if len(found) > size:
            shown = found[size - 1 :: -1]
            return Page(shown, newer=place(shown[0], key), older=place(shown[-1], key))
    if (values := _values(older, key)) is not None:
        found = list(_beyond(rows, key, values, "<").order_by(*_descending(key))[: size + 1])
        if found:
            return Page(found[:size], newer=place(found[0], key), older=_next_place(found, key, size))
    found = list(rows.order_by(*_descending(key))[: size + 1])
    return Page(found[:size], older=_next_place(found, key, size))


def place(record: Model, key: Sequence[str]) -> str:
    return ".".join(str(_number(getattr(record, name))) for name in key)


def _next_place(found: list[M], key: Sequence[str], size: int) -> str:
    return place(found[size - 1], key) if len(found) > size else ""


def _descending(key: Sequence[str]) -> list[str]:
    return [f"-{name}" for name in key]


def _beyond(rows: QuerySet[M], key: Sequence[str], values: list[Value], sign: str) -> QuerySet[M]:
    """Compared as one row, `(a, b) < (1, 2)`: PostgreSQL enters the index at that place; spelt out, it would not."""
    columns = _Row(*(F(name) for name in key), output_field=IntegerField())
    place = _Row(*values, output_field=IntegerField())
    compared: Any = _Compared(columns, place, arg_joiner=f" {sign} ", output_field=BooleanField())
    return rows.filter(compared)


class _Row(Func):
    template = "(%(expressions)s)"


class _Compared(Func):
    template = "%(expressions)s"


def _values(text: str, key: Sequence[str]) -> list[Value] | None:
    numbers = text.split(".")
    if not _PLACE.fullmatch(text) or len(numbers) != len(key):
        return None
    return [_value(name, int(number)) for name, number in zip(key, numbers, strict=True)]


def _value(name: str, number: int) -> Value:
    if name.endswith("_at"):
        return Value(_EPOCH + timedelta(microseconds=number), output_field=DateTimeField())
    return Value(number, output_field=IntegerField())


def _number(value: datetime | int) -> int:
    return (value - _EPOCH) // timedelta(microseconds=1) if isinstance(value, datetime) else value
