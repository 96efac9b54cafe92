"""The assessment and the initial conference: on which day, in time or late, and never twice."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import Agency, Team, User
from deadlines.models import Deadline
from deadlines.rules import Kind
from referrals import selectors, services, story
from referrals.models import Referral
from referrals.rules import Outcome, State
from tests.referrals.conftest import accepted, decided, discussed
from tests.referrals.reading import at_page, text_of

pytestmark = pytest.mark.django_db

NEXT_YEAR = timedelta(days=400)
RECEIVED = date(2026, 11, 23)


@pytest.fixture
def child_in_need(referral: Referral, officer: User, case_team: Team, at: datetime) -> Referral:
    """Its assessment is due on 28 January 2027."""
    return decided(accepted(referral, officer, at), officer, at, Outcome.CHILD_IN_NEED, case_team)


@pytest.fixture
def section_47(bring_to: Any, officer: User, partners: list[Agency], case_team: Team, at: datetime) -> Referral:
    """Its discussion was held on 23 November 2026, its conference is due on 14 December."""
    referral = discussed(bring_to(State.IN_DISCUSSION), officer, at, partners)
    return decided(referral, officer, at + timedelta(minutes=40), Outcome.SECTION_47, case_team)


def promise(kind: Kind) -> Deadline:
    return Deadline.objects.get(kind=kind)


def in_time(kind: Kind) -> bool:
    deadline = promise(kind)
    assert deadline.met_at
    return deadline.met_at <= deadline.due_at


class TestRecordAssessment:
    @pytest.mark.parametrize(("day", "kept"), [(date(2027, 1, 28), True), (date(2027, 1, 29), False)])
    def test_is_in_time_by_the_day_it_was_completed_whenever_that_is_typed(
        self, child_in_need: Referral, officer: User, at: datetime, day: date, kept: bool
    ) -> None:
        """domain.md 19: 45 working days."""
        assessed(child_in_need, officer, at + NEXT_YEAR, day)
        assert in_time(Kind.ASSESSMENT) == kept

    def test_completed_today_is_kept_now(self, child_in_need: Referral, officer: User, at: datetime) -> None:
        later = at + timedelta(hours=3)
        assessed(child_in_need, officer, later, RECEIVED)
        assert promise(Kind.ASSESSMENT).met_at == later
        done = child_in_need.follow_ups.get()
        assert (done.held_on, done.outcome, done.recorded_by) == (RECEIVED, "Needs help at home.", officer)

    @pytest.mark.parametrize(
        ("day", "sentence"), [(date(2026, 11, 22), "before the decision"), (date(2026, 11, 25), "today or in the past")]
    )
    def test_refuses_a_day_before_the_decision_or_to_come(
        self, child_in_need: Referral, officer: User, at: datetime, day: date, sentence: str
    ) -> None:
        with pytest.raises(services.WrongMoment, match=sentence):
            assessed(child_in_need, officer, at + timedelta(days=1), day)
        assert promise(Kind.ASSESSMENT).met_at is None

    def test_is_recorded_once(self, child_in_need: Referral, officer: User, at: datetime) -> None:
        assessed(child_in_need, officer, at, RECEIVED)
        with pytest.raises(services.AlreadyRecorded):
            assessed(child_in_need, officer, at, RECEIVED)

    def test_is_not_asked_for_by_advice(self, bring_to: Any, officer: User, at: datetime) -> None:
        with pytest.raises(services.NotAskedFor, match="Advice"):
            assessed(bring_to(State.DECIDED), officer, at + timedelta(hours=1), RECEIVED)

    def test_is_refused_to_a_stranger_and_remembered(
        self, child_in_need: Referral, stranger: User, at: datetime, refusals: Any
    ) -> None:
        with pytest.raises(PermissionDenied):
            assessed(child_in_need, stranger, at, RECEIVED)
        assert refusals("referrals.record_assessment").count() == 1


class TestRecordConference:
    @pytest.mark.parametrize(("day", "kept"), [(date(2026, 12, 14), True), (date(2026, 12, 15), False)])
    def test_is_in_time_by_the_day_it_was_held_whenever_that_is_typed(
        self, section_47: Referral, officer: User, at: datetime, day: date, kept: bool
    ) -> None:
        """domain.md 19: 15 working days."""
        conferred(section_47, officer, at + NEXT_YEAR, day)
        assert in_time(Kind.INITIAL_CONFERENCE) == kept
        assert promise(Kind.ASSESSMENT).met_at is None

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [(date(2026, 11, 22), "before the strategy discussion"), (date(2026, 11, 25), "today or in the past")],
    )
    def test_refuses_a_day_before_the_discussion_or_to_come(
        self, section_47: Referral, officer: User, at: datetime, day: date, sentence: str
    ) -> None:
        with pytest.raises(services.WrongMoment, match=sentence):
            conferred(section_47, officer, at + timedelta(days=1), day)

    def test_is_not_asked_for_by_a_child_in_need(self, child_in_need: Referral, officer: User, at: datetime) -> None:
        with pytest.raises(services.NotAskedFor):
            conferred(child_in_need, officer, at, RECEIVED)

    def test_both_stand_in_the_story(self, section_47: Referral, officer: User, at: datetime) -> None:
        referral = assessed(section_47, officer, at + NEXT_YEAR, date(2026, 12, 1))
        referral = conferred(referral, officer, at + NEXT_YEAR, date(2026, 12, 2))
        told = [event.title for event in story.told(selectors.complete(referral))]
        assert told[:2] == ["Initial conference", "Assessment"]


@pytest.mark.usefixtures("three_hours_later")
class TestPages:
    def test_the_open_promise_and_its_page_show_until_it_is_kept(self, mashs: Client, section_47: Referral) -> None:
        page = at_page("referral", section_47.pk)
        for name, promised in (
            ("record_assessment", "Complete the assessment"),
            ("record_conference", "Hold the initial child protection conference"),
        ):
            before = text_of(mashs.get(page))
            assert promised in before
            assert at_page(name, section_47.pk) in before
            typed = {"version": 1, "outcome": "A plan for her.", "held_on-day": "23"}
            typed |= {"held_on-month": "11", "held_on-year": "2026"}
            after = text_of(mashs.post(at_page(name, section_47.pk), typed, follow=True))
            assert promised not in after
            assert at_page(name, section_47.pk) not in after
            assert "A plan for her." in after

    @pytest.mark.parametrize("name", ["record_assessment", "record_conference"])
    def test_a_day_that_cannot_be_is_said_beside_the_field_and_what_was_typed_stays(
        self, mashs: Client, section_47: Referral, name: str
    ) -> None:
        typed = {"version": 1, "outcome": "A plan.", "held_on-day": "1", "held_on-month": "2", "held_on-year": "2026"}
        page = text_of(mashs.post(at_page(name, section_47.pk), typed), 409)
        assert "cannot be before" in page
        assert 'href="#id_held_on' in page
        assert "A plan." in page


def assessed(referral: Referral, officer: User, at: datetime, day: date) -> Referral:
    return services.record_assessment(by=officer, at=at, referral=referral, held_on=day, outcome="Needs help at home.")


def conferred(referral: Referral, officer: User, at: datetime, day: date) -> Referral:
    return services.record_conference(by=officer, at=at, referral=referral, held_on=day, outcome="A plan.")
