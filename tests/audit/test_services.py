"""The log: what is written stays, and says whether its payload is still the one that was written (domain.md 35)."""

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from audit import services
from audit.models import Event, Payload

pytestmark = pytest.mark.django_db

BEFORE, AFTER = {"given_name": "Ann"}, {"given_name": "Änne 👧"}


@pytest.fixture
def event(at: datetime) -> Event:
    return recorded(at, before=BEFORE, after=AFTER)


def recorded(at: datetime, **values: Any) -> Event:
    given = {"verb": "people.correct", "actor_id": 7, "subject_type": "people.child", "subject_id": 3, "child_id": 3}
    services.record(at=at, **{**given, **values})
    return Event.objects.latest("pk")


class TestRecord:
    def test_keeps_who_what_whom_and_when(self, event: Event, at: datetime) -> None:
        kept = Event.objects.get(pk=event.pk)
        assert (kept.verb, kept.actor_id, kept.at) == ("people.correct", 7, at)
        assert (kept.subject_type, kept.subject_id, kept.child_id) == ("people.child", 3, 3)

    def test_keeps_what_changed_apart(self, event: Event) -> None:
        payload = Payload.objects.get(event=event)
        assert (payload.before, payload.after) == (BEFORE, AFTER)

    def test_a_look_has_no_payload_and_no_digest(self, at: datetime) -> None:
        look = recorded(at, verb="people.child.view")
        assert look.payload_sha256 == ""
        assert not Payload.objects.filter(event=look).exists()

    def test_takes_anything_but_an_event_without_a_moment(self) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            recorded(None)  # type: ignore[arg-type]


class TestDigest:
    def test_matches_what_the_database_gives_back(self, event: Event) -> None:
        payload = Payload.objects.get(event=event)
        assert services.digest(payload.before, payload.after) == event.payload_sha256

    def test_does_not_depend_on_the_order_of_names(self) -> None:
        assert services.digest({}, {"a": 1, "b": [2]}) == services.digest({}, {"b": [2], "a": 1})

    @pytest.mark.parametrize(("before", "after"), [(AFTER, BEFORE), (BEFORE, BEFORE), ({}, AFTER)])
    def test_differs_when_anything_differs(self, before: dict[str, str], after: dict[str, str]) -> None:
        assert services.digest(before, after) != services.digest(BEFORE, AFTER)


class TestAppendOnly:
    @pytest.mark.parametrize("table", ["audit_event", "audit_payload"])
    @pytest.mark.parametrize("deed", ["delete from {}", "truncate {} cascade", "update {} set id = id"])
    def test_the_database_refuses(self, event: Event, table: str, deed: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")  # a test's open rows would stop a truncate by themselves
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                cursor.execute(deed.format(table))
        assert Event.objects.filter(pk=event.pk).exists()

    def test_through_the_models_too(self, event: Event) -> None:
        event.verb = "people.nothing"
        for deed in (event.save, Payload.objects.all().delete, lambda: Event.objects.update(verb="x")):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                deed()

    def test_a_second_person_may_not_drop_the_guard_by_replacing_rows(self, event: Event) -> None:
        """`insert … on conflict do update` is an update, whatever it is called."""
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "insert into audit_event (id, at, actor_id, verb, subject_type, reason, payload_sha256) "
                "select id, at, actor_id, 'x', '', '', '' from audit_event where id = %s "
                "on conflict (id) do update set verb = excluded.verb",
                [event.pk],
            )
