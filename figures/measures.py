"""What can be measured. Adding a measure is one function, in whichever room holds the rows:

    @measure(
        "missing.in_time", "Return interviews held within 72 hours",
        better=Better.MORE, source="domain.md 16", counted_from=[Episode, Interview],
    )
    def in_time(period: Period, at: datetime) -> Part:
        ...

`counted_from` are the models whose rows it counts: it is counted again when one of them changes (figures.marks),
and without any, every few minutes alone.
`by_agency` is a second function, where one can say which agency a figure is of. Whatever does not count children says
so: `of_children=False`; anybody may see such a figure in full (figures.published).
A `@breakdown` is registered in the same way: a table whose cells add up. A room's `AppConfig.ready` imports the module,
so that this room imports nobody above it. The function counts every row, whoever may see it: it is called by the
system's own scheduled work, and what it gives are numbers alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet

from figures.rules import HIDDEN, Part, Period

Models = Sequence[type[Model]]
Count = Callable[[Period, datetime], Part | int]
ByAgency = Callable[[Period, datetime], Mapping[str, Part] | Mapping[str, int]]
"""The same for each agency, by its name."""
Rows = Callable[[Period, datetime], QuerySet[Any]]
Cells = Mapping[tuple[str, str], int]
"""(row, column) → how many; the column is "" where there is only one."""
COUNTED = ("", "")
"""The cell of a period in which there was nothing to count."""
CountCells = Callable[[Period, datetime], Cells]


class Better(StrEnum):
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class Behind:
    """The list behind a figure: rows that each have a `child`, by the `moment` at which they count."""

    title: str
    moment: str
    rows: Rows


@dataclass(frozen=True)
class Measure:
    """`source` says where the rule stands; `count` gives a part of a whole, or a number, from rows of `tables`."""

    key: str
    title: str
    better: Better
    source: str
    count: Count
    tables: frozenset[str] = frozenset()
    behind: Behind | None = None
    by_agency: ByAgency | None = None
    of_children: bool = True


@dataclass(frozen=True)
class Value:
    """What was counted: `whole` is None for a plain number. One that `is_hidden` tells nothing (figures.published)."""

    of: int
    whole: int | None
    is_hidden: bool = False

    @classmethod
    def of_count(cls, counted: Part | int) -> "Value":
        return cls(counted, None) if isinstance(counted, int) else cls(counted.of, counted.whole)

    @property
    def number(self) -> float | None:
        """A percentage or the number; None for 0 ÷ 0, and where it is hidden."""
        if self.is_hidden:
            return None
        if self.whole is None:
            return float(self.of)
        return 100 * self.of / self.whole if self.whole else None

    @property
    def in_words(self) -> str:
        """`75%` or `12`; `–` for 0 ÷ 0; `[c]` where it is hidden."""
        if self.is_hidden:
            return HIDDEN
        return f"{self.of:,}" if self.whole is None else Part(self.of, self.whole).percent

    @property
    def in_full(self) -> str:
        """`75% (6 of 8)`: percentages never stand alone."""
        plain = self.whole is None or self.is_hidden
        return self.in_words if plain else f"{self.in_words} ({self.of:,} of {self.whole:,})"

    def reaches(self, target: int, better: Better) -> bool | None:
        """Whether the target is met, judged by the numbers and not by what they were rounded to; None if unknown."""
        if self.number is None:
            return None
        reached = self.of if self.whole is None else 100 * self.of
        wanted = target if self.whole is None else target * self.whole
        return reached >= wanted if better is Better.MORE else reached <= wanted


@dataclass(frozen=True)
class Breakdown:
    """Numbers that add up: `rows` and `columns` say what of, as the headings of a table do.

    `order` names rows and columns in the order in which they are read; any other follows by its letters.
    """

    key: str
    title: str
    rows: str
    columns: str
    source: str
    order: Sequence[str]
    count: CountCells
    tables: frozenset[str] = frozenset()

    def place(self, name: str) -> tuple[int, str]:
        """Where a row or column stands: a key to sort by."""
        return (self.order.index(name) if name in self.order else len(self.order), name)


_MEASURES: dict[str, Measure] = {}
_BREAKDOWNS: dict[str, Breakdown] = {}


def measure(
    key: str,
    title: str,
    *,
    better: Better,
    source: str,
    counted_from: Models = (),
    behind: Behind | None = None,
    by_agency: ByAgency | None = None,
    of_children: bool = True,
) -> Callable[[Count], Count]:
    """Register the function. Raises ValueError where the key is taken."""

    def register(count: Count) -> Count:
        if key in _MEASURES:
            raise ValueError(f"There is a measure {key} already.")
        tables = _tables(counted_from)
        _MEASURES[key] = Measure(key, title, better, source, count, tables, behind, by_agency, of_children)
        return count

    return register


def breakdown(
    key: str,
    title: str,
    *,
    rows: str,
    columns: str = "",
    source: str,
    order: Sequence[str] = (),
    counted_from: Models = (),
) -> Callable[[CountCells], CountCells]:
    """Register the function. Raises ValueError where the key is taken."""

    def register(count: CountCells) -> CountCells:
        if key in _BREAKDOWNS:
            raise ValueError(f"There is a breakdown {key} already.")
        _BREAKDOWNS[key] = Breakdown(key, title, rows, columns, source, order, count, _tables(counted_from))
        return count

    return register


def _tables(counted_from: Models) -> frozenset[str]:
    return frozenset(model._meta.db_table for model in counted_from)


def breakdowns() -> Mapping[str, Breakdown]:
    """Every breakdown by its key, in the order of their titles."""
    return dict(sorted(_BREAKDOWNS.items(), key=lambda entry: entry[1].title))


def known() -> Mapping[str, Measure]:
    """Every measure by its key, in the order of their titles."""
    return dict(sorted(_MEASURES.items(), key=lambda entry: entry[1].title))


def everything() -> Mapping[str, Measure | Breakdown]:
    """Whatever is counted."""
    return {**_MEASURES, **_BREAKDOWNS}


def find(key: str) -> Measure | None:
    """None for one whose room does not exist yet."""
    return _MEASURES.get(key)


def counts_children(key: str) -> bool:
    """Whether its numbers are of children, as any are that are not known to be of something else."""
    found = find(key)
    return found is None or found.of_children


def in_words(value: Value | None) -> str:
    return value.in_full if value else "not yet collected"
