"""The one door: permitted, locked, recorded; refusals remembered although their request is rolled back."""

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from accounts import gate, policy
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from audit.models import Event, Payload
from people.models import Child
from tests import factories

pytestmark = pytest.mark.django_db


@gate.command(Permission.CHILD_CORRECT, on="child")
def rename(*, by: User, at: datetime, child: Child, name: str) -> Child:
    child.given_name = name
    child.save(update_fields=["given_name"])
    return child


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every look through the policy at one record."""
    made: list[Any] = []
    find = policy.find
    monkeypatch.setattr(policy, "find", lambda *args, **options: made.append(args) or find(*args, **options))
    return made


class TestCommand:
    def test_records_who_did_what_with_only_what_changed(self, worker: User, at: datetime) -> None:
        child = factories.child(known_to=worker.team, given_name="Ann")
        rename(by=worker, at=at, child=child, name="Anne")
        event = Event.objects.get(verb="tests.rename")
        assert (event.actor_id, event.child_id, event.at) == (worker.pk, child.pk, at)
        assert event.payload.before["given_name"] == "Ann"
        assert event.payload.after["given_name"] == "Anne"
        assert "family_name" not in event.payload.after

    def test_is_refused_and_remembered_when_the_child_is_not_theirs(
        self, stranger: User, worker: User, at: datetime, refusals: Any
    ) -> None:
        child = factories.child(known_to=worker.team, given_name="Ann")
        with pytest.raises(PermissionDenied):
            rename(by=stranger, at=at, child=child, name="Anne")
        assert refusals("tests.rename").get().child_id == child.pk
        child.refresh_from_db()
        assert child.given_name == "Ann"

    def test_a_refusal_outlives_the_rollback_of_its_request(self, stranger: User, at: datetime, refusals: Any) -> None:
        child = factories.child()
        with pytest.raises(PermissionDenied), transaction.atomic():
            rename(by=stranger, at=at, child=child, name="Anne")
        assert refusals("tests.rename").count() == 1

    def test_without_a_record_it_is_refused(self, worker: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            rename(by=worker, at=at, child=None, name="Anne")  # type: ignore[arg-type]

    def test_another_record_made_is_recorded_whole(self, worker: User, at: datetime) -> None:
        child, other = (factories.child(known_to=worker.team, given_name=name) for name in ("Ann", "Bea"))

        @gate.command(Permission.CHILD_CORRECT, on="child")
        def copy(*, by: User, at: datetime, child: Child) -> Child:
            other.given_name = child.given_name
            other.save()
            return other

        made = copy(by=worker, at=at, child=child)
        event = Event.objects.get(verb="tests.copy")
        assert (event.subject_id, event.payload.before) == (made.pk, {})
        assert event.payload.after["given_name"] == "Ann"

    def test_leaves_nothing_when_the_service_fails(self, worker: User, at: datetime) -> None:
        child = factories.child(known_to=worker.team)
        with pytest.raises(DatabaseError):
            rename(by=worker, at=at, child=child, name="x" * 1000)
        assert not Event.objects.filter(verb="tests.rename").exists()


class TestCommandWithinACommand:
    """Both are recorded; the record that the outer one holds is not read again; what the inner refuses undoes both."""

    @staticmethod
    def make(inner: Any) -> Any:
        @gate.command(Permission.CHILD_CORRECT, on="child")
        def outer(*, by: User, at: datetime, child: Child, within: User) -> Child:
            child.given_name = "Anne"
            child.save(update_fields=["given_name"])
            inner(by=within, at=at, child=child)
            return child

        return outer

    @staticmethod
    @gate.command(Permission.CHILD_CORRECT, on="child")
    def look(*, by: User, at: datetime, child: Child) -> Child:
        return child

    @staticmethod
    @gate.command(Permission.CHILD_CORRECT, on="child")
    def never(*, by: User, at: datetime, child: Child) -> Child:
        raise Refusal("Never.")

    def test_both_are_recorded_and_the_record_is_read_once(self, worker: User, at: datetime, looks: list[Any]) -> None:
        child = factories.child(known_to=worker.team, given_name="Ann")
        with CaptureQueriesContext(connection) as captured:
            self.make(self.look)(by=worker, at=at, child=child, within=worker)
        assert len(looks) == 1
        assert sum(query["sql"].startswith("SAVEPOINT") for query in captured) == 1
        assert set(Event.objects.values_list("verb", flat=True)) >= {"tests.outer", "tests.look"}

    def test_a_refusal_undoes_both_and_the_page_can_still_be_shown(self, worker: User, at: datetime) -> None:
        child = factories.child(known_to=worker.team, given_name="Ann")
        with pytest.raises(Refusal):
            self.make(self.never)(by=worker, at=at, child=child, within=worker)
        child.refresh_from_db()
        assert child.given_name == "Ann"
        assert not Event.objects.filter(verb__startswith="tests.").exists()

    def test_what_another_person_does_within_it_is_permitted_anew(
        self, worker: User, stranger: User, at: datetime
    ) -> None:
        child = factories.child(known_to=worker.team, given_name="Ann")
        with pytest.raises(PermissionDenied):
            self.make(self.look)(by=worker, at=at, child=child, within=stranger)


class TestFetch:
    def test_returns_the_record_and_records_the_look(self, worker: User, at: datetime) -> None:
        child = factories.child(known_to=worker.team)
        assert gate.fetch(worker, Child, permission=Permission.CHILD_VIEW, at=at, pk=child.pk) == child
        assert Event.objects.get(verb="people.child.view").child_id == child.pk

    def test_is_recorded_in_its_own_transaction(self, worker: User, at: datetime) -> None:
        child = factories.child(known_to=worker.team)
        with transaction.atomic():
            gate.fetch(worker, Child, permission=Permission.CHILD_VIEW, at=at, pk=child.pk)
            assert Event.objects.filter(verb="people.child.view").exists()
            transaction.set_rollback(True)
        assert not Event.objects.filter(verb="people.child.view").exists()

    def test_is_404_for_a_stranger_and_remembered(self, stranger: User, at: datetime, refusals: Any) -> None:
        child = factories.child()
        with pytest.raises(Http404):
            gate.fetch(stranger, Child, permission=Permission.CHILD_VIEW, at=at, pk=child.pk)
        assert refusals("people.child.view").get().subject_id == child.pk

    def test_a_personal_grant_that_has_run_out_shows_nothing(self, stranger: User, at: datetime) -> None:
        child = factories.child()
        factories.let_know(child, stranger, until=datetime.fromisoformat("2020-01-01T00:00:00+00:00"))
        with pytest.raises(Http404):
            gate.fetch(stranger, Child, permission=Permission.CHILD_VIEW, at=at, pk=child.pk)

    def test_somebody_who_left_sees_nothing(self, worker: User, at: datetime) -> None:
        child = factories.child(known_to=worker.team)
        worker.is_active = False
        with pytest.raises(Http404):
            gate.fetch(worker, Child, permission=Permission.CHILD_VIEW, at=at, pk=child.pk)


class TestFetchWithLock:
    """For a form that is sent: what the look has locked the next command need not lock again."""

    def test_the_next_command_uses_it_and_the_one_after_looks_again(
        self, worker: User, at: datetime, looks: list[Any]
    ) -> None:
        pk = factories.child(known_to=worker.team, given_name="Ann").pk
        child = gate.fetch(worker, Child, permission=Permission.CHILD_CORRECT, at=at, pk=pk, lock=True)
        rename(by=worker, at=at, child=child, name="Anne")
        assert len(looks) == 1
        rename(by=worker, at=at, child=child, name="Anna")
        assert len(looks) == 2
        assert [each.before["given_name"] for each in Payload.objects.order_by("pk")] == ["Ann", "Anne"]

    def test_what_a_refused_command_did_to_it_is_not_seen_on_the_page(self, worker: User, at: datetime) -> None:
        @gate.command(Permission.CHILD_CORRECT, on="child")
        def refuse(*, by: User, at: datetime, child: Child) -> Child:
            child.given_name = "Nobody"
            raise Refusal("No.")

        pk = factories.child(known_to=worker.team, given_name="Ann").pk
        child = gate.fetch(worker, Child, permission=Permission.CHILD_CORRECT, at=at, pk=pk, lock=True)
        with pytest.raises(Refusal):
            refuse(by=worker, at=at, child=child)
        assert child.given_name == "Ann"

    def test_another_person_must_be_permitted_themselves(self, worker: User, stranger: User, at: datetime) -> None:
        pk = factories.child(known_to=worker.team).pk
        child = gate.fetch(worker, Child, permission=Permission.CHILD_CORRECT, at=at, pk=pk, lock=True)
        with pytest.raises(PermissionDenied):
            rename(by=stranger, at=at, child=child, name="Anne")

    def test_a_lock_does_not_outlive_its_transaction(self, worker: User, at: datetime, looks: list[Any]) -> None:
        pk = factories.child(known_to=worker.team).pk
        with transaction.atomic():
            child = gate.fetch(worker, Child, permission=Permission.CHILD_CORRECT, at=at, pk=pk, lock=True)
        rename(by=worker, at=at, child=child, name="Anne")
        assert len(looks) == 2


class TestSearched:
    def test_keeps_the_terms_and_what_was_shown_where_disposal_can_destroy_them(
        self, worker: User, at: datetime
    ) -> None:
        child = factories.child()
        terms = {"family_name": "Jones", "date_of_birth": child.date_of_birth, "upn": None}
        gate.searched(worker, verb="people.find", at=at, terms=terms, shown=[child])
        event = Event.objects.get(verb="people.find")
        assert (event.actor_id, event.child_id, event.reason) == (worker.pk, None, "")
        assert event.payload.after["terms"] == {"family_name": "Jones", "date_of_birth": "2012-03-27"}
        assert event.payload.after["shown"] == [f"people.child:{child.pk}"]

    def test_takes_what_only_a_machine_types(self, worker: User, at: datetime) -> None:
        gate.searched(worker, verb="people.find", at=at, terms={"name": "a\0b\ud800"})
        assert Event.objects.get(verb="people.find").payload.after["terms"] == {"name": "a\ufffdb\ufffd"}


class TestLog:
    @pytest.mark.parametrize("statement", ["update audit_event set verb = 'x'", "delete from audit_event"])
    def test_cannot_be_changed(self, worker: User, at: datetime, statement: str) -> None:
        gate.looked(worker, factories.child(known_to=worker.team), at=at)
        with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
            cursor.execute(statement)
