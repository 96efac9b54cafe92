"""The pages of a document."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Event
from documents.models import Document, Scan
from people.models import Child
from tests import factories
from tests.documents.files import EVERY_KIND, PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(worker: User) -> Child:
    return factories.child(known_to=worker.team)


@pytest.fixture
def theirs(worker: User, browser_of: Any) -> Client:
    client: Client = browser_of(worker)
    return client


def send(client: Client, child: Child, content: bytes, name: str = "letter.pdf", **typed: str) -> HttpResponse:
    given = {"title": "Letter from school", "kind": "letter", "token": str(uuid4()), **typed}
    file = SimpleUploadedFile(name, content, content_type="text/html")
    address = reverse("documents:add", args=[child.pk])
    answer: HttpResponse = client.post(address, {**given, "file": file}, secure=configured.HTTPS)
    return answer


def get(client: Client, name: str, pk: int) -> HttpResponse:
    answer: HttpResponse = client.get(reverse(name, args=[pk]), secure=configured.HTTPS)
    return answer


class TestAdd:
    def test_puts_it_on_the_childs_page_but_does_not_serve_it_yet(self, theirs: Client, child: Child) -> None:
        assert send(theirs, child, PDF).status_code == 302
        page = get(theirs, "people:child", child.pk).content.decode()
        document = Document.objects.get()
        for words in ("Letter from school", "Being checked for viruses"):
            assert words in page
        assert reverse("documents:download", args=[document.pk]) not in page

    def test_before_the_first_says_so(self, theirs: Client, child: Child) -> None:
        assert "No document yet" in get(theirs, "people:child", child.pk).content.decode()

    def test_a_mistake_stands_beside_the_file_and_what_was_typed_is_kept(self, theirs: Client, child: Child) -> None:
        answer = send(theirs, child, b"MZ\0\0", title="Typed at length", kind="")
        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'value="Typed at length"' in page
        assert re.search(r'id="id_file-error".*?must be a PDF', page, re.DOTALL)
        assert 'href="#id_file"' in page
        assert "Select the kind of document" in page
        assert not Document.objects.exists()

    def test_asvs_5_2_1_more_than_ten_megabytes_is_refused_beside_the_file(self, theirs: Client, child: Child) -> None:
        page = send(theirs, child, PDF + b"\n" * 10_500_000).content.decode()
        assert "must be 10 MB or smaller" in page

    def test_asvs_5_2_1_far_more_is_refused_unread(self, theirs: Client, child: Child) -> None:
        answer = send(theirs, child, PDF + b"\n" * 13_000_000)
        assert answer.status_code == 413
        assert "too large to send" in answer.content.decode()

    def test_the_same_form_twice_adds_one(self, theirs: Client, child: Child) -> None:
        token = str(uuid4())
        for _ in range(2):
            assert send(theirs, child, PDF, token=token).status_code == 302
        assert Document.objects.count() == 1

    def test_in_the_demonstration_says_that_nothing_is_scanned(
        self, theirs: Client, child: Child, settings: Any
    ) -> None:
        settings.DEMONSTRATION, settings.CLAMD_SOCKET = True, ""
        assert "not checked for viruses here" in get(theirs, "documents:add", child.pk).content.decode()
        settings.CLAMD_SOCKET = "/run/clamav/clamd.ctl"
        assert "not checked for viruses here" not in get(theirs, "documents:add", child.pk).content.decode()


class TestDownload:
    @pytest.mark.parametrize("media_type", EVERY_KIND)
    def test_asvs_3_2_1_is_an_attachment_that_nobody_sniffs(
        self, theirs: Client, child: Child, media_type: str
    ) -> None:
        made = factories.document(child=child, content=EVERY_KIND[media_type], media_type=media_type, name="<b>.html")
        answer = get(theirs, "documents:download", made.pk)
        assert answer.content == EVERY_KIND[media_type]
        assert answer.headers["Content-Type"] == media_type
        assert answer.headers["Content-Disposition"] == (
            f'attachment; filename="OFFICIAL-SENSITIVE_{made.reference}{made.suffix}"'
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["Cache-Control"] == "no-store"

    def test_is_logged_as_such(self, theirs: Client, worker: User, child: Child) -> None:
        made = factories.document(child=child)
        get(theirs, "documents:download", made.pk)
        event = Event.objects.get(verb="documents.document.download")
        assert (event.actor_id, event.child_id, event.subject_id) == (worker.pk, child.pk, made.pk)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"scan": Scan.WAITING}, "still to be checked"),
            ({"scan": Scan.QUARANTINED}, "still to be checked"),
            ({"scan": Scan.INFECTED, "virus": "Eicar"}, "A virus was found"),
        ],
    )
    def test_asvs_5_4_3_is_refused_before_it_was_found_clean(
        self, theirs: Client, child: Child, changes: dict[str, str], words: str
    ) -> None:
        made = factories.document(child=child, content=b"What is inside", **changes)
        answer = get(theirs, "documents:download", made.pk)
        assert answer.status_code == 409
        assert words in answer.content.decode()
        assert b"What is inside" not in answer.content
        assert not Event.objects.filter(verb="documents.document.download").exists()

    def test_is_404_for_a_stranger(self, stranger: User, browser_of: Any, child: Child, refusals: Any) -> None:
        made = factories.document(child=child)
        assert get(browser_of(stranger), "documents:download", made.pk).status_code == 404
        assert refusals("documents.document.view").count() == 1


class TestWithdraw:
    def test_asks_why_and_serves_it_no_more(self, theirs: Client, child: Child) -> None:
        made = factories.document(child=child, content=b"What is inside", title="The wrong letter")
        address = reverse("documents:withdraw", args=[made.pk])
        assert "Enter why nobody" in theirs.post(address, {}, secure=configured.HTTPS).content.decode()
        done = theirs.post(address, {"reason": "About a brother"}, secure=configured.HTTPS)
        assert done.headers["Location"] == reverse("people:child", args=[child.pk])
        assert "About a brother" in get(theirs, "people:child", child.pk).content.decode()
        answer = get(theirs, "documents:download", made.pk)
        assert answer.status_code == 409
        assert b"What is inside" not in answer.content
