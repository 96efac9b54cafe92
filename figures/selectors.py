"""The figures as they were known at a moment."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet

from figures.measures import Cells, Value
from figures.models import CELL, Counted, Current, Figure, Mark
from figures.rules import Period
from frontend.prepared import Prepared
from frontend.text import local_day

QUARTERS = 8
"""How far back a trend goes."""

MONTHS = 13
"""How far back a month is held against those before it: the same month of the year before is the first."""

C = TypeVar("C", bound=Counted)
Cell = tuple[str, str]


class Row(NamedTuple):
    """A row of `Current` or `Figure`."""

    measure: str
    first: date
    last: date
    row: str
    column: str
    of: int
    whole: int | None
    counted_at: datetime

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def cell(self) -> tuple[object, ...]:
        return self[: len(CELL)]


_LAST_COUNTED = Prepared(lambda: Current.objects.order_by("-counted_at").values_list("counted_at")[:1])
Known = Mapping[tuple[str, Period], Value]
KnownByAgency = Mapping[tuple[str, Period], Mapping[str, Value]]
KnownCells = Mapping[tuple[str, Period], Cells]


def quarters(at: datetime) -> list[Period]:
    """The last eight, with the one that runs at this moment."""
    return list(Period.quarter(local_day(at)).quarters_before(QUARTERS))


def months(at: datetime) -> list[Period]:
    """The last thirteen, with the one that runs at this moment."""
    return list(Period.month(local_day(at)).months_before(MONTHS))


def marks() -> int:
    """How many changes there were that figures may show and do not yet."""
    return Mark.objects.count()


def last_counted() -> datetime | None:
    """When a figure last changed: as long as it is the same, so are they all."""
    found = _LAST_COUNTED.first()
    return found[0] if found else None


def known_at(keys: Collection[str], periods: Sequence[Period], *, at: datetime) -> Known:
    """What had been counted by `at` of these measures and periods. What is missing was not collected.

    One query where none has changed since, else two.
    """
    return {(each.measure, each.period): Value(each.of, each.whole) for each in _known(keys, periods, at, row="")}


def with_agencies_at(keys: Collection[str], periods: Sequence[Period], *, at: datetime) -> tuple[Known, KnownByAgency]:
    """The same, and beside it that of each agency that had any, of those measures that can tell."""
    whole: dict[tuple[str, Period], Value] = {}
    found: defaultdict[tuple[str, Period], dict[str, Value]] = defaultdict(dict)
    for each in _known(keys, periods, at):
        if not each.row:
            whole[each.measure, each.period] = Value(each.of, each.whole)
        elif each.of or each.whole:
            found[each.measure, each.period][each.row] = Value(each.of, each.whole)
    return whole, found


def cells_at(keys: Collection[str], periods: Sequence[Period], *, at: datetime) -> KnownCells:
    """What had been counted by `at` of these breakdowns and periods, as `known_at`."""
    cells: defaultdict[tuple[str, Period], dict[tuple[str, str], int]] = defaultdict(dict)
    for each in _known(keys, periods, at):
        cells[each.measure, each.period][each.row, each.column] = each.of
    return cells


def current(keys: Collection[str], periods: Sequence[Period]) -> Mapping[tuple[str, Period], Mapping[Cell, Row]]:
    """What is known now; one query."""
    cells: defaultdict[tuple[str, Period], dict[Cell, Row]] = defaultdict(dict)
    for each in _of(Current.objects.all(), keys, periods):
        cells[each.measure, each.period][each.row, each.column] = each
    return cells


def _known(keys: Collection[str], periods: Sequence[Period], at: datetime, **of: str) -> list[Row]:
    """What has not changed since `at` was known then; of the rest, the last count before it."""
    now = _of(Current.objects.filter(**of), keys, periods)
    held = [each for each in now if each.counted_at <= at]
    changed = [each for each in now if each.counted_at > at]
    if not changed:
        return held
    last = Figure.objects.filter(counted_at__lte=at, **of).order_by(*CELL, "-counted_at").distinct(*CELL)
    before = _of(last, {each.measure for each in changed}, [each.period for each in changed])
    found = {each.cell for each in held}
    return [*held, *(each for each in before if each.cell not in found)]


def _of(rows: QuerySet[C], keys: Collection[str], periods: Sequence[Period]) -> list[Row]:
    """`first` alone would also find a quarter's first month."""
    spans = rows.filter(measure__in=keys, first__in={each.first for each in periods})
    spans = spans.filter(last__in={each.last for each in periods})
    return [Row._make(each) for each in spans.values_list(*Row._fields)]
