"""Every state × every command: what is not in `rules.POSSIBLE` is refused and changes nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Agency, User
from accounts.refusals import Refusal
from audit.models import Event
from referrals import rules, services, steps
from referrals.models import Check, Grounds, Referral, StrategyDiscussion
from referrals.rules import NEXT, POSSIBLE, Grade, Outcome, State
from tests import factories

pytestmark = pytest.mark.django_db

Attempt = Callable[[Referral, User, datetime], object]


def _grade(referral: Referral, officer: User, at: datetime) -> object:
    return services.grade(
        by=officer, at=at, referral=referral, version=referral.version, grade=Grade.GREEN, reason="Because."
    )


def _hand_over(referral: Referral, officer: User, at: datetime) -> object:
    other = factories.user(team=officer.team, roles=["mash"])
    return services.hand_over(by=officer, at=at, referral=referral, version=referral.version, officer=other)


def _record_check(referral: Referral, officer: User, at: datetime) -> object:
    check = Check.objects.create(referral=referral, agency=factories.agency(), asked_by=officer, asked_at=at)
    return services.record_check(by=officer, at=at, check=check, finding="Known.", answered_by="PC Hill")


def _record_discussion(referral: Referral, officer: User, at: datetime) -> object:
    agencies = [factories.agency(kind=kind) for kind in rules.STRATEGY_DISCUSSION_NEEDS]
    return services.record_discussion(
        by=officer, at=at, referral=referral, held_at=at, agencies=agencies, summary="Agreed."
    )


def _decide(referral: Referral, officer: User, at: datetime) -> object:
    return services.decide(
        by=officer, at=at, referral=referral, version=referral.version, outcome=Outcome.ADVICE, reason="Because."
    )


def _nrm(referral: Referral, officer: User, at: datetime) -> object:
    police: Agency = factories.agency(kind="police")
    return services.refer_to_nrm(
        by=officer, at=at, referral=referral, first_responder=police, sent_on=date(2026, 11, 23)
    )


def _grounds(referral: Referral, officer: User, at: datetime) -> object:
    referral.nrm = factories_nrm(referral)
    return services.record_grounds(
        by=officer, at=at, referral=referral, grounds=Grounds.POSITIVE, decided_on=date(2026, 11, 23)
    )


def factories_nrm(referral: Referral) -> Any:
    from referrals.models import NrmReferral

    police = factories.agency(kind="police")
    return NrmReferral.objects.create(referral=referral, first_responder=police, sent_on=date(2026, 11, 23))


def _follow_up(service: Callable[..., object]) -> Attempt:
    """After a section 47 enquiry, which asks for both."""

    def attempt(referral: Referral, officer: User, at: datetime) -> object:
        Referral.objects.filter(pk=referral.pk).update(outcome=Outcome.SECTION_47)
        StrategyDiscussion.objects.create(
            referral=referral, held_at=factories.NOON, summary="Agreed.", recorded_by=officer, recorded_at=at
        )
        return service(by=officer, at=at, referral=referral, held_on=date(2026, 11, 23), outcome="A plan.")

    return attempt


ATTEMPTS: dict[str, Attempt] = {
    "accept": lambda referral, officer, at: services.accept(by=officer, at=at, referral=referral),
    "grade": _grade,
    "hand_over": _hand_over,
    "ask_agency": lambda referral, officer, at: services.ask_agency(
        by=officer, at=at, referral=referral, agency=factories.agency()
    ),
    "record_check": _record_check,
    "record_discussion": _record_discussion,
    "decide": _decide,
    "acknowledge": lambda referral, officer, at: services.acknowledge(by=officer, at=at, referral=referral),
    "give_feedback": lambda referral, officer, at: services.give_feedback(
        by=officer, at=at, referral=referral, feedback="We gave advice."
    ),
    "refer_to_nrm": _nrm,
    "record_grounds": _grounds,
    "record_assessment": _follow_up(services.record_assessment),
    "record_conference": _follow_up(services.record_conference),
}


def test_every_command_on_a_referral_is_tried_here() -> None:
    assert ATTEMPTS.keys() == POSSIBLE.keys()


@pytest.mark.parametrize("verb", POSSIBLE)
@pytest.mark.parametrize("state", State)
def test_asvs_2_3_1_a_command_is_carried_out_exactly_where_its_state_allows_it(
    bring_to: Any, officer: User, at: datetime, state: State, verb: str
) -> None:
    referral, later = bring_to(state), at + timedelta(hours=2)
    assert referral.state == state
    before = referral.version
    if state in POSSIBLE[verb]:
        ATTEMPTS[verb](referral, officer, later)
        assert Referral.objects.get(pk=referral.pk).version == before + 1
        return
    with pytest.raises(Refusal):
        ATTEMPTS[verb](referral, officer, later)
    after = Referral.objects.get(pk=referral.pk)
    assert (after.state, after.version) == (state, before)
    assert not Event.objects.filter(verb=f"referrals.{verb}", at=later).exists()


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("to", State)
def test_a_referral_moves_one_step_at_a_time(state: State, to: State) -> None:
    referral = Referral(state=state)
    if to in NEXT[state]:
        steps.move(referral, to)
        assert referral.state == to
    else:
        with pytest.raises(services.NotPossibleNow):
            steps.move(referral, to)
        assert referral.state == state
