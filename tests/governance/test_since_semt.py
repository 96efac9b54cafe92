"""The plan says what changed since SEMT last met."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from delivery_plan.changes import last_meeting
from governance.rules import Body
from tests import factories
from tests.governance import making

pytestmark = pytest.mark.django_db
LAST = date(2026, 10, 6)


@pytest.fixture(autouse=True)
def two_meetings(db: None) -> None:
    """And one of CMOG, one to come, and one of which nobody recorded who came."""
    semt, cmog = making.committee(Body.SEMT), making.committee(Body.CMOG)
    for committee, held_on, came in (
        (semt, date(2026, 7, 7), True),
        (semt, LAST, True),
        (cmog, date(2026, 10, 27), True),
        (semt, date(2026, 11, 3), False),
    ):
        making.meeting(committee=committee, held_on=held_on, attended_at=factories.NOON if came else None)


def test_it_is_the_last_of_which_it_is_recorded_who_came() -> None:
    assert last_meeting(date(2026, 11, 23)) == LAST
    assert last_meeting(LAST) == date(2026, 7, 7)
    assert last_meeting(date(2026, 1, 1)) is None


def test_the_plan_tells_of_what_came_after_it(browser_of: Any) -> None:
    factories.milestone(action=factories.action(), text="The venue was found", done_on=timezone.localdate())
    board = factories.user(team=factories.team(), roles=[Role.BOARD_READER])
    said = browser_of(board).get(reverse("delivery_plan:changes")).content.decode()
    assert "What changed since 6 October 2026" in said
    assert "SEMT last met on that day" in said
    assert "The venue was found" in said
