"""The sweep: each stage once, told to those it concerns, whatever breaks, changes or was missed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from audit.models import Event
from deadlines import effects, rules, services
from deadlines.models import Beat, Deadline, Heartbeat, Notice, Stage
from deadlines.rules import Kind
from deadlines.services import sweeping
from people.models import Child
from tests import factories
from tests.deadlines.conftest import Sweep

pytestmark = pytest.mark.django_db
AMBER = Kind.REFERRAL_AMBER


def told() -> set[User]:
    return {notice.recipient for notice in Notice.objects.all()}


class TestSweep:
    def test_tells_the_team_at_the_warning_and_at_the_breach_once_each(
        self, deadline: Deadline, worker: User, at: datetime, sweep: Sweep
    ) -> None:
        assert sweep(at + timedelta(hours=1)) == 0
        assert sweep(at + timedelta(hours=20)) == 1
        assert sweep(at + timedelta(hours=21)) == 0
        assert sweep(at + timedelta(hours=25)) == 1
        assert [stage.name for stage in Stage.objects.order_by("pk")] == ["4h", "breach"]
        assert Notice.objects.filter(recipient=worker).count() == 2

    def test_catches_up_after_a_week_without_a_tick_in_order_and_says_it_once(
        self, deadline: Deadline, at: datetime, sweep: Sweep
    ) -> None:
        assert sweep(at + timedelta(days=7)) == 2
        text = Notice.objects.get().text
        assert "overdue by 6 days" in text
        assert "Told late" in text
        stages = Stage.objects.order_by("pk")
        assert [(stage.name, stage.late) for stage in stages] == [("4h", True), ("breach", True)]
        assert (stages[1].fell_at, stages[1].noticed_at) == (deadline.due_at, at + timedelta(days=7))

    def test_noticed_within_minutes_is_not_late(self, deadline: Deadline, at: datetime, sweep: Sweep) -> None:
        sweep(at + timedelta(hours=20, seconds=30))
        assert not Stage.objects.get().late

    def test_tells_the_person_named_alone(
        self, deadline: Deadline, child: Child, worker: User, at: datetime, sweep: Sweep
    ) -> None:
        colleague = factories.user(team=worker.team)
        services.assign(subject=child, owner=colleague)
        sweep(at + timedelta(hours=25))
        assert told() == {colleague}

    def test_tells_the_person_named_of_another_team_who_knows_the_child(
        self, deadline: Deadline, child: Child, at: datetime, sweep: Sweep
    ) -> None:
        interviewer = factories.user(team=factories.team())
        factories.let_know(child, interviewer)
        services.assign(subject=child, owner=interviewer)
        sweep(at + timedelta(hours=25))
        assert told() == {interviewer}

    def test_tells_the_team_where_the_person_named_no_longer_knows_the_child(
        self, deadline: Deadline, child: Child, worker: User, at: datetime, sweep: Sweep
    ) -> None:
        former = factories.user(team=factories.team())
        factories.let_know(child, former, until=at)
        services.assign(subject=child, owner=former)
        sweep(at + timedelta(hours=25))
        assert told() == {worker}

    def test_tells_the_team_when_the_person_named_has_left(
        self, deadline: Deadline, child: Child, worker: User, at: datetime, sweep: Sweep
    ) -> None:
        services.assign(subject=child, owner=factories.user(team=worker.team, is_active=False))
        sweep(at + timedelta(hours=25))
        assert told() == {worker}

    def test_tells_nobody_who_reads_no_childs_record(
        self, deadline: Deadline, worker: User, at: datetime, sweep: Sweep
    ) -> None:
        """domain.md 35."""
        factories.user(team=worker.team, roles=[Role.ADMINISTRATOR, Role.SEMT_MEMBER])
        sweep(at + timedelta(hours=25))
        assert told() == {worker}

    def test_tells_the_co_ordinators_where_nobody_is_left(
        self, deadline: Deadline, worker: User, at: datetime, sweep: Sweep
    ) -> None:
        User.objects.filter(pk=worker.pk).update(is_active=False)
        coordinator = factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])
        sweep(at + timedelta(hours=20))
        assert told() == {coordinator}

    def test_says_so_where_there_is_nobody_at_all(
        self, deadline: Deadline, worker: User, at: datetime, sweep: Sweep, caplog: pytest.LogCaptureFixture
    ) -> None:
        User.objects.filter(pk=worker.pk).update(is_active=False)
        assert sweep(at + timedelta(hours=20)) == 1
        assert "nobody to tell" in caplog.text

    def test_tells_of_an_interview_everyone_whom_the_rules_name(
        self, worker: User, manager: User, child: Child, at: datetime, sweep: Sweep
    ) -> None:
        """domain.md 12: warnings to owner and manager, the breach to the co-ordinator and the CMOG list as well."""
        coordinator, chair = (
            factories.user(team=factories.team(), roles=[role]) for role in (Role.CSE_COORDINATOR, Role.CMOG_CHAIR)
        )
        factories.user(team=factories.team(), roles=[Role.CMOG_CHAIR])  # who does not know the child
        factories.let_know(child, chair)
        assert worker.team
        subject: Any = {"subject": child, "child": child, "owner_team": worker.team}
        services.start(Kind.RETURN_INTERVIEW, started_at=at, owner=worker, **subject)
        sweep(at + timedelta(hours=24))
        assert told() == {worker, manager}
        sweep(at + timedelta(hours=72))
        assert told() == {worker, manager, coordinator, chair}
        assert not Notice.objects.filter(in_digest=True).exists()

    def test_a_warning_waits_for_the_digest_of_who_chose_it_and_the_breach_does_not(
        self, deadline: Deadline, worker: User, at: datetime, sweep: Sweep
    ) -> None:
        User.objects.update(daily_digest=True)
        sweep(at + timedelta(hours=20))
        sweep(at + timedelta(hours=24))
        assert [notice.in_digest for notice in Notice.objects.order_by("pk")] == [True, False]

    def test_names_no_child(self, deadline: Deadline, child: Child, at: datetime, sweep: Sweep) -> None:
        sweep(at + timedelta(days=7))
        for notice in Notice.objects.all():
            assert child.given_name not in notice.text
            assert child.reference in notice.text

    def test_leaves_a_kind_that_this_release_does_not_know(
        self, deadline: Deadline, at: datetime, sweep: Sweep
    ) -> None:
        Deadline.objects.update(kind="of_the_next_release")
        assert sweep(at + timedelta(days=7)) == 0
        assert Deadline.objects.get().next_fire_at

    def test_goes_on_in_batches(
        self, worker: User, child: Child, at: datetime, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sweeping, "BATCH", 2)
        assert worker.team
        for _ in range(5):
            other = factories.child(known_to=worker.team)
            services.start(AMBER, subject=other, child=other, started_at=at, owner_team=worker.team)
        assert sweep(at + timedelta(hours=20)) == 5

    def test_a_changed_rule_holds_for_what_is_open(
        self, deadline: Deadline, system: User, at: datetime, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was claimed under the old rule stands; a warning that is new and has come is told once."""
        sweep(at + timedelta(hours=20))
        changed = replace(rules.CLOCKS[AMBER], warns=(timedelta(hours=6), timedelta(hours=2)))
        monkeypatch.setattr(rules, "CLOCKS", {**rules.CLOCKS, AMBER: changed})
        monkeypatch.setattr("deadlines.models.CLOCKS", rules.CLOCKS)
        assert services.heal(by=system, at=at + timedelta(hours=21)) == 1
        assert sweep(at + timedelta(hours=21)) == 1
        assert sweep(at + timedelta(hours=22)) == 1
        assert set(Stage.objects.values_list("name", flat=True)) == {"4h", "6h", "2h"}


class TestPoison:
    @pytest.fixture
    def poisoned(self, deadline: Deadline, worker: User) -> Iterator[Deadline]:
        """A second promise, whose notices cannot be written."""
        assert worker.team
        other = factories.child(known_to=worker.team)
        made = services.start(AMBER, subject=other, child=other, started_at=deadline.started_at, owner_team=worker.team)
        written = sweeping._notices

        def fails(falling: sweeping.Falling, *args: Any) -> list[Notice]:
            if falling.deadline.pk == made.pk:
                raise ZeroDivisionError
            return written(falling, *args)

        with mock.patch.object(sweeping, "_notices", fails):
            yield made

    def test_holds_up_no_other_and_is_tried_again(
        self, poisoned: Deadline, deadline: Deadline, at: datetime, sweep: Sweep, caplog: pytest.LogCaptureFixture
    ) -> None:
        due = at + timedelta(hours=20)
        assert sweep(due) == 1
        assert Stage.objects.get().deadline == deadline
        assert f"Deadline {poisoned.pk} cannot be swept" in caplog.text
        assert sweep(due) == 0
        poisoned.refresh_from_db()
        assert poisoned.next_fire_at == due + sweeping.TRIED_AGAIN_AFTER
        with mock.patch.object(sweeping, "_notices", return_value=[]):
            assert sweep(due + sweeping.TRIED_AGAIN_AFTER) == 1

    def test_one_that_was_closed_meanwhile_is_left_alone(self, poisoned: Deadline, at: datetime, sweep: Sweep) -> None:
        """It would be wrong to let it fall again, and the database would refuse."""

        def closes_and_fails(falling: list[Any], _at: datetime) -> None:
            raise ZeroDivisionError

        def close(*_: Any, **__: Any) -> None:
            Deadline.objects.update(voided_at=at, next_fire_at=None)

        with (
            mock.patch.object(sweeping, "_claim", closes_and_fails),
            mock.patch.object(sweeping.logger, "exception", close),
        ):
            assert sweep(at + timedelta(hours=20)) == 0

    def test_an_effect_that_fails_keeps_nobody_from_being_told(
        self, deadline: Deadline, at: datetime, sweep: Sweep, effect: mock.Mock, caplog: pytest.LogCaptureFixture
    ) -> None:
        effect.side_effect = ZeroDivisionError
        assert sweep(at + timedelta(hours=24)) == 2
        assert Notice.objects.exists()
        assert f"the breach of deadline {deadline.pk} failed" in caplog.text


class TestFire:
    def test_belongs_to_the_system_alone(self, deadline: Deadline, worker: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.fire(by=worker, at=at + timedelta(days=7), only=[deadline.pk])
        assert not Stage.objects.exists()

    def test_twice_is_once(self, deadline: Deadline, system: User, at: datetime) -> None:
        due = at + timedelta(hours=20)
        assert services.fire(by=system, at=due, only=[deadline.pk]) == (1, 1)
        assert services.fire(by=system, at=due, only=[deadline.pk]) == (0, 0)

    def test_leaves_what_was_kept_between_the_look_and_the_lock(
        self, deadline: Deadline, child: Child, system: User, at: datetime
    ) -> None:
        services.meet(AMBER, subject=child, at=at)
        assert services.fire(by=system, at=at + timedelta(hours=25), only=[deadline.pk]) == (0, 0)

    def test_does_at_the_breach_what_the_rooms_above_ask_for(
        self, deadline: Deadline, system: User, at: datetime, effect: mock.Mock
    ) -> None:
        services.fire(by=system, at=at + timedelta(hours=20), only=[deadline.pk])
        effect.assert_not_called()
        services.fire(by=system, at=at + timedelta(hours=24), only=[deadline.pk])
        effect.assert_called_once_with(deadline, system, at + timedelta(hours=24))


class TestHeal:
    def test_a_lost_moment_is_found_again(self, deadline: Deadline, system: User, at: datetime, sweep: Sweep) -> None:
        Deadline.objects.update(next_fire_at=None)
        assert sweep(at + timedelta(hours=20)) == 0
        assert services.heal(by=system, at=at + timedelta(hours=20)) == 1
        assert sweep(at + timedelta(hours=20)) == 1

    def test_changes_nothing_that_is_right(
        self, deadline: Deadline, child: Child, system: User, at: datetime, sweep: Sweep
    ) -> None:
        assert services.heal(by=system, at=at) == 0
        sweep(at + timedelta(hours=24))
        assert services.heal(by=system, at=at) == 0
        services.meet(AMBER, subject=child, at=at + timedelta(hours=30))
        assert services.heal(by=system, at=at) == 0

    def test_what_fails_in_one_room_holds_up_no_other(
        self, deadline: Deadline, system: User, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second = mock.Mock(side_effect=ZeroDivisionError, __module__="a"), mock.Mock(__module__="b")
        monkeypatch.setattr(effects, "_HEALERS", [])
        effects.on_heal(first)
        effects.on_heal(second)
        Deadline.objects.update(next_fire_at=None)
        assert services.heal(by=system, at=at) == 1
        second.assert_called_once_with(system, at)


class TestBeat:
    def test_says_how_far_the_clocks_differ(self, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
            now = cursor.fetchone()[0]
        for minutes in (0, 3):
            skew = services.beat(Beat.TICK, at=now + timedelta(minutes=minutes))
            assert abs(skew - timedelta(minutes=minutes)) < timedelta(seconds=5)
        assert Heartbeat.objects.get().skew_seconds == pytest.approx(180, abs=5)

    def test_writes_nothing_to_the_log(self, at: datetime, db: None) -> None:
        services.beat(Beat.SWEEP, at=at)
        assert not Event.objects.exists()
