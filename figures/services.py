"""Counting: once in a while, by the system itself."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from accounts.gate import command
from accounts.models import User
from accounts.roles import Permission
from figures import measures, selectors
from figures.measures import COUNTED, Value
from figures.models import Figure
from figures.rules import Period

Counted = TypeVar("Counted")
logger = logging.getLogger(__name__)


@command(Permission.FIGURES_COUNT)
def recount(*, by: User, at: datetime, periods: Iterable[Period]) -> int:
    """Count every measure of these periods; how many figures are new or had changed.

    A period that has not begun is left out. A mistake in one measure holds up no other.
    """
    periods = [each for each in periods if each.starts <= at]
    made = [*_of_measures(periods, at), *_of_breakdowns(periods, at)]
    Figure.objects.bulk_create(made)
    return len(made)


def _of_measures(periods: list[Period], at: datetime) -> Iterator[Figure]:
    every = measures.known()
    before = selectors.known_at(every, periods, at=at)
    for key, each in every.items():
        for period, counted in _counted(key, each.count, periods, at).items():
            value = Value.of_count(counted)
            if before.get((key, period)) != value:
                yield Figure(
                    measure=key,
                    first=period.first,
                    last=period.last,
                    of=value.of,
                    whole=value.whole,
                    counted_at=at,
                )


def _of_breakdowns(periods: list[Period], at: datetime) -> Iterator[Figure]:
    """What had a cell before and has none now is counted as 0; a period in which nothing happened keeps one row that
    says that it was counted."""
    every = measures.breakdowns()
    before = selectors.cells_at(every, periods, at=at)
    for key, each in every.items():
        for period, cells in _counted(key, each.count, periods, at).items():
            were = before.get((key, period), {})
            now = dict.fromkeys(were, 0) | dict(cells) or {COUNTED: 0}
            for (row, column), of in now.items():
                if were.get((row, column)) != of:
                    yield Figure(
                        measure=key,
                        first=period.first,
                        last=period.last,
                        row=row,
                        column=column,
                        of=of,
                        counted_at=at,
                    )


def _counted(
    key: str, count: Callable[[Period, datetime], Counted], periods: list[Period], at: datetime
) -> dict[Period, Counted]:
    try:
        with transaction.atomic():
            return {each: count(each, at) for each in periods}
    except Exception:
        logger.exception("The measure %s cannot be counted", key)
        return {}
