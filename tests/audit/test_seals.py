"""The chain of seals: what its own superuser changes shows, and names itself (ASVS 16.4.2, 16.4.3; domain.md 35)."""

from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from accounts.models import User
from audit import seals, verifying
from audit.models import Event, Payload, Seal, SealedRows
from audit.tasks import seal as tick
from tests import factories
from tests.audit.tampering import as_superuser, fault, record, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(at: datetime, worker: User) -> list[Event]:
    """Three events, the last with a payload, and some histories; sealed."""
    child = factories.child(known_to=worker)
    for name in ("one", "two"):
        record(at, verb=name, child_id=child.pk)
    record(at, verb="three", before={"a": "1"}, after={"a": "2"})
    assert tick() == 1
    return list(Event.objects.order_by("pk"))


class TestSeal:
    def test_is_made_every_minute(self, settings: Any) -> None:
        every = settings.CELERY_BEAT_SCHEDULE["audit-seal"]
        assert (every["task"], every["schedule"]) == (tick.name, 60)

    def test_covers_every_event_and_history_once(self, log: list[Event], at: datetime) -> None:
        record(at, verb="four")
        tick()
        covered = [number for rows in SealedRows.objects.filter(table="audit_event") for number in rows.ids]
        assert sorted(covered) == [*(event.pk for event in log), log[-1].pk + 1]
        assert SealedRows.objects.filter(table="people_childhistory").count() == 1

    def test_follows_the_one_before_it(self, log: list[Event], at: datetime) -> None:
        record(at, verb="four")
        tick()
        first, second = Seal.objects.order_by("pk")
        assert (first.previous, second.previous) == ("", first.digest)
        assert fault() == ""

    def test_is_not_made_where_nothing_is_new(self, log: list[Event]) -> None:
        assert tick() == 0

    def test_holds_no_content(self, log: list[Event]) -> None:
        kept = SealedRows.objects.get(table="people_childhistory")
        assert len(kept.hashes) == 32 * len(kept.ids)

    def test_asvs_16_4_3_is_told_to_the_world_outside(
        self, at: datetime, caplog: pytest.LogCaptureFixture, settings: Any, tmp_path: Path
    ) -> None:
        settings.SEAL_FILE = str(tmp_path / "seals")
        record(at, verb="one")
        with caplog.at_level("INFO", "audit.seal"):
            tick()
        made = Seal.objects.get()
        assert [each.getMessage() for each in caplog.records] == [f"seal 1 {made.digest}"]
        assert seals.exported(Path(settings.SEAL_FILE)) == {1: made.digest}

    def test_what_could_not_be_exported_is_exported_with_the_next(
        self, log: list[Event], at: datetime, settings: Any, tmp_path: Path
    ) -> None:
        settings.SEAL_FILE = str(tmp_path / "seals")
        record(at, verb="four")
        tick()
        assert list(seals.exported(Path(settings.SEAL_FILE))) == [1, 2]

    def test_goes_on_in_the_next_where_there_is_too_much_for_one(
        self, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(seals, "AT_ONCE", 2)
        for number in range(5):
            record(at, verb=str(number))
        tick()
        assert [len(rows.ids) for rows in SealedRows.objects.filter(table="audit_event").order_by("seal")] == [2, 2, 1]
        assert fault() == ""


class TestFirstFault:
    """Each planted by a superuser with every trigger off."""

    def test_there_is_none_in_what_was_only_written(self, log: list[Event]) -> None:
        assert fault() == ""

    def test_asvs_16_4_2_a_changed_event_is_found(self, log: list[Event]) -> None:
        as_superuser("update audit_event set actor_id = 2 where id = %s", log[1].pk)
        assert fault() == f"audit_event {log[1].pk}: was changed after seal 1"

    def test_asvs_16_4_2_a_deleted_event_is_found(self, log: list[Event]) -> None:
        as_superuser("delete from audit_event where id = %s", log[0].pk)
        assert fault() == f"audit_event {log[0].pk}: was deleted after seal 1"

    def test_asvs_16_4_2_a_changed_history_is_found(self, log: list[Event]) -> None:
        as_superuser("update people_childhistory set given_name = 'Eve'")
        assert fault().startswith("people_childhistory ")
        assert fault().endswith("was changed after seal 1")

    def test_asvs_16_4_2_a_deleted_history_is_found(self, log: list[Event]) -> None:
        as_superuser("delete from people_childhistory")
        assert fault().endswith("was deleted after seal 1")

    def test_asvs_16_4_2_a_changed_payload_is_found(self, log: list[Event]) -> None:
        payload = Payload.objects.get()
        as_superuser("""update audit_payload set after = '{"a": "3"}'""")
        assert fault() == f"audit_payload {payload.pk}: was changed; it belongs to event {log[2].pk}"

    def test_asvs_16_4_2_a_deleted_payload_is_found(self, log: list[Event]) -> None:
        as_superuser("delete from audit_payload")
        assert fault() == f"audit_payload: that of event {log[2].pk} was deleted, and nobody ordered it"

    @pytest.mark.parametrize(
        "deed",
        [
            "update audit_seal set digest = repeat('0', 64)",
            "update audit_seal set at = at - interval '1 day'",
            "update audit_sealedrows set last_id = 0, ids = ids[:0]",
        ],
    )
    def test_asvs_16_4_2_a_changed_seal_is_found(self, log: list[Event], deed: str) -> None:
        as_superuser(deed)
        assert fault() == "audit_seal 1: was changed, or the list of rows that it covers"

    def test_asvs_16_4_2_a_deleted_seal_is_found(self, log: list[Event], at: datetime) -> None:
        record(at, verb="four")
        tick()
        as_superuser("delete from audit_sealedrows where seal_id = 1")
        as_superuser("delete from audit_seal where id = 1")
        assert fault() == "audit_seal 1: was deleted"

    def test_asvs_16_4_3_a_chain_written_anew_differs_from_what_was_exported(self, log: list[Event]) -> None:
        exported = {each.pk: each.digest for each in Seal.objects.all()}
        as_superuser("update audit_event set actor_id = 2 where id = %s", log[1].pk)
        as_superuser("delete from audit_sealedrows")
        as_superuser("delete from audit_seal")
        tick()
        assert fault() == ""
        found = str(verifying.first_fault(exported=exported))
        assert found == "audit_seal 1: is not the one that was exported: the chain was written anew"

    def test_asvs_16_4_3_an_end_that_was_cut_off_differs_from_what_was_exported(self, log: list[Event]) -> None:
        found = str(verifying.first_fault(exported={**exported_now(), 2: "0" * 64}))
        assert found == "audit_seal 2: was exported and is gone: the end of the log was cut off"

    def test_a_guard_that_was_taken_away_is_found(self, log: list[Event]) -> None:
        run("set constraints all immediate")
        run("drop trigger audit_event_append_only on audit_event")
        assert fault() == "audit_event: nothing keeps its rows from being changed"

    def test_a_history_that_is_not_written_is_found(self, log: list[Event]) -> None:
        run("set constraints all immediate")
        run("alter table people_child disable trigger user")
        assert fault().startswith("people_child: its trigger ")

    def test_a_column_added_later_changes_nothing(self, log: list[Event]) -> None:
        run("set constraints all immediate")
        run("alter table people_childhistory add column later text not null default 'x'")
        assert fault() == ""

    def test_a_column_taken_away_is_found(self, log: list[Event]) -> None:
        run("set constraints all immediate")
        run("alter table people_childhistory drop column notes")
        assert fault().endswith("seal 1 covers columns of it that are gone")


def exported_now() -> dict[int, str]:
    return {each.pk: each.digest for each in Seal.objects.all()}


class TestDestroyed:
    """Lawful disposal (domain.md 37): two people, a reason, and the chain still holds."""

    def test_the_payload_goes_and_the_chain_holds(self, log: list[Event]) -> None:
        run("select audit_destroy_payload(%s, 1, 2, 'retention is over')", log[2].pk)
        assert not Payload.objects.exists()
        assert fault() == ""
        tick()
        assert fault() == ""

    @pytest.mark.parametrize("people_and_why", [(1, 1, "alone"), (1, 2, "")])
    def test_it_needs_two_people_and_a_reason(self, log: list[Event], people_and_why: Any) -> None:
        with pytest.raises(DatabaseError, match="destruction"), transaction.atomic():
            run("select audit_destroy_payload(%s, %s, %s, %s)", log[2].pk, *people_and_why)
        assert Payload.objects.exists()

    def test_nothing_else_destroys_it(self, log: list[Event]) -> None:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Payload.objects.all().delete()

    def test_an_event_without_payload_has_none_to_destroy(self, log: list[Event]) -> None:
        with pytest.raises(DatabaseError, match="has no payload"), transaction.atomic():
            run("select audit_destroy_payload(%s, 1, 2, 'why')", log[0].pk)


class TestVerifyAudit:
    def test_says_in_one_sentence_that_all_is_well(self, log: list[Event]) -> None:
        said = StringIO()
        call_command("verify_audit", stdout=said)
        assert said.getvalue() == "3 events in 1 seals: all is as written.\n"

    def test_ends_with_an_error_that_names_the_row(self, log: list[Event]) -> None:
        as_superuser("update audit_event set actor_id = 2 where id = %s", log[1].pk)
        with pytest.raises(CommandError, match=f"audit_event {log[1].pk}: was changed") as ended:
            call_command("verify_audit")
        assert ended.value.returncode == 1

    def test_compares_with_the_lines_of_a_log(self, log: list[Event], tmp_path: Path) -> None:
        path = tmp_path / "syslog"
        path.write_text(f"Nov 25 10:00 web INFO audit.seal seal 1 {'0' * 64}\n")
        with pytest.raises(CommandError, match="not the one that was exported"):
            call_command("verify_audit", seals=path)

    def test_refuses_a_file_without_seals(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="holds no seals"):
            call_command("verify_audit", seals=tmp_path / "nothing")
