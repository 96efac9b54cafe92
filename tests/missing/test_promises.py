"""What a late return interview leads to, and the clocks that the hourly sweep starts where they are missing."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Team, TeamKind, User
from accounts.roles import Role
from deadlines import services as deadlines_services
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind, end_of_day
from missing import promises
from missing.models import AuthorityTold, Episode, InterviewAction
from missing.rules import Capacity, DeclinedBy, InterviewStatus
from people.models import Involvement
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def system(db: None) -> User:
    return User.objects.get(email="system@cse.invalid")


@pytest.fixture
def went(team: Team, mash: Team, worker: User, at: datetime) -> Any:
    """An episode of a child of its own, back an hour before `at` unless said otherwise, and without any clock."""

    def made(**values: Any) -> Episode:
        given = {"returned_at": at - HOUR, **values}
        return factories.episode(child=factories.child(known_to=team), recorded_by=worker, **given)

    return made


def clocks(episode: Episode) -> dict[str, Deadline]:
    rows = Deadline.objects.filter(subject_type="missing.episode", subject_id=episode.pk)
    return {each.kind: each for each in rows}


class TestLateInterview:
    @pytest.fixture
    def late(self, went: Any, system: User, at: datetime) -> Any:
        """The episode of a child whose case is open or not, its interview's clock run down."""

        def run_down(team: Team | None) -> Episode:
            episode = went()
            if team:
                factories.involvement(child=episode.child, team=team)
            promises.heal(system, at)
            deadlines_services.sweep(by=system, at=at + 72 * HOUR)
            return episode

        return run_down

    @pytest.fixture
    def chair(self, db: None) -> User:
        return factories.user(team=factories.team(kind=TeamKind.CMOG), roles=[Role.CMOG_CHAIR])

    def test_lists_the_open_case_at_cmog(self, late: Any, team: Team, at: datetime) -> None:
        late(team)
        assert Involvement.objects.get().cmog_listed_at == at + 72 * HOUR

    def test_lists_it_also_where_it_stands_on_another_record_of_the_child(
        self, went: Any, system: User, team: Team, chair: User, at: datetime
    ) -> None:
        episode = went()
        other = factories.child(known_to=factories.team(), same_as=episode.child, provisional=True)
        factories.involvement(child=other, team=team)
        promises.heal(system, at)
        deadlines_services.sweep(by=system, at=at + 72 * HOUR)
        assert Involvement.objects.get().cmog_listed_at == at + 72 * HOUR
        assert Notice.objects.filter(recipient=chair).exists()

    def test_tells_the_chair_of_cmog_who_can_open_it(self, late: Any, team: Team, chair: User, browser_of: Any) -> None:
        late(team)
        notice = Notice.objects.get(recipient=chair)
        assert browser_of(chair).get(notice.path).status_code == 200

    def test_without_a_case_tells_the_co_ordinators_and_not_the_chair(self, late: Any, chair: User) -> None:
        coordinator = factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])
        late(None)
        assert not Involvement.objects.exists()
        told = {notice.recipient for notice in Notice.objects.all()}
        assert coordinator in told
        assert chair not in told


class TestHealing:
    def test_starts_the_interviews_clock_of_every_child_who_is_back(
        self, went: Any, system: User, mash: Team, at: datetime
    ) -> None:
        returned, found = went(), went(returned_at=None, located_at=at - HOUR / 2)
        missing, void = went(returned_at=None), went(voided_at=at, void_reason="Wrong child")
        promises.heal(system, at)
        interview = clocks(returned)[Kind.RETURN_INTERVIEW]
        assert (interview.due_at, interview.owner_team) == (at + 71 * HOUR, mash)
        assert clocks(found)[Kind.RETURN_INTERVIEW].due_at == at + 71.5 * HOUR
        assert not clocks(missing)
        assert not clocks(void)

    def test_starts_those_of_the_authorities(self, went: Any, system: User, at: datetime) -> None:
        episode = went(responsible_authority="332", host_authority="333")
        promises.heal(system, at)
        assert clocks(episode).keys() == {
            Kind.RETURN_INTERVIEW,
            Kind.TELL_RESPONSIBLE_AUTHORITY,
            Kind.TELL_HOST_AUTHORITY,
        }

    def test_starts_the_one_that_is_missing_beside_the_others(self, went: Any, system: User, at: datetime) -> None:
        episode = went(responsible_authority="332", host_authority="333")
        promises.heal(system, at)
        kept = clocks(episode)
        kept.pop(Kind.TELL_HOST_AUTHORITY).delete()
        promises.heal(system, at + HOUR)
        healed = clocks(episode)
        assert healed.pop(Kind.TELL_HOST_AUTHORITY).is_open
        assert healed == kept

    def test_asks_one_question_and_changes_nothing_where_nothing_is_missing(
        self, went: Any, system: User, at: datetime
    ) -> None:
        went(responsible_authority="332")
        promises.heal(system, at)
        before = list(Deadline.objects.values())
        with CaptureQueriesContext(
            connection,
        ) as asked:
            promises.heal(system, at + HOUR)
        assert len(asked) == 1
        assert list(Deadline.objects.values()) == before

    @pytest.mark.parametrize(
        ("status", "close"),
        [
            (InterviewStatus.COMPLETED, {"met_at": 0, "recorded_at": 0}),
            (InterviewStatus.DECLINED, {"voided_at": 0, "void_reason": "Declined"}),
        ],
    )
    def test_leaves_alone_what_was_kept_or_fell_away(
        self, went: Any, system: User, at: datetime, status: InterviewStatus, close: dict[str, Any]
    ) -> None:
        episode = went()
        promises.heal(system, at)
        factories.interview(episodes=[episode], status=status)
        closed = {name: at if value == 0 else value for name, value in close.items()}
        Deadline.objects.update(next_fire_at=None, **closed)
        promises.heal(system, at + HOUR)
        assert len(clocks(episode)) == Deadline.objects.count() == 1
        assert not clocks(episode)[Kind.RETURN_INTERVIEW].is_open

    @pytest.mark.parametrize("status", [None, InterviewStatus.NOT_OFFERED, InterviewStatus.ACCEPTED])
    @pytest.mark.parametrize("met", [True, False])
    def test_has_an_interviews_clock_run_again_that_nothing_explains_the_end_of(
        self, went: Any, system: User, at: datetime, status: InterviewStatus | None, met: bool
    ) -> None:
        episode = went()
        promises.heal(system, at)
        if status:
            factories.interview(episodes=[episode], status=status)
        closed = {"met_at": at, "recorded_at": at} if met else {"voided_at": at, "void_reason": "By mistake"}
        Deadline.objects.update(next_fire_at=None, **closed)
        Episode.objects.update(returned_at=at - 2 * HOUR)
        for _ in range(2):
            promises.heal(system, at + HOUR)
        clock = Deadline.objects.get()
        assert clock.is_open
        assert (clock.due_at, clock.moves.count()) == (at + 70 * HOUR, 1)
        assert clock.next_fire_at

    def test_starts_the_clock_of_an_action_that_is_not_done(
        self, went: Any, system: User, team: Team, worker: User, at: datetime
    ) -> None:
        episode = went()
        interview = factories.interview(episodes=[episode], status=InterviewStatus.COMPLETED)
        given = {"interview": interview, "owner_team": team, "added_by": worker, "added_at": at}
        action = InterviewAction.objects.create(what="A mentor", due_on=at.date(), owner=worker, **given)
        InterviewAction.objects.create(what="Done", due_on=at.date(), done_at=at, done_by=worker, **given)
        for _ in range(2):
            promises.heal(system, at + HOUR)
        clock = Deadline.objects.get(kind=Kind.INTERVIEW_ACTION)
        assert (clock.subject_id, clock.owner_team, clock.owner) == (action.pk, team, worker)
        assert (clock.started_at, clock.due_at) == (at, end_of_day(at.date()))

    @pytest.mark.parametrize("error", ["interview", "episode"])
    def test_starts_none_for_an_action_of_what_was_in_error(
        self, went: Any, system: User, team: Team, worker: User, at: datetime, error: str
    ) -> None:
        episode = went(**({"voided_at": at, "void_reason": "Wrong child"} if error == "episode" else {}))
        void = {"status": InterviewStatus.VOID, "voided_at": at, "void_reason": "Wrong child"}
        completed = {"status": InterviewStatus.COMPLETED}
        interview = factories.interview(episodes=[episode], **(void if error == "interview" else completed))
        InterviewAction.objects.create(
            interview=interview, what="A mentor", due_on=at.date(), owner_team=team, added_by=worker, added_at=at
        )
        promises.heal(system, at)
        assert not Deadline.objects.filter(kind=Kind.INTERVIEW_ACTION).exists()

    def test_starts_the_clock_of_a_share_that_is_not_acknowledged(self, went: Any, system: User, at: datetime) -> None:
        episode, void = went(returned_at=None), went(returned_at=None, voided_at=at, void_reason="Wrong child")
        waiting = factories.share(episode=episode)
        factories.share(episode=episode, acknowledged_at=at, acknowledged_by=episode.recorded_by)
        factories.share(episode=episode, what="", purpose="", lawful_basis="", decided_not_to="Suspected")
        factories.share(episode=void)
        for _ in range(2):
            promises.heal(system, at)
        clock = Deadline.objects.get()
        assert (clock.kind, clock.subject_id) == (Kind.SHARE_ACKNOWLEDGEMENT, waiting.pk)
        assert (clock.owner_team, clock.due_at) == (waiting.team, waiting.shared_at + 24 * HOUR)

    def test_closes_at_once_what_the_records_say_is_done(self, went: Any, system: User, at: datetime) -> None:
        held, declined = went(responsible_authority="332"), went()
        held.interview = factories.interview(
            child=held.child, status=InterviewStatus.COMPLETED, conducted_at=at, completed_at=at
        )
        declined.interview = factories.interview(
            child=declined.child, status=InterviewStatus.DECLINED, declined_by=DeclinedBy.CHILD, declined_why="No"
        )
        for episode in (held, declined):
            episode.save()
        AuthorityTold.objects.create(
            episode=held,
            capacity=Capacity.RESPONSIBLE,
            authority="332",
            told_at=at,
            told_offset=0,
            whom="Desk",
            how="Phone",
            recorded_by=held.recorded_by,
            recorded_at=at,
        )
        promises.heal(system, at + HOUR)
        assert {each.met_at for each in clocks(held).values()} == {at}
        assert clocks(declined)[Kind.RETURN_INTERVIEW].void_reason == "Declined by the child"

    def test_judges_an_interview_held_before_the_return_from_the_finding(
        self, went: Any, system: User, at: datetime
    ) -> None:
        episode = went(last_seen_at=at - 90 * HOUR, located_at=at - 80 * HOUR)
        held = {"conducted_at": at - 75 * HOUR, "conducted_offset": 0}
        factories.interview(episodes=[episode], status=InterviewStatus.COMPLETED, **held)
        promises.heal(system, at)
        clock = clocks(episode)[Kind.RETURN_INTERVIEW]
        assert (clock.started_at, clock.met_at) == (at - 80 * HOUR, at - 75 * HOUR)

    def test_is_part_of_the_hourly_sweep(self, went: Any, system: User, at: datetime) -> None:
        episode = went()
        deadlines_services.heal(by=system, at=at)
        assert Kind.RETURN_INTERVIEW in clocks(episode)
