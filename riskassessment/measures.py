"""What of screenings an action of the plan, or a report, may be measured by (domain.md 27)."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from figures.marks import marked
from figures.measures import Behind, Better, Cells, breakdown, measure
from figures.rules import Part, Period
from people.models import Child, Involvement
from riskassessment.models import Screening
from riskassessment.rules import Level

SOURCE = "domain.md 27"
NEW, GONE = "Not screened before", "No longer an open case"
GRAVEST_FIRST = [*reversed(Level.labels), NEW, GONE]

marked(Screening, "submitted_at")
marked(Involvement, "closed_at")
marked(Child, only=["same_as_id"])


def _submitted(period: Period) -> QuerySet[Screening]:
    return Screening.objects.filter(submitted_at__gte=period.starts, submitted_at__lt=period.ends)


def _at_risk(period: Period) -> QuerySet[Screening]:
    return _submitted(period).filter(effective_level__in=[Level.SERIOUS, Level.SIGNIFICANT])


def _at_risk_by_agency(period: Period) -> dict[str, Part]:
    grave = Count("pk", filter=Q(effective_level__in=[Level.SERIOUS, Level.SIGNIFICANT]))
    rows = _submitted(period).values_list("author_team__agency__name").annotate(of=grave, whole=Count("pk"))
    return {agency: Part(of, whole) for agency, of, whole in rows.order_by()}


@measure(
    "riskassessment.submitted",
    "Screenings submitted",
    better=Better.MORE,
    source=SOURCE,
    counted_from=[Screening],
    behind=Behind("Screenings submitted", "submitted_at", lambda period, at: _submitted(period)),
    by_agency=lambda period, at: {agency: part.whole for agency, part in _at_risk_by_agency(period).items()},
)
def submitted(period: Period, at: datetime) -> int:
    return _submitted(period).count()


@measure(
    "riskassessment.agencies",
    "Agencies that submitted a screening",
    better=Better.MORE,
    source=f"strategy §6; {SOURCE}",
    counted_from=[Screening],
    of_children=False,
)
def agencies(period: Period, at: datetime) -> int:
    return _submitted(period).values("author_team__agency").distinct().count()


@measure(
    "riskassessment.at_risk",
    "Screenings found SERIOUS or SIGNIFICANT",
    better=Better.LESS,
    source=SOURCE,
    counted_from=[Screening],
    behind=Behind("Screenings found SERIOUS or SIGNIFICANT", "submitted_at", lambda period, at: _at_risk(period)),
    by_agency=lambda period, at: _at_risk_by_agency(period),
)
def at_risk(period: Period, at: datetime) -> Part:
    return Part(_at_risk(period).count(), _submitted(period).count())


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
    rows = _submitted(period).values_list("author_team__agency__name", "effective_level")
    return {(agency, Level(level).label): count for agency, level, count in rows.annotate(count=Count("pk")).order_by()}


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
    rows = _submitted(period).values_list("author_team__agency__name", "suggested_level", "judged_level")
    found: Counter[tuple[str, str]] = Counter()
    for agency, suggested, judged, count in rows.annotate(count=Count("pk")).order_by():
        found[agency, _judged(suggested, judged)] += count
    return found


@breakdown(
    "riskassessment.children",
    "Children by level at the end of the period",
    rows="Level",
    source=SOURCE,
    order=GRAVEST_FIRST,
    counted_from=[Screening, Involvement, Child],
)
def children(period: Period, at: datetime) -> Cells:
    statement, values = _levels(period.until(at)).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"select effective_level, count(*) from ({statement}) as found group by 1",  # nosec B608 # noqa: S608 (made by Django)
            values,
        )
        return {(_level(level), ""): count for level, count in cursor.fetchall()}


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
    before, after = _levels(period.starts), _levels(period.until(at))
    with connection.cursor() as cursor:
        (was, was_values), (became, became_values) = (rows.query.sql_with_params() for rows in (before, after))
        cursor.execute(
            f"with was as ({was}), became as ({became}) "  # nosec B608 # noqa: S608 (made by Django)
            "select was.effective_level, became.effective_level, count(*) "
            "from was full join became using (whose) group by 1, 2",
            [*was_values, *became_values],
        )
        return {(_level(was, NEW), _level(became, GONE)): count for was, became, count in cursor.fetchall()}


def _judged(suggested: int | None, judged: int | None) -> str:
    difference = (judged or 0) - (suggested or 0)
    return "Higher" if difference > 0 else "Lower" if difference else "As suggested"


def _level(level: int | None, without: str = "") -> str:
    return without if level is None else Level(level).label


def _levels(moment: datetime) -> QuerySet[Screening, Any]:
    """Each child and their level at this moment, by their last screening; none once the case was closed after it."""
    closed = Involvement.objects.filter(
        child=OuterRef("child"), closed_at__gt=OuterRef("submitted_at"), closed_at__lte=moment
    )
    rows = Screening.objects.filter(~Exists(closed), submitted_at__lt=moment)
    rows = rows.annotate(whose=Coalesce("child__same_as_id", "child_id"))
    latest = rows.order_by("whose", F("submitted_at").desc(), "-pk").distinct("whose")
    return latest.values("whose", "effective_level")
