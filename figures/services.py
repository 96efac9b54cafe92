"""Counting, by the system itself: all of it once in a while, and within seconds what a change may have changed.

One counts at a time (`alone`), and takes its moment after it has waited: so the last count of a cell is the newest.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction

from accounts.gate import command
from accounts.models import User
from accounts.roles import Permission
from figures import measures, selectors
from figures.measures import COUNTED, Breakdown, Measure, Value
from figures.models import CELL, Current, Figure, Mark
from figures.once import counting
from figures.rules import Period
from frontend.text import local_day

Cells = Mapping[tuple[str, str], Value]
CLOCKS_MAY_DIFFER = timedelta(minutes=1)
logger = logging.getLogger(__name__)


def alone() -> None:
    """Wait until nobody else counts, and keep others waiting until this transaction ends.

    Counting goes on while people work: it takes one of the database's processors.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('figures'))")
        cursor.execute("set local max_parallel_workers_per_gather = 0")


@command(Permission.FIGURES_COUNT)
def recount(*, by: User, at: datetime, periods: Iterable[Period], keys: Iterable[str] | None = None) -> int:
    """Count these measures, or every one, of these periods; how many figures are new or had changed.

    A period that has not begun is left out. A mistake in one measure holds up no other.
    """
    begun = [each for each in periods if each.starts <= at]
    chosen = measures.everything() if keys is None else {key: measures.everything()[key] for key in keys}
    with counting():
        return _count([(each, begun) for each in chosen.values()], at)


@command(Permission.FIGURES_COUNT)
def freshen(*, by: User, at: datetime, periods: Iterable[Period]) -> int:
    """Count again what is marked, of those of these periods that it may have changed; how many figures did.

    What is yet to come changes no figure before it has come, which leaves no mark: `recount` finds it.
    """
    since, every = _taken_marks(), measures.everything()
    begun = [each for each in periods if each.starts <= at]

    def changed(key: str, period: Period) -> bool:
        moments = [since[table] for table in every[key].tables & since.keys()]
        return _may_change(period.until(at), moments)

    wanted = [(each, [period for period in begun if changed(key, period)]) for key, each in every.items()]
    with counting(holds=lambda key, period: period in begun and not changed(key, period)):
        return _count(wanted, at)


def _may_change(ends: datetime, changed: Iterable[datetime | None]) -> bool:
    return any(since is None or since <= ends + CLOCKS_MAY_DIFFER for since in changed)


def _taken_marks() -> dict[str, datetime | None]:
    """Since when rows of each table may count otherwise, None for ever; a mark written meanwhile waits for the next."""
    since: dict[str, datetime | None] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"delete from {Mark._meta.db_table} returning source, since")  # nosec B608 # noqa: S608
        for table, moment in cursor.fetchall():
            known = since.get(table, moment)
            since[table] = None if known is None or moment is None else min(known, moment)
    return since


def _count(wanted: Iterable[tuple[Measure | Breakdown, list[Period]]], at: datetime) -> int:
    wanted = [(each, periods) for each, periods in wanted if periods]
    every = {period for _, periods in wanted for period in periods}
    before = selectors.current([each.key for each, _ in wanted], list(every))
    made, superseded = [], []
    for each, periods in wanted:
        for period, cells in _counted(each, periods, at).items():
            were = before.get((each.key, period), {})
            gone = {cell: Value(0, None) for cell in were if cell not in cells}
            for (row, column), value in {**gone, **cells}.items():
                was = were.get((row, column))
                if was is None or Value(was.of, was.whole) != value:
                    about = {"measure": each.key, "first": period.first, "last": period.last}
                    counts = {"of": value.of, "whole": value.whole, "counted_at": at}
                    made.append(Current(row=row, column=column, **about, **counts))
                    superseded += [was] if was else []
    _keep(superseded, at)
    updated = ["of", "whole", "counted_at"]
    Current.objects.bulk_create(made, update_conflicts=True, unique_fields=CELL, update_fields=updated)
    return len(made)


def _keep(superseded: Iterable[selectors.Row], at: datetime) -> None:
    """As what was known at the end of each day: what changed twice in a day was not known at any end."""
    ended = [each for each in superseded if local_day(each.counted_at) < local_day(at)]
    kept = [Figure(**each._asdict()) for each in ended]
    Figure.objects.bulk_create(kept, ignore_conflicts=True)


def _counted(each: Measure | Breakdown, periods: list[Period], at: datetime) -> dict[Period, Cells]:
    try:
        with transaction.atomic():
            return {period: dict(_cells(each, period, at)) for period in periods}
    except Exception:
        logger.exception("The measure %s cannot be counted", each.key)
        return {}


def _cells(each: Measure | Breakdown, period: Period, at: datetime) -> Iterator[tuple[tuple[str, str], Value]]:
    """A measure is one cell, and one for each agency; a breakdown of nothing has one that says that it was counted."""
    if isinstance(each, Measure):
        yield COUNTED, Value.of_count(each.count(period, at))
        for agency, of_theirs in (each.by_agency(period, at) if each.by_agency else {}).items():
            yield (agency, ""), Value.of_count(of_theirs)
        return
    for cell, count in (each.count(period, at) or {COUNTED: 0}).items():
        yield cell, Value(count, None)
