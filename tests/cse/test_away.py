"""With the queue's server, the scanner and the post office away: closed where it must be, and nothing lost.

The servers are real, ours alone, and really stopped. What becomes of the deadlines meanwhile is in
tests/deadlines/faults, on a worker, a scheduler and a post office that are as real.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Team, User
from cse.torture import servers
from cse.torture.programs import Programs
from documents import selectors, tasks
from documents.models import Document, Scan
from frontend import throttle
from referrals.models import Referral
from referrals.throttle import TELLING
from stack import sockets, valkey
from stack.process import Program, unprivileged
from tests import factories
from tests.documents.files import PDF
from tests.documents.scanner import EICAR, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def programs() -> Iterator[Programs]:
    with Programs() as programs:
        yield programs


@pytest.fixture
def queue(programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """A Valkey of our own, in which the limits are counted."""
    with servers.directory(tmp_path / "state") as directory, sockets.directory(directory / "run") as where:
        server = valkey.program(directory, where, unprivileged())
        programs.start(server)
        client = redis.Redis.from_url(valkey.url(where), socket_timeout=2)
        monkeypatch.setattr(throttle, "_server", lambda: client)
        yield server
        client.close()
        if programs.is_running(server.name):
            programs.stop(server.name)


def tell(client: Client, worry: str) -> Any:
    return client.post("/tell-us/", {"concern": worry, "token": str(uuid4())}, secure=configured.HTTPS)


class TestQueueAway:
    def test_asvs_16_5_3_the_public_form_still_works_is_still_limited_and_keeps_what_was_typed(
        self, queue: Program, programs: Programs, mash: Team
    ) -> None:
        client = Client(REMOTE_ADDR=f"2001:db8::{uuid4().hex[:4]}:{uuid4().hex[:4]}")
        assert tell(client, "Before").status_code == 200
        programs.stop(queue.name)
        for n in range(TELLING.allowed):
            assert "We have your message" in tell(client, f"Meanwhile {n}").content.decode()
        refused = tell(client, "The one too many")
        assert refused.status_code == 429
        assert "The one too many" in refused.content.decode()
        assert Referral.objects.count() == 1 + TELLING.allowed

    def test_asvs_16_5_3_a_copying_program_is_still_stopped(
        self, queue: Program, programs: Programs, worker: User, browser_of: Any, settings: Any
    ) -> None:
        settings.PAGES_PER_MINUTE = 3
        client = browser_of(worker)
        programs.stop(queue.name)
        answers = [client.get("/notices/", secure=configured.HTTPS).status_code for _ in range(5)]
        assert answers == [200, 200, 200, 429, 429]


class TestScannerAway:
    def test_asvs_16_5_3_what_is_added_is_kept_closed_and_opened_when_the_scanner_is_back(
        self, worker: User, browser_of: Any, settings: Any
    ) -> None:
        settings.DEMONSTRATION = False
        child, client = factories.child(known_to=worker.team), browser_of(worker)
        with running() as settings.CLAMD_SOCKET:
            pass  # and it is gone again
        for content in (PDF, EICAR):
            sent = {"title": "Letter", "kind": "letter", "token": str(uuid4())}
            file = SimpleUploadedFile("letter", content)
            client.post(reverse("documents:add", args=[child.pk]), {**sent, "file": file}, secure=configured.HTTPS)
        assert tasks.scan() == 0
        letter, virus = Document.objects.order_by("pk")
        assert {letter.scan, virus.scan} == {Scan.QUARANTINED}
        for each in (letter, virus):
            address = reverse("documents:download", args=[each.pk])
            assert client.get(address, secure=configured.HTTPS).status_code == 409
        with running() as settings.CLAMD_SOCKET:
            assert tasks.scan() == 2
        assert [selectors.may_be_served(each) for each in Document.objects.order_by("pk")] == [True, False]
