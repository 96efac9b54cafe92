"""Files on a child's record: what is taken and what is refused, and that nothing unchecked is ever opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.documents import files, scanner
from tests.journeys.conftest import PHONE, WindowMaker, site_in, windows
from tests.journeys.pages import Examined, Site
from tests.journeys.steps import LEAD, add_pupil
from tests.stack.place import Place, until

CHECKED_WITHIN = 60
"""Seconds: the scheduler asks the scanner about what waits every five seconds."""
TITLE = "Letter about attendance"
MACROS = files.archive({**files.WORD, "word/vbaProject.bin": b"macro"})


def add(site: Site, title: str, name: str, content: bytes) -> None:
    site.follow("Add a document")
    site.attach("File", name, content)
    site.fill("What is it?", title)
    site.choose("What kind of document is it?", "Letter or e-mail")
    site.press("Add the document")


def reloads_until(site: Site, text: str) -> None:
    def shown() -> bool:
        site.visit(site.path)
        return site.page.get_by_text(text).locator("visible=true").count() > 0

    until(shown, CHECKED_WITHIN, every=1)


def test_a_letter_is_added_opened_and_withdrawn(anyone: Site) -> None:
    anyone.sign_in(LEAD)
    add_pupil(anyone)
    anyone.follow("Add a document")
    anyone.press("Add the document")
    anyone.sees("There is a problem", "Select a file", "Select the kind of document")
    anyone.follow("The child’s record")
    add(anyone, TITLE, "letter.pdf", files.PDF)
    anyone.sees("The document has been added.")
    record = anyone.path
    reloads_until(anyone, "Not checked for viruses")
    name, content = anyone.download("link", TITLE, exact=False)
    assert content == files.PDF
    assert name.endswith(".pdf")
    anyone.follow(f"Withdraw {TITLE}")
    anyone.press("Withdraw the document")
    anyone.sees("Enter why nobody should open it any more")
    anyone.fill("Why should nobody open it any more?", "It is about another child")
    anyone.press("Withdraw the document")
    assert anyone.path == record
    anyone.sees("Nobody can open it any more", "It is about another child")
    expect(anyone.page.get_by_role("link", name=TITLE, exact=False)).to_have_count(0)


def test_what_was_withdrawn_while_another_had_it_before_them_is_opened_no_more(window: WindowMaker) -> None:
    here, there = window(), window(PHONE)
    for site in (here, there):
        site.sign_in(LEAD)
    add_pupil(here)
    add(here, TITLE, "letter.pdf", files.PDF)
    reloads_until(here, "Not checked for viruses")
    there.visit(here.path)
    link = there.one("link", TITLE, exact=False).get_attribute("href") or ""
    here.follow(f"Withdraw {TITLE}")
    here.fill("Why should nobody open it any more?", "It is about another child")
    here.press("Withdraw the document")
    there.visit(link, status=409)
    there.sees("This document cannot be opened", "It is about another child")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.pdf", b"<!DOCTYPE html><script>alert(1)</script>" + b"\0", "The selected file must be a PDF, JPEG"),
        ("minutes.docx", MACROS, "The selected file holds macros or embedded files"),
        ("empty.txt", b"", "The selected file is empty"),
        ("scan.pdf", files.PDF + b"0" * (10 * 1024 * 1024), "The selected file must be 10 MB or smaller"),
    ],
    ids=["another kind", "macros", "empty", "too large"],
)
def test_what_is_refused_is_told_beside_the_file_and_the_rest_is_kept(
    phone: Site, name: str, content: bytes, sentence: str
) -> None:
    phone.sign_in(LEAD)
    add_pupil(phone)
    add(phone, TITLE, name, content)
    phone.sees("There is a problem", sentence)
    expect(phone.page.get_by_label("What is it?", exact=True)).to_have_value(TITLE)
    phone.attach("File", "letter.pdf", files.PDF)
    phone.press("Add the document")
    phone.sees("The document has been added.")


@pytest.fixture(scope="module")
def clamd_socket(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the scanner will answer, once there is one."""
    return tmp_path_factory.mktemp("scanner") / "clamd.sock"


@pytest.fixture(scope="module")
def scanned(clamd_socket: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that has its files scanned."""
    place = Place(tmp_path_factory.mktemp("scanned") / "state")
    with site_in(place, CLAMD_SOCKET=str(clamd_socket)) as address:
        yield address


@pytest.fixture
def school(browser: Browser, scanned: str, examined: Examined) -> Iterator[Site]:
    with windows(browser, scanned, examined) as make:
        yield make()


def test_files_wait_while_the_scanner_is_away_and_a_virus_is_never_served(school: Site, clamd_socket: Path) -> None:
    school.sign_in(LEAD)
    add_pupil(school)
    add(school, TITLE, "letter.pdf", files.PDF)
    add(school, "Photograph", "holiday.txt", scanner.EICAR)
    reloads_until(school, "Waits until it can be checked for viruses")
    expect(school.page.get_by_role("link", name=TITLE)).to_have_text(f"Withdraw {TITLE}")
    with scanner.running() as real:
        clamd_socket.symlink_to(real)
        reloads_until(school, "Refused: a virus was found")
        reloads_until(school, ". Checked for viruses")
    _, content = school.download("link", f"{TITLE} (PDF", exact=False)
    assert content == files.PDF
    infected = school.page.get_by_role("listitem").filter(has_text="Photograph")
    expect(infected.get_by_role("link")).to_have_text("Withdraw Photograph")
