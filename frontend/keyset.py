"""Lists page by keyset: a page begins after a row's key, so the last page costs as much as the first.

The order is newest (largest) first, by columns that together never tie.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, Q, QuerySet

M = TypeVar("M", bound=Model)
SIZE = 25


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows with what to put in `?older=` and `?newer=`; empty where there is no such page."""

    rows: Sequence[M]
    older: str
    newer: str


def page(rows: QuerySet[M], order: Sequence[str], *, older: str = "", newer: str = "", size: int = SIZE) -> Page[M]:
    """The rows after the key `older`, or before the key `newer`, or the first. A key that is no key means the first."""
    key = _read(older or newer, len(order))
    try:
        return _page(rows, order, key, backwards=bool(newer and not older), size=size)
    except (ValidationError, ValueError, TypeError):  # a key somebody made up
        return _page(rows, order, None, backwards=False, size=size)


def _page(rows: QuerySet[M], order: Sequence[str], key: list[Any] | None, *, backwards: bool, size: int) -> Page[M]:
    backwards = backwards and key is not None
    if key is not None:
        rows = rows.filter(_beyond(order, key, "gt" if backwards else "lt"))
    ordering = [F(column).asc() if backwards else F(column).desc() for column in order]
    found = list(rows.order_by(*ordering)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_older, has_newer = (True, more) if backwards else (more, key is not None)
    return Page(
        found,
        older=_key(found[-1], order) if found and has_older else "",
        newer=_key(found[0], order) if found and has_newer else "",
    )


def _beyond(order: Sequence[str], key: Sequence[Any], side: str) -> Q:
    """Lexicographic comparison; the first condition alone bounds the index scan."""
    first, value = order[0], key[0]
    condition, equal = Q(**{f"{first}__{side}": value}), Q(**{first: value})
    for column, value in zip(order[1:], key[1:], strict=True):
        condition |= equal & Q(**{f"{column}__{side}": value})
        equal &= Q(**{column: value})
    return Q(**{f"{order[0]}__{side}e": key[0]}) & condition


def _key(row: Model, order: Sequence[str]) -> str:
    values = [getattr(row, column) for column in order]
    return urlsafe_b64encode(json.dumps(values, cls=DjangoJSONEncoder).encode()).decode()


def _read(text: str, length: int) -> list[Any] | None:
    try:
        values = json.loads(urlsafe_b64decode(text.encode()))
    except ValueError:
        return None
    return values if isinstance(values, list) and len(values) == length else None
