"""Which numbers a report prints: 1 to 4 children, and what would reveal them, are hidden in it (domain.md 26).

Each number keeps its key through all reports on whatever quarter: printed again, it is a later version of the same, and
`figures.suppression` weighs the two against each other. So the true numbers of every issued report are kept, with what
it hid.

The measures come first: the total of the screenings must not be hidden because it stands above a table of few. Each
table is then weighed against what is printed before it, and one that cannot be made safe is left out as a whole.

Pure: no database, no clock.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from figures import measures, suppression
from figures.measures import COUNTED, Breakdown, Value
from figures.published import counts_of, key_of
from figures.rules import HIDDEN, NOTHING, Part, Period
from figures.selectors import Known, KnownCells
from figures.suppression import ALL, Counts, Key, Report, Sum
from reports.printed import Cell, Graph, Table
from riskassessment.rules import Level

NOT_COLLECTED = "not collected"
SHORTENED = "Too few were counted for a row of each: only the totals are printed."
TOO_FEW = "Too few were counted: the table would tell of single children, and is left out."


@dataclass(frozen=True)
class Said:
    """One figure as it is printed; `number` is what a chart draws, None where it draws nothing."""

    of: Cell
    whole: Cell | None = None
    percent: str = ""
    number: float | None = None

    @property
    def is_hidden(self) -> bool:
        return HIDDEN in {self.of, self.whole, self.percent}

    @property
    def in_full(self) -> str:
        """`75% (6 of 8)`, `12`, `[c]`; `–` for 0 ÷ 0."""
        if self.whole is None or self.percent == NOTHING:
            return self.percent or _words(self.of)
        return f"{self.percent} ({_words(self.of)} of {_words(self.whole)})"


@dataclass(frozen=True)
class Numbers:
    """What may be said of the figures of a quarter and of those before it."""

    quarters: Sequence[Period]
    """The quarter that is reported on is the last."""
    known: Known
    cells: KnownCells
    report: Report
    left_out: frozenset[str] = frozenset()
    """Breakdowns that cannot be printed."""

    @property
    def quarter(self) -> Period:
        return self.quarters[-1]

    def of_measure(self, key: str, period: Period) -> Said:
        value = self.known.get((key, period))
        if value is None:
            return Said(NOT_COLLECTED)
        if not measures.counts_children(key):
            return Said(value.of, value.whole, _percent(value), value.number)
        return self._of_children(key_of(key, period), value)

    def trend(self, key: str) -> list[Said]:
        return [self.of_measure(key, each) for each in self.quarters]

    def graph(self, key: str, title: str, target: float | None = None) -> Graph | None:
        """None where no quarter has a number that may be drawn."""
        said = self.trend(key)
        if all(each.number is None for each in said):
            return None
        unit = "%" if any(each.whole is not None for each in said) else ""
        labels = tuple(each.in_brief for each in self.quarters)
        return Graph(title, labels, tuple(each.number for each in said), unit, target)

    def trend_table(self, key: str, title: str) -> Table:
        said = list(zip(self.quarters, self.trend(key), strict=True))
        if all(each.whole is None for _, each in said):
            return Table(title, ("Quarter", "Number"), tuple((period.in_brief, each.of) for period, each in said))
        rows = tuple((period.in_brief, each.percent, each.of, _or_empty(each.whole)) for period, each in said)
        return Table(title, ("Quarter", "Percentage", "Number", "Of"), rows)

    def is_shortened(self, breakdown: Breakdown) -> bool:
        """Whether only the totals of its columns are printed."""
        name = _breakdown(breakdown.key, self.quarter)
        rows = {key[len(name)] for key in self.report.counts.values if key[: len(name)] == name and key[-1] != ALL}
        return bool(breakdown.columns) and rows == {ALL}

    def table(self, breakdown: Breakdown) -> Table | None:
        """The breakdown of the quarter with its totals, without rows if left out; None if it was not collected."""
        if (breakdown.key, self.quarter) not in self.cells:
            return None
        if breakdown.key in self.left_out:
            return Table(breakdown.title, (breakdown.rows,), ())
        name = _breakdown(breakdown.key, self.quarter)
        keys = [key[len(name) :] for key in self.report.counts.values if key[: len(name)] == name]
        rows = [*sorted({row for row, *_ in keys} - {ALL}, key=breakdown.place), ALL]
        if not breakdown.columns:
            single = tuple((row or "All", self._said((*name, row))) for row in rows)
            return Table(breakdown.title, (breakdown.rows, "Number"), single)
        columns = [*sorted({column for _, column in keys} - {ALL}, key=breakdown.place), ALL]
        crossed = tuple((row or "All", *(self._said((*name, row, each)) for each in columns)) for row in rows)
        return Table(breakdown.title, (breakdown.rows, *(each or "All" for each in columns)), crossed)

    def _of_children(self, key: Key, value: Value) -> Said:
        if value.whole is None:
            of = self._said(key)
            return Said(of, number=None if of == HIDDEN else value.number)
        of, whole = self._said((*key, "of")), self._said((*key, "whole"))
        percent = self.report.percent((*key, "of"), (*key, "whole"))
        return Said(of, whole, percent, None if percent == HIDDEN else value.number)

    def _said(self, key: Key) -> Cell:
        value = self.report.printed(key)
        return HIDDEN if value is None else value


def of_quarter(
    quarters: Sequence[Period],
    known: Known,
    cells: KnownCells,
    *,
    earlier: Sequence[Report],
    secret: str,
    tell: Callable[[str], None] = lambda key: None,
) -> Numbers:
    """What may be printed after these reports, the oldest of them first. `cells` are of the last quarter, those tables
    first that matter most; `tell` hears the key of each before it is weighed."""
    counts = Counts({})
    for (key, period), value in known.items():
        if measures.counts_children(key) and period in quarters:
            counts |= counts_of(key_of(key, period), value)
    report = suppression.suppress(_tied(counts, quarters, cells, earlier), earlier, secret=secret)
    left_out = set()
    for key, period in cells:
        tell(key)
        whole = _counts_of_breakdown(measures.breakdowns()[key], period, cells[key, period], earlier)
        for table in (whole, _totals_alone(_breakdown(key, period), whole)):
            more = _tied(counts | table, quarters, cells, earlier)
            found = suppression.suppress(more, earlier, secret=secret, settled=report)
            if found.exposed <= report.exposed:
                counts, report = counts | table, found
                break
        else:
            left_out.add(key)
    return Numbers(quarters, known, cells, report, frozenset(left_out))


def _tied(counts: Counts, quarters: Sequence[Period], cells: KnownCells, earlier: Sequence[Report]) -> Counts:
    """With every sum that ties a number of one figure to those of others, in this report and the earlier ones."""
    values = {key: value for report in earlier for key, value in report.counts.values.items()} | dict(counts.values)
    ties = tuple(each for each in _ties(quarters, cells) if _holds(each, values))
    return Counts(counts.values, (*counts.sums, *ties), counts.unprinted)


def titles(keys: Collection[Key]) -> list[str]:
    """Of the figures that these numbers belong to."""
    known = {key: each.title for key, each in measures.known().items()}
    known |= {key: each.title for key, each in measures.breakdowns().items()}
    return sorted({known.get(key[1], key[1]) for key in keys})


def _counts_of_breakdown(
    breakdown: Breakdown, quarter: Period, cells: Mapping[tuple[str, str], int], earlier: Sequence[Report]
) -> Counts:
    """What an earlier report had a row or column for keeps it: one that vanished would tell that it is nought now."""
    name = _breakdown(breakdown.key, quarter)
    before = [key[len(name) :] for report in earlier for key in report.counts.values if key[: len(name)] == name]
    shown = {key for key, count in cells.items() if count and key != COUNTED}
    rows = sorted({row for row, _ in shown} | {key[0] for key in before} - {ALL})
    if not breakdown.columns:
        return suppression.breakdown(name, {row: cells.get((row, ""), 0) for row in rows})
    columns = sorted({column for _, column in shown} | {key[1] for key in before} - {ALL})
    if not rows:
        return suppression.single((*name, ALL, ALL), 0)
    return suppression.table(name, {row: {each: cells.get((row, each), 0) for each in columns} for row in rows})


def _totals_alone(name: Key, table: Counts) -> Counts:
    """What is left of a crossed table of too few: the totals of its columns."""
    total = (*name, ALL, ALL)
    parts = tuple(key for key in table.values if key[:-1] == (*name, ALL) and key != total)
    if not parts:
        return table
    return Counts({key: table.values[key] for key in (*parts, total)}, (Sum(total, parts),))


def _ties(quarters: Sequence[Period], cells: KnownCells) -> Iterator[Sum]:
    """Numbers of different figures that a reader knows to be the same, or to add up to another."""
    quarter = quarters[-1]
    for each in quarters:
        yield Sum((*key_of("riskassessment.at_risk", each), "whole"), (key_of("riskassessment.submitted", each),))
    by_agency, judged = (_breakdown(f"riskassessment.{name}", quarter) for name in ("by_agency", "judgement"))
    for agency in (*_rows(cells, "riskassessment.by_agency", quarter), ALL):
        yield Sum((*by_agency, agency, ALL), ((*judged, agency, ALL),))
    for name in (by_agency, judged):
        yield Sum((*name, ALL, ALL), (key_of("riskassessment.submitted", quarter),))
    grave = [(*by_agency, ALL, str(level.label)) for level in (Level.SERIOUS, Level.SIGNIFICANT)]
    for parts in (grave, grave[:1], grave[1:]):
        yield Sum((*key_of("riskassessment.at_risk", quarter), "of"), tuple(parts))
    moved, children = (_breakdown(f"riskassessment.{name}", quarter) for name in ("movement", "children"))
    before = _breakdown("riskassessment.children", next(quarter.quarters_before(2)))
    for label in Level.labels:
        yield Sum((*moved, ALL, str(label)), ((*children, str(label)),))
        yield Sum((*moved, str(label), ALL), ((*before, str(label)),))


def _holds(each: Sum, values: Mapping[Key, int]) -> bool:
    """Where a number is not printed, or two were counted at different times, nobody can add them up."""
    known = values.keys() >= {each.total, *each.parts}
    return known and values[each.total] == sum(values[key] for key in each.parts)


def _rows(cells: KnownCells, key: str, quarter: Period) -> list[str]:
    return sorted({row for row, _ in cells.get((key, quarter), {})} - {""})


def _breakdown(key: str, period: Period) -> Key:
    return ("breakdown", key, period.first.isoformat())


def _percent(value: Value) -> str:
    return "" if value.whole is None else Part(value.of, value.whole).percent


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{cell:,}"


def _or_empty(cell: Cell | None) -> Cell:
    return "" if cell is None else cell


def as_json(report: Report) -> dict[str, Any]:
    """The true numbers and what was hidden: kept for the reports to come, and shown to nobody."""
    return {
        "values": [[list(key), value] for key, value in report.counts.values.items()],
        "sums": [[list(each.total), [list(key) for key in each.parts]] for each in report.counts.sums],
        "unprinted": _listed(report.counts.unprinted),
        "hidden": _listed(report.hidden),
        "exposed": _listed(report.exposed),
    }


def from_json(kept: Mapping[str, Any]) -> Report:
    values = {tuple(key): value for key, value in kept["values"]}
    sums = tuple(Sum(tuple(total), tuple(map(tuple, parts))) for total, parts in kept["sums"])
    unprinted, hidden, exposed = (frozenset(map(tuple, kept[name])) for name in ("unprinted", "hidden", "exposed"))
    return Report(Counts(values, sums, unprinted), hidden, exposed)


def _listed(keys: Collection[Key]) -> list[list[str]]:
    return sorted(list(key) for key in keys)
