"""What a task costs beside its work: no connection of its own, and no waiting in a circle for it to be due."""

from celery.fixups.django import DjangoWorkerFixup
from celery.signals import task_prerun
from celery.utils.imports import symbol_by_name
from django.conf import settings
from django.db import connection, connections

from cse import celery
from deadlines import tasks


def backend() -> int:
    """The process of PostgreSQL that answers."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


class TestConnections:
    def test_a_task_finds_the_one_of_the_task_before(self, committed: None) -> None:
        before = backend()
        worker = DjangoWorkerFixup(celery.app)
        worker.on_task_prerun(tasks.sweep)
        worker.on_task_postrun(tasks.sweep)
        assert backend() == before

    def test_one_that_was_lost_meanwhile_is_made_anew(self, committed: None) -> None:
        lost = backend()
        with connections["refusals"].cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s, 5000)", [lost])
        task_prerun.send(sender=tasks.sweep)
        assert backend() != lost


class TestScheduler:
    def test_sleeps_through_the_last_milliseconds_too(self) -> None:
        scheduler = symbol_by_name(settings.CELERY_BEAT_SCHEDULER)(celery.app, lazy=True)
        assert scheduler.adjust(0.005) == 0.005
