"""What the scheduler ticks: all of it idempotent, and nothing while the clocks disagree."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from celery import current_app
from celery.signals import beat_init
from django.conf import settings

from accounts.models import User
from audit.models import Event
from cse import celery
from deadlines import rules, services, tasks
from deadlines.models import Beat, Deadline, Heartbeat, Notice, Stage
from tests import factories

pytestmark = pytest.mark.django_db
NAMES = ["sweep", "deliver", "heal", "deliver_digests"]


@pytest.fixture
def overdue(deadline: Deadline) -> Deadline:
    """By the real clock, which the tasks read."""
    long_ago = tasks.timezone.now() - timedelta(days=30)
    rows = Deadline.objects.filter(pk=deadline.pk)
    rows.update(started_at=long_ago, due_at=long_ago, watched_from=long_ago, next_fire_at=long_ago)
    return deadline


class TestSchedule:
    @pytest.mark.parametrize("name", NAMES)
    def test_each_is_ticked_and_a_tick_that_waited_too_long_is_dropped(self, name: str) -> None:
        entry = settings.CELERY_BEAT_SCHEDULE[f"deadlines-{name}"]
        assert entry["options"]["expires"] == entry["schedule"]
        assert entry["task"] in current_app.tasks

    def test_the_sweep_comes_every_half_minute(self) -> None:
        assert settings.CELERY_BEAT_SCHEDULE["deadlines-sweep"]["schedule"] == 30

    @pytest.mark.parametrize("name", NAMES)
    def test_twice_is_once(self, overdue: Deadline, name: str) -> None:
        getattr(tasks, name)()
        before = (Stage.objects.count(), Notice.objects.count(), Notice.objects.exclude(sent_at=None).count())
        getattr(tasks, name)()
        assert before == (Stage.objects.count(), Notice.objects.count(), Notice.objects.exclude(sent_at=None).count())


class TestSweep:
    def test_claims_and_leaves_a_sign_of_life(self, overdue: Deadline) -> None:
        assert tasks.sweep() == 2
        assert set(Heartbeat.objects.values_list("name", flat=True)) == {Beat.TICK, Beat.SWEEP}

    def test_writes_nothing_else_where_nothing_is_due(self, deadline: Deadline) -> None:
        Deadline.objects.update(next_fire_at=tasks.timezone.now() + timedelta(days=1))
        assert tasks.sweep() == 0
        assert not Event.objects.exists()

    @pytest.mark.parametrize("minutes", [-2, 2])
    def test_nothing_is_swept_while_the_clocks_disagree(
        self, overdue: Deadline, minutes: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        wrong = tasks.timezone.now() + timedelta(minutes=minutes)
        with mock.patch.object(tasks.timezone, "now", return_value=wrong):
            assert tasks.sweep() == 0
        assert not Stage.objects.exists()
        assert "Nothing is swept" in caplog.text
        assert [beat.name for beat in Heartbeat.objects.all()] == [Beat.TICK]

    def test_one_that_breaks_off_is_no_sign_of_life(self, overdue: Deadline) -> None:
        with mock.patch.object(services, "pass_on", side_effect=ZeroDivisionError), pytest.raises(ZeroDivisionError):
            tasks.sweep()
        assert [beat.name for beat in Heartbeat.objects.all()] == [Beat.TICK]


class TestHeal:
    def test_mends(self, overdue: Deadline) -> None:
        Deadline.objects.update(next_fire_at=None)
        assert tasks.heal() == 1


class TestDeliver:
    def test_sends(self, worker: User, mailoutbox: Any) -> None:
        services.notify([worker], key="x", text="Something waits", path="/", at=tasks.timezone.now())
        assert tasks.deliver() == 1
        assert len(mailoutbox) == 1


class TestDeliverDigests:
    def test_sends(self, mailoutbox: Any) -> None:
        reader = factories.user(daily_digest=True)
        told = rules.last_digest(tasks.timezone.now()) - timedelta(hours=1)
        services.notify([reader], key="x", text="Something waits", path="/", at=told)
        assert tasks.deliver_digests() == 1
        assert len(mailoutbox) == 1


class TestSweepAtOnce:
    def test_a_scheduler_that_starts_asks_for_a_sweep(self) -> None:
        """Until its first tick, half a minute later, nobody would watch the deadlines."""
        with mock.patch.object(celery.app, "send_task") as sent:
            beat_init.send(sender=None)
        sent.assert_called_once_with("deadlines.tasks.sweep", expires=30)
