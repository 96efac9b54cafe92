"""Evidence as a file: who may put it there, who may open it, and that nobody does before it was found clean."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import documents.services
from accounts.models import User
from accounts.roles import Role
from accounts.selectors import system_actor
from audit.models import Event
from delivery_plan import services
from delivery_plan.models import Action, Evidence, EvidenceContent, EvidenceFile
from documents import tasks
from documents.models import Scan
from tests import factories
from tests.delivery_plan import making
from tests.documents.files import PDF
from tests.documents.scanner import EICAR, running

pytestmark = pytest.mark.django_db


def page(name: str, pk: int) -> str:
    return reverse(f"delivery_plan:{name}", args=[pk])


def send(client: Any, action: Action, content: bytes, **typed: str) -> Any:
    file = SimpleUploadedFile("minutes.pdf", content, content_type="text/html")
    given = {"title": "Minutes", "link": "", "token": str(uuid4()), **typed, "file": file}
    return client.post(page("add_evidence", action.pk), given, secure=configured.HTTPS)


@pytest.fixture
def board() -> User:
    return factories.user(team=factories.team(), roles=[Role.BOARD_READER])


@pytest.fixture
def proof(action: Action) -> EvidenceFile:
    return making.evidence_file(evidence=making.evidence(action=action), content=b"What was agreed")


class TestAdding:
    def test_a_file_waits_until_it_was_checked(self, action: Action, lead: User, browser_of: Any) -> None:
        client = browser_of(lead)
        assert send(client, action, PDF).status_code == 302
        file = EvidenceFile.objects.get()
        assert (file.media_type, file.size, file.scan) == ("application/pdf", len(PDF), Scan.WAITING)
        said = client.get(page("action", action.pk)).content.decode()
        assert "Being checked for viruses" in said
        assert page("download_evidence", file.pk) not in said
        assert client.get(page("download_evidence", file.pk)).status_code == 409

    def test_what_is_no_document_is_refused_beside_the_file_and_what_was_typed_is_kept(
        self, action: Action, lead: User, browser_of: Any
    ) -> None:
        answer = send(browser_of(lead), action, b"MZ\0\0", title="Typed at length")
        assert "must be a PDF" in answer.content.decode()
        assert 'value="Typed at length"' in answer.content.decode()
        assert not Evidence.objects.exists()

    def test_the_same_form_twice_adds_one(self, action: Action, lead: User, browser_of: Any) -> None:
        client, token = browser_of(lead), str(uuid4())
        for _ in range(2):
            send(client, action, PDF, token=token)
        assert Evidence.objects.count() == 1
        assert EvidenceContent.objects.count() == 1

    def test_is_refused_by_the_service_as_well(self, action: Action, lead: User, at: datetime) -> None:
        words: dict[str, Any] = {"title": "Minutes", "link": ""}
        file = services.NewFile(name="x.exe", content=b"MZ\0\0", token=uuid4())
        with pytest.raises(documents.services.NotAccepted):
            services.add_evidence(by=lead, at=at, action=action, file=file, **words)
        assert not Evidence.objects.exists()


@pytest.fixture(scope="module")
def scanner() -> Iterator[str]:
    with running() as where:
        yield where


class TestScanning:
    def test_a_virus_is_refused_and_what_is_clean_is_served(
        self, action: Action, scanner: str, settings: Any, lead: User, browser_of: Any
    ) -> None:
        settings.DEMONSTRATION, settings.CLAMD_SOCKET = False, scanner
        contents = (EICAR, b"Dear all")
        virus, letter = (
            making.evidence_file(evidence=making.evidence(action=action), content=each, scan=Scan.WAITING)
            for each in contents
        )
        child = factories.document(child=factories.child(), scan=Scan.WAITING)
        assert tasks.scan() == 3
        for file in (virus, letter, child):
            file.refresh_from_db()
        assert [file.scan for file in (virus, letter, child)] == [Scan.INFECTED, Scan.CLEAN, Scan.CLEAN]
        client = browser_of(lead)
        assert "A virus was found" in client.get(page("download_evidence", virus.pk)).content.decode()
        assert client.get(page("download_evidence", letter.pk)).content == b"Dear all"

    def test_the_verdict_is_the_systems_own(self, proof: EvidenceFile, lead: User, at: datetime) -> None:
        EvidenceFile.objects.update(scan=Scan.WAITING)
        with pytest.raises(PermissionDenied):
            documents.services.settle(by=lead, at=at, file=proof, scan=Scan.CLEAN)
        documents.services.settle(by=system_actor(), at=at, file=proof, scan=Scan.CLEAN)
        assert EvidenceFile.objects.get().scan == Scan.CLEAN


class TestOpening:
    def test_is_for_whoever_reads_the_plan_and_is_logged(
        self, proof: EvidenceFile, board: User, browser_of: Any
    ) -> None:
        client = browser_of(board)
        said = client.get(page("action", proof.evidence.action_id)).content.decode()
        assert page("download_evidence", proof.pk) in said
        assert page("withdraw_evidence", proof.evidence_id) not in said
        answer = client.get(page("download_evidence", proof.pk))
        assert answer.content == b"What was agreed"
        assert answer.headers["Content-Disposition"] == (
            f'attachment; filename="OFFICIAL-SENSITIVE_E{proof.pk:06d}.txt"'
        )
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        event = Event.objects.get(verb="delivery_plan.evidencefile.download")
        assert (event.actor_id, event.subject_id, event.child_id) == (board.pk, proof.pk, None)


class TestWithdrawEvidence:
    def test_nobody_opens_it_any_more(self, proof: EvidenceFile, lead: User, board: User, browser_of: Any) -> None:
        address = page("withdraw_evidence", proof.evidence_id)
        assert browser_of(lead).post(address, {"reason": "It names a child"}).status_code == 302
        client = browser_of(board)
        said = client.get(page("action", proof.evidence.action_id)).content.decode()
        assert "It names a child" in said
        assert page("download_evidence", proof.pk) not in said
        answer = client.get(page("download_evidence", proof.pk))
        assert answer.status_code == 409
        assert b"What was agreed" not in answer.content
        assert not Event.objects.filter(verb="delivery_plan.evidencefile.download").exists()

    def test_is_done_once_by_the_lead_and_by_no_other(
        self, proof: EvidenceFile, lead: User, stranger: User, at: datetime
    ) -> None:
        words: dict[str, Any] = {"at": at, "evidence": proof.evidence, "reason": "It names a child"}
        with pytest.raises(PermissionDenied):
            services.withdraw_evidence(by=stranger, **words)
        assert services.withdraw_evidence(by=lead, **words).withdrawn_by == lead
        with pytest.raises(services.NotNow, match="already"):
            services.withdraw_evidence(by=lead, **words)

    def test_is_done_where_the_action_is_closed_too(self, proof: EvidenceFile, lead: User, at: datetime) -> None:
        Action.objects.update(closed_on=at.date(), closed_reason="Done")
        words: dict[str, Any] = {"evidence": proof.evidence, "reason": "It names a child"}
        assert services.withdraw_evidence(by=lead, at=at, **words).withdrawn_at == at
