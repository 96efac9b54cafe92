"""What a return interview asks for: whose it is, until when, that they are told, and that it is done once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Team, User
from accounts.roles import Role
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind, end_of_day
from missing import services
from missing.models import Interview, InterviewAction
from missing.rules import InterviewStatus
from people.models import Child
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def interview(child: Child, at: datetime) -> Interview:
    episode = factories.episode(child=child, returned_at=at)
    return factories.interview(episodes=[episode], status=InterviewStatus.COMPLETED)


def add(by: User, interview: Interview, at: datetime, team: Team, **values: Any) -> InterviewAction:
    given = {"what": "Ask school about the gate", "due_on": (at + 3 * DAY).date(), **values}
    return services.add_action(by=by, at=at, interview=interview, owner_team=team, **given)


class TestAddAction:
    def test_runs_until_the_end_of_the_day_and_tells_the_owner(
        self, worker: User, manager: User, team: Team, interview: Interview, at: datetime
    ) -> None:
        action = add(worker, interview, at, team, owner=manager)
        clock = Deadline.objects.get(kind=Kind.INTERVIEW_ACTION)
        assert (clock.owner, clock.owner_team, clock.due_at) == (manager, team, end_of_day(action.due_on))
        notice = Notice.objects.get()
        assert (notice.recipient, notice.path) == (manager, f"/missing/actions/{action.pk}/")
        assert interview.child.family_name not in notice.text

    def test_of_a_team_tells_everyone_in_it_but_who_wrote_it(
        self, worker: User, manager: User, team: Team, interview: Interview, at: datetime
    ) -> None:
        add(worker, interview, at, team)
        assert Notice.objects.get().recipient == manager

    def test_may_be_due_today(self, worker: User, team: Team, interview: Interview, at: datetime) -> None:
        assert add(worker, interview, at, team, due_on=at.date()).pk

    def test_refuses_a_day_before_today(self, worker: User, team: Team, interview: Interview, at: datetime) -> None:
        with pytest.raises(services.WrongDay, match="today or in the future"):
            add(worker, interview, at, team, due_on=(at - DAY).date())

    def test_refuses_a_person_of_another_team(
        self, worker: User, stranger: User, team: Team, interview: Interview, at: datetime
    ) -> None:
        with pytest.raises(services.WrongOwner, match=f"{stranger} does not work in"):
            add(worker, interview, at, team, owner=stranger)

    def test_refuses_a_team_that_does_not_see_the_child(
        self, worker: User, stranger: User, interview: Interview, at: datetime
    ) -> None:
        assert stranger.team
        with pytest.raises(services.WrongOwner, match="Share the interview with them first"):
            add(worker, interview, at, stranger.team)

    def test_refuses_a_team_in_which_nobody_may_act(self, worker: User, interview: Interview, at: datetime) -> None:
        readers = factories.team()
        factories.user(team=readers, roles=[Role.CMOG_MEMBER])
        factories.let_know(interview.child, readers)
        with pytest.raises(services.WrongOwner):
            add(worker, interview, at, readers)

    def test_refuses_where_no_interview_was_held(self, worker: User, team: Team, child: Child, at: datetime) -> None:
        declined = factories.interview(child=child, status=InterviewStatus.DECLINED)
        with pytest.raises(services.NothingToRecord, match="declined"):
            add(worker, declined, at, team)

    def test_is_not_for_a_stranger(
        self, stranger: User, team: Team, interview: Interview, at: datetime, refusals: Any
    ) -> None:
        with pytest.raises(PermissionDenied):
            add(stranger, interview, at, team)
        assert refusals("missing.add_action").count() == 1


class TestFinishAction:
    def finish(self, by: User, action: InterviewAction, at: datetime) -> InterviewAction:
        return services.finish_action(by=by, at=at, action=action, outcome="School moved the gate duty.")

    def test_keeps_what_came_of_it_and_meets_the_clock(
        self, worker: User, team: Team, interview: Interview, at: datetime
    ) -> None:
        action = self.finish(worker, add(worker, interview, at, team, owner=worker), at + DAY)
        assert (action.done_at, action.done_by, action.outcome) == (at + DAY, worker, "School moved the gate duty.")
        assert Deadline.objects.get(kind=Kind.INTERVIEW_ACTION).met_at == at + DAY

    def test_anyone_of_the_team_may(
        self, worker: User, manager: User, team: Team, interview: Interview, at: datetime
    ) -> None:
        assert self.finish(worker, add(worker, interview, at, team, owner=manager), at).done_by == worker

    def test_whoever_settles_may_and_another_team_may_not(
        self, worker: User, officer: User, mash: Team, team: Team, interview: Interview, at: datetime
    ) -> None:
        other = factories.user(team=factories.team())
        factories.let_know(interview.child, other)
        factories.let_know(interview.child, mash)
        action = add(worker, interview, at, team)
        with pytest.raises(services.NotYours):
            self.finish(other, action, at)
        assert self.finish(officer, action, at).done_by == officer

    def test_refuses_twice_and_names_the_first(
        self, worker: User, manager: User, team: Team, interview: Interview, at: datetime
    ) -> None:
        action = self.finish(worker, add(worker, interview, at, team), at)
        with pytest.raises(services.AlreadyFinished, match=f"at midday by {worker}"):
            self.finish(manager, action, at + DAY)

    def test_refuses_what_fell_away_with_its_interview(
        self, worker: User, manager: User, team: Team, interview: Interview, at: datetime
    ) -> None:
        action = add(worker, interview, at, team)
        services.void_interview(by=manager, at=at, interview=interview, version=interview.version, reason="Error")
        with pytest.raises(services.NothingToRecord, match="in error"):
            self.finish(worker, action, at)

    def test_is_not_for_a_stranger(
        self, worker: User, stranger: User, team: Team, interview: Interview, at: datetime, refusals: Any
    ) -> None:
        action = add(worker, interview, at, team)
        with pytest.raises(PermissionDenied):
            self.finish(stranger, action, at)
        assert refusals("missing.finish_action").count() == 1
