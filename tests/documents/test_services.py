"""Documents: added by whom it concerns, settled by the scanner alone, withdrawn and never rubbed out."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.selectors import system_actor
from audit.models import Event
from documents import selectors, services
from documents.models import Content, Document, Scan
from people.models import Child
from tests import factories
from tests.documents.files import PDF

pytestmark = pytest.mark.django_db
GIVEN = {"title": "Letter from school", "kind": "letter", "name": "../letter.exe", "content": PDF}


@pytest.fixture
def child(worker: User) -> Child:
    return factories.child(known_to=worker.team)


@pytest.fixture
def added(worker: User, child: Child, at: datetime) -> Document:
    return services.add(by=worker, at=at, child=child, token=uuid4(), **GIVEN)


class TestAdd:
    def test_keeps_what_it_is_and_waits_for_the_scanner(self, worker: User, added: Document, at: datetime) -> None:
        added.refresh_from_db()
        assert (added.media_type, added.size, added.name) == ("application/pdf", len(PDF), "letter.exe")
        assert added.sha256 == hashlib.sha256(PDF).hexdigest()
        assert (added.added_by, added.added_at, added.scan) == (worker, at, Scan.WAITING)
        assert selectors.content_of(added) == PDF
        assert not selectors.may_be_served(added)

    def test_is_in_the_log_without_its_content(self, added: Document) -> None:
        event = Event.objects.get(verb="documents.add")
        assert (event.child_id, event.subject_id) == (added.child_id, added.pk)
        assert "data" not in event.payload.after

    def test_of_a_kind_that_is_not_taken_leaves_nothing(self, worker: User, child: Child, at: datetime) -> None:
        with pytest.raises(services.NotAccepted, match="must be a PDF"):
            services.add(by=worker, at=at, child=child, token=uuid4(), **{**GIVEN, "content": b"MZ\0\0"})
        assert not Document.objects.exists()

    def test_the_same_form_twice_makes_one(self, worker: User, child: Child, added: Document, at: datetime) -> None:
        with pytest.raises(services.AlreadyAdded):
            services.add(by=worker, at=at, child=child, token=added.token, **GIVEN)
        assert Document.objects.count() == Content.objects.count() == 1

    def test_is_not_for_a_stranger(self, stranger: User, child: Child, at: datetime, refusals: Any) -> None:
        with pytest.raises(PermissionDenied):
            services.add(by=stranger, at=at, child=child, token=uuid4(), **GIVEN)
        assert refusals("documents.add").count() == 1


class TestWithdraw:
    def test_says_who_when_and_why_and_destroys_nothing(self, manager: User, added: Document, at: datetime) -> None:
        Document.objects.update(scan=Scan.CLEAN)
        done = services.withdraw(by=manager, at=at, document=added, reason="Another child's")
        assert (done.withdrawn_by, done.withdrawn_at, done.withdrawn_reason) == (manager, at, "Another child's")
        assert not selectors.may_be_served(done)
        assert selectors.content_of(done) == PDF

    def test_once_is_enough(self, worker: User, added: Document, at: datetime) -> None:
        done = services.withdraw(by=worker, at=at, document=added, reason="Wrong")
        with pytest.raises(services.AlreadyWithdrawn):
            services.withdraw(by=worker, at=at, document=done, reason="Again")

    def test_is_not_for_a_stranger(self, stranger: User, added: Document, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.withdraw(by=stranger, at=at, document=added, reason="Mine now")


class TestSettle:
    def test_a_verdict_stands(self, added: Document, at: datetime) -> None:
        settle = lambda scan, **more: services.settle(  # noqa: E731
            by=system_actor(), at=at, file=added, scan=scan, **more
        )
        assert settle(Scan.QUARANTINED).scan == Scan.QUARANTINED
        assert settle(Scan.INFECTED, virus="Eicar").virus == "Eicar"
        assert settle(Scan.CLEAN).scan == Scan.INFECTED
        assert not selectors.to_scan(10)

    def test_is_nobodys_but_the_systems(self, worker: User, added: Document, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.settle(by=worker, at=at, file=added, scan=Scan.CLEAN)


class TestToScan:
    def test_asks_first_about_what_was_never_asked(self, at: datetime) -> None:
        tried = [
            factories.document(child=factories.child(), scan=Scan.QUARANTINED, scan_tried_at=at - timedelta(minutes=n))
            for n in (1, 3)
        ]
        new = factories.document(child=factories.child(), scan=Scan.WAITING)
        factories.document(child=factories.child(), scan=Scan.CLEAN)
        assert selectors.to_scan(10) == [new, tried[1], tried[0]]


class TestConstraints:
    @pytest.mark.parametrize(
        "change",
        [
            lambda: {"scan": Scan.INFECTED},
            lambda: {"virus": "Eicar"},
            lambda: {"size": 0},
            lambda: {"withdrawn_at": factories.NOON},
        ],
    )
    def test_the_database_refuses_what_cannot_be(self, added: Document, change: Callable[[], dict[str, Any]]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=added.pk).update(**change())
