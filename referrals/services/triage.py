"""What MASH does before it decides: accept, grade, hand over, ask the agencies, hold a strategy discussion."""

from collections.abc import Collection
from datetime import datetime

import deadlines.services
from accounts.gate import command
from accounts.models import Agency, AgencyKind, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from referrals import rules, steps
from referrals.models import Check, GradeChange, HandOver, Referral, StrategyDiscussion
from referrals.rules import GRADE_CLOCKS, Grade, State


class SameGrade(Refusal):
    """The referral has this grade already."""


class NotAnOfficer(Refusal):
    """A referral is handed over to another MASH officer, nobody else."""


class AlreadyAsked(Refusal):
    """One check per agency and referral."""


class AlreadyAnswered(Refusal):
    """An agency's answer is not overwritten."""


class NotADiscussion(Refusal):
    """Without local authority, police and health it was no strategy discussion."""


class AlreadyHeld(Refusal):
    """The discussion is recorded already."""


class WrongMoment(Refusal):
    """It cannot have happened then."""


@command(Permission.REFERRAL_TRIAGE, on="referral")
def accept(*, by: User, at: datetime, referral: Referral) -> Referral:
    """Take the referral on: its open promises carry the officer's name from now."""
    if referral.accepted_by:
        raise steps.NotPossibleNow(f"{referral.accepted_by} has already accepted this referral.")
    steps.must_allow(referral, "accept")
    steps.move(referral, State.ACCEPTED)
    referral.accepted_by, referral.accepted_at = by, at
    deadlines.services.assign(subject=referral, owner=by)
    return steps.changed(referral, "state", "accepted_by", "accepted_at")


@command(Permission.REFERRAL_TRIAGE, on="referral")
def grade(*, by: User, at: datetime, referral: Referral, version: int, grade: Grade, reason: str) -> Referral:
    """Give the BRAG grade, with its reason. The former grade's clock falls away, the new one's starts.

    From when it runs: `rules.grade_clock_starts`. `version` is what the officer saw: raises Stale, SameGrade.
    """
    steps.must_allow(referral, "grade")
    steps.must_be_fresh(referral, version)
    if referral.grade == grade:
        raise SameGrade(f"This referral is already graded {grade.label}.")
    first = not referral.grade_changes.exists()
    GradeChange.objects.create(referral=referral, grade=grade, reason=reason, by=by, at=at)
    for kind in GRADE_CLOCKS.values():
        deadlines.services.void(kind, subject=referral, at=at, reason=f"Graded {grade.label}")
    referral.grade = grade
    if grade in GRADE_CLOCKS:
        deadlines.services.start(
            GRADE_CLOCKS[grade],
            subject=referral,
            child=referral.child,
            started_at=rules.grade_clock_starts(first=first, received_at=referral.received_at, at=at),
            owner_team=referral.handling_team,
            owner=referral.accepted_by,
            at=at,
        )
    steps.changed(referral, "grade")
    if grade == Grade.RED:
        _tell_officers(referral, by=by, at=at)
    return referral


@command(Permission.REFERRAL_TRIAGE, on="referral")
def hand_over(*, by: User, at: datetime, referral: Referral, version: int, officer: User) -> Referral:
    """Give the referral to another MASH officer, who is told and whose name its open promises carry."""
    steps.must_allow(referral, "hand_over")
    steps.must_be_fresh(referral, version)
    if Permission.REFERRAL_TRIAGE not in officer.permissions or referral.handling_team_id not in officer.team_ids:
        raise NotAnOfficer(f"{officer} is not a MASH officer.")
    if officer == referral.accepted_by:
        raise NotAnOfficer(f"{officer} already has this referral.")
    assert referral.accepted_by  # noqa: S101  (the database holds it for every accepted referral)
    HandOver.objects.create(referral=referral, from_officer=referral.accepted_by, to_officer=officer, by=by, at=at)
    referral.accepted_by = officer
    deadlines.services.assign(subject=referral, owner=officer)
    steps.changed(referral, "accepted_by")
    if officer != by:
        deadlines.services.notify(
            [officer],
            key=f"referral-handed-over:{referral.pk}:{referral.version}",
            text=f"{by} handed {referral.reference} over to you",
            path=f"/mash/{referral.pk}/",
            at=at,
        )
    return referral


@command(Permission.REFERRAL_TRIAGE, on="referral")
def ask_agency(*, by: User, at: datetime, referral: Referral, agency: Agency) -> Referral:
    """Note that the agency was asked what it knows of the child."""
    steps.must_allow(referral, "ask_agency")
    if referral.checks.filter(agency=agency).exists():
        raise AlreadyAsked(f"{agency} has already been asked.")
    Check.objects.create(referral=referral, agency=agency, asked_by=by, asked_at=at)
    return steps.changed(referral)


@command(Permission.REFERRAL_TRIAGE, on="check")
def record_check(*, by: User, at: datetime, check: Check, finding: str, answered_by: str) -> Check:
    """Write down what the agency answered, and who there did. A late answer is kept too."""
    referral = Referral.objects.select_for_update().get(pk=check.referral_id)
    steps.must_allow(referral, "record_check")
    if check.answered_at:
        raise AlreadyAnswered(f"The answer of {check.agency} has already been recorded.")
    check.finding, check.answered_by, check.answered_at = finding, answered_by, at
    check.save(update_fields=["finding", "answered_by", "answered_at"])
    steps.changed(referral)
    return check


@command(Permission.REFERRAL_TRIAGE, on="referral")
def record_discussion(
    *, by: User, at: datetime, referral: Referral, held_at: datetime, agencies: Collection[Agency], summary: str
) -> Referral:
    """Record a strategy discussion. Raises NotADiscussion, naming who was missing (domain.md 19), or WrongMoment."""
    if StrategyDiscussion.objects.filter(referral=referral).exists():
        raise AlreadyHeld("The strategy discussion has already been recorded.")
    steps.must_allow(referral, "record_discussion")
    missing = rules.missing_from_discussion([AgencyKind(agency.kind) for agency in agencies])
    if missing:
        raise NotADiscussion(
            f"A strategy discussion needs the local authority, the police and health. Missing: {_listed(missing)}."
        )
    if held_at > at:
        raise WrongMoment("The strategy discussion must be in the past")
    if held_at < referral.received_at:
        raise WrongMoment("The strategy discussion cannot have been held before the referral was received")
    discussion = StrategyDiscussion.objects.create(
        referral=referral, held_at=held_at, summary=summary, recorded_by=by, recorded_at=at
    )
    discussion.agencies.set(agencies)
    return steps.changed(referral)


def _tell_officers(referral: Referral, *, by: User, at: datetime) -> None:
    deadlines.services.notify(
        steps.officers(referral, but=by),
        key=f"referral-red:{referral.pk}:{referral.version}",
        text=f"{referral.reference} has been graded RED",
        path=f"/mash/{referral.pk}/",
        at=at,
        urgent=True,
    )


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
