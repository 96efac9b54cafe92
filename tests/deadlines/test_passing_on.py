"""What nobody opens goes to the manager; what comes while one is away goes to the delegate; nothing goes in circles."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import Role
from deadlines import services
from deadlines.models import Absence, Deadline, Notice
from deadlines.rules import Kind
from people.models import Child
from tests import factories
from tests.deadlines.conftest import Sweep

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def away(person: User, at: datetime, *, delegate: User | None = None, for_: timedelta = 30 * DAY) -> Absence:
    given: dict[str, Any] = {"recorded_by": person, "recorded_at": at, "delegate": delegate}
    return Absence.objects.create(person=person, starts_at=at, ends_at=at + for_, **given)


def tell(person: User, at: datetime, **options: Any) -> Notice:
    services.notify([person], key="test", text="Something waits", path="/", at=at, **options)
    return Notice.objects.get(key=f"test:{person.pk}")


def told() -> list[User]:
    """Whom it was passed on to, in order."""
    return [notice.recipient for notice in Notice.objects.filter(key__startswith="passed:").order_by("pk")]


class TestPassOn:
    def test_the_manager_hears_of_what_stays_unopened(
        self, deadline: Deadline, child: Child, worker: User, manager: User, system: User, at: datetime, sweep: Sweep
    ) -> None:
        services.assign(subject=child, owner=worker)
        warned = at + 20 * HOUR
        sweep(warned)
        assert services.pass_on(by=system, at=warned + 23 * HOUR) == 0
        assert services.pass_on(by=system, at=warned + 24 * HOUR) == 1
        assert services.pass_on(by=system, at=warned + 25 * HOUR) == 0
        passed = Notice.objects.get(recipient=manager)
        assert f"{worker} has not opened it" in passed.text
        assert passed.escalate_at
        assert Notice.objects.get(recipient=worker).passed_on_at == warned + 24 * HOUR

    def test_what_was_opened_or_done_with_is_nobodys_business(
        self, deadline: Deadline, child: Child, worker: User, manager: User, system: User, at: datetime, sweep: Sweep
    ) -> None:
        services.assign(subject=child, owner=worker)
        sweep(at + 20 * HOUR)
        services.meet(Kind.REFERRAL_AMBER, subject=child, at=at + 21 * HOUR)
        services.pass_on(by=system, at=at + 5 * DAY)
        opened = tell(worker, at, unopened=HOUR)
        services.open_notice(by=worker, at=at, notice=opened)
        services.pass_on(by=system, at=at + 5 * DAY)
        assert told() == []
        assert Notice.objects.filter(passed_on_at=None).count() == 2

    def test_the_co_ordinators_hear_where_the_team_has_no_other_manager(
        self, worker: User, manager: User, system: User, at: datetime
    ) -> None:
        coordinator = factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])
        factories.user(team=factories.team(), roles=[Role.TEAM_MANAGER])
        tell(manager, at, unopened=HOUR)
        services.pass_on(by=system, at=at + HOUR)
        assert told() == [coordinator]

    def test_of_a_promise_the_managers_of_the_team_that_owes_it_hear(
        self, deadline: Deadline, child: Child, manager: User, system: User, at: datetime, sweep: Sweep
    ) -> None:
        """Those of the team where the person named works may not open it."""
        elsewhere = factories.team()
        factories.user(team=elsewhere, roles=[Role.TEAM_MANAGER])
        interviewer = factories.user(team=elsewhere)
        factories.let_know(child, interviewer)
        services.assign(subject=child, owner=interviewer)
        sweep(at + 20 * HOUR)
        services.pass_on(by=system, at=at + 44 * HOUR)
        away(interviewer, at + 20 * HOUR)
        sweep(at + 24 * HOUR)
        services.pass_on(by=system, at=at + 25 * HOUR)
        assert {*told()} == {manager}

    def test_a_person_without_a_team_has_no_manager_elsewhere(self, manager: User, system: User, at: datetime) -> None:
        coordinator = factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])
        tell(factories.user(), at, unopened=HOUR)
        services.pass_on(by=system, at=at + HOUR)
        assert told() == [coordinator]

    def test_two_who_open_nothing_do_not_pass_it_to_and_fro(self, system: User, at: datetime) -> None:
        pair = [factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR]) for _ in range(2)]
        notice = tell(pair[0], at, unopened=HOUR)
        for hours in range(1, 10):
            Notice.objects.filter(escalate_at=None, read_at=None, passed_on_at=None).update(escalate_at=at)
            services.pass_on(by=system, at=at + hours * HOUR)
        assert told() == [pair[1]]
        assert Notice.objects.get(recipient=pair[1]).origin == notice

    def test_does_nothing_where_nothing_waits(self, system: User, at: datetime, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(2):
            assert services.pass_on(by=system, at=at) == 0


class TestPassOnBatch:
    def test_belongs_to_the_system_alone(self, worker: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.pass_on_batch(by=worker, at=at)

    def test_what_comes_while_one_is_away_goes_to_the_delegate_at_once(
        self, worker: User, manager: User, system: User, at: datetime
    ) -> None:
        delegate = factories.user(team=worker.team)
        away(worker, at, delegate=delegate)
        tell(worker, at + DAY, unopened=HOUR)
        assert services.pass_on_batch(by=system, at=at + DAY) == 1
        assert services.pass_on_batch(by=system, at=at + DAY) == 0
        assert told() == [delegate]
        assert "is away" in Notice.objects.get(recipient=delegate).text

    def test_to_the_manager_where_no_delegate_is_there(
        self, worker: User, manager: User, system: User, at: datetime
    ) -> None:
        gone = factories.user(team=worker.team, is_active=False)
        away(worker, at, delegate=gone)
        tell(worker, at)
        services.pass_on_batch(by=system, at=at)
        assert told() == [manager]

    def test_what_one_had_before_stays(self, worker: User, manager: User, system: User, at: datetime) -> None:
        tell(worker, at)
        away(worker, at + HOUR)
        assert services.pass_on(by=system, at=at + DAY) == 0

    def test_nothing_is_passed_on_before_or_after(
        self, worker: User, manager: User, system: User, at: datetime
    ) -> None:
        away(worker, at, for_=DAY)
        tell(worker, at)
        assert services.pass_on(by=system, at=at - HOUR) == 0
        assert services.pass_on(by=system, at=at + DAY) == 0

    def test_two_who_stand_in_for_each_other_and_are_both_away(
        self, worker: User, manager: User, system: User, at: datetime
    ) -> None:
        colleague = factories.user(team=worker.team)
        away(worker, at, delegate=colleague)
        away(colleague, at, delegate=worker)
        tell(worker, at)
        assert services.pass_on(by=system, at=at) == 1
        assert told() == [manager]

    def test_ends_where_everybody_is_away(self, worker: User, manager: User, system: User, at: datetime) -> None:
        coordinators = [factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR]) for _ in range(2)]
        for person in (worker, manager, *coordinators):
            away(person, at)
        tell(worker, at)
        services.pass_on(by=system, at=at)
        assert set(told()) == set(coordinators)

    def test_says_so_where_there_is_nobody_to_tell(
        self, worker: User, system: User, at: datetime, caplog: pytest.LogCaptureFixture
    ) -> None:
        away(worker, at)
        notice = tell(worker, at)
        services.pass_on(by=system, at=at)
        assert f"Notice {notice.pk} cannot be passed on: nobody is there" in caplog.text

    def test_an_urgent_one_stays_urgent(self, worker: User, manager: User, system: User, at: datetime) -> None:
        User.objects.update(daily_digest=True)
        away(worker, at)
        tell(User.objects.get(pk=worker.pk), at, urgent=True)
        services.pass_on(by=system, at=at)
        assert not Notice.objects.get(recipient=manager).in_digest
