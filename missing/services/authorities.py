"""The authorities that must be told of a child's return: the one that is responsible, and the host (domain.md 14, 21).

Both on the interview's own clock: it starts when the child is found, and runs from the return once that is known.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import deadlines.services
from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from deadlines.rules import Kind
from frontend.moments import Moment
from frontend.text import moment_in_words
from missing import steps
from missing.models import AuthorityTold, Episode
from missing.rules import Capacity, authorities_to_tell

CLOCKS: Mapping[Capacity, Kind] = {
    Capacity.RESPONSIBLE: Kind.TELL_RESPONSIBLE_AUTHORITY,
    Capacity.HOST: Kind.TELL_HOST_AUTHORITY,
}


class NotToBeTold(Refusal):
    """It is our own authority."""


class AlreadyTold(Refusal):
    """One authority, told once in each capacity."""


def _told(episode: Episode) -> dict[str, Any]:
    """The authorities told, for the log: they have rows of their own."""
    rows = episode.authorities_told.values("capacity", "authority", "told_at", "whom", "how")
    return {f"told_{row['capacity']}": {**row, "told_at": row["told_at"].isoformat()} for row in rows}


@command(Permission.MISSING_RECORD, on="episode", parts=_told)
def tell_authority(
    *, by: User, at: datetime, episode: Episode, capacity: Capacity, told: Moment, whom: str, how: str
) -> Episode:
    """Record who in the responsible or the host authority was told of the return, when and how.

    Raises NotToBeTold, AlreadyTold, NotPossibleNow, WrongMoment.
    """
    steps.must_stand(episode)
    authority = dict(authorities_to_tell(episode.responsible_authority, episode.host_authority)).get(capacity)
    if authority is None:
        raise NotToBeTold(f"The {capacity.label.lower()} is our own, so nobody else need be told.")
    _must_be_untold(episode, capacity)
    starts = episode.interview_starts_at
    if starts is None:
        raise steps.NotPossibleNow(
            "They are told of the return. Record that the child was found, or that they returned, first."
        )
    if told.at > at:
        raise steps.WrongMoment("told", "When they were told must be in the past")
    if told.at < starts:
        back = moment_in_words(starts)
        raise steps.WrongMoment("told", f"They cannot have been told before the child was back, on {back}")
    AuthorityTold.objects.create(
        episode=episode,
        capacity=capacity,
        authority=authority,
        told_at=told.at,
        told_offset=told.offset,
        whom=whom,
        how=how,
        recorded_by=by,
        recorded_at=at,
    )
    deadlines.services.meet(CLOCKS[capacity], subject=episode, at=at, done_at=told.at)
    return episode


def start_promises(episode: Episode, *, started_at: datetime, by: User, at: datetime) -> None:
    """Start the clock for each authority, besides our own, that must hear of the return."""
    owed = authorities_to_tell(episode.responsible_authority, episode.host_authority)
    if not owed:
        return
    team, person = steps.interview_owed_by(episode.child)
    for capacity, _ in owed:
        deadlines.services.start(
            CLOCKS[capacity],
            subject=episode,
            child=episode.child,
            started_at=started_at,
            owner_team=team,
            owner=person,
            at=at,
        )


def move_promises(episode: Episode, *, started_at: datetime, by: User, at: datetime, reason: str) -> None:
    """The return was at another moment than was thought: these clocks run from it too (domain.md 12)."""
    for capacity, _ in authorities_to_tell(episode.responsible_authority, episode.host_authority):
        deadlines.services.move(CLOCKS[capacity], subject=episode, started_at=started_at, by=by, at=at, reason=reason)


def void_promises(episode: Episode, *, at: datetime, reason: str) -> None:
    """The episode was recorded in error, so no authority has anything to hear of."""
    for kind in CLOCKS.values():
        deadlines.services.void(kind, subject=episode, at=at, reason=reason)


def _must_be_untold(episode: Episode, capacity: Capacity) -> None:
    earlier = episode.authorities_told.filter(capacity=capacity).select_related("recorded_by").first()
    if earlier:
        raise AlreadyTold(
            f"The {capacity.label.lower()} was told already, on {moment_in_words(earlier.told_at)} "
            f"(recorded by {earlier.recorded_by})."
        )
