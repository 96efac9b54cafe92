"""The authorities that must be told of a child's return: the one that is responsible, and the host (domain.md 14, 21).

Both on the interview's own clock: it starts when the child is found, and runs from the return once that is known.
"""

from collections.abc import Mapping
from datetime import datetime

import deadlines.services
from accounts.models import User
from deadlines.rules import Kind
from missing import steps
from missing.models import Episode
from missing.rules import Capacity, authorities_to_tell

CLOCKS: Mapping[Capacity, Kind] = {
    Capacity.RESPONSIBLE: Kind.TELL_RESPONSIBLE_AUTHORITY,
    Capacity.HOST: Kind.TELL_HOST_AUTHORITY,
}


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
        )


def move_promises(episode: Episode, *, started_at: datetime, by: User, at: datetime, reason: str) -> None:
    """The return was at another moment than was thought: these clocks run from it too (domain.md 12)."""
    for capacity, _ in authorities_to_tell(episode.responsible_authority, episode.host_authority):
        deadlines.services.move(CLOCKS[capacity], subject=episode, started_at=started_at, by=by, at=at, reason=reason)


def void_promises(episode: Episode, *, at: datetime, reason: str) -> None:
    """The episode was recorded in error, so no authority has anything to hear of."""
    for kind in CLOCKS.values():
        deadlines.services.void(kind, subject=episode, at=at, reason=reason)
