"""What of screenings an action of the plan, or a report, may be measured by (domain.md 27)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, QuerySet

from figures.marks import marked
from figures.measures import Behind, Better, Cells, breakdown, measure
from figures.once import asked_once, holds
from figures.rules import Part, Period, added
from figures.selectors import current
from people.models import Child, Involvement
from riskassessment.models import Screening
from riskassessment.rules import Level

SOURCE = "domain.md 27"
CHILDREN = "riskassessment.children"
AT_RISK = (Level.SERIOUS, Level.SIGNIFICANT)
NEW, GONE = "Not screened before", "No longer an open case"
GRAVEST_FIRST = [*reversed(Level.labels), NEW, GONE]
Move = tuple[int | None, int | None]
"""From a level to a level; None before the first screening, and once the case is closed."""

marked(Screening, "submitted_at")
marked(Involvement, "closed_at")
marked(Child, only=["same_as_id"])


def _submitted(period: Period) -> QuerySet[Screening]:
    return Screening.objects.filter(submitted_at__gte=period.starts, submitted_at__lt=period.ends)


def _at_risk(period: Period) -> QuerySet[Screening]:
    return _submitted(period).filter(effective_level__in=AT_RISK)


class Tally(NamedTuple):
    """How many screenings of an agency were judged so."""

    agency: str
    suggested: int | None
    judged: int | None
    effective: int
    screenings: int

    @property
    def of_risk(self) -> Part:
        return Part(self.screenings if self.effective in AT_RISK else 0, self.screenings)


@asked_once
def _tallies(period: Period) -> Sequence[Tally]:
    said = ("author_team__agency__name", "suggested_level", "judged_level", "effective_level")
    rows = _submitted(period).values_list(*said).annotate(count=Count("pk")).order_by()
    return [Tally(*row) for row in rows]


def _by_agency(period: Period) -> dict[str, Part]:
    """Of all that each agency submitted, those that found a child at risk."""
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for each in _tallies(period):
        found[each.agency].append(each.of_risk)
    return {agency: added(parts) for agency, parts in found.items()}


@measure(
    "riskassessment.submitted",
    "Screenings submitted",
    better=Better.MORE,
    source=SOURCE,
    counted_from=[Screening],
    behind=Behind("Screenings submitted", "submitted_at", lambda period, at: _submitted(period)),
    by_agency=lambda period, at: {agency: part.whole for agency, part in _by_agency(period).items()},
)
def submitted(period: Period, at: datetime) -> int:
    return sum(each.screenings for each in _tallies(period))


@measure(
    "riskassessment.agencies",
    "Agencies that submitted a screening",
    better=Better.MORE,
    source=f"strategy §6; {SOURCE}",
    counted_from=[Screening],
    of_children=False,
)
def agencies(period: Period, at: datetime) -> int:
    return len({each.agency for each in _tallies(period)})


@measure(
    "riskassessment.at_risk",
    "Screenings found SERIOUS or SIGNIFICANT",
    better=Better.LESS,
    source=SOURCE,
    counted_from=[Screening],
    behind=Behind("Screenings found SERIOUS or SIGNIFICANT", "submitted_at", lambda period, at: _at_risk(period)),
    by_agency=lambda period, at: _by_agency(period),
)
def at_risk(period: Period, at: datetime) -> Part:
    return added(each.of_risk for each in _tallies(period))


@breakdown(
    "riskassessment.by_agency",
    "Screenings by agency and level",
    rows="Agency",
    columns="Level",
    source=SOURCE,
    order=GRAVEST_FIRST,
    counted_from=[Screening],
)
def by_agency(period: Period, at: datetime) -> Cells:
    found: Counter[tuple[str, str]] = Counter()
    for each in _tallies(period):
        found[each.agency, _level(each.effective)] += each.screenings
    return found


@breakdown(
    "riskassessment.judgement",
    "Agencies’ judgement beside the level that the same indicators suggest",
    rows="Agency",
    columns="Judged",
    source=f"domain.md 4; {SOURCE}",
    order=["Lower", "As suggested", "Higher"],
    counted_from=[Screening],
)
def judgement(period: Period, at: datetime) -> Cells:
    found: Counter[tuple[str, str]] = Counter()
    for each in _tallies(period):
        found[each.agency, _judged(each.suggested, each.judged)] += each.screenings
    return found


@breakdown(
    CHILDREN,
    "Children by level at the end of the period",
    rows="Level",
    source=SOURCE,
    order=GRAVEST_FIRST,
    counted_from=[Screening, Involvement, Child],
)
def children(period: Period, at: datetime) -> Cells:
    found: Counter[tuple[str, str]] = Counter()
    for (_, became), count in _moves(period, at).items():
        if became is not None:
            found[_level(became), ""] += count
    return found


@breakdown(
    "riskassessment.movement",
    "Movement of children between levels",
    rows="Before the period",
    columns="At its end",
    source=SOURCE,
    order=GRAVEST_FIRST,
    counted_from=[Screening, Involvement, Child],
)
def movement(period: Period, at: datetime) -> Cells:
    """A child who stayed at a level moves from it to itself, so that each row and column adds up."""
    return {(_level(was, NEW), _level(became, GONE)): count for (was, became), count in _moves(period, at).items()}


@asked_once
def _moves(period: Period, at: datetime) -> Mapping[Move, int]:
    """How many children were at one level before the period and are at another, or the same, at its end.

    Where it is known how many were at each level before, only those are looked at to whom something happened since.
    """
    before = _known_before(period)
    if before is None:
        return _moved(_EVERYBODY, period, at)
    moves = Counter(_moved(_TO_WHOM_SOMETHING_HAPPENED, period, at))
    looked_at = Counter[int | None]()
    for (was, _), count in moves.items():
        looked_at[was] += count
    moves.update({(level, level): count - looked_at[level] for level, count in before.items()})
    return +moves


def _known_before(period: Period) -> Mapping[int, int] | None:
    """How many children were at each level at the end of the month before, if that can be built upon."""
    month = Period.month(period.first - timedelta(days=1))
    if not holds(CHILDREN, month):
        return None
    cells = current([CHILDREN], [month]).get((CHILDREN, month))
    levels = {level.label: int(level) for level in Level}
    return {levels[row]: each.of for (row, _), each in cells.items() if row} if cells else None


def _moved(records: str, period: Period, at: datetime) -> Mapping[Move, int]:
    """Of the children with these records, by the last screening of each: no level once the case was closed after it."""
    with connection.cursor() as cursor:
        cursor.execute(records + _MOVES, {"starts": period.starts, "ends": period.until(at)})
        return {(was, became): count for was, became, count in cursor.fetchall()}


_EVERYBODY = "with records as (select id, coalesce(same_as_id, id) as whose from people_child)"

_TO_WHOM_SOMETHING_HAPPENED = """
with happened as (
    select child_id from riskassessment_screening where submitted_at >= %(starts)s and submitted_at < %(ends)s
    union
    select child_id from people_involvement where closed_at > %(starts)s and closed_at <= %(ends)s
),
somebody as materialized (
    select distinct coalesce(same_as_id, id) as whose from people_child where id in (select child_id from happened)
),
records as materialized (
    select whose as id, whose from somebody
    union all
    select id, whose from people_child join somebody on same_as_id = whose
)
"""
"""All records of whoever was screened or had a case closed in the period."""

_MOVES = """
, closed as (
    select child_id, max(closed_at) filter (where closed_at <= %(starts)s) as before, max(closed_at) as since
    from people_involvement
    where closed_at <= %(ends)s
    group by child_id
),
levels as (
    select
        (array_agg(effective_level order by submitted_at desc, screening.id desc)
            filter (where submitted_at < %(starts)s and coalesce(submitted_at >= before, true)))[1] as was,
        (array_agg(effective_level order by submitted_at desc, screening.id desc)
            filter (where coalesce(submitted_at >= since, true)))[1] as became
    from records
    join riskassessment_screening screening on screening.child_id = records.id and submitted_at < %(ends)s
    left join closed on closed.child_id = records.id
    group by whose
)
select was, became, count(*) from levels where was is not null or became is not null group by was, became
"""


def _judged(suggested: int | None, judged: int | None) -> str:
    difference = (judged or 0) - (suggested or 0)
    return "Higher" if difference > 0 else "Lower" if difference else "As suggested"


def _level(level: int | None, without: str = "") -> str:
    return without if level is None else Level(level).label
