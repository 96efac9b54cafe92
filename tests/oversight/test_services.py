"""Unusual volume is noticed, told once, and looked into by somebody else (ASVS 2.4.1)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts import gate
from accounts.models import User
from accounts.roles import Permission, Role
from accounts.selectors import system_actor
from audit.models import Event
from deadlines.models import Notice
from oversight import rules, services
from oversight.models import UnusualVolume
from people.models import Child
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ig(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.IG_OFFICER])


def opened(person: User, children: range, at: datetime) -> None:
    for number in children:
        gate.looked(person, Child(pk=number), at=at)


def watch(at: datetime) -> int:
    return services.watch(by=system_actor(), at=at)


class TestRaiseAlert:
    def test_asvs_2_4_1_two_hundred_fast_looks_are_told(
        self, worker: User, manager: User, ig: User, at: datetime
    ) -> None:
        opened(worker, range(1, 201), at)
        assert watch(at) == 1
        alert = UnusualVolume.objects.get()
        assert (alert.person, alert.in_hour, alert.in_day) == (worker, 200, 200)
        told = Notice.objects.order_by("recipient")
        assert {notice.recipient for notice in told} == {manager, ig}
        assert {notice.path for notice in told} == {"", f"/log/unusual/{alert.pk}/"}
        assert told[0].text == f"{worker.full_name} opened the records of 200 children within a day, more than usual."

    def test_once_per_person_and_day(self, worker: User, ig: User, at: datetime) -> None:
        opened(worker, range(1, 201), at)
        assert (watch(at), watch(at + timedelta(minutes=5))) == (1, 0)
        assert Notice.objects.filter(recipient=ig).count() == 1

    def test_the_same_child_again_and_again_is_one(self, worker: User, at: datetime) -> None:
        for _ in range(200):
            opened(worker, range(7, 8), at)
        assert watch(at) == 0

    def test_beside_their_own_usual_days(self, worker: User, at: datetime) -> None:
        for day in range(2, 9):
            opened(worker, range(1, 4), at - timedelta(days=day))
        opened(worker, range(1, 41), at)
        assert watch(at) == 1
        assert UnusualVolume.objects.get().usual == 3

    def test_the_limits_are_the_partnerships(self, worker: User, at: datetime, settings: Any) -> None:
        settings.UNUSUAL_VOLUME = {"most_in_hour": 2}
        opened(worker, range(1, 4), at)
        assert watch(at) == 1

    def test_is_not_for_people(self, worker: User, at: datetime) -> None:
        assert Permission.AUDIT_WATCH not in worker.permissions


class TestLookInto:
    @pytest.fixture
    def alert(self, worker: User, at: datetime) -> UnusualVolume:
        return services.raise_alert(by=system_actor(), at=at, person=worker, volume=rules.Volume(70, 70))

    def test_keeps_what_was_found_and_by_whom(self, alert: UnusualVolume, ig: User, at: datetime) -> None:
        services.look_into(by=ig, at=at, alert=alert, found="An audit asked for by the board.")
        alert.refresh_from_db()
        assert (alert.looked_into_by, alert.looked_into_at) == (ig, at)
        assert Event.objects.filter(verb="oversight.look_into", actor_id=ig.pk).count() == 1

    def test_stays_as_it_was_written(self, alert: UnusualVolume, ig: User, at: datetime) -> None:
        services.look_into(by=ig, at=at, alert=alert, found="First.")
        with pytest.raises(services.AlreadyLookedInto):
            services.look_into(by=ig, at=at, alert=alert, found="Second.")

    def test_is_not_done_by_whom_it_is_about(self, ig: User, at: datetime) -> None:
        own = services.raise_alert(by=system_actor(), at=at, person=ig, volume=rules.Volume(70, 70))
        with pytest.raises(services.NotByThemselves):
            services.look_into(by=ig, at=at, alert=own, found="Nothing.")

    def test_is_refused_to_a_manager(self, alert: UnusualVolume, manager: User, at: datetime, refusals: Any) -> None:
        with pytest.raises(gate.PermissionDenied):
            services.look_into(by=manager, at=at, alert=alert, found="Nothing.")
        assert refusals("oversight.look_into").exists()
