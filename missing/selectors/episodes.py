"""One episode with everything that hangs on it, its clocks in words, and the episodes of a child."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Prefetch, Q, QuerySet, Window, prefetch_related_objects

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from deadlines.models import OPEN, Deadline
from deadlines.rules import ALERTS, Kind, time_left
from frontend.text import moment_in_words
from missing import rules
from missing.models import (
    AuthorityTold,
    Correction,
    Episode,
    GradeChange,
    Interview,
    InterviewAction,
    PreventionCheck,
    StrategyMeeting,
)
from missing.selectors.sharing import shares_of
from people.models import Child

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
OF_REPEATS = (Kind.SCREENING_DUE, Kind.STRATEGY_MEETING)

HANGS_ON_IT = (
    Prefetch("grade_changes", GradeChange.objects.select_related("by").order_by("at", "pk")),
    Prefetch("corrections", Correction.objects.select_related("by").order_by("at", "pk")),
    Prefetch("prevention_checks", PreventionCheck.objects.select_related("recorded_by").order_by("conducted_at", "pk")),
    Prefetch("authorities_told", AuthorityTold.objects.select_related("recorded_by").order_by("told_at", "pk")),
    Prefetch(
        "strategy_meetings",
        StrategyMeeting.objects.annotate(took_part=ArrayAgg("agencies__name", order_by="agencies__name"))
        .select_related("recorded_by")
        .order_by("held_at", "pk"),
    ),
    Prefetch(
        "interview__actions",
        InterviewAction.objects.select_related("owner_team__agency", "owner", "added_by", "done_by").order_by("pk"),
    ),
    Prefetch(
        "former_interviews",
        Interview.objects.select_related("offered_by", "completed_by", "recorded_by", "voided_by").order_by("pk"),
    ),
)


@dataclass(frozen=True)
class Countdown:
    """The clock that matters most now, in the server's words: no script is needed, and no colour says it alone."""

    title: str
    text: str
    detail: str
    urgency: str = ""
    """overdue, soon or nothing."""
    warning: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Promise:
    """Another clock that runs."""

    promise: str
    text: str
    urgency: str
    owner: str
    href: str = ""
    """Of the page where it is kept, if that is another."""


@dataclass(frozen=True)
class Line:
    """One episode in a list."""

    episode: Episode
    state: str
    away: str


def complete(user: User, episode: Episode) -> Episode:
    """The episode (read with `RELATED`) with all of it that this person may know, in a fixed number of queries."""
    prefetch_related_objects([episode], *HANGS_ON_IT)
    episode.all_shares = shares_of(user, episode)
    return episode


def clocks(episode: Episode, *, at: datetime) -> dict[str, object]:
    """The countdown of the episode's page, and whatever else runs for it or for repeated missing; one query."""
    own = Q(subject_type=episode._meta.label_lower, subject_id=episode.pk)
    found = Deadline.objects.filter(own | Q(OPEN, child=episode.child_id, kind__in=OF_REPEATS))
    promises = list(found.select_related("owner", "owner_team__agency").order_by("due_at", "pk"))
    interviews = [each for each in promises if each.kind == Kind.RETURN_INTERVIEW]
    others = [each for each in promises if each.is_open and each.kind != Kind.RETURN_INTERVIEW]
    return {
        "countdown": _countdown(episode, interviews, at),
        "missing_for": rules.how_long(episode.last_seen_at, at) if episode.is_open else "",
        "promises": [_promise(each, episode, at) for each in others],
        "running": {each.kind for each in others},
    }


def _countdown(episode: Episode, interviews: list[Deadline], at: datetime) -> Countdown | None:
    if episode.voided_at or not interviews:
        return None
    clock = next((each for each in interviews if each.is_open), interviews[-1])
    if clock.is_open:
        return _running(episode, clock, at)
    if clock.met_at:
        apart = rules.how_long(*sorted((clock.met_at, clock.due_at)))
        text = f"held {apart} late" if clock.was_late else "held in time"
        detail = f"{moment_in_words(clock.met_at)}; it was due by {moment_in_words(clock.due_at)}"
        return Countdown("Return interview", text, detail, "overdue" if clock.was_late else "")
    reason = clock.void_reason[:1].lower() + clock.void_reason[1:]
    return Countdown("Return interview", reason, f"Its clock stopped on {moment_in_words(clock.voided_at)}")


def _running(episode: Episode, clock: Deadline, at: datetime) -> Countdown:
    since = "after the return" if episode.returned_at else "after the child was found, until the return is recorded"
    overdue, soon = clock.due_at < at, clock.due_at - at <= ALERTS[1]
    urgency = "overdue" if overdue else "soon" if soon else ""
    return Countdown(
        "Return interview",
        f"overdue by {rules.how_long(clock.due_at, at)}" if overdue else f"due in {rules.how_long(at, clock.due_at)}",
        f"By {moment_in_words(clock.due_at)}, 72 hours {since}",
        urgency,
        f"Under {ALERTS[1] // timedelta(hours=1)} hours" if urgency == "soon" else "",
        str(clock.owner or clock.owner_team),
    )


def _promise(deadline: Deadline, episode: Episode, at: datetime) -> Promise:
    left, warns = deadline.due_at - at, deadline.clock.warns
    urgency = "overdue" if left < timedelta(0) else "soon" if warns and left <= max(warns) else ""
    owner = str(deadline.owner or deadline.owner_team)
    elsewhere = "" if deadline.subject_id == episode.pk and not deadline.clock.leads_to.of_child else deadline.page
    return Promise(deadline.clock.promise, time_left(deadline.due_at, at), urgency, owner, elsewhere)


def of_child(user: User, child: Child) -> QuerySet[Episode]:
    """The child's episodes, the newest first (`NEWEST_FIRST`)."""
    rows = policy.visible(user, Episode).filter(child=child).select_related("interview")
    return rows.order_by("-last_seen_at", "-pk")


def still_missing(user: User, child: Child) -> Episode | None:
    """The child's open episode."""
    return of_child(user, child).filter(returned_at=None, voided_at=None).first()


def lines(episodes: list[Episode], *, at: datetime) -> list[Line]:
    return [Line(each, _state(each), rules.how_long(each.last_seen_at, each.returned_at or at)) for each in episodes]


def panel(user: User, child: Child, at: datetime) -> dict[str, object]:
    """What the section "Missing episodes" of the child's page shows, the open one on top; one query."""
    lately = Window(Count("pk", filter=Q(last_seen_at__gt=at - LATELY)))
    rows = list(of_child(user, child).filter(voided_at=None).annotate(lately=lately)[:IN_PANEL])
    return {
        "warning": next(
            (f"{_state(each)}, {rules.how_long(each.last_seen_at, at)}" for each in rows if each.is_open), ""
        ),
        "lines": lines(sorted(rows, key=lambda each: not each.is_open), at=at),
        "lately": rows[0].lately if rows else 0,
        "days": LATELY.days,
        "records": Permission.MISSING_RECORD in user.permissions,
    }


def _state(episode: Episode) -> str:
    if episode.voided_at:
        return "Recorded in error"
    if episode.returned_at is None:
        return "Found, not yet back" if episode.located_at else "Still missing"
    if episode.interview is None:
        return "Back, interview to be offered"
    return f"Back, interview {episode.interview.get_status_display().lower()}"
