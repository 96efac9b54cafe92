"""One episode with everything that hangs on it, and the episodes of a child."""

from datetime import timedelta

from django.db.models import Prefetch, prefetch_related_objects

from missing.models import (
    AuthorityTold,
    Correction,
    Episode,
    GradeChange,
    InterviewAction,
    PreventionCheck,
    Share,
    StrategyMeeting,
)

RELATED = (
    "child",
    "team__agency",
    "recorded_by",
    "location_recorded_by",
    "return_recorded_by",
    "reviewed_by",
    "voided_by",
    "interview__offered_by",
    "interview__interviewer",
    "interview__completed_by",
    "interview__recorded_by",
)
NEWEST_FIRST = ("last_seen_at", "id")
LATELY = timedelta(days=90)
IN_PANEL = 5

HANGS_ON_IT = (
    Prefetch("grade_changes", GradeChange.objects.select_related("by").order_by("at", "pk")),
    Prefetch("corrections", Correction.objects.select_related("by").order_by("at", "pk")),
    Prefetch("prevention_checks", PreventionCheck.objects.select_related("recorded_by").order_by("conducted_at", "pk")),
    Prefetch("authorities_told", AuthorityTold.objects.select_related("recorded_by").order_by("told_at", "pk")),
    Prefetch(
        "shares",
        Share.objects.select_related("team__agency", "shared_by", "acknowledged_by").order_by("shared_at", "pk"),
    ),
    Prefetch("strategy_meetings", StrategyMeeting.objects.select_related("recorded_by").order_by("held_at", "pk")),
    "strategy_meetings__agencies",
    Prefetch(
        "interview__actions",
        InterviewAction.objects.select_related("owner_team__agency", "owner", "added_by", "done_by").order_by("pk"),
    ),
)


def complete(episode: Episode) -> Episode:
    """The episode (read with `RELATED`) with everything that hangs on it, in a fixed number of queries."""
    prefetch_related_objects([episode], *HANGS_ON_IT)
    return episode
