"""The report as its chair writes it, and as the board reads it."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from audit.models import Event
from figures.rules import Period
from reports import assembling, tasks
from reports.models import Assembling, Assembly, Draft, Drawing, Issued
from reports.printed import Block, Section, Table, as_json
from reports.rules import Progress
from tests.reports import making

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
Read = Callable[..., str]


def page(name: str, *numbers: int) -> str:
    return reverse(f"reports:{name}", args=numbers)


def read(client: Any, name: str, *numbers: int, status: int = 200) -> str:
    response = client.get(page(name, *numbers))
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def last_quarter() -> Period:
    return next(Period.quarter(timezone.localdate()).quarters_before(2))


class TestReports:
    def test_the_chair_begins_a_report_and_finds_it_again(self, chair: User, browser_of: Any) -> None:
        client, first = browser_of(chair), last_quarter().first.isoformat()
        assert "No report has been issued yet" in read(client, "reports")
        response = client.post(page("open_draft"), {"first": first})
        draft = Draft.objects.get()
        assert response.url == page("save_narrative", draft.pk)
        assert not Assembly.objects.exists()
        assert page("save_narrative", draft.pk) in read(client, "reports")
        again = client.post(page("open_draft"), {"first": first}, follow=True)
        assert "open already" in again.content.decode()

    @pytest.mark.parametrize("first", ["", "2020-01-01", "yesterday"], ids=["none", "long ago", "no day"])
    def test_no_other_quarter_is_taken(self, chair: User, browser_of: Any, first: str) -> None:
        response = browser_of(chair).post(page("open_draft"), {"first": first}, follow=True)
        assert "Choose a quarter that is over." in response.content.decode()
        assert not Draft.objects.exists()

    def test_the_board_sees_what_was_issued_and_no_draft(self, reader: User, browser_of: Any) -> None:
        issued, draft = making.issued(), making.draft(making.FIRST.replace(month=4))
        said = read(browser_of(reader), "reports")
        assert page("issued", issued.pk) in said
        assert "Quarters that are over" not in said
        read(browser_of(reader), "preview", draft.pk, status=403)

    def test_is_read_in_few_queries(self, chair: User, browser_of: Any, django_assert_max_num_queries: Any) -> None:
        for number in range(1, 6):
            making.issued(number=number)
        client = browser_of(chair)
        with django_assert_max_num_queries(MOST_QUERIES):
            read(client, "reports")


class TestWriting:
    def test_the_words_stand_in_the_preview(self, chair: User, browser_of: Any) -> None:
        client = browser_of(chair)
        client.post(page("open_draft"), {"first": last_quarter().first.isoformat()})
        draft = Draft.objects.get()
        assert tasks.assemble() == 1
        response = client.post(
            page("save_narrative", draft.pk), {"version": 1, "summary": "Hotels <b>first</b>.", "preview": "1"}
        )
        assert response.url == page("preview", draft.pk)
        said = read(client, "preview", draft.pk)
        assert "Hotels &lt;b&gt;first&lt;/b&gt;." in said
        assert "Not yet collected." in said
        assert "not collected" in said

    def test_two_who_write_at_once_see_both_texts(self, chair: User, browser_of: Any) -> None:
        draft, client = making.draft(words={"summary": "Theirs"}, version=2), browser_of(chair)
        said = client.post(page("save_narrative", draft.pk), {"version": 1, "summary": "Ours"}).content.decode()
        assert "What was saved meanwhile" in said
        assert "Theirs" in said
        assert 'name="version" value="2"' in said
        draft.refresh_from_db()
        assert draft.words == {"summary": "Theirs"}

    def test_a_text_that_is_too_long_is_kept_and_said(self, chair: User, browser_of: Any) -> None:
        draft = making.draft()
        given = {"version": 1, "summary": "x" * 10_001}
        said = browser_of(chair).post(page("save_narrative", draft.pk), given).content.decode()
        assert "Summary must be 10,000 characters or fewer" in said
        assert "x" * 10_001 in said

    def test_saves_itself(self, chair: User, browser_of: Any) -> None:
        draft, client = making.draft(), browser_of(chair)
        saved = client.post(page("autosave", draft.pk), {"version": 1, "summary": "Hotels"}).json()
        assert saved["version"] == 2
        assert saved["saved_at_text"].startswith("Saved at ")
        late = client.post(page("autosave", draft.pk), {"version": 1, "summary": "Taxis"})
        assert (late.status_code, late.json()) == (409, {"url": page("save_narrative", draft.pk)})
        assert client.post(page("autosave", draft.pk), {"version": "x"}).status_code == 400

    def test_brings_the_figures_up_to_date(self, chair: User, browser_of: Any) -> None:
        draft, client = making.draft(), browser_of(chair)
        response = client.post(page("bring_up_to_date", draft.pk))
        assert response.url == f"{page('preview', draft.pk)}?keep=1"
        said = read(client, "preview", draft.pk)
        assert "Newer figures:</strong> Waiting to begin." in said
        assert "Figures as known on" in said
        assert tasks.assemble() == 1
        said = read(client, "preview", draft.pk)
        assert "Newer figures" not in said
        assert "Progress against the delivery plan" in said

    def test_is_given_up_after_a_question(self, chair: User, browser_of: Any) -> None:
        draft, client = making.draft(), browser_of(chair)
        assert "Give the draft up" in read(client, "discard", draft.pk)
        client.post(page("discard", draft.pk))
        draft.refresh_from_db()
        assert draft.closed_at


class TestFigures:
    """While they are put together."""

    def test_without_a_script_one_looks_again_and_with_one_the_page_does(self, chair: User, browser_of: Any) -> None:
        under_way, client = making.assembling(), browser_of(chair)
        said = read(client, "preview", under_way.draft_id)
        assert f"Step 2 of {len(assembling.steps())}: reading what was issued." in said
        assert '<a class="govuk-link" href="?keep=1">See how far it is</a>' in said
        assert page("cancel_assembly", under_way.pk) in said
        assert page("sign_off", under_way.draft_id) not in said
        assert "data-next" not in said
        kept = client.get(page("preview", under_way.draft_id), {"keep": "1"}).content.decode()
        assert 'data-next="?keep=1"' in kept

    def test_the_words_are_written_on_a_page_that_does_not_load_itself_again(
        self, chair: User, browser_of: Any
    ) -> None:
        draft, client = making.assembling().draft, browser_of(chair)
        said = read(client, "save_narrative", draft.pk)
        assert "You can write meanwhile" in said
        assert f'href="{page("preview", draft.pk)}?keep=1"' in said
        assert "data-next" not in said
        assert client.post(page("autosave", draft.pk), {"version": 1, "summary": "Hotels"}).json()["version"] == 2

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_cannot_be_signed_off(self, chair: User, browser_of: Any, method: str) -> None:
        draft, client = making.assembling().draft, browser_of(chair)
        response = getattr(client, method)(page("sign_off", draft.pk), follow=True)
        assert response.redirect_chain == [(page("preview", draft.pk), 302)]
        assert "The figures are still being put together." in response.content.decode()

    def test_are_cancelled_and_asked_for_again(self, chair: User, browser_of: Any) -> None:
        under_way, client = making.assembling(), browser_of(chair)
        client.post(page("cancel_assembly", under_way.pk))
        said = read(client, "preview", under_way.draft_id)
        assert "The figures were cancelled before they were there." in said
        assert "Have them put together" in read(client, "save_narrative", under_way.draft_id)
        client.post(page("bring_up_to_date", under_way.draft_id))
        assert Assembling.objects.filter(state=Progress.WAITING).count() == 1
        again = client.post(page("cancel_assembly", under_way.pk), follow=True).content.decode()
        assert "It had come to its end already" in again

    @pytest.mark.parametrize("newer", [False, True], ids=["the first", "newer ones"])
    def test_say_that_they_failed(self, chair: User, browser_of: Any, newer: bool) -> None:
        draft = making.draft() if newer else making.draft(assembly=None)
        making.assembling(draft=draft, state=Progress.FAILED)
        said = read(browser_of(chair), "preview", draft.pk)
        assert f"{'Newer' if newer else 'The'} figures could not be put together." in said
        assert ("Go on to sign it off" in said) == newer

    def test_are_looked_at_in_few_queries(
        self, chair: User, browser_of: Any, django_assert_max_num_queries: Any
    ) -> None:
        under_way, client = making.assembling(), browser_of(chair)
        for name in ("preview", "save_narrative"):
            with django_assert_max_num_queries(MOST_QUERIES):
                read(client, name, under_way.draft_id)


class TestSigningOff:
    def test_a_few_children_in_the_minutes_are_noticed_too(self, chair: User, browser_of: Any) -> None:
        named = Table("Themes", ("Meeting", "What was named"), (("8 September 2026", "Two boys at a station"),), 2)
        sections = as_json([Section("themes", "Themes from CMOG", (Block(table=named),))])
        draft = making.draft(assembly=making.assembly(sections=sections))
        assert "Themes from CMOG: “Two boys”" in read(browser_of(chair), "sign_off", draft.pk)

    def test_says_what_to_look_at_and_issues_it(self, chair: User, browser_of: Any) -> None:
        draft, client = making.draft(words={"summary": "Two children went missing."}), browser_of(chair)
        assert "“Two children”" in read(client, "sign_off", draft.pk)
        response = client.post(page("sign_off", draft.pk), {"version": 1, "seen": draft.assembly_id})
        issued = Issued.objects.get()
        assert response.url == page("issued", issued.pk)
        said = read(client, "issued", issued.pk)
        assert "The PDF:</strong> Waiting to begin." in said
        assert "signed off by" in said

    def test_says_what_is_missing(self, chair: User, browser_of: Any) -> None:
        draft = making.draft()
        given = {"version": 1, "seen": draft.assembly_id}
        said = browser_of(chair).post(page("sign_off", draft.pk), given).content.decode()
        assert "Write the summary before you sign the report off" in said
        assert not Issued.objects.exists()

    def test_asks_again_who_is_there(self, chair: User, browser_of: Any, settings: Any) -> None:
        draft, client = making.draft(words={"summary": "Much"}), browser_of(chair)
        settings.STEP_UP_SECONDS = 0
        assert client.post(page("sign_off", draft.pk), {"version": 1, "seen": draft.assembly_id}).status_code == 403
        assert not Issued.objects.exists()

    def test_a_correction_leads_back_to_writing(self, chair: User, browser_of: Any) -> None:
        issued, client = making.issued(), browser_of(chair)
        response = client.post(page("correct", issued.pk))
        draft = Draft.objects.get()
        assert response.url == page("save_narrative", draft.pk)
        assert "What this version changes, and why" in read(client, "save_narrative", draft.pk)


class TestReading:
    def test_an_older_version_leads_to_the_later_one(self, reader: User, browser_of: Any) -> None:
        first, second = making.issued(), making.issued(number=2, at=making.factories.NOON + timedelta(hours=1))
        said = read(browser_of(reader), "issued", first.pk)
        assert page("issued", second.pk) in said
        assert "Correct this report" not in said

    def test_files_are_logged_and_ask_again_who_is_there(self, reader: User, browser_of: Any, settings: Any) -> None:
        issued, client = making.issued(), browser_of(reader)
        response = client.get(page("pdf", issued.pk))
        assert response.content == b"%PDF-1.7"
        assert response["Content-Disposition"].endswith('"OFFICIAL-SENSITIVE_quarterly_report_2026_Q3_v1.pdf"')
        client.get(page("xlsx", issued.pk))
        seen = Event.objects.filter(subject_id=issued.pk, subject_type="reports.issued").values_list("verb", flat=True)
        assert {"reports.issued.pdf", "reports.issued.xlsx"} <= set(seen)
        settings.STEP_UP_SECONDS = 0
        assert client.get(page("pdf", issued.pk)).status_code == 403

    def test_is_read_in_few_queries(self, reader: User, browser_of: Any, django_assert_max_num_queries: Any) -> None:
        issued, client = making.issued(), browser_of(reader)
        with django_assert_max_num_queries(MOST_QUERIES):
            read(client, "issued", issued.pk)


class TestProgress:
    def test_says_how_far_the_pdf_is_and_can_be_cancelled(self, chair: User, browser_of: Any) -> None:
        drawing, client = making.drawing(), browser_of(chair)
        assert "Step 5 of 8: laying out the pages" in read(client, "issued", drawing.issued_id)
        assert client.get(page("pdf", drawing.issued_id)).status_code == 404
        client.post(page("cancel_pdf", drawing.pk))
        said = read(client, "issued", drawing.issued_id)
        assert "The PDF was cancelled." in said
        client.post(page("ask_for_pdf", drawing.issued_id))
        assert Drawing.objects.filter(state=Progress.WAITING).count() == 1

    def test_what_is_there_already_is_not_drawn_again(self, chair: User, browser_of: Any) -> None:
        issued, client = making.issued(), browser_of(chair)
        said = client.post(page("ask_for_pdf", issued.pk), follow=True).content.decode()
        assert "The PDF is there, or is being drawn" in said


class TestXlsx:
    def test_a_text_like_a_formula_is_a_text(self, chair: User, reader: User, browser_of: Any, issue: Any) -> None:
        from tests import factories

        factories.barrier(action=factories.action(), what="=HYPERLINK(1)")
        issued = issue()
        content = browser_of(reader).get(page("xlsx", issued.pk)).content
        book = load_workbook(io.BytesIO(content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert book["Contents"]["A3"].value == "Table 1"
        figures = next(sheet for sheet in book if sheet["A1"].value == "Identified victims and offenders")
        assert [cell.value for cell in figures[3]] == ["July 2015 (strategy, section 6)", 376, 24, 229, 15]
        assert figures.oddHeader.center.text == "OFFICIAL-SENSITIVE"
