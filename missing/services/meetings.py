"""The strategy meeting that repeated missing asks for (domain.md 15)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import deadlines.selectors
import deadlines.services
from accounts.gate import command
from accounts.models import Agency, AgencyKind, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from deadlines.rules import Kind
from frontend.moments import Moment
from frontend.text import moment_in_words
from missing import steps
from missing.models import Episode, StrategyMeeting
from missing.rules import REPEATS_FOR_MEETING
from people.selectors import record_pks
from referrals.rules import missing_from_discussion


class NotAMeeting(Refusal):
    """An agency without which it is no strategy meeting did not take part."""


class AlreadyHeld(Refusal):
    """The same meeting."""


def _meetings(episode: Episode) -> dict[str, Any]:
    """The meetings on the episode, for the log: they have rows of their own."""
    return {
        f"meeting_{meeting.pk}": {
            "held_at": meeting.held_at.isoformat(),
            "agencies": sorted(agency.pk for agency in meeting.agencies.all()),
            "outcome": meeting.outcome,
        }
        for meeting in episode.strategy_meetings.prefetch_related("agencies")
    }


@command(Permission.MISSING_RECORD, on="episode", related=("child",), parts=_meetings)
def record_strategy_meeting(
    *, by: User, at: datetime, episode: Episode, held: Moment, agencies: Collection[Agency], outcome: str
) -> Episode:
    """Record a strategy meeting. It keeps the promise that repeated missing made, on whichever episode it stands.

    Raises NotAMeeting, naming who was missing (as domain.md 19 asks of a strategy discussion), WrongMoment,
    AlreadyHeld.
    """
    steps.must_stand(episode)
    lacking = missing_from_discussion([AgencyKind(agency.kind) for agency in agencies])
    if lacking:
        raise NotAMeeting(
            f"A strategy meeting needs the local authority, the police and health. Missing: {', '.join(lacking)}."
        )
    if held.at > at:
        raise steps.WrongMoment("held", "The strategy meeting must be in the past")
    if held.at < episode.last_seen_at:
        began = moment_in_words(episode.last_seen_at)
        raise steps.WrongMoment("held", f"It cannot have been held before the child was last seen, on {began}")
    if episode.strategy_meetings.filter(held_at=held.at).exists():
        raise AlreadyHeld(f"The strategy meeting of {moment_in_words(held.at)} is recorded already.")
    meeting = StrategyMeeting.objects.create(
        episode=episode, held_at=held.at, held_offset=held.offset, outcome=outcome, recorded_by=by, recorded_at=at
    )
    meeting.agencies.set(agencies)
    _keep_promise(episode, held, at=at)
    return episode


def _keep_promise(episode: Episode, held: Moment, *, at: datetime) -> None:
    """Kept by a meeting that would have spared it: one held in the rolling days before it began, or since."""
    promise = deadlines.selectors.running_for(record_pks(episode.child), Kind.STRATEGY_MEETING)
    if promise and held.at > promise.started_at - REPEATS_FOR_MEETING[1]:
        subject = Episode.objects.get(pk=promise.subject_id)
        deadlines.services.meet(Kind.STRATEGY_MEETING, subject=subject, at=at, done_at=held.at)
