"""The clocks of a return: the interview's, and those of the authorities to tell (domain.md 11, 14, 21).

An interview that was held after the child was found and before the return stands. Its clock stays where it was, at the
finding, when the return is recorded, so that it is judged as the figures judge it (`rules.interview_starts`).
"""

from datetime import datetime

import deadlines.services
from accounts.models import User
from deadlines.rules import Kind
from missing import steps
from missing.models import Episode, Interview
from missing.services import authorities

Since = tuple[datetime | None, datetime | None]
"""From when the authorities are to be told, and from when the interview is due."""


def run_from(episode: Episode) -> Since:
    return episode.interview_starts_at, episode.interview_due_from


def start_clocks(episode: Episode, *, by: User, at: datetime) -> None:
    """The child is back: nothing was owed before."""
    team, owner = steps.interview_owed_by(episode.child)
    started_at = episode.interview_starts_at
    assert started_at  # noqa: S101  (the caller has just set it)
    deadlines.services.start(
        Kind.RETURN_INTERVIEW,
        subject=episode,
        child=episode.child,
        started_at=started_at,
        owner_team=team,
        owner=owner,
        at=at,
    )
    authorities.start_promises(episode, started_at=started_at, by=by, at=at)


def move_clocks(episode: Episode, was: Since, *, by: User, at: datetime, reason: str) -> None:
    """Its moments are others now: each clock that ran from another moment is moved."""
    told_from, due_from = run_from(episode)
    if due_from and due_from != was[1]:
        _move_interview(episode, due_from, by=by, at=at, reason=reason)
    if told_from and told_from != was[0]:
        authorities.move_promises(episode, started_at=told_from, by=by, at=at, reason=reason)


def meet_interview(episode: Episode, interview: Interview, *, by: User, at: datetime) -> None:
    """The interview, which is for this episode, was held: its clock is met by that moment."""
    episode.interview = interview
    due_from = episode.interview_due_from
    if due_from and due_from != episode.interview_starts_at:
        reason = "The interview was held before the child returned"
        _move_interview(episode, due_from, by=by, at=at, reason=reason)
    deadlines.services.meet(Kind.RETURN_INTERVIEW, subject=episode, at=at, done_at=interview.conducted_at)


def _move_interview(episode: Episode, started_at: datetime, *, by: User, at: datetime, reason: str) -> None:
    deadlines.services.move(Kind.RETURN_INTERVIEW, subject=episode, started_at=started_at, by=by, at=at, reason=reason)
