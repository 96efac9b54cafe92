"""Who holds a case, and what they come to see by it: domain.md 6, 20, 34."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

import deadlines.selectors
import deadlines.services
from accounts import policy
from accounts.models import Team, TeamKind, User
from accounts.roles import Role
from audit.models import Event
from deadlines.models import Deadline
from deadlines.rules import Kind
from people import services
from people.models import Child, ChildTeamGrant, Involvement
from tests import factories

pytestmark = pytest.mark.django_db
OF_MISSING = [
    Kind.RETURN_INTERVIEW,
    Kind.TELL_RESPONSIBLE_AUTHORITY,
    Kind.TELL_HOST_AUTHORITY,
    Kind.SCREENING_DUE,
    Kind.STRATEGY_MEETING,
]


def owed(child: Child, owner: User, at: datetime, kind: Kind = Kind.REVIEW_SERIOUS) -> Deadline:
    team = child.added_by_team
    return deadlines.services.start(kind, subject=child, child=child, started_at=at, owner_team=team, owner=owner)


def running(user: User) -> list[Deadline]:
    return list(deadlines.selectors.running(user))


def sees(user: User, child: Child) -> bool:
    return policy.visible(user, Child).filter(pk=child.pk).exists()


@pytest.fixture
def coordinator(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])


class TestOpenCase:
    def test_the_team_and_the_people_named_come_to_know_the_child(self, manager: User, at: datetime) -> None:
        child, team = factories.child(known_to=manager.team), manager.team
        assert team
        member, key_worker, coordinator = factories.user(team=team), factories.user(), factories.user()
        case = services.open_case(
            by=manager, at=at, child=child, team=team, key_worker=key_worker, coordinator=coordinator
        )
        assert case.is_open
        assert all(sees(person, child) for person in (member, key_worker, coordinator))

    def test_for_another_team_by_mash_and_co_ordinators_alone(
        self, manager: User, coordinator: User, at: datetime
    ) -> None:
        child, another = factories.child(known_to=manager.team), factories.team()
        with pytest.raises(services.NotYourCase, match="to decide"):
            services.open_case(by=manager, at=at, child=child, team=another)
        factories.let_know(child, coordinator)
        assert services.open_case(by=coordinator, at=at, child=child, team=another).is_open

    def test_a_second_open_case_is_refused(self, manager: User, at: datetime) -> None:
        child = factories.child(known_to=manager.team)
        services.open_case(by=manager, at=at, child=child, team=manager.team)
        with pytest.raises(services.CaseAlreadyOpen):
            services.open_case(by=manager, at=at, child=child, team=manager.team)

    def test_a_role_that_reads_no_records_cannot_hold_a_case(self, manager: User, at: datetime) -> None:
        child = factories.child(known_to=manager.team)
        reader = factories.user(roles=[Role.BOARD_READER])
        with pytest.raises(services.CannotHoldCase):
            services.open_case(by=manager, at=at, child=child, team=manager.team, key_worker=reader)
        assert not Involvement.objects.exists()

    def test_a_practitioner_may_not(self, worker: User, at: datetime) -> None:
        child = factories.child(known_to=worker.team)
        with pytest.raises(PermissionDenied):
            services.open_case(by=worker, at=at, child=child, team=worker.team)


class TestBeginCase:
    """For the commands of higher rooms: on the record that MASH matched the child with."""

    @pytest.fixture
    def held(self) -> Child:
        return factories.child()

    @pytest.fixture
    def told_of(self, mash: Team, held: Child) -> Child:
        return factories.child(known_to=mash, provisional=True, same_as=held)

    def test_opens_it_on_the_matched_record_which_the_officer_comes_to_see_no_more_of(
        self, officer: User, worker: User, told_of: Child, held: Child, at: datetime
    ) -> None:
        assert worker.team
        case = services.begin_case(by=officer, at=at, child=told_of, team=worker.team)
        assert case.child == held
        assert sees(worker, held)
        assert not sees(worker, told_of)
        assert not sees(officer, held)
        assert Event.objects.get(verb="people.begin_case").child_id == held.pk

    def test_on_the_record_itself_where_it_is_not_matched(self, officer: User, mash: Team, at: datetime) -> None:
        child = factories.child(known_to=mash)
        assert services.begin_case(by=officer, at=at, child=child, team=factories.team()).child == child

    def test_one_child_one_open_case(self, officer: User, told_of: Child, held: Child, at: datetime) -> None:
        factories.involvement(child=held)
        with pytest.raises(services.CaseAlreadyOpen):
            services.begin_case(by=officer, at=at, child=told_of, team=factories.team())

    def test_is_refused_to_whom_does_not_know_the_child(self, officer: User, held: Child, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.begin_case(by=officer, at=at, child=held, team=factories.team())


class TestNameKeyWorker:
    def test_the_new_one_comes_to_know_the_child_and_the_former_ones_own_sight_ends(
        self, manager: User, at: datetime
    ) -> None:
        child, first, second = factories.child(known_to=manager.team), factories.user(), factories.user()
        case = services.open_case(by=manager, at=at, child=child, team=manager.team, key_worker=first)
        case = services.name_key_worker(by=manager, at=at, case=case, key_worker=second)
        assert case.key_worker == second
        assert sees(second, child)
        assert not sees(first, child)

    def test_naming_the_same_person_again_takes_nothing_away(self, manager: User, at: datetime) -> None:
        child, first = factories.child(known_to=manager.team), factories.user()
        case = services.open_case(by=manager, at=at, child=child, team=manager.team, key_worker=first)
        services.name_key_worker(by=manager, at=at, case=case, key_worker=first)
        assert sees(first, child)

    def test_owes_what_the_former_one_did(self, manager: User, at: datetime) -> None:
        child, first, second = factories.child(known_to=manager.team), factories.user(), factories.user()
        case = services.open_case(by=manager, at=at, child=child, team=manager.team, key_worker=first)
        review = owed(child, first, at)
        assert running(first) == [review]
        services.name_key_worker(by=manager, at=at, case=case, key_worker=second)
        assert (running(first), running(second)) == ([], [review])

    @pytest.mark.parametrize("kind", OF_MISSING)
    def test_owes_what_a_missing_child_leads_to_but_for_the_interview_that_another_was_named_for(
        self, manager: User, at: datetime, kind: Kind
    ) -> None:
        child, first, second, named = factories.child(known_to=manager.team), *(factories.user() for _ in range(3))
        case = services.open_case(by=manager, at=at, child=child, team=manager.team, key_worker=first)
        promise, another = owed(child, first, at, kind), owed(factories.child(), named, at, kind)
        Deadline.objects.filter(pk=another.pk).update(child=child)
        services.name_key_worker(by=manager, at=at, case=case, key_worker=second)
        assert (running(first), Deadline.objects.get(pk=promise.pk).owner) == ([], second)
        assert Deadline.objects.get(pk=another.pk).owner == named

    def test_is_for_the_team_that_holds_the_case(self, manager: User, coordinator: User, at: datetime) -> None:
        child = factories.child(known_to=manager.team)
        factories.let_know(child, coordinator)
        case, key_worker = factories.involvement(child=child), factories.user()
        with pytest.raises(services.NotYourCase):
            services.name_key_worker(by=manager, at=at, case=case, key_worker=key_worker)
        assert services.name_key_worker(by=coordinator, at=at, case=case, key_worker=key_worker)


class TestCloseCase:
    def test_is_for_the_team_that_holds_the_case(self, manager: User, coordinator: User, at: datetime) -> None:
        child = factories.child(known_to=manager.team)
        factories.let_know(child, coordinator)
        case = factories.involvement(child=child)
        with pytest.raises(services.NotYourCase):
            services.close_case(by=manager, at=at, case=case)
        assert not services.close_case(by=coordinator, at=at, case=case).is_open

    def test_ends_the_case_and_the_key_workers_own_sight(self, manager: User, at: datetime) -> None:
        child, key_worker = factories.child(known_to=manager.team), factories.user()
        case = services.open_case(by=manager, at=at, child=child, team=manager.team, key_worker=key_worker)
        case = services.close_case(by=manager, at=at, case=case)
        assert case.closed_at == at
        assert not sees(key_worker, child)
        assert sees(manager, child)
        with pytest.raises(services.CaseClosed):
            services.close_case(by=manager, at=at, case=case)

    def test_reviews_fall_away_and_the_rest_is_the_teams(self, manager: User, at: datetime) -> None:
        child, key_worker = factories.child(known_to=manager.team), factories.user()
        case = services.open_case(by=manager, at=at, child=child, team=manager.team, key_worker=key_worker)
        review, assessment = owed(child, key_worker, at), owed(child, key_worker, at, Kind.ASSESSMENT)
        services.close_case(by=manager, at=at, case=case)
        review.refresh_from_db()
        assessment.refresh_from_db()
        assert (review.voided_at, review.void_reason) == (at, "The case was closed")
        assert (assessment.voided_at, assessment.owner) == (None, None)
        assert not running(key_worker)

    @pytest.mark.parametrize("kind", OF_MISSING)
    def test_what_a_missing_child_leads_to_is_the_teams(self, manager: User, at: datetime, kind: Kind) -> None:
        child, key_worker = factories.child(known_to=manager.team), factories.user()
        case = services.open_case(by=manager, at=at, child=child, team=manager.team, key_worker=key_worker)
        owed(child, key_worker, at, kind)
        services.close_case(by=manager, at=at, case=case)
        promise = Deadline.objects.get()
        assert (promise.owner, promise.voided_at) == (None, None)

    def test_a_new_case_can_be_opened_afterwards(self, manager: User, at: datetime) -> None:
        child = factories.child(known_to=manager.team)
        case = services.open_case(by=manager, at=at, child=child, team=manager.team)
        services.close_case(by=manager, at=at, case=case)
        assert services.open_case(by=manager, at=at, child=child, team=manager.team).is_open


class TestListAtCmog:
    @pytest.fixture
    def chair(self, db: None) -> User:
        return factories.user(team=factories.team(kind=TeamKind.CMOG), roles=[Role.CMOG_CHAIR])

    def test_marks_the_open_case_once(self, worker: User, at: datetime) -> None:
        case = factories.involvement(child=factories.child())
        services.list_at_cmog(case.child, by=worker, at=at)
        services.list_at_cmog(case.child, by=worker, at=at.replace(year=2027))
        case.refresh_from_db()
        assert case.cmog_listed_at == at

    def test_cmog_comes_to_know_the_child(self, worker: User, stranger: User, chair: User, at: datetime) -> None:
        case = factories.involvement(child=factories.child())
        assert not sees(chair, case.child)
        services.list_at_cmog(case.child, by=worker, at=at)
        assert sees(chair, case.child)
        assert not sees(stranger, case.child)
        grant = ChildTeamGrant.objects.get(content_object=case.child)
        assert (grant.kind, grant.reason, grant.granted_by) == ("cmog", "Listed at CMOG", worker)

    def test_a_child_without_a_case_is_not_listed(self, worker: User, chair: User, at: datetime) -> None:
        child = factories.child()
        assert services.list_at_cmog(child, by=worker, at=at) is None
        assert not sees(chair, child)


class TestTakeOffCmog:
    def test_ends_the_listing_and_the_sight_that_came_with_it(self, worker: User, at: datetime) -> None:
        chair = factories.user(team=factories.team(kind=TeamKind.CMOG), roles=[Role.CMOG_CHAIR])
        case = factories.involvement(child=factories.child(known_to=worker))
        services.list_at_cmog(case.child, by=worker, at=at)
        services.take_off_cmog(case.child, by=worker, at=at, reason="Stepped down")
        case.refresh_from_db()
        assert case.cmog_listed_at is None
        assert not sees(chair, case.child)
        assert sees(worker, case.child)

    def test_what_cmog_sees_otherwise_stays(self, worker: User, at: datetime) -> None:
        cmog = factories.team(kind=TeamKind.CMOG)
        case = factories.involvement(child=factories.child(known_to=cmog))
        services.list_at_cmog(case.child, by=worker, at=at)
        services.take_off_cmog(case.child, by=worker, at=at, reason="Stepped down")
        assert sees(factories.user(team=cmog), case.child)

    def test_who_is_not_listed_is_left_as_they_are(self, worker: User, at: datetime) -> None:
        child = factories.child()
        assert services.take_off_cmog(child, by=worker, at=at, reason="Stepped down") is None
