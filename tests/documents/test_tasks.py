"""Nobody is served what was not found clean, whatever becomes of the scanner (ASVS 5.4.3, 16.5.3)."""

from collections.abc import Iterator
from typing import Any

import pytest

from audit.models import Event
from documents import clamd, selectors, tasks
from documents.models import Document, Scan
from tests import factories
from tests.documents.scanner import EICAR, pretending, running, says

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def real() -> Iterator[str]:
    with running() as where:
        yield where


@pytest.fixture(autouse=True)
def not_a_demonstration(settings: Any) -> None:
    settings.DEMONSTRATION, settings.CLAMD_SOCKET = False, ""


def waiting(content: bytes) -> Document:
    return factories.document(child=factories.child(), content=content, scan=Scan.WAITING)


def state_of(document: Document) -> str:
    document.refresh_from_db()
    return document.scan


class TestScan:
    def test_asvs_5_4_3_a_virus_is_refused_and_what_is_clean_is_served(self, real: str, settings: Any) -> None:
        settings.CLAMD_SOCKET = real
        virus, letter = waiting(EICAR), waiting(b"Dear all")
        assert tasks.scan() == 2
        assert (state_of(virus), state_of(letter)) == (Scan.INFECTED, Scan.CLEAN)
        assert virus.virus.startswith("Eicar-Test")
        assert not selectors.may_be_served(virus)
        assert selectors.may_be_served(letter)

    def test_asvs_16_5_3_what_came_while_the_scanner_was_away_is_served_once_it_is_back(
        self, real: str, settings: Any, tmp_path: Any
    ) -> None:
        settings.CLAMD_SOCKET = str(tmp_path / "away.sock")
        letter = waiting(b"Dear all")
        for _ in range(3):
            assert tasks.scan() == 0
            assert state_of(letter) == Scan.QUARANTINED
            assert not selectors.may_be_served(letter)
        assert Event.objects.filter(verb="documents.settle").count() == 1  # a try that changes nothing is no deed
        settings.CLAMD_SOCKET = real
        assert tasks.scan() == 1
        assert selectors.may_be_served(Document.objects.get())
        assert selectors.content_of(letter) == b"Dear all"

    def test_one_that_it_cannot_read_holds_up_no_other(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clamd, "ANSWERS_WITHIN", 1)
        answers = iter([b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK\0"])
        odd = waiting(b"odd")
        with pretending(says(next(answers))) as settings.CLAMD_SOCKET:
            assert tasks.scan() == 0
        letter = waiting(b"Dear all")
        with pretending(says(next(answers))) as settings.CLAMD_SOCKET:  # which takes one caller and no more
            assert tasks.scan() == 1
        assert (state_of(odd), state_of(letter)) == (Scan.QUARANTINED, Scan.CLEAN)

    def test_without_a_scanner_nothing_is_served_outside_the_demonstration(
        self, settings: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        letter = waiting(b"Dear all")
        assert tasks.scan() == 0
        assert state_of(letter) == Scan.QUARANTINED
        assert "Set CLAMD_SOCKET" in caplog.text

    def test_the_demonstration_serves_what_nobody_scanned_and_nowhere_else_does(self, settings: Any) -> None:
        settings.DEMONSTRATION = True
        letter = waiting(b"Dear all")
        tasks.scan()
        assert state_of(letter) == Scan.NOT_SCANNED
        assert selectors.may_be_served(letter)
        settings.DEMONSTRATION = False
        assert not selectors.may_be_served(letter)

    def test_the_scheduler_ticks_it(self, settings: Any) -> None:
        assert settings.CELERY_BEAT_SCHEDULE["documents-scan"]["task"] == tasks.scan.name
