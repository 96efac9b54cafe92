"""Pages of a long list by key instead of by number: any depth costs the same, and new rows shift nothing.

A key is a list of columns, all descending, in the order of an index; all ascending in a list that begins with the
earliest. A place in the list is the key of a row, written as numbers: `4.1795435200000000.17`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    Expression,
    F,
    Field,
    Func,
    IntegerField,
    Model,
    QuerySet,
    Value,
)
from django.http import HttpRequest

from frontend.prepared import Given, Prepared

M = TypeVar("M", bound=Model)

FROM_THE_TOP, OLDER, NEWER = "", "<", ">"
"""The ways through a list: by what a row's key is compared with the place."""
_TURNED = {OLDER: NEWER, NEWER: OLDER}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"[0-9]{1,16}(\.[0-9]{1,16})*", re.ASCII)


@dataclass(frozen=True)
class Page(Generic[M]):
    """The rows of one page, and the places before and after it; empty where there is nothing further."""

    rows: list[M]
    newer: str = ""
    older: str = ""


def page(
    rows: QuerySet[M],
    key: Sequence[str],
    *,
    older: str = "",
    newer: str = "",
    size: int = 25,
    earliest_first: bool = False,
) -> Page[M]:
    """The page after the place `older`, or before the place `newer`, or the first.

    What is not a place, or leaves nothing to show, gives the first page. Columns named `…_at` are moments, `…_on` days.
    A list that begins with the earliest is read from the other end: what comes after a place is then later, not older.
    """

    def read(way: str, place: dict[str, Any]) -> list[M]:
        values = [Value(place[name], _field(name)) for name in key] if place else []
        return list(_part(rows, key, way, values, size, earliest_first=earliest_first))

    return _page(read, key, older, newer, size)


def page_of(request: HttpRequest, rows: QuerySet[M], key: Sequence[str], *, earliest_first: bool = False) -> Page[M]:
    """The page that the address asks for."""
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    return page(rows, key, older=older, newer=newer, earliest_first=earliest_first)


class PreparedPages(Generic[M]):
    """`page` for a list whose queries are prepared, one for each way through it; `rows` holds places for `given`."""

    def __init__(self, rows: Callable[[], QuerySet[M]], key: Sequence[str], size: int = 25) -> None:
        self._rows, self._key, self._size = rows, key, size
        self._ways = {way: self._prepared(way) for way in (FROM_THE_TOP, OLDER, NEWER)}

    def page(self, *, older: str = "", newer: str = "", given: Mapping[str, Any]) -> Page[M]:
        def read(way: str, place: dict[str, Any]) -> list[M]:
            return self._ways[way].ask(**given, **{f"from_{name}": value for name, value in place.items()})

        return _page(read, self._key, older, newer, self._size)

    def _prepared(self, way: str) -> Prepared[M]:
        place = [Given(f"from_{name}", _field(name)) for name in self._key] if way else []
        return Prepared(lambda: _part(self._rows(), self._key, way, place, self._size))


def _page(
    read: Callable[[str, dict[str, Any]], list[M]], key: Sequence[str], older: str, newer: str, size: int
) -> Page[M]:
    """`read` gives the rows in one direction from a place, one more than fit, to see whether it goes on."""
    if from_here := _place(newer, key):
        found = read(NEWER, from_here)
        if len(found) > size:
            shown = found[size - 1 :: -1]
            return Page(shown, newer=place(shown[0], key), older=place(shown[-1], key))
    if from_here := _place(older, key):
        found = read(OLDER, from_here)
        if found:
            return Page(found[:size], newer=place(found[0], key), older=_next_place(found, key, size))
    found = read(FROM_THE_TOP, {})
    return Page(found[:size], older=_next_place(found, key, size))


def place(record: Model, key: Sequence[str]) -> str:
    return ".".join(str(_number(getattr(record, name))) for name in key)


def _next_place(found: list[M], key: Sequence[str], size: int) -> str:
    return place(found[size - 1], key) if len(found) > size else ""


def _part(
    rows: QuerySet[M],
    key: Sequence[str],
    way: str,
    place: Sequence[Expression],
    size: int,
    *,
    earliest_first: bool = False,
) -> QuerySet[M]:
    """Compared as one row, `(a, b) < (1, 2)`: PostgreSQL enters the index at that place; spelt out, it would not."""
    if way:
        sign = _TURNED[way] if earliest_first else way
        columns = _Row(*(F(name) for name in key), output_field=IntegerField())
        compared: Any = _Compared(columns, _Row(*place, output_field=IntegerField()), arg_joiner=f" {sign} ")
        rows = rows.filter(compared)
    upwards = (way == NEWER) != earliest_first
    order = key if upwards else [f"-{name}" for name in key]
    return rows.order_by(*order)[: size + 1]


class _Row(Func):
    template = "(%(expressions)s)"


class _Compared(Func):
    template = "%(expressions)s"
    output_field = BooleanField()


def _place(text: str, key: Sequence[str]) -> dict[str, Any]:
    """The place by columns; empty where the text is none."""
    numbers = text.split(".")
    if not _PLACE.fullmatch(text) or len(numbers) != len(key):
        return {}
    return {name: _value(name, int(number)) for name, number in zip(key, numbers, strict=True)}


def _value(name: str, number: int) -> datetime | date | int:
    if name.endswith("_on"):
        return date.fromordinal(min(max(number, 1), date.max.toordinal()))
    return _EPOCH + timedelta(microseconds=number) if name.endswith("_at") else number


def _field(name: str) -> "Field[Any, Any]":
    if name.endswith("_on"):
        return DateField()
    return DateTimeField() if name.endswith("_at") else IntegerField()


def _number(value: datetime | date | int) -> int:
    if isinstance(value, datetime):
        return (value - _EPOCH) // timedelta(microseconds=1)
    return value.toordinal() if isinstance(value, date) else value
