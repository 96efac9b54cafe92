"""What MASH decides, what follows from it, and what the referrer is told."""

from datetime import date, datetime

import deadlines.services
import people.selectors
import people.services
import riskassessment.selectors
from accounts.gate import command
from accounts.models import Agency, AgencyKind, GrantKind, Team, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from accounts.services import let_team_know
from audit.acting import Beyond, beyond
from deadlines.rules import Kind
from frontend.text import local_day
from people.models import Involvement
from referrals import routing, rules, steps
from referrals.models import Decision, Grounds, NrmReferral, Referral, StrategyDiscussion
from referrals.rules import GRADE_CLOCKS, NEEDS_ASSESSMENT, OPENS_CASE, Outcome, State
from riskassessment.rules import Level


class NotReady(Refusal):
    """Something must be done before this decision can be taken."""


class AlreadyTold(Refusal):
    """The referrer has been told."""


class CannotBeTold(Refusal):
    """The referrer left no way to reach them."""


class NotAFirstResponder(Refusal):
    """Only a first responder can refer to the National Referral Mechanism."""


class AlreadyReferred(Refusal):
    """One referral to the National Referral Mechanism."""


class WrongGrounds(Refusal):
    """This decision on grounds cannot have been made, or not then."""


@command(Permission.REFERRAL_TRIAGE, on="referral")
def decide(
    *,
    by: User,
    at: datetime,
    referral: Referral,
    version: int,
    outcome: Outcome,
    reason: str,
    team: Team | None = None,
) -> Referral:
    """Decide on the referral (domain.md 19). `team` takes the case where the outcome opens one and none is open.

    A strategy discussion moves it to IN_DISCUSSION, everything else to DECIDED. The grade's clock is met by the first
    decision. "Decide and tell the referrer" (domain.md 18) is one clock for two deeds: it is met by whichever of first
    decision and acknowledgement comes last. `version` is what the officer had before them: raises Stale, NotReady.
    """
    steps.must_allow(referral, "decide")
    steps.must_be_fresh(referral, version)
    _must_be_ready(referral, outcome)
    Decision.objects.create(referral=referral, outcome=outcome, reason=reason, by=by, at=at)
    steps.move(referral, State.IN_DISCUSSION if outcome == Outcome.STRATEGY_DISCUSSION else State.DECIDED)
    referral.outcome = outcome
    if referral.state == State.DECIDED:
        referral.decided_at = at
    steps.changed(referral, "state", "outcome", "decided_at")
    for kind in GRADE_CLOCKS.values():
        deadlines.services.meet(kind, subject=referral, at=at)
    steps.keep_promise_to_tell(referral, decided=True, at=at)
    if outcome in OPENS_CASE:
        with beyond(Beyond.ONE_CHILD):
            _start_what_follows(referral, _case(referral, team, by=by, at=at), outcome, at=at)
    if outcome == Outcome.EARLY_HELP:
        routing.to_early_help(referral, by=by, at=at)
    return referral


@command(Permission.REFERRAL_TRIAGE, on="referral")
def acknowledge(*, by: User, at: datetime, referral: Referral) -> Referral:
    """The referrer is told that it arrived: in the application, or by the officer where they have no account."""
    if referral.acknowledged_at:
        raise AlreadyTold("The referrer has already been told that the referral arrived.")
    steps.must_allow(referral, "acknowledge")
    if not referral.can_be_told:
        raise CannotBeTold("The referrer left no way to reach them.")
    _note_acknowledged(referral, by=by, at=at)
    steps.changed(referral, "acknowledged_at", "acknowledged_by")
    _tell_referrers(referral, "acknowledged", f"MASH has received {referral.reference} and is working on it", at=at)
    return referral


@command(Permission.REFERRAL_TRIAGE, on="referral")
def give_feedback(*, by: User, at: datetime, referral: Referral, feedback: str) -> Referral:
    """Tell the referrer in plain words what became of it, and close. It also acknowledges, where nobody had yet."""
    steps.must_allow(referral, "give_feedback")
    steps.move(referral, State.CLOSED)
    referral.feedback, referral.feedback_at = feedback, at
    if referral.can_be_told and not referral.acknowledged_at:
        _note_acknowledged(referral, by=by, at=at)
    steps.changed(referral, "state", "feedback", "feedback_at", "acknowledged_at", "acknowledged_by")
    _tell_referrers(referral, "feedback", f"MASH has told you what became of {referral.reference}", at=at)
    return referral


@command(Permission.REFERRAL_TRIAGE, on="referral")
def refer_to_nrm(*, by: User, at: datetime, referral: Referral, first_responder: Agency, sent_on: date) -> Referral:
    """Note that a first responder referred the child to the National Referral Mechanism (domain.md 19)."""
    steps.must_allow(referral, "refer_to_nrm")
    if NrmReferral.objects.filter(referral=referral).exists():
        raise AlreadyReferred("The referral to the National Referral Mechanism has already been recorded.")
    if AgencyKind(first_responder.kind) not in rules.FIRST_RESPONDERS:
        raise NotAFirstResponder(
            f"{first_responder} is not a first responder. The police, a local authority or a charity named by the "
            "Home Office must refer."
        )
    if not local_day(referral.received_at) <= sent_on <= local_day(at):
        raise WrongGrounds("The day it was sent must be between the day the referral was received and today")
    NrmReferral.objects.create(referral=referral, first_responder=first_responder, sent_on=sent_on)
    referral.trafficking_indicated = True
    return steps.changed(referral, "trafficking_indicated")


@command(Permission.REFERRAL_TRIAGE, on="referral")
def record_grounds(*, by: User, at: datetime, referral: Referral, grounds: Grounds, decided_on: date) -> Referral:
    """Record the next decision on grounds: the reasonable one, and once that is positive the conclusive one."""
    steps.must_allow(referral, "record_grounds")
    nrm = NrmReferral.objects.filter(referral=referral).first()
    if nrm is None:
        raise WrongGrounds("Record the referral to the National Referral Mechanism first")
    step = nrm.next_grounds
    if step is None:
        raise WrongGrounds("The decision on grounds has already been recorded")
    earliest = nrm.reasonable_grounds_on or nrm.sent_on
    if not earliest <= decided_on <= local_day(at):
        raise WrongGrounds("The day of the decision must be between the step before it and today")
    setattr(nrm, step, grounds)
    setattr(nrm, f"{step}_on", decided_on)
    nrm.save(update_fields=[step, f"{step}_on"])
    return steps.changed(referral)


def _must_be_ready(referral: Referral, outcome: Outcome) -> None:
    if not referral.is_graded:
        raise NotReady("Grade this referral before you decide on it.")
    if outcome == Outcome.STRATEGY_DISCUSSION and referral.state == State.IN_DISCUSSION:
        raise NotReady("A strategy discussion has already been decided on.")
    if outcome == Outcome.SECTION_47 and not StrategyDiscussion.objects.filter(referral=referral).exists():
        raise NotReady(
            "A section 47 enquiry needs a recorded strategy discussion. Decide on a strategy discussion first."
            if referral.state == State.ACCEPTED
            else "A section 47 enquiry needs a recorded strategy discussion. Record the discussion first."
        )


def _case(referral: Referral, team: Team | None, *, by: User, at: datetime) -> Involvement:
    """The case that the decision leads to: the one that is open, or a new one with `team`.

    It stands on the record that MASH matched the child with, where there is one, which MASH does not come to see by it
    (domain.md 20). The case's team comes to know the record the referral was made on.
    """
    case = people.selectors.case_of_whole(referral.child)
    if case is None:
        if team is None:
            raise NotReady("Select the team that takes the case.")
        case = people.services.begin_case(by=by, at=at, child=referral.child, team=team)
    reason = f"Referral {referral.reference}"
    let_team_know(referral.child, case.team, kind=GrantKind.CASE, reason=reason, by=by, at=at)
    _list_at_cmog(referral, case, by=by, at=at)
    _tell_the_case(referral, case, at=at)
    return case


def _list_at_cmog(referral: Referral, case: Involvement, *, by: User, at: datetime) -> None:
    """domain.md 22: the screening may have come before the case, on either record of the child."""
    levels = [riskassessment.selectors.level_of(record) for record in (referral.child, case.child)]
    if any(level is not None and level >= Level.SIGNIFICANT for level in levels):
        people.services.list_at_cmog(case.child, by=by, at=at)


def _tell_the_case(referral: Referral, case: Involvement, *, at: datetime) -> None:
    deadlines.services.notify(
        people.selectors.who_holds(case, at=at),
        key=f"referral-case:{referral.pk}",
        text=f"MASH decided on {referral.reference}, about a child whose case is with {case.team}",
        path=f"/children/{case.child_id}/",
        at=at,
    )


def _start_what_follows(referral: Referral, case: Involvement, outcome: Outcome, *, at: datetime) -> None:
    """domain.md 19: the conference within 15 working days of the discussion, the assessment within 45 of receipt."""
    starts: dict[Kind, datetime] = {}
    if outcome in NEEDS_ASSESSMENT:
        starts[Kind.ASSESSMENT] = referral.received_at
    if outcome == Outcome.SECTION_47:
        starts[Kind.INITIAL_CONFERENCE] = referral.strategy_discussion.held_at
    for kind, started_at in starts.items():
        deadlines.services.start(
            kind,
            subject=referral,
            child=case.child,
            started_at=started_at,
            owner_team=case.team,
            owner=case.key_worker,
            at=at,
        )


def _note_acknowledged(referral: Referral, *, by: User, at: datetime) -> None:
    referral.acknowledged_at, referral.acknowledged_by = at, by
    steps.keep_promise_to_tell(referral, decided=bool(referral.outcome), at=at)


def _tell_referrers(referral: Referral, what: str, text: str, *, at: datetime) -> None:
    deadlines.services.notify(
        steps.referrers(referral),
        key=f"referral-{what}:{referral.pk}",
        text=text,
        path=f"/referrals/{referral.pk}/",
        at=at,
    )
