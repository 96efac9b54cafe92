"""What a report says, as one frozen dataclass without models: the page, the PDF and the spreadsheet are made of it.

What stands here may be read by whoever reads the report: small numbers are hidden already (`reports.numbers`). An
issued report keeps it as JSON, and it is read back as it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import datetime
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from figures.charts import Chart, Series
from figures.rules import Period
from figures.suppression import FOOTNOTE

Cell = str | int
D = TypeVar("D")


@dataclass(frozen=True)
class Table:
    """The first column names the row; those from `numbers_from` on hold numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers_from: int = 1


@dataclass(frozen=True)
class Graph:
    """A line over time; None where nothing is shown. Its table stands beside it."""

    title: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    unit: str = ""
    target: float | None = None

    @property
    def chart(self) -> Chart:
        return Chart(self.title, self.labels, [Series(self.title, self.values)], self.unit, self.target)


@dataclass(frozen=True)
class Block:
    """A part of a section, each of its parts where it has any, in this order."""

    heading: str = ""
    text: tuple[str, ...] = ()
    graph: Graph | None = None
    table: Table | None = None
    is_minor: bool = False
    """Stands under the heading of a block before it."""


@dataclass(frozen=True)
class Section:
    """`words` are the chair's. One that is not collected has no blocks: its room does not exist yet."""

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    words: str = ""
    is_collected: bool = True

    @property
    def texts(self) -> list[str]:
        """What stands in the words of those who recorded it."""
        tables = [block.table for block in self.blocks if block.table]
        return [str(cell) for table in tables for row in table.rows for cell in row[: table.numbers_from]]


@dataclass(frozen=True)
class Document:
    """A whole report. A draft has no number yet, and nobody has signed it."""

    partnership: str
    quarter: Period
    figures_at: datetime
    sections: tuple[Section, ...]
    number: int = 0
    issued_at: datetime | None = None
    signed_by: str = ""
    what_changed: str = ""
    changes: Table | None = None

    @property
    def title(self) -> str:
        return f"Quarterly report: {self.quarter.in_words}"

    @property
    def footnote(self) -> str:
        return FOOTNOTE

    @property
    def version(self) -> str:
        return f"Version {self.number}" if self.number else "Draft"

    @property
    def tables(self) -> list[tuple[Section, Table]]:
        return [(each, block.table) for each in self.sections for block in each.blocks if block.table]


def as_json(value: Any) -> Any:
    """Plain JSON values of a dataclass, or of many of them."""
    if isinstance(value, tuple | list):
        return [as_json(each) for each in value]
    return _plain(asdict(value))


def from_json(kind: type[D], value: Mapping[str, Any]) -> D:
    """The dataclass that `as_json` was given. Raises TypeError, KeyError or ValueError where it was another."""
    hints = get_type_hints(kind)
    return kind(**{each.name: _read(hints[each.name], value[each.name]) for each in fields(cast(Any, kind))})


def all_from_json(kind: type[D], values: Iterable[Mapping[str, Any]]) -> tuple[D, ...]:
    return tuple(from_json(kind, each) for each in values)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _read(hint: Any, value: Any) -> Any:
    if get_origin(hint) in {UnionType, Union}:
        kinds = [each for each in get_args(hint) if each is not type(None)]
        return value if value is None or len(kinds) > 1 else _read(kinds[0], value)
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], each) for each in value)
    if is_dataclass(hint):
        return from_json(cast(Any, hint), value)
    return hint.fromisoformat(value) if hasattr(hint, "fromisoformat") else value
