"""What the figures count, said once for the tables and for the lists behind them (domain.md 16).

Every episode of type M that is not void, whoever may see it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from deadlines.models import Deadline
from deadlines.rules import Kind
from figures.rules import Period
from missing.figures import Measure
from missing.models import Episode
from missing.rules import RUNS_FOR, EpisodeType, InterviewStatus

OFFERED = (InterviewStatus.OFFERED, InterviewStatus.DECLINED, InterviewStatus.ACCEPTED, InterviewStatus.COMPLETED)
ACCEPTED = (InterviewStatus.ACCEPTED, InterviewStatus.COMPLETED)
HELD = Q(interview__status=InterviewStatus.COMPLETED)
JUDGED_FROM: Any = Case(
    When(HELD & Q(interview__conducted_at__lt=F("returned_at")), then=Coalesce("located_at", "returned_at")),
    default=F("returned_at"),
    output_field=DateTimeField(),
)
"""As `rules.interview_starts` has it."""


@dataclass(frozen=True)
class Asked:
    """Which episodes: of these days, as they stand at this moment, of one responsible authority and team or of all."""

    period: Period
    at: datetime
    authority: str = ""
    team: int = 0


WHOSE = Coalesce("child__same_as_id", "child_id")
"""The child, whichever of their records the episode stands on (domain.md 20)."""
OWING = Subquery(
    Deadline.objects.filter(
        kind=Kind.RETURN_INTERVIEW, subject_type=Episode._meta.label_lower, subject_id=OuterRef("pk")
    )
    .order_by("-pk")
    .values("owner_team_id")[:1]
)
"""The team that owes the interview or owed it; none before the child is found."""


def in_period(asked: Asked, rows: QuerySet[Episode] | None = None) -> QuerySet[Episode]:
    """Those of `rows`, or of all, that began or ended in the period; an index answers each of the two."""
    rows = Episode.objects.all() if rows is None else rows
    began, ended = (_within(asked, column) for column in ("last_seen_at", "returned_at"))
    rows = rows.filter(began | ended, voided_at=None, episode_type=EpisodeType.MISSING)
    if asked.authority:
        rows = rows.filter(responsible_authority=asked.authority)
    return rows.annotate(owing=OWING).filter(owing=asked.team) if asked.team else rows


def conditions(asked: Asked) -> dict[Measure, Q]:
    """What each measure asks of an episode.

    An interview is in time iff it was held no later than 72 hours after this episode's own return, whatever else it
    covered and whatever day it was typed in (domain.md 11, 13); one held before the return, after the finding.
    """
    ended, began = (_within(asked, column) for column in ("returned_at", "last_seen_at"))
    due = ended & Q(LessThan(JUDGED_FROM, asked.period.until(asked.at) - RUNS_FOR))
    in_time = HELD & Q(interview__conducted_at__lte=JUDGED_FROM + RUNS_FOR)
    return {
        Measure.ELIGIBLE: ended,
        Measure.OFFERED: ended & Q(interview__status__in=OFFERED),
        Measure.ACCEPTED: ended & Q(interview__status__in=ACCEPTED),
        Measure.COMPLETED: ended & HELD,
        Measure.IN_TIME: ended & in_time,
        Measure.DUE: due,
        Measure.DUE_IN_TIME: due & in_time,
        Measure.NOT_IN_TIME: due & ~Q(_known(in_time)),
        Measure.BEGAN: began,
    }


def behind(asked: Asked, measure: Measure, rows: QuerySet[Episode] | None = None) -> QuerySet[Episode]:
    """Those of `rows`, or of all, that this figure counts."""
    counted = conditions(asked)
    if measure != Measure.REPEATED:
        return in_period(asked, rows).filter(counted[measure])
    began = in_period(asked).filter(counted[Measure.BEGAN]).annotate(whose=WHOSE)
    again = began.order_by().values("whose").annotate(times=Count("pk")).filter(times__gt=1)
    return (
        in_period(asked, rows)
        .filter(counted[Measure.BEGAN])
        .annotate(whose=WHOSE)
        .filter(whose__in=again.values("whose"))
    )


def flag(condition: Q) -> Any:
    """The condition as a column."""
    return ExpressionWrapper(condition, BooleanField())


def _within(asked: Asked, column: str) -> Q:
    return Q(**{f"{column}__gte": asked.period.starts, f"{column}__lt": asked.period.ends})


def _known(condition: Q) -> Any:
    """False where it is NULL: an episode without an interview has none in time."""
    return Coalesce(flag(condition), False)
