"""The month as it was known on a day: figures alone, nothing is counted here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import F

import figures.selectors
from accounts import policy
from accounts.models import User
from audit.acting import Beyond, beyond
from figures import measures
from figures.charts import Chart, Series
from figures.measures import Behind, Breakdown, Cells, Measure, Value
from figures.rules import Period
from frontend import keyset
from governance import pack
from governance.rules import Flag, Usual, flag


@dataclass(frozen=True)
class Line:
    """One measure over thirteen months, of which the last is the one looked at."""

    measure: Measure
    why: str
    periods: list[Period]
    values: list[Value | None]
    over: bool
    """Whether the month was over when this was known."""

    @property
    def now(self) -> Value | None:
        return self.values[-1]

    @property
    def before(self) -> Value | None:
        return self.values[-2]

    @property
    def year_before(self) -> Value | None:
        return self.values[0]

    @cached_property
    def usual(self) -> Usual | None:
        return Usual.of_values(self.values[:-1])

    @cached_property
    def flag(self) -> Flag | None:
        """A number of a month that still runs is held against no whole one; a part of a whole may be."""
        if self.now and self.now.whole is None and not self.over:
            return None
        return flag(self.now, self.usual, self.measure.better)

    @cached_property
    def chart(self) -> Chart:
        unit = "%" if any(each and each.whole is not None for each in self.values) else ""
        numbers = [each.number if each else None for each in self.values]
        title = self.measure.title
        return Chart(title, [each.in_brief for each in self.periods], [Series(title, numbers)], unit)


@dataclass(frozen=True)
class Table:
    """A breakdown of the month beside its totals; `cells` is None where it was not collected."""

    breakdown: Breakdown
    cells: Cells | None

    @cached_property
    def rows(self) -> list[str]:
        return sorted({row for row, _ in self._shown}, key=self.breakdown.place)

    @cached_property
    def columns(self) -> list[str]:
        return sorted({column for _, column in self._shown}, key=self.breakdown.place)

    @cached_property
    def lines(self) -> list[tuple[str, list[int]]]:
        """Each row's name, its number in each column and, where there are several, its total."""
        cells = self.cells or {}
        found = [(row, [cells.get((row, column), 0) for column in self.columns]) for row in self.rows]
        return [(row, [*numbers, sum(numbers)] if self.is_crossed else numbers) for row, numbers in found]

    @property
    def total(self) -> list[int]:
        """Of each column of `lines`."""
        return [sum(numbers) for numbers in zip(*(numbers for _, numbers in self.lines), strict=True)]

    @property
    def is_crossed(self) -> bool:
        return self.columns != [""]

    @cached_property
    def _shown(self) -> list[tuple[str, str]]:
        return [key for key, count in (self.cells or {}).items() if count and key != measures.COUNTED]


@dataclass(frozen=True)
class Chapter:
    """One section of the data pack."""

    title: str
    lines: list[Line]
    tables: list[Table]

    @property
    def is_collected(self) -> bool:
        return bool(self.lines or self.tables)


@dataclass(frozen=True)
class Listed:
    """One page of the rows behind a figure, and how many there are that the person may not see."""

    page: keyset.Page[Any]
    seen: int
    unseen: int


@dataclass(frozen=True)
class Correction:
    """A figure that is known otherwise today."""

    title: str
    was: Value | None
    now: Value


def chapters(month: Period, *, at: datetime, over: bool) -> list[Chapter]:
    """The data pack of this month as known at this moment, when it was over or not; two queries."""
    periods = list(month.months_before(figures.selectors.MONTHS))
    known = figures.selectors.known_at(list(pack.measures()), periods, at=at)
    cells = figures.selectors.cells_at(list(pack.breakdowns()), [month], at=at)
    return [_chapter(section, periods, known, cells, over=over) for section in pack.SECTIONS]


def corrections(month: Period, *, since: datetime, at: datetime) -> list[Correction]:
    """What of this month's measures was known otherwise at `since`; two queries."""
    keys = list(pack.measures())
    before = figures.selectors.known_at(keys, [month], at=since)
    today = figures.selectors.known_at(keys, [month], at=at)
    titles = {key: each.title for key, each in measures.known().items()}
    changed = [(key, value) for key, value in today.items() if before.get(key) != value and key[0] in titles]
    return [Correction(titles[key[0]], before.get(key), value) for key, value in changed]


def behind(user: User, listed: Behind, period: Period, *, at: datetime, older: str = "", newer: str = "") -> Listed:
    """What this person may see of the rows behind a figure, the newest first."""
    rows = listed.rows(period, at)
    mine = policy.visible(user, rows.model).filter(pk__in=rows.values("pk")).annotate(counted_at=F(listed.moment))
    page = keyset.page(mine.select_related("child"), ("counted_at", "id"), older=older, newer=newer)
    seen = mine.count()
    with beyond(Beyond.RETURNS):
        return Listed(page, seen, rows.count() - seen)


def _chapter(
    section: pack.Section,
    periods: list[Period],
    known: Mapping[tuple[str, Period], Value],
    cells: Mapping[tuple[str, Period], Cells],
    *,
    over: bool,
) -> Chapter:
    registered, tables = measures.known(), measures.breakdowns()
    lines = [
        Line(registered[key], why, periods, [known.get((key, each)) for each in periods], over)
        for key, why in section.measures
        if key in registered
    ]
    shown = [Table(tables[key], cells.get((key, periods[-1]))) for key in section.breakdowns if key in tables]
    return Chapter(section.title, lines, shown)
