"""The quarterly report: SEMT's chair begins it, writes it, issues it; the board reads it."""

import io
import os
from pathlib import Path

import page
import pikepdf
import pypdfium2
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import WindowMaker
from tests.journeys.pages import Site

CHAIR = "Sign in as the chair of SEMT"
BOARD = "Sign in as a member of the board"
SUMMARY = "Return interviews are held sooner. The Board is asked for half a post."
_quarters = iter(range(3, 9))
"""Quarters that nobody has begun, by their place in the list: one for each way to use the site."""


def begin(chair: Site) -> str:
    """The quarter that was begun, as the list says it."""
    chair.visit("/reports/")
    line = chair.page.locator(".app-quarters > li").nth(next(_quarters))
    quarter = line.locator("strong").inner_text()
    chair.go_to(line.get_by_role("button"))
    expect(chair.page.get_by_role("heading", level=1)).to_contain_text(quarter)
    return quarter


def write(chair: Site) -> None:
    """Preview it once its figures are there, be held back without a summary, write that, look at it again."""
    ready = chair.page.get_by_role("link", name="Read it as it stands")
    chair.go_to(ready.or_(chair.page.get_by_role("link", name="See how far it is")).first)
    wait_for_figures(chair)
    chair.sees("The quarter at a glance", "How the actions stand", "Not yet collected.")
    chair.press("Go on to sign it off")
    chair.press("Sign off and issue")
    chair.sees("Write the summary before you sign the report off")
    chair.follow("Back to the preview")
    chair.follow("Back to writing")
    chair.fill("Summary", SUMMARY)
    chair.fill("Themes from CMOG", "Two children were met at the same hotel.")
    chair.press("Save and preview")
    chair.sees(SUMMARY)


def wait_for(site: Site, there: Locator, what: str) -> None:
    """The worker does it within seconds: one looks again, and with JavaScript the page then does so by itself."""
    look = site.page.get_by_role("link", name="See how far it is")
    for _ in range(60):
        if there.count():
            site.examine(what)
            return
        if look.count():
            look.click()
        site.page.wait_for_timeout(1000)
    raise AssertionError(f"Not {what} in a minute")


def wait_for_pdf(site: Site) -> None:
    wait_for(site, site.page.get_by_role("link", name="Download the report"), "drawn")


def wait_for_figures(site: Site) -> None:
    wait_for(site, site.page.get_by_role("button", name="Go on to sign it off"), "put together")


def download(site: Site, link: str) -> bytes:
    with site.page.expect_download() as started:
        site.hands.activate(site.one("link", link))
    return Path(started.value.path()).read_bytes()


def title_of(drawn: bytes) -> str:
    with pikepdf.open(io.BytesIO(drawn)) as found:
        return str(found.docinfo["/Title"])


def test_a_quarter_from_nothing_to_the_boards_hands(anyone: Site) -> None:
    anyone.sign_in(CHAIR)
    quarter = begin(anyone)
    write(anyone)
    anyone.press("Bring the figures up to date")
    anyone.sees("What you have written stays", "Newer figures", SUMMARY)
    wait_for_figures(anyone)
    anyone.sees(SUMMARY)
    anyone.press("Go on to sign it off")
    anyone.sees("Texts that seem to count fewer than 5 children", "Two children")
    anyone.press("Sign off and issue")
    anyone.sees("The report has been issued", SUMMARY)
    wait_for_pdf(anyone)
    anyone.sign_out()
    anyone.sign_in(BOARD)
    anyone.visit("/reports/")
    expect(anyone.page.get_by_text("Quarters that are over")).to_have_count(0)
    anyone.follow(quarter, exact=False)
    anyone.sees(SUMMARY, "signed off by", "Identified victims and offenders")
    drawn = download(anyone, "Download the report (PDF)")
    assert title_of(drawn) == f"Quarterly report: {quarter}"
    assert page.is_pdf_compliant_bytes(drawn, profile=page.ValidationProfile.PDF_UA_1)
    assert download(anyone, "Download its figures (XLSX)").startswith(b"PK")
    expect(anyone.page.get_by_role("button", name="Correct this report", exact=False)).to_have_count(0)


def test_what_is_typed_saves_itself_and_two_who_write_see_both(window: WindowMaker) -> None:
    chair, again = window(), window(javascript=False)
    for site in (chair, again):
        site.sign_in(CHAIR)
    begin(chair)
    again.visit(chair.path)
    chair.fill("Summary", "Written in the first window")
    expect(chair.page.locator("[data-autosave-status]")).to_contain_text("Saved at", timeout=15_000)
    again.fill("Summary", "Written in the second window")
    again.press("Save the draft")
    again.sees("What was saved meanwhile", "Written in the first window", "What you have typed")
    expect(again.page.get_by_label("Summary", exact=True)).to_have_value("Written in the second window")
    again.press("Save the draft")
    again.follow("Give this draft up")
    again.press("Give the draft up")
    again.sees("The draft has been given up")


def test_a_correction_says_what_it_changes_and_two_drawn_at_once_do_not_mix(window: WindowMaker) -> None:
    """The demonstration has issued two: both are corrected, and their PDFs are drawn at the same time."""
    places = []
    chair = window()
    chair.sign_in(CHAIR)
    for place in (1, 2):
        chair.visit("/reports/")
        line = chair.page.locator(".app-quarters > li").nth(place)
        quarter = line.locator("strong").inner_text()
        chair.go_to(line.get_by_role("link"))
        chair.press("Correct this report by a further version")
        chair.fill("What this version changes, and why", f"One school had sent its forms late in {quarter}.")
        chair.press("Save and preview")
        wait_for_figures(chair)
        chair.press("Go on to sign it off")
        chair.press("Sign off and issue")
        chair.sees("Version 2", f"One school had sent its forms late in {quarter}.")
        places.append((quarter, chair.path))
    for quarter, path in places:
        chair.visit(path)
        wait_for_pdf(chair)
        drawn = download(chair, "Download the report (PDF)")
        assert title_of(drawn) == f"Quarterly report: {quarter}"
        keep_picture(drawn)
    chair.visit("/reports/")
    first = chair.page.get_by_role("row").filter(has_text=places[0][0]).filter(has_text="First version")
    chair.go_to(first.get_by_role("link"))
    chair.sees("A later version says what was wrong in this one.")


def keep_picture(drawn: bytes) -> None:
    """The page of the PDF that the README shows, when the run was asked to: that of the screenings."""
    if folder := os.environ.get("CSE_SCREENSHOTS"):
        with pypdfium2.PdfDocument(drawn) as opened:
            texts = [each.get_textpage().get_text_bounded() for each in opened]
            place = next(n for n, text in enumerate(texts) if "Fewer screenings seldom mean" in text)
            opened[place].render(scale=1.6).to_pil().save(Path(folder) / "quarterly-report.png")
