"""Who was named to hold the interview, who is written down as having held it, and the sight that comes with it."""

from datetime import datetime

import pytest

from accounts import policy
from accounts.models import Team, User
from deadlines.models import Deadline
from deadlines.rules import Kind
from missing import services
from missing.models import Episode, Interview
from people.models import Child
from tests import factories
from tests.missing.acting import HOUR, interview_clock
from tests.missing.interviewing import LATER, complete, offer, write_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def another() -> User:
    """Like the stranger, of a team that knows no child."""
    return factories.user(team=factories.team())


def name(by: User, episode: Episode, at: datetime, interviewer: User) -> Episode:
    episode.refresh_from_db()
    given = {"version": episode.version, "interviewer": interviewer}
    return services.name_interviewer(by=by, at=at, episode=episode, **given)


def void(by: User, interview: Interview, at: datetime) -> Interview:
    interview.refresh_from_db()
    return services.void_interview(by=by, at=at, interview=interview, version=interview.version, reason="Error")


def sees(person: User) -> bool:
    return policy.visible(person, Child).exists()


class TestWrittenDown:
    def test_as_having_held_it_stays_when_another_is_named(
        self, manager: User, worker: User, another: User, back: Episode, written: Interview, at: datetime
    ) -> None:
        name(manager, back, at + LATER, another)
        written.refresh_from_db()
        assert (written.interviewer, written.interviewer_name) == (worker, worker.full_name)
        assert interview_clock(back).owner == another
        assert complete(worker, written, at + LATER).interviewer == worker


class TestSight:
    @pytest.fixture
    def named(self, manager: User, stranger: User, back: Episode, at: datetime) -> Episode:
        """The stranger is to hold the interview."""
        back = name(manager, back, at, stranger)
        assert sees(stranger)
        return back

    def test_ends_when_another_is_named_and_comes_again(
        self, manager: User, stranger: User, another: User, named: Episode, at: datetime
    ) -> None:
        name(manager, named, at, another)
        assert (sees(stranger), sees(another)) == (False, True)
        name(manager, named, at, stranger)
        assert (sees(stranger), sees(another)) == (True, False)

    def test_ends_with_an_interview_in_error_and_the_clock_is_the_teams_again(
        self, manager: User, worker: User, stranger: User, named: Episode, at: datetime
    ) -> None:
        written = write_all(worker, offer(worker, named, at), at + HOUR)
        void(manager, complete(worker, written, at + HOUR), at + 2 * HOUR)
        assert not sees(stranger)
        assert (interview_clock(named).is_open, interview_clock(named).owner) == (True, None)

    def test_of_ones_team_stays_and_the_name_with_it(
        self, manager: User, worker: User, back: Episode, at: datetime
    ) -> None:
        back = name(manager, back, at, worker)
        void(manager, offer(worker, back, at), at)
        assert sees(worker)
        assert interview_clock(back).owner == worker

    def test_stays_with_whoever_owes_something_else_about_the_child(
        self, manager: User, stranger: User, another: User, team: Team, named: Episode, at: datetime
    ) -> None:
        Deadline.objects.create(
            kind=Kind.INTERVIEW_ACTION,
            subject_type="missing.interviewaction",
            subject_id=1,
            child_id=named.child_id,
            owner_team=team,
            owner=stranger,
            started_at=at,
            due_at=at + LATER,
            watched_from=at,
        )
        name(manager, named, at, another)
        assert sees(stranger)

    def test_stays_with_whoever_holds_the_case(
        self, manager: User, stranger: User, another: User, team: Team, named: Episode, at: datetime
    ) -> None:
        factories.involvement(child=named.child, team=team, coordinator=stranger)
        name(manager, named, at, another)
        assert sees(stranger)
