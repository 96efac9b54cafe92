"""A restricted record: who keeps sight, who is chased, and the two people who lift it."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

import deadlines.services
from accounts import policy
from accounts.models import GrantKind, Team, TeamKind, User
from accounts.roles import Role
from accounts.selectors import system_actor
from deadlines.models import Notice
from deadlines.rules import Kind
from people import selectors, services
from people.codes import Restriction
from people.models import Child, LiftProposal
from tests import factories

WHY = "An operation is under way"

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(team: Team) -> Child:
    return factories.child(known_to=team)


@pytest.fixture
def second(team: Team) -> User:
    return factories.user(team=team, roles=[Role.TEAM_MANAGER], full_name="Second Manager")


@pytest.fixture
def restricted(child: Child, manager: User, second: User, at: datetime) -> Child:
    return services.restrict(by=manager, at=at, child=child, kind=Restriction.POLICE, reason=WHY, keep=[second])


def sees(user: User, child: Child) -> bool:
    return policy.find(User.objects.get(pk=user.pk), Child, child.pk) is not None


class TestRestrict:
    def test_closes_the_record_to_the_team_but_for_those_who_keep_sight(
        self, restricted: Child, manager: User, second: User, worker: User, stranger: User
    ) -> None:
        assert [sees(user, restricted) for user in (manager, second, worker, stranger)] == [True, True, False, False]

    def test_whoever_holds_the_case_keeps_sight(self, child: Child, manager: User, team: Team, at: datetime) -> None:
        holder = factories.user(team=team, roles=[Role.PRACTITIONER])
        services.open_case(by=manager, at=at, child=child, team=team, key_worker=holder)
        services.restrict(by=manager, at=at, child=child, kind=Restriction.STAFF, reason=WHY)
        assert sees(holder, child)

    def test_is_refused_to_a_stranger_and_to_whose_role_may_not(
        self, child: Child, stranger: User, worker: User, at: datetime
    ) -> None:
        for person in (stranger, worker):
            with pytest.raises(PermissionDenied):
                services.restrict(by=person, at=at, child=child, kind=Restriction.POLICE, reason=WHY)

    def test_is_not_for_the_manager_of_another_team(self, child: Child, at: datetime) -> None:
        other = factories.user(team=factories.team(), roles=[Role.TEAM_MANAGER])
        factories.let_know(child, other)
        with pytest.raises(services.NotYourRecord):
            services.restrict(by=other, at=at, child=child, kind=Restriction.POLICE, reason=WHY)

    def test_keeps_nobody_who_does_not_see_the_record(
        self, child: Child, manager: User, stranger: User, at: datetime
    ) -> None:
        with pytest.raises(services.CannotKeepSight):
            services.restrict(by=manager, at=at, child=child, kind=Restriction.POLICE, reason=WHY, keep=[stranger])

    def test_asks_for_somebody_who_answers_for_what_falls_due(
        self, child: Child, officer: User, mash: Team, at: datetime
    ) -> None:
        factories.let_know(child, mash)
        with pytest.raises(services.NobodyAnswers):
            services.restrict(by=officer, at=at, child=child, kind=Restriction.POLICE, reason=WHY)

    def test_a_promise_of_the_team_is_chased_by_who_keeps_sight(
        self, restricted: Child, manager: User, second: User, worker: User, team: Team, at: datetime
    ) -> None:
        factories.user(team=factories.team(kind=TeamKind.CSE), roles=[Role.CSE_COORDINATOR])
        deadlines.services.start(
            Kind.SCREENING_DUE, subject=restricted, child=restricted, started_at=at, owner_team=team
        )
        Notice.objects.all().delete()
        deadlines.services.sweep(by=system_actor(), at=at + timedelta(days=60))
        told = set(Notice.objects.values_list("recipient", flat=True))
        assert told
        assert told <= {manager.pk, second.pk}

    def test_an_older_notice_says_that_the_record_was_closed(
        self, child: Child, worker: User, manager: User, team: Team, at: datetime, browser_of: object
    ) -> None:
        promise = deadlines.services.start(
            Kind.SCREENING_DUE, subject=child, child=child, started_at=at, owner_team=team
        )
        notice = Notice.objects.create(recipient=worker, key="k", text="t", path="/", created_at=at, deadline=promise)
        services.restrict(by=manager, at=at, child=child, kind=Restriction.POLICE, reason=WHY)
        page = browser_of(worker).post(f"/notices/{notice.pk}/open/", follow=True)  # type: ignore[operator]
        assert b"You can no longer see the record" in page.content

    def test_a_sister_is_seen_as_before(self, restricted: Child, worker: User, team: Team) -> None:
        sister = factories.child(known_to=team, family_name=restricted.family_name, address=restricted.address)
        assert sees(worker, sister)


class TestSiblings:
    def test_sight_of_a_child_gives_none_of_brothers_and_sisters(self, child: Child, worker: User) -> None:
        brother = factories.child(
            family_name=child.family_name, address=child.address, added_by_team=child.added_by_team
        )
        assert sees(worker, child)
        assert not sees(worker, brother)


class TestLetKeepSight:
    def test_lets_one_more_person_in_by_name(
        self, restricted: Child, manager: User, stranger: User, at: datetime
    ) -> None:
        services.let_keep_sight(by=manager, at=at, child=restricted, person=stranger, reason="Leads the enquiry")
        assert sees(stranger, restricted)
        assert policy.user_grants().get(user=stranger).kind == GrantKind.RESTRICTED

    def test_is_refused_to_who_lost_sight(self, restricted: Child, worker: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.let_keep_sight(by=worker, at=at, child=restricted, person=worker, reason=WHY)

    def test_is_for_restricted_records_alone(self, child: Child, manager: User, stranger: User, at: datetime) -> None:
        with pytest.raises(services.NotRestricted):
            services.let_keep_sight(by=manager, at=at, child=child, person=stranger, reason=WHY)


class TestProposeLifting:
    def test_lifts_nothing_yet_and_tells_the_others_who_may_answer(
        self, restricted: Child, manager: User, second: User, worker: User, at: datetime
    ) -> None:
        Notice.objects.all().delete()
        services.propose_lifting(by=manager, at=at, child=restricted, reason="The operation is over")
        assert not sees(worker, restricted)
        assert list(Notice.objects.values_list("recipient", flat=True)) == [second.pk]

    def test_one_proposal_at_a_time(self, restricted: Child, manager: User, second: User, at: datetime) -> None:
        services.propose_lifting(by=manager, at=at, child=restricted, reason="The operation is over")
        with pytest.raises(services.RestrictedAlready):
            services.propose_lifting(by=second, at=at, child=restricted, reason="The operation is over")


class TestAnswerLifting:
    def test_asvs_2_3_5_nobody_lifts_what_they_proposed_themselves(
        self, restricted: Child, manager: User, worker: User, at: datetime
    ) -> None:
        services.propose_lifting(by=manager, at=at, child=restricted, reason="The operation is over")
        with pytest.raises(services.ByAnother):
            services.answer_lifting(by=manager, at=at, child=restricted, agreed=True, reason="Yes")
        assert not sees(worker, restricted)

    def test_asvs_2_3_5_the_database_asks_for_another_too(self, restricted: Child, manager: User, at: datetime) -> None:
        proposal = services.propose_lifting(by=manager, at=at, child=restricted, reason="The operation is over")
        proposal.agreed, proposal.answered_by, proposal.answered_at = True, manager, at
        with pytest.raises(IntegrityError), transaction.atomic():
            proposal.save()

    def test_another_agrees_and_the_team_sees_the_record_again(
        self, restricted: Child, manager: User, second: User, worker: User, at: datetime
    ) -> None:
        services.propose_lifting(by=manager, at=at, child=restricted, reason="The operation is over")
        services.answer_lifting(by=second, at=at, child=restricted, agreed=True, reason="Police agree")
        assert sees(worker, restricted)
        assert not policy.user_grants().filter(kind=GrantKind.RESTRICTED, expires_at=None).exists()

    def test_whoever_was_let_in_by_name_is_out_again(
        self, restricted: Child, manager: User, second: User, stranger: User, at: datetime
    ) -> None:
        earlier = at - timedelta(days=1)
        services.let_keep_sight(by=manager, at=earlier, child=restricted, person=stranger, reason=WHY)
        services.propose_lifting(by=manager, at=at, child=restricted, reason="The operation is over")
        services.answer_lifting(by=second, at=at, child=restricted, agreed=True, reason="Police agree")
        assert not sees(stranger, restricted)

    def test_another_refuses_and_it_stays(
        self, restricted: Child, manager: User, second: User, worker: User, at: datetime
    ) -> None:
        services.propose_lifting(by=manager, at=at, child=restricted, reason="The operation is over")
        services.answer_lifting(by=second, at=at, child=restricted, agreed=False, reason="Not yet")
        assert not sees(worker, restricted)
        assert LiftProposal.objects.get().agreed is False

    def test_without_a_proposal_there_is_nothing_to_answer(self, restricted: Child, second: User, at: datetime) -> None:
        with pytest.raises(services.NotRestricted):
            services.answer_lifting(by=second, at=at, child=restricted, agreed=True, reason="Yes")


class TestWhoHolds:
    def test_of_a_restricted_record_only_who_keeps_sight_is_told(
        self, child: Child, manager: User, second: User, team: Team, at: datetime
    ) -> None:
        case = services.open_case(by=manager, at=at, child=child, team=team)
        services.restrict(by=manager, at=at, child=child, kind=Restriction.POLICE, reason=WHY)
        assert selectors.who_holds(case, at=at) == [manager]
