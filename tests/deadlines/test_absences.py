"""Who is away, who may say so, and who may stand in."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import Role
from deadlines import services
from deadlines.models import Absence
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def record(by: User, at: datetime, *, person: User | None = None, **given: Any) -> Absence:
    given = {"starts_at": at, "ends_at": at + 7 * DAY, "delegate": None, **given}
    return services.record_absence(by=by, at=at, person=person or by, **given)


class TestRecordAbsence:
    def test_ones_own_with_a_colleague_who_stands_in(self, worker: User, at: datetime) -> None:
        colleague = factories.user(team=worker.team)
        absence = record(worker, at, delegate=colleague)
        assert (absence.person, absence.delegate, absence.recorded_by) == (worker, colleague, worker)

    def test_a_managers_for_a_member_of_the_team(self, worker: User, manager: User, at: datetime) -> None:
        assert record(manager, at, person=worker).person == worker

    def test_nobody_elses(self, worker: User, manager: User, stranger: User, at: datetime) -> None:
        for by, person in ((worker, manager), (manager, stranger)):
            with pytest.raises(services.NotYours):
                record(by, at, person=person)

    def test_a_stranger_cannot_stand_in(self, worker: User, stranger: User, at: datetime) -> None:
        inactive = factories.user(team=worker.team, is_active=False)
        reads_nothing = factories.user(team=worker.team, roles=[Role.ADMINISTRATOR])
        for delegate in (stranger, worker, inactive, reads_nothing):
            with pytest.raises(services.CannotStandIn):
                record(worker, at, delegate=delegate)

    def test_ends_after_it_starts_and_in_the_future(self, worker: User, at: datetime) -> None:
        for starts, ends in ((at + DAY, at + DAY), (at - 3 * DAY, at - DAY)):
            with pytest.raises(services.EndsBeforeItStarts):
                record(worker, at, starts_at=starts, ends_at=ends)

    def test_two_do_not_overlap(self, worker: User, at: datetime) -> None:
        record(worker, at)
        with pytest.raises(services.AlreadyAway):
            record(worker, at, starts_at=at + 6 * DAY, ends_at=at + 9 * DAY)
        record(worker, at, starts_at=at + 7 * DAY, ends_at=at + 9 * DAY)
        assert Absence.objects.count() == 2

    def test_not_by_one_who_has_left(self, worker: User, at: datetime) -> None:
        worker.is_active = False
        with pytest.raises(PermissionDenied):
            record(worker, at)


class TestEndAbsence:
    def test_one_that_runs_ends_now(self, worker: User, at: datetime) -> None:
        absence = record(worker, at)
        services.end_absence(by=worker, at=at + DAY, absence=absence)
        assert Absence.objects.get().ends_at == at + DAY

    def test_one_to_come_is_taken_back(self, worker: User, at: datetime) -> None:
        absence = record(worker, at, starts_at=at + DAY)
        services.end_absence(by=worker, at=at, absence=absence)
        assert not Absence.objects.exists()

    def test_nobody_elses(self, worker: User, stranger: User, manager: User, at: datetime) -> None:
        absence = record(worker, at)
        with pytest.raises(services.NotYours):
            services.end_absence(by=stranger, at=at, absence=absence)
        assert services.end_absence(by=manager, at=at + DAY, absence=absence)
