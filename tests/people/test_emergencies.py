"""A record opened in an emergency: by exact details, for hours, told at once, reviewed afterwards."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import resolve
from django.utils import timezone

from accounts import policy
from accounts.models import GrantKind, Team, User
from accounts.roles import Role
from audit.acting import acting_as
from audit.models import Event
from deadlines.models import Notice
from people import rules, services
from people.codes import Restriction
from people.models import Child, ChildUserGrant, Emergency, EmergencyTry, Exclusion
from tests import factories

WHY = "The police are at the door with the child"

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def child(team: Team, manager: User) -> Child:
    return factories.child(
        known_to=team,
        given_name="Zoë",
        family_name="Hall",
        date_of_birth=date(2012, 3, 27),
        nhs_number="9990000018",
        upn="A336900012001",
    )


@pytest.fixture
def governor(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.IG_OFFICER])


def sees(user: User, child: Child) -> bool:
    return policy.find(User.objects.get(pk=user.pk), Child, child.pk) is not None


def opened(by: User, now: datetime, **details: Any) -> Emergency | None:
    return services.open_in_emergency(by=by, at=now, **{"reason": WHY, "hours": 1, **details})


class TestOpenInEmergency:
    @pytest.mark.parametrize(
        "details",
        [
            {"nhs_number": "9990000018"},
            {"upn": "A336900012001"},
            {"name": "zoe hall", "date_of_birth": date(2012, 3, 27)},
        ],
    )
    def test_opens_the_record_with_exactly_these_details(
        self, child: Child, stranger: User, now: datetime, details: dict[str, Any]
    ) -> None:
        assert not sees(stranger, child)
        emergency = opened(stranger, now, **details)
        assert emergency
        assert emergency.child_id == child.pk
        assert sees(stranger, child)

    def test_opens_by_our_reference_for_as_long_as_was_asked(self, child: Child, stranger: User, now: datetime) -> None:
        emergency = opened(stranger, now, reference=child.pk, hours=8)
        assert emergency
        assert emergency.until - emergency.opened_at == timedelta(hours=8)
        grant = policy.user_grants().get(user=stranger)
        assert (grant.kind, grant.expires_at) == (GrantKind.BREAK_GLASS, emergency.until)

    @pytest.mark.parametrize(
        "details",
        [
            {"reference": 999_999},
            {"nhs_number": "9990000026"},
            {"name": "Zoë Hall"},
            {"name": "Zoë", "date_of_birth": date(2012, 3, 27)},
            {"name": "Zoë Hall", "date_of_birth": date(2012, 3, 28)},
        ],
    )
    def test_answers_nothing_to_details_that_are_not_exact(
        self, child: Child, stranger: User, now: datetime, details: dict[str, Any]
    ) -> None:
        assert opened(stranger, now, **details) is None
        assert not sees(stranger, child)
        assert EmergencyTry.objects.filter(person=stranger).count() == 1

    def test_tells_the_team_that_holds_the_case_and_information_governance(
        self, child: Child, stranger: User, manager: User, worker: User, governor: User, team: Team, now: datetime
    ) -> None:
        holding = factories.team()
        theirs = factories.user(team=holding, roles=[Role.TEAM_MANAGER])
        factories.let_know(child, holding)
        factories.involvement(child=child, team=holding)
        opened(stranger, now, reference=child.pk)
        told = {notice.recipient: notice for notice in Notice.objects.all()}
        assert told.keys() == {theirs, governor}
        assert "Zoë" not in told[theirs].text
        for notice in told.values():
            assert stranger.full_name in notice.text
            assert not notice.in_digest
            resolve(notice.path)

    def test_tells_the_team_that_added_the_record_where_no_case_is_open(
        self, child: Child, stranger: User, manager: User, worker: User, now: datetime
    ) -> None:
        opened(stranger, now, reference=child.pk)
        assert [notice.recipient for notice in Notice.objects.all()] == [manager]

    def test_opens_a_restricted_record_and_tells_only_who_keeps_sight_of_it(
        self, child: Child, stranger: User, manager: User, team: Team, now: datetime
    ) -> None:
        other = factories.user(team=team, roles=[Role.TEAM_MANAGER])
        services.restrict(by=manager, at=now, child=child, kind=Restriction.POLICE, reason="An operation")
        assert opened(stranger, now, reference=child.pk)
        assert sees(stranger, child)
        assert not Notice.objects.filter(recipient=other).exists()
        assert Notice.objects.filter(recipient=manager).exists()

    def test_the_excluded_are_answered_as_if_there_were_no_record(
        self, child: Child, worker: User, manager: User, now: datetime
    ) -> None:
        services.exclude(by=manager, at=now, child=child, person=worker, reason="An aunt")
        assert opened(worker, now, reference=child.pk) is None
        assert not sees(worker, child)

    def test_whoever_sees_the_record_is_told_so(self, child: Child, worker: User, now: datetime) -> None:
        with pytest.raises(services.SeenAlready):
            opened(worker, now, reference=child.pk)
        assert not ChildUserGrant.objects.exists()

    def test_whoever_guesses_is_stopped(self, child: Child, stranger: User, now: datetime) -> None:
        for reference in range(rules.TRIES_AN_HOUR):
            assert opened(stranger, now, reference=900_000 + reference) is None
        with pytest.raises(services.TriedTooOften):
            opened(stranger, now, reference=child.pk)

    def test_is_refused_to_a_role_that_reads_no_records(self, child: Child, governor: User, now: datetime) -> None:
        with pytest.raises(PermissionDenied):
            opened(governor, now, reference=child.pk)

    def test_is_recorded_in_the_log_on_the_child(self, child: Child, stranger: User, now: datetime) -> None:
        opened(stranger, now, reference=child.pk)
        assert Event.objects.get(verb="people.open_in_emergency").child_id == child.pk

    @pytest.mark.parametrize(("why", "hours"), [("Too short", 1), (WHY, 0), (WHY, 9), (WHY, 72), (" " * 40, 1)])
    def test_the_database_itself_keeps_reason_and_hours(
        self, child: Child, stranger: User, now: datetime, why: str, hours: int
    ) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            opened(stranger, now, reference=child.pk, reason=why, hours=hours)

    def test_the_database_gives_nobody_a_long_one_or_another_s(
        self, child: Child, worker: User, stranger: User, now: datetime
    ) -> None:
        for granted_by, hours in ((stranger, 9), (worker, 1)):
            until = now + timedelta(hours=hours)
            with pytest.raises(IntegrityError), transaction.atomic():
                factories.let_know(child, stranger, kind=GrantKind.BREAK_GLASS, by=granted_by, at=now, until=until)

    def test_nobody_looks_records_up_past_the_grant(self, child: Child, stranger: User) -> None:
        with acting_as(stranger.pk), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select people_exactly(%s, null, null, null, null)", [child.pk])

    def test_nobody_forgets_how_often_they_tried(self, child: Child, stranger: User, now: datetime) -> None:
        opened(stranger, now, reference=999_999)
        with acting_as(stranger.pk), pytest.raises(DatabaseError), transaction.atomic():
            EmergencyTry.objects.all().delete()

    def test_asvs_8_3_2_an_expired_one_bites_at_the_next_query(
        self, child: Child, stranger: User, now: datetime
    ) -> None:
        opened(stranger, now, reference=child.pk)
        policy.user_grants().filter(user=stranger).update(
            granted_at=now - timedelta(hours=2), expires_at=now - timedelta(seconds=1)
        )
        assert not sees(stranger, child)
        with acting_as(stranger.pk):
            assert not Child.objects.filter(pk=child.pk).exists()


class TestEndEmergency:
    def test_ends_sight_at_once(self, child: Child, stranger: User, now: datetime) -> None:
        opened(stranger, now, reference=child.pk)
        services.end_emergency(by=stranger, at=timezone.now() - timedelta(seconds=1), child=child)
        assert not sees(stranger, child)
        assert Emergency.objects.get().ended_at

    def test_is_refused_to_who_sees_nothing(self, child: Child, stranger: User, now: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.end_emergency(by=stranger, at=now, child=child)

    def test_a_later_exclusion_ends_it_too(self, child: Child, stranger: User, manager: User, now: datetime) -> None:
        opened(stranger, now, reference=child.pk)
        Exclusion.objects.create(child=child, person=stranger, reason="x", recorded_by=manager, recorded_at=now)
        assert not sees(stranger, child)
        assert User.objects.get(pk=stranger.pk).emergencies == []


class TestReviewEmergency:
    def test_says_afterwards_whether_it_was_justified(
        self, child: Child, stranger: User, governor: User, now: datetime
    ) -> None:
        emergency = opened(stranger, now, reference=child.pk)
        assert emergency
        later = now + timedelta(hours=2)
        services.review_emergency(by=governor, at=later, pk=emergency.pk, justified=False, note="No emergency")
        emergency.refresh_from_db()
        assert (emergency.justified, emergency.reviewed_by) == (False, governor)

    def test_waits_until_it_has_ended(self, child: Child, stranger: User, governor: User, now: datetime) -> None:
        emergency = opened(stranger, now, reference=child.pk)
        assert emergency
        with pytest.raises(services.NothingToReview):
            services.review_emergency(by=governor, at=now, pk=emergency.pk, justified=True, note="Right")

    def test_is_refused_to_others(self, child: Child, stranger: User, now: datetime) -> None:
        emergency = opened(stranger, now, reference=child.pk)
        assert emergency
        with pytest.raises(PermissionDenied):
            services.review_emergency(by=stranger, at=now, pk=emergency.pk, justified=True, note="Right")
