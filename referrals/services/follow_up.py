"""What a decision asked for and what came of it: the assessment, and the initial child protection conference."""

from datetime import date, datetime

import deadlines.services
from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from deadlines.rules import Kind, end_of_day
from frontend.text import local_day
from referrals import steps
from referrals.models import FollowUp, Referral
from referrals.rules import ASKED_FOR_BY
from referrals.services.triage import WrongMoment


class NotAskedFor(Refusal):
    """The decision on the referral asks for no such thing."""


class AlreadyRecorded(Refusal):
    """It is recorded already."""


@command(Permission.REFERRAL_TRIAGE, on="referral")
def record_assessment(*, by: User, at: datetime, referral: Referral, held_on: date, outcome: str) -> Referral:
    """Record on which day the assessment was completed and what it found (domain.md 19).

    The promise is kept in time iff that day is no later than the due day, whenever it is typed in. Raises NotAskedFor,
    AlreadyRecorded, WrongMoment; so does `record_conference`.
    """
    steps.must_allow(referral, "record_assessment")
    _must_be_asked_for(Kind.ASSESSMENT, referral)
    if referral.decided_at and held_on < local_day(referral.decided_at):
        raise WrongMoment("The day the assessment was completed cannot be before the decision")
    return _kept(Kind.ASSESSMENT, referral, held_on, outcome, by=by, at=at)


@command(Permission.REFERRAL_TRIAGE, on="referral")
def record_conference(*, by: User, at: datetime, referral: Referral, held_on: date, outcome: str) -> Referral:
    """Record on which day the initial child protection conference was held and what it decided (domain.md 19)."""
    steps.must_allow(referral, "record_conference")
    _must_be_asked_for(Kind.INITIAL_CONFERENCE, referral)
    if held_on < local_day(referral.strategy_discussion.held_at):
        raise WrongMoment("The day of the conference cannot be before the strategy discussion")
    return _kept(Kind.INITIAL_CONFERENCE, referral, held_on, outcome, by=by, at=at)


def _must_be_asked_for(kind: Kind, referral: Referral) -> None:
    if referral.outcome not in ASKED_FOR_BY[kind]:
        raise NotAskedFor(f"The decision “{referral.get_outcome_display()}” does not ask for this.")
    if referral.follow_ups.filter(kind=kind).exists():
        raise AlreadyRecorded("This has already been recorded.")


def _kept(kind: Kind, referral: Referral, held_on: date, outcome: str, *, by: User, at: datetime) -> Referral:
    """Only the day is known: the promise counts as kept at its end, or now where it is today."""
    if held_on > local_day(at):
        raise WrongMoment("The day must be today or in the past")
    FollowUp.objects.create(
        referral=referral, kind=kind, held_on=held_on, outcome=outcome, recorded_by=by, recorded_at=at
    )
    deadlines.services.meet(kind, subject=referral, at=min(end_of_day(held_on), at))
    return steps.changed(referral)
