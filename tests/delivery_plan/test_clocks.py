"""What is owed for an action, and who is chased for it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from accounts.models import User
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind, end_of_day
from deadlines.services import sweep
from delivery_plan import clocks, services
from delivery_plan.models import Action, Update
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
