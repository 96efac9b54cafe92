"""What of screenings an action of the plan, or a report, may be measured by (domain.md 27)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

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
        return _moved(_levels(period.starts), _levels(period.until(at)))
    to_whom = _to_whom_something_happened(period, at)
    moves = Counter(_moved(_levels(period.starts, to_whom), _levels(period.until(at), to_whom)))
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


def _to_whom_something_happened(period: Period, at: datetime) -> QuerySet[Child, Any]:
    """All records of whoever was screened or had a case closed."""
    ends = period.until(at)
    screened = Screening.objects.filter(submitted_at__gte=period.starts, submitted_at__lt=ends)
    closed = Involvement.objects.filter(closed_at__gt=period.starts, closed_at__lte=ends)
    seen = screened.values("child").union(closed.values("child"))
    found = Child.objects.filter(pk__in=seen)
    whose = found.annotate(whose=Coalesce("same_as_id", "pk")).values("whose")
    return Child.objects.filter(pk__in=whose).values("pk").union(Child.objects.filter(same_as__in=whose).values("pk"))


def _moved(before: QuerySet[Screening, Any], after: QuerySet[Screening, Any]) -> Mapping[Move, int]:
    with connection.cursor() as cursor:
        (was, was_values), (became, became_values) = (rows.query.sql_with_params() for rows in (before, after))
        cursor.execute(
            f"with was as ({was}), became as ({became}) "  # nosec B608 # noqa: S608 (made by Django)
            "select was.effective_level, became.effective_level, count(*) "
            "from was full join became using (whose) group by 1, 2",
            [*was_values, *became_values],
        )
        return {(was, became): count for was, became, count in cursor.fetchall()}


def _judged(suggested: int | None, judged: int | None) -> str:
    difference = (judged or 0) - (suggested or 0)
    return "Higher" if difference > 0 else "Lower" if difference else "As suggested"


def _level(level: int | None, without: str = "") -> str:
    return without if level is None else Level(level).label


def _levels(moment: datetime, of: QuerySet[Child, Any] | None = None) -> QuerySet[Screening, Any]:
    """Each child, or each of these, and their level at this moment, by their last screening.

    None once the case was closed after it.
    """
    closed = Involvement.objects.filter(
        child=OuterRef("child"), closed_at__gt=OuterRef("submitted_at"), closed_at__lte=moment
    )
    rows = Screening.objects.filter(~Exists(closed), submitted_at__lt=moment)
    rows = rows if of is None else rows.filter(child__in=of)
    rows = rows.annotate(whose=Coalesce("child__same_as_id", "child_id"))
    latest = rows.order_by("whose", F("submitted_at").desc(), "-pk").distinct("whose")
    return latest.values("whose", "effective_level")
