"""What is raised with the board: proposed by the register of attendance or by a chair, accepted, answered, closed."""

from datetime import datetime

from accounts.gate import command
from accounts.models import Agency, User
from accounts.refusals import NotNow
from accounts.roles import Permission
from frontend.text import date_in_words, local_day
from governance import selectors
from governance.models import Committee, Escalation
from governance.rules import (
    ABSENCES_TO_ESCALATE,
    ENDED,
    LEADS_TO,
    Body,
    EscalationState,
    keeps_away,
)
from governance.services.common import must_chair

CHAIR = Permission.COMMITTEE_CHAIR


@command(CHAIR, on="committee")
def escalate(*, by: User, at: datetime, committee: Committee, what: str, evidence: str, ask: str) -> Escalation:
    """Raise something with the board that no register proposes."""
    must_chair(by, committee, at=at)
    today = local_day(at)
    escalation = Escalation(committee=committee, what=what, evidence=evidence, ask=ask, proposed_on=today)
    escalation.state, escalation.raised_on, escalation.raised_by = EscalationState.RAISED, today, by
    escalation.full_clean(exclude=["committee", "agency", "after", "raised_by"])
    escalation.save()
    return escalation


@command(CHAIR, on="escalation", related=("committee",))
def raise_escalation(*, by: User, at: datetime, escalation: Escalation, what: str, ask: str) -> Escalation:
    """Raise what is proposed with the board, in the chair's words. Raises NotNow."""
    must_chair(by, escalation.committee, at=at)
    _becomes(escalation, EscalationState.RAISED)
    escalation.what, escalation.ask = what, ask
    escalation.raised_on, escalation.raised_by = local_day(at), by
    return _saved(escalation)


@command(CHAIR, on="escalation", related=("committee",))
def set_aside_escalation(*, by: User, at: datetime, escalation: Escalation, outcome: str) -> Escalation:
    """What is proposed is not raised, and why. The next absence proposes it again. Raises NotNow."""
    must_chair(by, escalation.committee, at=at)
    _becomes(escalation, EscalationState.SET_ASIDE)
    escalation.outcome, escalation.ended_on = outcome, local_day(at)
    return _saved(escalation)


@command(CHAIR, on="escalation", related=("committee",))
def accept_escalation(*, by: User, at: datetime, escalation: Escalation) -> Escalation:
    """The board has taken it on: said by who chairs SEMT and presents to it. Raises NotNow."""
    _must_speak_for_board(by, at)
    _becomes(escalation, EscalationState.ACCEPTED)
    escalation.accepted_on = local_day(at)
    return _saved(escalation)


@command(CHAIR, on="escalation", related=("committee",))
def answer_escalation(*, by: User, at: datetime, escalation: Escalation, answer: str) -> Escalation:
    """What the board answers. Raises NotNow."""
    _must_speak_for_board(by, at)
    _becomes(escalation, EscalationState.ANSWERED)
    escalation.answer, escalation.answered_on = answer, local_day(at)
    return _saved(escalation)


@command(CHAIR, on="escalation", related=("committee",))
def close_escalation(*, by: User, at: datetime, escalation: Escalation, outcome: str) -> Escalation:
    """What came of it. Raises NotNow."""
    must_chair(by, escalation.committee, at=at)
    _becomes(escalation, EscalationState.CLOSED)
    escalation.outcome, escalation.ended_on = outcome, local_day(at)
    return _saved(escalation)


def propose_for_absence(committee: Committee, *, at: datetime) -> None:
    """A part of recording who came: two absences of an agency in a row propose an escalation (domain.md 24).

    What is proposed and no longer so, because the register was corrected, is set aside; what was raised stays.
    """
    if committee.body == Body.LSCB:
        return
    agencies = Agency.objects.filter(pk__in=selectors.members(committee).values("agency"))
    for agency in agencies.order_by("name"):
        _propose(committee, agency, at=at)


def _propose(committee: Committee, agency: Agency, *, at: datetime) -> None:
    running = committee.escalations.filter(agency=agency).exclude(state__in=ENDED).select_related("after").first()
    attended = selectors.codes_of_agency(
        committee, agency, last=ABSENCES_TO_ESCALATE, until=running.after if running else None
    )
    away = keeps_away([code for _, code in attended])
    if running and not away and running.state == EscalationState.PROPOSED:
        running.state, running.ended_on = EscalationState.SET_ASIDE, local_day(at)
        running.outcome = "The register of attendance was corrected"
        _saved(running)
    elif running is None and away and not committee.escalations.filter(agency=agency, after=attended[0][0]).exists():
        evidence = [f"{code.label} on {date_in_words(meeting.held_on)}" for meeting, code in reversed(attended)]
        Escalation.objects.create(
            committee=committee,
            agency=agency,
            after=attended[0][0],
            what=f"{agency} has not come to {committee.abbreviation}",
            evidence="\n".join(evidence),
            proposed_on=local_day(at),
        )


def _must_speak_for_board(by: User, at: datetime) -> None:
    must_chair(by, Committee(body=Body.LSCB), at=at)


def _becomes(escalation: Escalation, state: EscalationState) -> None:
    now = EscalationState(escalation.state)
    if state not in LEADS_TO[now]:
        raise NotNow(f"This cannot be done to an escalation in the state “{now.label}”")
    escalation.state = state


def _saved(escalation: Escalation) -> Escalation:
    escalation.full_clean(exclude=["committee", "agency", "after", "raised_by"])
    escalation.save()
    return escalation
