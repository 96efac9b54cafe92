"""What is owed for an action, and who is chased for it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind, end_of_day
from deadlines.services import sweep
from delivery_plan import clocks, services
from delivery_plan.models import Action, Milestone, Update
from tests import factories

pytestmark = pytest.mark.django_db


def running(kind: Kind) -> Deadline | None:
    return Deadline.objects.filter(kind=kind, met_at=None, voided_at=None).first()


@pytest.fixture
def led(action: Action, set_up: Callable[..., Action]) -> Action:
    return set_up(action, due_on=date(2026, 12, 18), update_every_months=1)


def test_nobody_owes_an_action_that_nobody_leads(set_up: Callable[..., Action]) -> None:
    set_up(factories.action(), due_on=date(2026, 12, 18))
    assert not Deadline.objects.exists()


def test_the_action_and_its_next_update_are_owed_by_its_lead(led: Action, lead: User) -> None:
    whole, update = running(Kind.PLAN_ACTION), running(Kind.PLAN_UPDATE)
    assert whole
    assert update
    assert (whole.due_at, whole.owner, whole.child) == (end_of_day(date(2026, 12, 18)), lead, None)
    assert update.due_at == end_of_day(date(2026, 11, 1))


def test_its_lead_is_alerted_after_a_quarter_however_seldom_updates_are_set(action: Action, at: datetime) -> None:
    Action.objects.update(update_every_months=12)
    clocks.heal(User.objects.get(email="system@cse.invalid"), at)
    update = running(Kind.PLAN_UPDATE)
    assert update
    assert update.due_at == end_of_day(date(2027, 1, 1))


def test_a_changed_day_moves_the_promise(led: Action, set_up: Callable[..., Action]) -> None:
    set_up(led, due_on=date(2027, 1, 15))
    moved = running(Kind.PLAN_ACTION)
    assert moved
    assert moved.due_at == end_of_day(date(2027, 1, 15))


def test_an_update_that_is_sent_is_owed_no_more_until_it_is_settled(
    led: Action, lead: User, chair: User, draft: Callable[..., Update], at: datetime
) -> None:
    sent = services.submit_update(by=lead, at=at, update=draft(led))
    assert running(Kind.PLAN_UPDATE) is None
    services.return_update(by=chair, at=at, update=sent, reason="Say when")
    again = running(Kind.PLAN_UPDATE)
    assert again
    assert again.due_at == end_of_day(date(2026, 11, 30))
    sent = services.submit_update(by=lead, at=at, update=draft(led, version=sent.version))
    services.accept_update(by=chair, at=at, update=sent)
    following = running(Kind.PLAN_UPDATE)
    assert following
    assert following.due_at == end_of_day(date(2026, 12, 23))


def test_a_barrier_is_to_be_lifted_within_four_weeks(led: Action, lead: User, at: datetime) -> None:
    words = {"what": "No money", "since_on": date(2026, 11, 20), "who_can_lift": "The council", "raised_to": ""}
    barrier = services.raise_barrier(by=lead, at=at, action=led, **words)
    owed = running(Kind.PLAN_BARRIER)
    assert owed
    assert owed.due_at == end_of_day(date(2026, 12, 18))
    services.lift_barrier(by=lead, at=at, barrier=barrier, lifted_on=date(2026, 11, 23), how_lifted="Paid")
    assert running(Kind.PLAN_BARRIER) is None
    assert Deadline.objects.get(kind=Kind.PLAN_BARRIER).met_at == at


def test_a_closed_action_owes_nothing(led: Action, chair: User, at: datetime) -> None:
    services.close(by=chair, at=at, action=led, reason="Done")
    assert running(Kind.PLAN_ACTION) is None
    assert running(Kind.PLAN_UPDATE) is None
    assert Deadline.objects.get(kind=Kind.PLAN_ACTION).met_at == at


def test_what_was_missed_is_started_by_the_hourly_look(action: Action, at: datetime) -> None:
    Action.objects.update(due_on=date(2026, 12, 18))
    system = User.objects.get(email="system@cse.invalid")
    clocks.heal(system, at)
    assert running(Kind.PLAN_ACTION)


def test_its_lead_and_at_last_the_chair_are_told(led: Action, lead: User, chair: User, at: datetime) -> None:
    sweep(by=User.objects.get(email="system@cse.invalid"), at=end_of_day(date(2026, 12, 18)) + timedelta(minutes=1))
    of_the_action = Notice.objects.filter(text__startswith="Complete an action").values_list("recipient", flat=True)
    assert set(of_the_action) == {lead.pk, chair.pk}


class TestMilestones:
    @pytest.fixture
    def booked(self, led: Action, chair: User, at: datetime) -> Milestone:
        words = {"text": "The venue is booked", "due_on": date(2026, 12, 1)}
        return services.add_milestone(by=chair, at=at, action=led, **words)

    def test_each_is_a_promise_of_its_own(self, booked: Milestone, led: Action, chair: User, at: datetime) -> None:
        second = services.add_milestone(by=chair, at=at, action=led, text="It is held", due_on=date(2026, 12, 9))
        owed = Deadline.objects.filter(kind=Kind.PLAN_MILESTONE, owner=led.lead).order_by("due_at")
        assert [(each.subject_id, each.due_at) for each in owed] == [
            (booked.pk, end_of_day(date(2026, 12, 1))),
            (second.pk, end_of_day(date(2026, 12, 9))),
        ]

    def test_one_that_is_late_chases_its_lead_and_the_chair(
        self, booked: Milestone, led: Action, lead: User, chair: User, browser_of: Any
    ) -> None:
        late = end_of_day(booked.due_on) + timedelta(minutes=1)
        sweep(by=User.objects.get(email="system@cse.invalid"), at=late)
        told = Notice.objects.filter(text__startswith="Reach a milestone", text__contains="overdue")
        assert set(told.values_list("recipient", flat=True)) == {lead.pk, chair.pk}
        leads_to = browser_of(lead).get(reverse("delivery_plan:milestone", args=[booked.pk]))
        assert leads_to.url == f"{reverse('delivery_plan:action', args=[led.pk])}#milestone-{booked.pk}"

    def test_another_day_moves_it(self, booked: Milestone, chair: User, at: datetime) -> None:
        words = {"version": 1, "text": booked.text, "due_on": date(2027, 1, 5)}
        services.change_milestone(by=chair, at=at, milestone=booked, **words)
        moved = running(Kind.PLAN_MILESTONE)
        assert moved
        assert moved.due_at == end_of_day(date(2027, 1, 5))
        assert Deadline.objects.filter(kind=Kind.PLAN_MILESTONE, voided_at=None).count() == 1

    def test_reached_it_is_owed_no_more(self, booked: Milestone, lead: User, at: datetime) -> None:
        services.reach_milestone(by=lead, at=at, milestone=booked)
        assert Deadline.objects.get(kind=Kind.PLAN_MILESTONE).met_at == at
        clocks.heal(User.objects.get(email="system@cse.invalid"), at)
        assert running(Kind.PLAN_MILESTONE) is None

    def test_another_lead_owes_it(self, booked: Milestone, led: Action, set_up: Callable[..., Action]) -> None:
        other = factories.user(team=factories.team())
        set_up(led, lead=other)
        moved = running(Kind.PLAN_MILESTONE)
        assert moved
        assert moved.owner == other

    def test_a_closed_action_owes_none(self, booked: Milestone, led: Action, chair: User, at: datetime) -> None:
        services.close(by=chair, at=at, action=led, reason="Done")
        assert running(Kind.PLAN_MILESTONE) is None
