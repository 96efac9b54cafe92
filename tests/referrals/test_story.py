"""The timeline: everything that happened, the newest first."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Agency, Team, User
from referrals import selectors, services, story
from referrals.models import Check, Grounds, Referral
from referrals.rules import Outcome, State
from tests.referrals.conftest import accepted, decided, discussed

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole_way(
    bring_to: Any, officer: User, colleague: User, partners: list[Agency], case_team: Team, at: datetime
) -> Referral:
    """From receipt to a section 47 enquiry, with a check, a hand-over, a discussion and the NRM on the way."""
    referral, police, day = bring_to(State.ACCEPTED), partners[1], date(2026, 11, 23)
    services.ask_agency(by=officer, at=at + timedelta(minutes=5), referral=referral, agency=police)
    answer = at + timedelta(minutes=9)
    services.record_check(by=officer, at=answer, check=Check.objects.get(), finding="Known.", answered_by="PC Hill")
    referral.refresh_from_db()
    passed = at + timedelta(minutes=10)
    referral = services.hand_over(by=officer, at=passed, referral=referral, version=referral.version, officer=colleague)
    referral = decided(referral, colleague, at, Outcome.STRATEGY_DISCUSSION)
    referral = discussed(referral, colleague, at, partners)
    referral = decided(referral, colleague, at + timedelta(hours=1), Outcome.SECTION_47, case_team)
    referral = services.refer_to_nrm(by=officer, at=at, referral=referral, first_responder=police, sent_on=day)
    referral = services.record_grounds(by=officer, at=at, referral=referral, grounds=Grounds.POSITIVE, decided_on=day)
    return services.give_feedback(by=officer, at=at + timedelta(hours=3), referral=referral, feedback="Thank you.")


def test_tells_everything_the_newest_first(whole_way: Referral, colleague: User, partners: list[Agency]) -> None:
    police = partners[1]
    assert [event.title for event in story.told(selectors.complete(whole_way))] == [
        "Decision on reasonable grounds: positive",
        "Referred to the National Referral Mechanism",
        "Referrer told what became of it",
        "Referrer told that it arrived",
        "Decided: Section 47 enquiry",
        "Strategy discussion held",
        "Decided: Strategy discussion",
        f"Handed over to {colleague}",
        f"{police} answered",
        f"Asked {police}",
        "Graded Amber",
        "Accepted",
        "Received from a professional",
    ]


def test_names_the_one_who_accepted_it_whoever_has_it_now(
    referral: Any, officer: User, colleague: User, at: datetime
) -> None:
    mine = accepted(referral, officer, at)
    theirs = services.hand_over(by=officer, at=at, referral=mine, version=mine.version, officer=colleague)
    by = {event.title: event.by for event in story.told(selectors.complete(theirs))}
    assert by["Accepted"] == str(officer)
