"""How complete and how timely agencies' records are, from what was counted (strategy §7.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import figures.selectors
from figures.charts import Chart, Series
from figures.measures import Value
from figures.published import is_small
from figures.rules import HIDDEN, Part, Period
from prevention import collected

SHOWN = 4
"""Quarters in the table, the one that runs being the last; the chart has all that a trend has."""


@dataclass(frozen=True)
class Cell:
    """A percentage, and what it is of; both as they may be shown."""

    percent: str
    counts: str = ""


@dataclass(frozen=True)
class Review:
    """`fields` and `agencies` are lines of a table: a name and a cell for each of `periods`."""

    periods: Sequence[Period]
    fields: Sequence[tuple[str, Sequence[Cell]]]
    agencies: Sequence[tuple[str, Sequence[Cell]]]
    chart: Chart
    in_full: bool


class _Counted:
    def __init__(self, periods: Sequence[Period], at: datetime) -> None:
        self._cells = figures.selectors.cells_at(["records.good", "records.made"], periods, at=at)

    def agencies(self) -> list[str]:
        return sorted({agency for cells in self._cells.values() for agency, _ in cells if agency})

    def part(self, period: Period, names: Sequence[str], agency: str = "") -> Part | None:
        """Of these fields together; of one agency or of all. None where the period was never counted."""
        if ("records.made", period) not in self._cells:
            return None
        return Part(self._sum("records.good", period, names, agency), self._sum("records.made", period, names, agency))

    def _sum(self, key: str, period: Period, names: Sequence[str], agency: str) -> int:
        cells: Mapping[tuple[str, str], int] = self._cells.get((key, period), {})
        return sum(of for (row, name), of in cells.items() if name in names and agency in {"", row})


def review(at: datetime, *, agency: str = "", in_full: bool) -> Review:
    """Of one agency by its name, or of all; one query.

    Whoever may not see the children whose records they are (`in_full`) is shown percentages alone, of quarters that are
    over, and none that tells of 1 to 4: of numbers that are not printed, none can be added up or taken away.
    """
    every = figures.selectors.quarters(at)
    every = every if in_full else every[:-1]
    shown, known = every[-SHOWN:], _Counted(every, at)

    def cell(period: Period, group: Sequence[str], of: str) -> Cell:
        return _cell(known.part(period, group, of), in_full)

    def percent(period: Period, group: Sequence[str]) -> float | None:
        part = known.part(period, group, agency)
        return _percent(part) if in_full or (part and not _is_small(part)) else None

    names = [*collected.FILLED, *collected.IN_TIME]
    return Review(
        shown,
        [(name, [cell(each, [name], agency) for each in shown]) for name in names],
        [(each, [cell(period, names, each) for period in shown]) for each in known.agencies()],
        Chart(
            "How complete and how timely records are",
            [each.in_brief for each in every],
            [
                Series(title, [percent(each, group) for each in every])
                for title, group in (("Filled in", collected.FILLED), ("In time", collected.IN_TIME))
            ],
            "%",
        ),
        in_full,
    )


def _cell(part: Part | None, in_full: bool) -> Cell:
    if part is None:
        return Cell("Not counted")
    if in_full:
        return Cell(part.percent, f"{part.of:,} of {part.whole:,}" if part.whole else "")
    return Cell(HIDDEN if _is_small(part) else part.percent)


def _is_small(part: Part) -> bool:
    return is_small(Value(part.of, part.whole))


def _percent(part: Part | None) -> float | None:
    return 100 * part.of / part.whole if part and part.whole else None
