"""No page of the committees asks the database more often the more there is on it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Team, User
from governance.models import Committee, Meeting
from tests.governance import making

pytestmark = pytest.mark.django_db
MONTHS = [date(2026, 9 - back, 1) for back in range(6)]


def fill(meeting: Meeting, cmog_team: Team, months: list[date]) -> None:
    """Some of everything that a committee has, for each of these months."""
    committee = meeting.committee
    for month in months:
        seats = [making.member(committee=committee) for _ in range(2)]
        making.held(seats, "YN", held_on=month + timedelta(days=20))
        making.item(meeting=meeting)
        making.matter(meeting=meeting)
        making.action(meeting=meeting)
        making.concern(tabled_at=meeting)
        making.escalation(committee=committee)
        making.discussion(meeting=meeting, child=making.listed(cmog_team))
        making.update(month=month)
        making.finding(review=making.review())


PAGES = {
    "committee": (Committee, 10),
    "attendance": (Committee, 8),
    "meeting": (Meeting, 15),
    "print_agenda": (Meeting, 15),
    "print_minutes": (Meeting, 15),
    "actions": (None, 7),
    "children": (None, 10),
    "escalations": (None, 7),
    "updates": (None, 7),
    "reviews": (None, 6),
}
"""What each page is about, and how often it asks."""


@pytest.mark.parametrize("name", PAGES)
def test_is_asked_as_often_however_much_there_is(
    name: str, meeting: Meeting, inspector: User, cmog_team: Team, browser_of: Any
) -> None:
    about, often = PAGES[name]
    of = {Committee: [meeting.committee_id], Meeting: [meeting.pk], None: []}
    address = reverse(f"governance:{name}", args=of[about])
    client = browser_of(inspector)

    def read() -> tuple[int, int]:
        client.get(address)  # what is remembered between requests is remembered now
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200
        return len(asked), len(answer.content)

    fill(meeting, cmog_team, MONTHS[:2])
    few, short = read()
    fill(meeting, cmog_team, MONTHS[2:])
    many, long = read()
    assert long > short
    assert (few, many) == (often, often)
