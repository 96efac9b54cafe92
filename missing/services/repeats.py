"""What a child's repeated missing asks for: a screening, and a strategy meeting (domain.md 15; local rules).

Every episode counts that is not void, missing or away from placement: domain.md 15 says episodes, and only the figures
of domain.md 16 count missing ones alone. The rolling days end now: an episode exactly 90 days ago is not among 90.
"""

from datetime import datetime, timedelta

import deadlines.selectors
import deadlines.services
import people.selectors
import riskassessment.selectors
from accounts.models import User
from accounts.roles import Permission
from accounts.selectors import holders_of
from deadlines.models import Deadline
from deadlines.rules import Kind
from missing import steps
from missing.models import Episode, StrategyMeeting
from missing.rules import REPEATS_FOR_MEETING, REPEATS_FOR_SCREENING, repeats
from people.models import Child


def ask_for_what_repeats_ask(episode: Episode, *, by: User, at: datetime) -> None:
    """Start what this episode and those before it call for, unless it is asked for already or was done in these days.

    The screening is owed for the child, the strategy meeting on this episode, both by whoever owes its interview.
    """
    child, began = episode.child, _began(episode.child, since=at - _LONGEST)
    if repeats(began, at, REPEATS_FOR_SCREENING):
        since = at - REPEATS_FOR_SCREENING[1]
        if not _asked(Kind.SCREENING_DUE, child) and not riskassessment.selectors.screened_since(child, since):
            _ask(Kind.SCREENING_DUE, child, episode, at=at)
    if repeats(began, at, REPEATS_FOR_MEETING):
        since = at - REPEATS_FOR_MEETING[1]
        if not _asked(Kind.STRATEGY_MEETING, child) and not _held_since(child, since):
            _ask(Kind.STRATEGY_MEETING, episode, episode, at=at)


def ask_no_more_for(episode: Episode, *, by: User, at: datetime) -> None:
    """The episode was recorded in error: what was asked for on its account falls away, unless others ask for it too."""
    child, reason = episode.child, f"{episode.reference} was recorded in error"
    deadlines.services.void(Kind.STRATEGY_MEETING, subject=episode, at=at, reason=reason)
    screening = deadlines.selectors.running_for(child, Kind.SCREENING_DUE)
    if screening:
        began = _began(child, since=screening.started_at - _LONGEST)
        if not repeats(began, screening.started_at, REPEATS_FOR_SCREENING):
            deadlines.services.void(Kind.SCREENING_DUE, subject=child, at=at, reason=reason)
    last = Episode.objects.filter(child=child, voided_at=None).exclude(pk=episode.pk).order_by("-last_seen_at").first()
    if last:
        ask_for_what_repeats_ask(last, by=by, at=at)


_LONGEST: timedelta = max(REPEATS_FOR_SCREENING[1], REPEATS_FOR_MEETING[1])


def _began(child: Child, *, since: datetime) -> list[datetime]:
    rows = Episode.objects.filter(child=child, voided_at=None, last_seen_at__gt=since)
    return list(rows.values_list("last_seen_at", flat=True))


def _asked(kind: Kind, child: Child) -> bool:
    return deadlines.selectors.running_for(child, kind) is not None


def _held_since(child: Child, moment: datetime) -> bool:
    return StrategyMeeting.objects.filter(episode__child=child, held_at__gt=moment).exists()


def _ask(kind: Kind, subject: Child | Episode, episode: Episode, *, at: datetime) -> None:
    team, person = steps.interview_owed_by(episode.child)
    deadline = deadlines.services.start(
        kind, subject=subject, child=episode.child, started_at=at, owner_team=team, owner=person
    )
    _tell(deadline, episode, at=at)


def _tell(deadline: Deadline, episode: Episode, *, at: datetime) -> None:
    """Whoever owes it hears of it now, and not first when it is nearly due."""
    case = people.selectors.case_of(episode.child)
    owing = holders_of(Permission.MISSING_RECORD, team=deadline.owner_team)
    deadlines.services.notify(
        people.selectors.who_holds(case) if case else owing,
        key=f"repeats:{deadline.pk}",
        text=f"{deadline.clock.promise}: {episode.reference} is one of several episodes",
        path=deadline.page,
        at=at,
        deadline=deadline,
    )
