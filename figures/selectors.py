"""The figures as they were known at a moment."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from figures.measures import Cells, Value
from figures.models import Figure
from figures.rules import Period
from frontend.text import local_day

QUARTERS = 8
"""How far back a trend goes."""

MONTHS = 13
"""How far back a month is held against those before it: the same month of the year before is the first."""

Known = Mapping[tuple[str, Period], Value]
KnownCells = Mapping[tuple[str, Period], Cells]


def quarters(at: datetime) -> list[Period]:
    """The last eight, with the one that runs at this moment."""
    return list(Period.quarter(local_day(at)).quarters_before(QUARTERS))


def months(at: datetime) -> list[Period]:
    """The last thirteen, with the one that runs at this moment."""
    return list(Period.month(local_day(at)).months_before(MONTHS))


def known_at(keys: Collection[str], periods: Sequence[Period], *, at: datetime) -> Known:
    """What had been counted by `at` of these measures and periods; one query. What is missing was not collected."""
    rows = _latest(keys, periods, at)
    return {(each.measure, Period(each.first, each.last)): Value(each.of, each.whole) for each in rows}


def cells_at(keys: Collection[str], periods: Sequence[Period], *, at: datetime) -> KnownCells:
    """What had been counted by `at` of these breakdowns and periods; one query. What is missing was not collected."""
    cells: defaultdict[tuple[str, Period], dict[tuple[str, str], int]] = defaultdict(dict)
    for each in _latest(keys, periods, at):
        cells[each.measure, Period(each.first, each.last)][each.row, each.column] = each.of
    return cells


def _latest(keys: Collection[str], periods: Sequence[Period], at: datetime) -> QuerySet[Figure]:
    """Of each cell the count that held at this moment; `first` alone would also find a quarter's first month."""
    spans = Figure.objects.filter(measure__in=keys, first__in=[each.first for each in periods])
    rows = spans.filter(last__in=[each.last for each in periods], counted_at__lte=at)
    rows = rows.order_by("measure", "first", "last", "row", "column", "-counted_at")
    return rows.distinct("measure", "first", "last", "row", "column")
