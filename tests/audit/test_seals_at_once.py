"""Seals and transactions that end when they please: what is committed late is sealed next, what is planted is found."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from audit import seals
from audit.models import Event, Seal, SealedRows
from audit.tasks import seal as tick
from tests.audit.tampering import as_superuser, fault, record, run


class TestTwoAtOnce:
    """What is committed late is in the next seal; a second scheduler does nothing."""

    @pytest.fixture
    def running(self, committed: None) -> Any:
        """A second connection, in which something is done and not yet ended."""
        go_on, done = threading.Event(), threading.Event()

        def start(work: Any) -> None:
            def body() -> None:
                with transaction.atomic():
                    work()
                    done.set()
                    go_on.wait(10)
                connection.close()

            thread = threading.Thread(target=body)
            thread.start()
            start.end = lambda: (go_on.set(), thread.join())  # type: ignore[attr-defined]
            assert done.wait(10)

        return start

    def test_a_late_commit_is_in_the_next(self, running: Any, at: datetime) -> None:
        running(lambda: record(at, verb="late"))
        record(at, verb="early")
        tick()
        running.end()
        assert tick() == 1
        covered = {number for rows in SealedRows.objects.filter(table="audit_event") for number in rows.ids}
        assert covered == set(Event.objects.values_list("pk", flat=True))
        assert len(covered) == 2
        assert fault() == ""

    def test_while_one_seals_another_has_nothing_to_do(self, running: Any, at: datetime) -> None:
        record(at, verb="one")
        running(lambda: run("select audit_seal_new(100)"))
        assert tick() == 0
        running.end()
        assert Seal.objects.count() == 1


class TestInserted:
    def test_asvs_16_4_2_an_event_put_in_after_its_time_is_found(self, committed: None, at: datetime) -> None:
        """Ten minutes after the seal nothing can still be under way: its clock is set back, and its newest transaction.

        Else it would wait for those of the tests that other processes run.
        """
        for number in range(3):
            record(at, verb=str(number))
        tick()
        made = Seal.objects.get()
        made.at, made.newest_transaction = made.at - timedelta(minutes=11), 1
        rows = list(made.tables.all())
        as_superuser(
            "update audit_seal set at = %s, newest_transaction = %s, digest = %s",
            made.at,
            made.newest_transaction,
            seals.digest_of(made, rows),
        )
        first = Event.objects.earliest("pk").pk
        as_superuser(
            "insert into audit_event (id, at, actor_id, verb, subject_type, reason, payload_sha256)"
            " values (%s, now(), 1, 'planted', '', '', '')",
            first - 1,
        )
        assert fault() == f"audit_event {first - 1}: was put in after its time: no seal covers it"
