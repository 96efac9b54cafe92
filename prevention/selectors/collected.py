"""How complete and how timely agencies' records are, from what was counted (strategy §7.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import figures.selectors
from figures.charts import Chart, Series
from figures.rules import Part, Period
from prevention import collected

SHOWN = 4
"""Quarters in the table, the one that runs being the last; the chart has all that a trend has."""


@dataclass(frozen=True)
class Review:
    """`fields` and `agencies` are lines of a table: a name and a part for each of `periods`, None where nothing was
    counted."""

    periods: Sequence[Period]
    fields: Sequence[tuple[str, Sequence[Part | None]]]
    agencies: Sequence[tuple[str, Sequence[Part | None]]]
    chart: Chart


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


def review(at: datetime, *, agency: str = "") -> Review:
    """Of one agency by its name, or of all; one query."""
    every = figures.selectors.quarters(at)
    shown, known = every[-SHOWN:], _Counted(every, at)
    names = [*collected.FILLED, *collected.IN_TIME]
    return Review(
        shown,
        [(name, [known.part(each, [name], agency) for each in shown]) for name in names],
        [(each, [known.part(period, names, each) for period in shown]) for each in known.agencies()],
        Chart(
            "How complete and how timely records are",
            [each.in_brief for each in every],
            [
                Series(title, [_percent(known.part(each, group, agency)) for each in every])
                for title, group in (("Filled in", collected.FILLED), ("In time", collected.IN_TIME))
            ],
            "%",
        ),
    )


def _percent(part: Part | None) -> float | None:
    return 100 * part.of / part.whole if part and part.whole else None
