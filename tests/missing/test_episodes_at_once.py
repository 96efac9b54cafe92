"""Two people on one missing child in the same second, on real commits: one wins, the other is told, nothing doubles."""

from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest

from accounts.models import TeamKind, User
from deadlines.models import Deadline
from deadlines.rules import Kind
from frontend.moments import Moment
from missing.models import Episode
from people.models import Child
from tests import factories
from tests.missing.acting import HOUR, come_back, correct, report
from tests.people.test_at_once import at_once

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def people() -> list[User]:
    factories.team(kind=TeamKind.MASH)
    team = factories.team()
    return [factories.user(team=team) for _ in range(2)]


@pytest.fixture
def child(people: list[User]) -> Child:
    team = people[0].team
    assert team
    return factories.child(known_to=team)


def test_of_two_reports_one_is_recorded(people: list[User], child: Child, at: datetime) -> None:
    outcomes = at_once(*(partial(report, by, child, at) for by in people))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Episode", "Overlaps"]
    assert Episode.objects.count() == 1


def test_of_one_form_sent_twice_one_is_recorded(people: list[User], child: Child, at: datetime) -> None:
    token = uuid4()
    outcomes = at_once(*[partial(report, people[0], child, at, token=token)] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyReported", "Episode"]


def test_of_two_returns_one_is_recorded_and_one_clock_starts(people: list[User], child: Child, at: datetime) -> None:
    episode = report(people[0], child, at)
    outcomes = at_once(*(partial(come_back, by, episode, at) for by in people))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Episode", "NotPossibleNow"]
    assert Deadline.objects.filter(kind=Kind.RETURN_INTERVIEW).count() == 1


def test_a_correction_and_a_report_over_the_same_hours_leave_no_overlap(
    people: list[User], child: Child, at: datetime
) -> None:
    first = come_back(people[0], report(people[0], child, at - timedelta(days=1)), at - HOUR, returned=at - 20 * HOUR)
    seen, back = Moment.of(at - 40 * HOUR), Moment.of(at - 30 * HOUR)
    outcomes = at_once(
        partial(correct, people[0], first, at, "last_seen", at - 35 * HOUR),
        partial(report, people[1], child, at, last_seen=seen, reported=back, returned=back),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Episode", "Overlaps"]
