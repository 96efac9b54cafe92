"""What every command on a referral does first and last: is it possible now, has it changed, write it down."""

from datetime import datetime

import deadlines.services
from accounts import selectors as people_and_teams
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission, Role
from deadlines.rules import Kind
from referrals.models import Referral, Route
from referrals.rules import NEXT, POSSIBLE, State


class NotPossibleNow(Refusal):
    """The referral is in a state in which this cannot be done."""


class Stale(Refusal):
    """The referral was changed after this page was opened."""


_WHY_NOT = {
    State.RECEIVED: "Nobody has accepted this referral yet. Accept it first.",
    State.ACCEPTED: "This referral has been accepted and is being triaged.",
    State.IN_DISCUSSION: "This referral is in a strategy discussion.",
    State.DECIDED: "This referral has already been decided.",
    State.CLOSED: "This referral has been closed and the referrer has been told.",
}


def must_allow(referral: Referral, verb: str) -> None:
    """Raises NotPossibleNow where the referral's state does not allow the command (`rules.POSSIBLE`)."""
    if referral.state not in POSSIBLE[verb]:
        raise NotPossibleNow(_WHY_NOT[State(referral.state)])


def must_be_fresh(referral: Referral, version: int) -> None:
    """Raises Stale where the referral is no longer as the person saw it when they made up their mind."""
    if referral.version != version:
        raise Stale("This referral was changed while you had this page open. Read what happened, then answer again.")


def move(referral: Referral, to: State) -> None:
    """Raises NotPossibleNow where `to` is not one step away: states cannot be skipped (domain.md 18)."""
    if to not in NEXT[State(referral.state)]:
        raise NotPossibleNow(_WHY_NOT[State(referral.state)])
    referral.state = to


def changed(referral: Referral, *names: str) -> Referral:
    """Save these columns and count the change, so that whoever has an older page open is told."""
    referral.version += 1
    referral.save(update_fields=[*names, "version"])
    return referral


def officers(referral: Referral, *, but: User) -> list[User]:
    """The MASH officers who are to hear of it, without the one who did it."""
    return list(people_and_teams.members_with(Role.MASH, team=referral.handling_team).exclude(pk=but.pk))


def referrers(referral: Referral) -> list[User]:
    """Who hears what became of it: whoever made it, or their team once they have left. Nobody without an account."""
    if referral.route == Route.PUBLIC:
        return []
    if referral.made_by.is_active or referral.origin_team is None:
        return [referral.made_by]
    return list(people_and_teams.holders_of(Permission.REFERRAL_TRACK, team=referral.origin_team))


def keep_promise_to_tell(referral: Referral, *, decided: bool, at: datetime) -> None:
    """Meet the one clock for "decide and tell the referrer" once both have happened (domain.md 18).

    Where somebody left no way to be told, the decision alone keeps it.
    """
    told = referral.acknowledged_at is not None or not referral.can_be_told
    if decided and told:
        deadlines.services.meet(Kind.MASH_DECISION, subject=referral, at=at)
