"""What of screenings an action of the plan, or a report, may be measured by (domain.md 27)."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from figures.measures import Better, Cells, breakdown, measure
from figures.rules import Part, Period
from people.models import Involvement
from riskassessment.models import Screening
from riskassessment.rules import Level

SOURCE = "domain.md 27"
NEW, GONE = "Not screened before", "No longer an open case"
GRAVEST_FIRST = [*reversed(Level.labels), NEW, GONE]


def _submitted(period: Period) -> QuerySet[Screening]:
    return Screening.objects.filter(submitted_at__gte=period.starts, submitted_at__lt=period.ends)


@measure("riskassessment.submitted", "Screenings submitted", better=Better.MORE, source=SOURCE)
def submitted(period: Period, at: datetime) -> int:
    return _submitted(period).count()


@measure(
    "riskassessment.agencies",
    "Agencies that submitted a screening",
    better=Better.MORE,
    source=f"strategy §6; {SOURCE}",
)
def agencies(period: Period, at: datetime) -> int:
    return _submitted(period).values("author_team__agency").distinct().count()


@measure("riskassessment.at_risk", "Screenings found SERIOUS or SIGNIFICANT", better=Better.LESS, source=SOURCE)
def at_risk(period: Period, at: datetime) -> Part:
    rows = _submitted(period)
    return Part(rows.filter(effective_level__in=[Level.SERIOUS, Level.SIGNIFICANT]).count(), rows.count())


@breakdown(
    "riskassessment.by_agency",
    "Screenings by agency and level",
    rows="Agency",
    columns="Level",
    source=SOURCE,
    order=GRAVEST_FIRST,
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
)
def judgement(period: Period, at: datetime) -> Cells:
    rows = _submitted(period).values_list("author_team__agency__name", "suggested_level", "judged_level")
    return Counter((agency, _judged(suggested, judged)) for agency, suggested, judged in rows)


@breakdown(
    "riskassessment.children",
    "Children by level at the end of the period",
    rows="Level",
    source=SOURCE,
    order=GRAVEST_FIRST,
)
def children(period: Period, at: datetime) -> Cells:
    return Counter((Level(level).label, "") for level in _levels(period.until(at)).values())


@breakdown(
    "riskassessment.movement",
    "Movement of children between levels",
    rows="Before the period",
    columns="At its end",
    source=SOURCE,
    order=GRAVEST_FIRST,
)
def movement(period: Period, at: datetime) -> Cells:
    return Counter(_moves(_levels(period.starts), _levels(period.until(at))))


def _judged(suggested: int | None, judged: int | None) -> str:
    difference = (judged or 0) - (suggested or 0)
    return "Higher" if difference > 0 else "Lower" if difference else "As suggested"


def _levels(moment: datetime) -> dict[int, int]:
    """The level of each child at this moment, by their last screening; none once the case was closed after it."""
    closed = Involvement.objects.filter(
        child=OuterRef("child"), closed_at__gt=OuterRef("submitted_at"), closed_at__lte=moment
    )
    rows = Screening.objects.filter(~Exists(closed), submitted_at__lt=moment)
    rows = rows.annotate(whose=Coalesce("child__same_as_id", "child_id"))
    latest = rows.order_by("whose", F("submitted_at").desc(), "-pk").distinct("whose")
    return dict(latest.values_list("whose", "effective_level"))


def _moves(before: dict[int, int], after: dict[int, int]) -> Iterator[tuple[str, str]]:
    """A child who stayed at a level moves from it to itself, so that each row and column adds up."""
    for child in before.keys() | after.keys():
        was = Level(before[child]).label if child in before else NEW
        yield was, Level(after[child]).label if child in after else GONE
