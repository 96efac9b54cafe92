"""A person who is kept from a record, whatever else would let them see it."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts import policy
from accounts.models import Team, User
from accounts.roles import Role
from audit.models import Event
from deadlines.models import Notice
from people import services
from people.models import Child, Exclusion
from tests import factories

WHY = "An aunt of the child"

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(team: Team) -> Child:
    return factories.child(known_to=team)


@pytest.fixture
def governor(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.IG_OFFICER])


def sees(user: User, child: Child) -> bool:
    return policy.find(User.objects.get(pk=user.pk), Child, child.pk) is not None


class TestExclude:
    def test_beats_team_and_grant_by_name(self, child: Child, worker: User, manager: User, at: datetime) -> None:
        factories.let_know(child, worker)
        services.exclude(by=manager, at=at, child=child, person=worker, reason=WHY)
        assert not sees(worker, child)

    def test_tells_nobody(self, child: Child, worker: User, manager: User, at: datetime) -> None:
        services.exclude(by=manager, at=at, child=child, person=worker, reason=WHY)
        assert not Notice.objects.exists()
        assert Event.objects.filter(verb="people.exclude", child_id=child.pk).exists()

    def test_whoever_holds_the_case_is_replaced_first(
        self, child: Child, worker: User, manager: User, team: Team, at: datetime
    ) -> None:
        case = services.open_case(by=manager, at=at, child=child, team=team, key_worker=worker)
        with pytest.raises(services.HoldsTheCase):
            services.exclude(by=manager, at=at, child=child, person=worker, reason=WHY)
        services.name_key_worker(by=manager, at=at, case=case, key_worker=manager)
        services.exclude(by=manager, at=at, child=child, person=worker, reason=WHY)
        with pytest.raises(services.CannotHoldCase):
            services.name_key_worker(by=manager, at=at, case=case, key_worker=worker)

    def test_is_refused_to_a_stranger_and_to_whose_role_may_not(
        self, child: Child, stranger: User, worker: User, at: datetime
    ) -> None:
        for person in (stranger, worker):
            with pytest.raises(PermissionDenied):
                services.exclude(by=person, at=at, child=child, person=worker, reason=WHY)

    def test_happens_once(self, child: Child, worker: User, manager: User, at: datetime) -> None:
        services.exclude(by=manager, at=at, child=child, person=worker, reason=WHY)
        with pytest.raises(services.ExcludedAlready):
            services.exclude(by=manager, at=at, child=child, person=worker, reason=WHY)


class TestExcludeFrom:
    def test_information_governance_names_the_record_by_its_reference(
        self, child: Child, worker: User, governor: User, at: datetime
    ) -> None:
        services.exclude_from(by=governor, at=at, reference=child.pk, person=worker, reason=WHY)
        assert not sees(worker, child)
        assert not sees(governor, child)

    def test_a_reference_of_nothing_is_said_so(self, worker: User, governor: User, at: datetime) -> None:
        with pytest.raises(services.NoSuchRecord):
            services.exclude_from(by=governor, at=at, reference=999_999, person=worker, reason=WHY)

    def test_is_refused_to_others(self, child: Child, worker: User, manager: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.exclude_from(by=manager, at=at, reference=child.pk, person=worker, reason=WHY)


class TestEndExclusion:
    def test_lets_the_team_s_sight_count_again(self, child: Child, worker: User, manager: User, at: datetime) -> None:
        exclusion = services.exclude(by=manager, at=at, child=child, person=worker, reason=WHY)
        services.end_exclusion(by=manager, at=at, exclusion=exclusion)
        assert sees(worker, child)
        assert Exclusion.objects.get().ended_by == manager

    def test_is_refused_to_who_is_kept_from_it(self, child: Child, manager: User, team: Team, at: datetime) -> None:
        other = factories.user(team=team, roles=[Role.TEAM_MANAGER])
        exclusion = services.exclude(by=manager, at=at, child=child, person=other, reason=WHY)
        with pytest.raises(PermissionDenied):
            services.end_exclusion(by=other, at=at, exclusion=exclusion)
