"""The PDF: readable by all, kept for ever, the same again, never of another report."""

import io
import re
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest

from accounts.models import User
from audit.models import Event
from delivery_plan.strategy import ACTIONS
from frontend import pdf
from reports import paper, selectors, services, tasks
from reports.models import Drawing, Issued
from reports.printed import Document
from reports.rules import STEPS, Progress
from tests import factories
from tests.reports import making
from tests.reports.conftest import BY_AGENCY, IN_TIME, QUARTERS, Count

STANDARDS = [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A]
Issue = Callable[..., Issued]


@pytest.fixture
def full(issue: Issue, count: Count, chair: User) -> Document:
    """All the actions of the plan, charts, tables, words."""
    for pillar, section, text in ACTIONS:
        stands = {"rag": "amber", "rag_reason": "Half of it is done. " * 15}
        factories.action(pillar=pillar, section=section, text=text, measure=IN_TIME, target=90, **stands)
    for place, quarter in enumerate(QUARTERS):
        count(IN_TIME, 20 + place, 40, quarter=quarter)
    count(BY_AGENCY, {(f"Agency {n}", level): 7 * n for n in range(1, 12) for level in ("Serious", "At risk")})
    return selectors.document(issue(themes="Hotels.\n\nTaxis & “friends”."))


def structure(drawn: pikepdf.Pdf) -> list[Any]:
    """Every element of the structure that a screen reader reads."""
    found, waiting = [], [drawn.Root.StructTreeRoot]
    while waiting:
        each = waiting.pop()
        found.append(each)
        kids = each.get("/K")
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return found


@pytest.mark.django_db
class TestFile:
    def test_is_readable_by_all_and_can_be_kept(self, full: Document) -> None:
        drawn = pdf.draw(paper.html(full))
        for standard in STANDARDS:
            report = page.validate_pdf_bytes(drawn, profile=standard)
            assert report.is_compliant, [(each.rule_id, each.message) for each in report.failures]

    @pytest.mark.parametrize("end", [b"", b"\n", b"\r"])
    def test_can_be_kept_whatever_its_streams_end_in(self, end: bytes) -> None:
        with pikepdf.open(io.BytesIO(pdf.typeset("<html lang='en'><title>A</title><p>A</p>"))) as drawn:
            content = drawn.pages[0].Contents
            tried = (zlib.compress(content.read_bytes() + b"\t" * tabs) for tabs in range(256))
            packed = next(each for each in tried if each.endswith(end))
            content.write(packed, filter=pikepdf.Name.FlateDecode)
            drawn.save(changed := io.BytesIO(), stream_decode_level=pikepdf.StreamDecodeLevel.none)
        kept = pdf._for_everybody(changed.getvalue())
        for standard in STANDARDS:
            report = page.validate_pdf_bytes(kept, profile=standard)
            assert report.is_compliant, [(each.rule_id, each.message) for each in report.failures]
        with pypdfium2.PdfDocument(kept) as opened:
            assert opened[0].get_textpage().get_text_bounded().startswith("A")

    def test_has_contents_bookmarks_and_words_for_its_charts(self, full: Document) -> None:
        with pikepdf.open(io.BytesIO(pdf.draw(paper.html(full)))) as drawn:
            with drawn.open_outline() as outline:
                titles = {each.title for each in outline.root} | {
                    child.title for each in outline.root for child in each.children
                }
            elements = structure(drawn)
            title = str(drawn.docinfo["/Title"])
        assert {"Contents", "Summary", "Data pack"} <= titles
        assert title == "Quarterly report: July to September 2026"
        said = [str(each["/Alt"]) for each in elements if each.get("/S") == "/Figure"]
        assert said
        assert all("72 hours" in alt for alt in said)
        kinds = {str(each.get("/S")) for each in elements}
        assert {"/Table", "/THead", "/TH", "/TD", "/H1", "/H2", "/TOC"} - kinds <= {"/TOC"}

    def test_each_page_carries_the_marking_twice_its_number_and_where_one_is(self, full: Document) -> None:
        with pypdfium2.PdfDocument(pdf.draw(paper.html(full))) as opened:
            texts = [each.get_textpage().get_text_bounded() for each in opened]
        assert len(texts) > 10
        for number, text in enumerate(texts, start=1):
            assert text.count("OFFICIAL-SENSITIVE") == 2
            assert f"Page {number} of {len(texts)}" in text
        assert all("Quarterly report: July to September 2026" in text for text in texts[1:])
        contents = dict(re.findall(r"^([A-Z][^.\r\n]+?)[ .]+(\d+)\s*$", texts[1], re.MULTILINE))
        assert "Summary" in texts[int(contents["Summary"]) - 1]
        assert "Benchmarks" in texts[int(contents["Benchmarks"]) - 1]

    def test_a_long_tables_head_is_repeated(self, full: Document) -> None:
        with pypdfium2.PdfDocument(pdf.draw(paper.html(full))) as opened:
            texts = [each.get_textpage().get_text_bounded() for each in opened]
        assert sum("What the figures say" in " ".join(text.split()) for text in texts) > 3

    def test_is_the_same_again_from_what_was_kept(self, full: Document) -> None:
        issued = Issued.objects.get()
        first, second = (pdf.draw(paper.html(selectors.document(issued))) for _ in range(2))
        assert first == second

    def test_fetches_nothing(self) -> None:
        for address in ("file:///etc/passwd", "http://127.0.0.1/"):
            with pytest.raises(ValueError, match="does not stand in it"):
                pdf.draw(f'<html lang="en"><title>x</title><img alt="x" src="{address}">')


@pytest.mark.django_db
class TestDraw:
    def test_each_step_can_be_seen_and_the_file_is_kept(self, issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
        issued, steps = issue(), []
        goes_on = services.goes_on
        monkeypatch.setattr(services, "goes_on", lambda *a, **k: steps.append(a[1]) or goes_on(*a, **k))
        assert tasks.draw() == 1
        assert steps == sorted(steps)
        assert {1, 3, 4, 5, 6, 7, len(STEPS)} <= set(steps)  # the styles are read once
        drawn = selectors.pdf_of(issued)
        assert drawn
        assert drawn.startswith(b"%PDF-1.7")
        assert Drawing.objects.get().state == Progress.DONE
        assert tasks.draw() == 0

    def test_ends_where_it_was_cancelled(self, issue: Issue, chair: User, monkeypatch: pytest.MonkeyPatch) -> None:
        issued, steps = issue(), []
        goes_on = services.goes_on

        def cancelled(drawing: Drawing, step: int, **given: Any) -> bool:
            steps.append(step)
            if step == 5:
                services.cancel(by=chair, work=drawing, **given)
            return goes_on(drawing, step, **given)

        monkeypatch.setattr(services, "goes_on", cancelled)
        assert tasks.draw() == 0
        assert steps[-1] == 5
        assert selectors.pdf_of(issued) is None
        assert Drawing.objects.get().state == Progress.CANCELLED

    def test_says_that_it_failed(self, issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
        issue()
        monkeypatch.setattr(paper, "html", lambda document: '<img alt="" src="http://127.0.0.1/">')
        assert tasks.draw() == 0
        assert Drawing.objects.get().state == Progress.FAILED


@pytest.mark.django_db
def test_a_tick_with_nothing_to_draw_leaves_nothing_in_the_log() -> None:
    assert tasks.draw() == 0
    assert not Event.objects.exists()


def test_two_at_once_never_mix(committed: None) -> None:
    """Two workers, and in one of them two threads, which is harder than two processes: each draws its own."""
    reports = [making.without_pdf(each.first, words=f"Words of {each.in_words}") for each in QUARTERS]
    for each in reports:
        moments = {"asked_at": factories.NOON, "heard_at": factories.NOON}
        Drawing.objects.create(issued=each, asked_by=each.issued_by, **moments)

    def at_work(_: int) -> int:
        from django.db import connections

        try:
            return tasks.draw()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as workers:
        assert sum(workers.map(at_work, range(3))) == len(reports)
    for each in reports:
        with pikepdf.open(io.BytesIO(selectors.pdf_of(each) or b"")) as drawn:
            title = str(drawn.docinfo["/Title"])
        assert title.endswith(each.quarter.in_words)
        assert selectors.pdf_of(each) == pdf.draw(paper.html(selectors.document(each)))
