"""What a child's repeated missing asks for: a screening, and a strategy meeting (domain.md 15; local rules).

Every episode counts that is not void, missing or away from placement: domain.md 15 says episodes, and only the figures
of domain.md 16 count missing ones alone. The rolling days end now: an episode exactly 90 days ago is not among 90.
Those on every record of the child count together (domain.md 20).
"""

from collections.abc import Collection
from datetime import datetime, timedelta

import deadlines.selectors
import deadlines.services
import people.selectors
import riskassessment.selectors
from accounts.models import User
from accounts.roles import Permission
from accounts.selectors import holders_of
from audit.acting import Beyond, beyond
from deadlines.models import Deadline
from deadlines.rules import Kind
from missing import steps
from missing.models import Episode, StrategyMeeting
from missing.rules import REPEATS_FOR_MEETING, REPEATS_FOR_SCREENING, repeats
from people.models import Child


@beyond(Beyond.ONE_CHILD)
def ask_for_what_repeats_ask(episode: Episode, *, by: User, at: datetime) -> None:
    """Start what this episode and those before it call for, unless it is asked for already or was done in these days.

    The screening is owed for the child, the strategy meeting on this episode, both by whoever owes its interview.
    """
    records = people.selectors.record_pks(episode.child)
    began = _began(records, since=at - _LONGEST)
    if repeats(began, at, REPEATS_FOR_SCREENING):
        since = at - REPEATS_FOR_SCREENING[1]
        if not _asked(Kind.SCREENING_DUE, records) and not riskassessment.selectors.screened_since(records, since):
            _ask(Kind.SCREENING_DUE, episode.child, episode, at=at)
    if repeats(began, at, REPEATS_FOR_MEETING):
        since = at - REPEATS_FOR_MEETING[1]
        if not _asked(Kind.STRATEGY_MEETING, records) and not _held_since(records, since):
            _ask(Kind.STRATEGY_MEETING, episode, episode, at=at)


@beyond(Beyond.ONE_CHILD)
def ask_no_more_for(episode: Episode, *, by: User, at: datetime) -> None:
    """The episode was recorded in error: what was asked for on its account falls away, unless others ask for it too."""
    reason = f"{episode.reference} was recorded in error"
    deadlines.services.void(Kind.STRATEGY_MEETING, subject=episode, at=at, reason=reason)
    _drop_what_is_no_longer_asked(episode, at=at, reason=reason)
    standing = Episode.objects.filter(child__in=people.selectors.record_pks(episode.child), voided_at=None)
    last = standing.exclude(pk=episode.pk).select_related("child").order_by("-last_seen_at").first()
    if last:
        ask_for_what_repeats_ask(last, by=by, at=at)


@beyond(Beyond.ONE_CHILD)
def ask_anew(episode: Episode, *, by: User, at: datetime) -> None:
    """The child was last seen at another moment than was thought: drop what falls away, ask for what it asks."""
    _drop_what_is_no_longer_asked(episode, at=at, reason=f"{episode.reference} was corrected")
    ask_for_what_repeats_ask(episode, by=by, at=at)


_LONGEST: timedelta = max(REPEATS_FOR_SCREENING[1], REPEATS_FOR_MEETING[1])
_RULES = ((Kind.SCREENING_DUE, REPEATS_FOR_SCREENING), (Kind.STRATEGY_MEETING, REPEATS_FOR_MEETING))


def _drop_what_is_no_longer_asked(episode: Episode, *, at: datetime, reason: str) -> None:
    """On whichever episode it stands; judged by the days in which it was asked for, which may be long past."""
    records = people.selectors.record_pks(episode.child)
    for kind, rule in _RULES:
        promise = deadlines.selectors.running_for(records, kind)
        if promise is None:
            continue
        began = _began(records, since=promise.started_at - _LONGEST)
        if not repeats(began, promise.started_at, rule):
            model = Child if kind == Kind.SCREENING_DUE else Episode
            subject: Child | Episode = model.objects.get(pk=promise.subject_id)
            deadlines.services.void(kind, subject=subject, at=at, reason=reason)


def _began(records: Collection[int], *, since: datetime) -> list[datetime]:
    rows = Episode.objects.filter(child__in=records, voided_at=None, last_seen_at__gt=since)
    return list(rows.values_list("last_seen_at", flat=True))


def _asked(kind: Kind, records: Collection[int]) -> bool:
    return deadlines.selectors.running_for(records, kind) is not None


def _held_since(records: Collection[int], moment: datetime) -> bool:
    return StrategyMeeting.objects.filter(episode__child__in=records, held_at__gt=moment).exists()


def _ask(kind: Kind, subject: Child | Episode, episode: Episode, *, at: datetime) -> None:
    team, person = steps.interview_owed_by(episode.child)
    deadline = deadlines.services.start(
        kind, subject=subject, child=episode.child, started_at=at, owner_team=team, owner=person
    )
    _tell(deadline, episode, at=at)


def _tell(deadline: Deadline, episode: Episode, *, at: datetime) -> None:
    """Whoever owes it hears of it now, and not first when it is nearly due."""
    case = steps.case_for(episode.child)
    owing = holders_of(Permission.MISSING_RECORD, team=deadline.owner_team)
    deadlines.services.notify(
        people.selectors.who_holds(case, at=at) if case else owing,
        key=f"repeats:{deadline.pk}",
        text=f"{deadline.clock.promise}: {episode.reference} is one of several episodes",
        path=deadline.page,
        at=at,
        deadline=deadline,
    )
