"""From the records of a quarter to a report that nobody changes any more (strategy §8, domain.md 26)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from accounts.models import User
from accounts.selectors import system_actor
from cse.demo.reports import with_figures
from delivery_plan.rules import Pillar, Rag, UpdateState
from figures.rules import Period
from figures.suppression import HIDDEN
from reports import assembling, selectors, services
from reports.models import Assembling, Assembly, Draft, Drawing, Issued, Pdf
from reports.printed import Document, Section, Table
from reports.rules import Progress
from tests import factories
from tests.reports import making
from tests.reports.conftest import BY_AGENCY, IN_TIME, LAST, QUARTERS, SUBMITTED, Count

pytestmark = pytest.mark.django_db
Issue = Callable[..., Issued]


def section(document: Document, key: str) -> Section:
    return next(each for each in document.sections if each.key == key)


def table(document: Document, title: str) -> Table:
    return next(each for _, each in document.tables if each.title == title)


def written(draft: Draft) -> Document:
    """As it stands with its figures."""
    assert draft.assembly
    return services.written(draft, draft.assembly)


def everything(document: Document) -> str:
    return repr(document)


class TestOpenDraft:
    def test_has_what_the_records_say(self, chair: User, at: datetime, count: Count) -> None:
        action = factories.action(
            pillar=Pillar.PROTECTION, rag=Rag.RED, rag_reason="The post is vacant", measure=IN_TIME
        )
        factories.plan_update(
            action=action, drafted_by=chair, state=UpdateState.ACCEPTED, text="It was advertised", settled_at=at
        )
        factories.barrier(action=action, what="No money for the venue")
        count(IN_TIME, 30, 40)
        count(BY_AGENCY, {("Police", "Serious"): 28, ("School", "Serious"): 10})
        document = written(with_figures(services.open_draft(by=chair, at=at, first=LAST.first), at))
        (row,) = table(document, "Protection: action by action").rows
        assert row[2] == "Red: off track. The post is vacant"
        assert row[3:] == (
            "It was advertised",
            "Return interviews held within 72 hours, of all that were due: 75% (30 of 40)",
        )
        assert table(document, "Barriers that stand").rows[0][0] == "No money for the venue"
        assert table(document, "Screenings by agency and level").rows == (
            ("Police", 28, 28),
            ("School", 10, 10),
            ("All", 38, 38),
        )
        assert section(document, "themes").blocks[0].text == ("No meeting of the quarter named any.",)
        assert table(document, "Identified victims and offenders").rows[0][1:] == (376, 24, 229, 15)

    def test_a_small_figure_is_hidden_wherever_it_would_stand(self, chair: User, at: datetime, count: Count) -> None:
        factories.action(measure=IN_TIME, target=90, rag=Rag.GREEN, rag_reason="All is done")
        count(IN_TIME, 2, 40)
        document = written(with_figures(services.open_draft(by=chair, at=at, first=LAST.first), at))
        assert table(document, "The quarter at a glance").rows[0][1] == f"{HIDDEN} ({HIDDEN} of 40)"
        (row,) = table(document, "Protection: action by action").rows
        assert str(row[4]).endswith("Target at least 90%")
        assert "otherwise" not in everything(document)

    def test_of_the_very_first_quarter_without_any_record(self, draft: Draft) -> None:
        document = written(draft)
        assert section(document, "plan").blocks[0].text == ("There was no delivery plan when this report was made.",)
        assert "Nothing that has been reported stands in the way." in everything(document)
        assert {row[1] for row in table(document, "The quarter at a glance").rows} == {"not collected"}
        assert not any(block.graph for each in document.sections for block in each.blocks)

    def test_leaves_its_figures_to_a_worker(self, chair: User, at: datetime) -> None:
        opened = services.open_draft(by=chair, at=at, first=LAST.first)
        assert opened.assembly is None
        assert opened.assemblings.get().state == Progress.WAITING

    def test_not_of_a_quarter_that_runs_nor_twice(self, chair: User, at: datetime, draft: Draft) -> None:
        with pytest.raises(services.NotNow, match="not over yet"):
            services.open_draft(by=chair, at=at, first=at.date())
        with pytest.raises(services.NotNow, match="open already"):
            services.open_draft(by=chair, at=at, first=LAST.first)

    def test_the_board_opens_none(self, reader: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.open_draft(by=reader, at=at, first=LAST.first)


class TestSaveNarrative:
    def test_two_who_write_at_once_overwrite_neither(self, draft: Draft, chair: User, at: datetime) -> None:
        given: Any = {"by": chair, "at": at, "draft": draft, "version": 1, "what_changed": ""}
        services.save_narrative(words={"summary": "Theirs"}, **given)
        with pytest.raises(services.Changed) as refusal:
            services.save_narrative(words={"summary": "Ours"}, **given)
        assert refusal.value.theirs.words == {"summary": "Theirs"}

    def test_is_done_while_the_figures_are_put_together(self, chair: User, at: datetime) -> None:
        opened = services.open_draft(by=chair, at=at, first=LAST.first)
        given: Any = {"by": chair, "at": at, "draft": opened, "version": 1, "what_changed": ""}
        services.save_narrative(words={"summary": "Ours"}, **given)
        assert section(written(with_figures(opened, at)), "summary").words == "Ours"


class TestBringUpToDate:
    def test_takes_what_is_known_now_and_keeps_the_words(
        self, draft: Draft, chair: User, at: datetime, count: Count
    ) -> None:
        words = {"words": {"summary": "Ours"}, "what_changed": ""}
        services.save_narrative(by=chair, at=at, draft=draft, version=1, **words)
        count(SUBMITTED, 44)
        services.bring_up_to_date(by=chair, at=at, draft=draft)
        document = written(with_figures(draft, at))
        assert table(document, "Screenings submitted").rows[-1][1:] == (44,)
        assert section(document, "summary").words == "Ours"

    def test_not_twice_at_once(self, draft: Draft, chair: User, at: datetime) -> None:
        services.bring_up_to_date(by=chair, at=at, draft=draft)
        with pytest.raises(services.NotNow, match="put together already"):
            services.bring_up_to_date(by=chair, at=at, draft=draft)

    def test_not_of_a_draft_that_is_closed(self, chair: User, at: datetime) -> None:
        with pytest.raises(services.NotNow, match="closed"):
            services.bring_up_to_date(by=chair, at=at, draft=making.draft(closed_at=at))


class TestDiscard:
    def test_leaves_room_for_another(self, draft: Draft, chair: User, at: datetime) -> None:
        closed = services.discard(by=chair, at=at, draft=draft)
        assert services.open_draft(by=chair, at=at, first=LAST.first) != draft
        with pytest.raises(services.NotNow, match="closed"):
            services.sign_off(by=chair, at=at, draft=closed, version=1, seen=None)

    def test_its_figures_are_not_gone_on_with(self, chair: User, at: datetime) -> None:
        under_way = making.assembling()
        services.discard(by=chair, at=at, draft=under_way.draft)
        assert not services.goes_on(under_way, 3, at=at)
        kept = {"draft": under_way.draft, "assembling": under_way, "made": assembling.assembled(LAST, at=at)}
        assert services.keep_assembly(by=system_actor(), at=at, **kept).assembly is None


class TestSignOff:
    def test_what_is_issued_is_what_was_seen(self, draft: Draft, issue: Issue, count: Count, chair: User) -> None:
        count(SUBMITTED, 44)
        issued = issue(draft=draft, themes="Hotels.")
        issued.refresh_from_db()
        document = selectors.document(issued)
        assert table(document, "Screenings submitted").rows[-1][1:] == ("not collected",)
        assert section(document, "themes").words == "Hotels."
        assert (document.version, document.signed_by) == ("Version 1", f"{chair.full_name}, Detective Chief Inspector")
        assert Drawing.objects.get().state == Progress.WAITING

    def test_nothing_of_it_is_changed_afterwards(self, issue: Issue) -> None:
        issued = issue()
        for change in (lambda: Issued.objects.update(content={}), issued.delete, issued.assembly.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_needs_a_summary(self, draft: Draft, chair: User, at: datetime) -> None:
        with pytest.raises(services.NotReady) as refusal:
            services.sign_off(by=chair, at=at, draft=draft, version=1, seen=draft.assembly_id)
        assert refusal.value.lacks.keys() == {"summary"}

    def test_not_what_another_has_changed_meanwhile(self, draft: Draft, chair: User, at: datetime) -> None:
        words = {"words": {"summary": "Theirs"}, "what_changed": ""}
        services.save_narrative(by=chair, at=at, draft=draft, version=1, **words)
        with pytest.raises(services.Changed):
            services.sign_off(by=chair, at=at, draft=draft, version=1, seen=draft.assembly_id)

    def test_not_before_its_figures_are_there(self, issue: Issue, chair: User, at: datetime) -> None:
        under_way = making.assembling()
        with pytest.raises(services.NotNow, match="still being put together"):
            issue(draft=under_way.draft)
        services.cancel(by=chair, at=at, work=under_way)
        under_way.draft.refresh_from_db()
        with pytest.raises(services.NotNow, match="no figures yet"):
            issue(draft=under_way.draft)

    def test_not_while_newer_figures_are_put_together_nor_before_they_were_seen(
        self, draft: Draft, issue: Issue, chair: User, at: datetime
    ) -> None:
        services.bring_up_to_date(by=chair, at=at, draft=draft)
        with pytest.raises(services.NotNow, match="Newer figures are being put together"):
            issue(draft=draft)
        newer = with_figures(draft, at)
        with pytest.raises(services.NotNow, match="Newer figures have been put together since"):
            services.sign_off(by=chair, at=at, draft=newer, version=newer.version, seen=draft.assembly_id)
        assert issue(draft=newer).assembly == newer.assembly

    def test_not_beside_a_report_against_which_it_was_not_weighed(
        self, draft: Draft, issue: Issue, chair: User, at: datetime
    ) -> None:
        issue(QUARTERS[0])
        with pytest.raises(services.NotNow, match="Another report has been issued since"):
            issue(draft=draft)
        draft.refresh_from_db()
        services.bring_up_to_date(by=chair, at=at, draft=draft)
        assert issue(draft=with_figures(draft, at)).serial == 2

    def test_hides_what_an_earlier_report_and_this_one_would_tell_together(
        self, issue: Issue, count: Count, at: datetime
    ) -> None:
        """40 was printed of a quarter, and 42 is known of it now: the two who came late would stand out."""
        count(SUBMITTED, 40, quarter=QUARTERS[1])
        first = selectors.document(issue(QUARTERS[1]))
        assert table(first, "Screenings submitted").rows[-1][1] == 40
        count(SUBMITTED, 42, quarter=QUARTERS[1], counted_at=at)
        second = selectors.document(issue(QUARTERS[2], at=at + timedelta(minutes=1)))
        assert table(second, "Screenings submitted").rows[-2][1] == HIDDEN

    def test_the_log_holds_that_it_was_done(self, issue: Issue, chair: User) -> None:
        from audit.models import Event

        issued = issue()
        event = Event.objects.get(verb="reports.sign_off")
        assert (event.actor_id, event.subject_id) == (chair.pk, issued.pk)


class TestCorrect:
    def test_is_a_new_version_that_says_what_changed(
        self, issue: Issue, count: Count, chair: User, at: datetime
    ) -> None:
        count(SUBMITTED, 40)
        first = issue(themes="Hotels.")
        count(SUBMITTED, 50, counted_at=at)
        draft = with_figures(services.correct(by=chair, at=at, issued=first), at + timedelta(minutes=1))
        with pytest.raises(services.NotReady, match="what this version changes"):
            issue(draft=draft)
        draft.refresh_from_db()
        second = issue(draft=draft, at=at + timedelta(minutes=2), why="One school had sent its forms late.")
        document = selectors.document(second)
        assert (second.number, document.what_changed) == (2, "One school had sent its forms late.")
        assert section(document, "themes").words == "Hotels."
        assert document.changes
        assert ("Screenings submitted", "Q3 2026", "40", "50") in document.changes.rows
        assert table(selectors.document(first), "Screenings submitted").rows[-1][1] == 40
        assert selectors.later_version(first) == second

    def test_only_the_last_version_is_corrected(self, issue: Issue, chair: User, at: datetime) -> None:
        first = issue()
        issue(draft=with_figures(services.correct(by=chair, at=at, issued=first), at), why="Again")
        with pytest.raises(services.NotNow, match="later version"):
            services.correct(by=chair, at=at, issued=first)
        with pytest.raises(services.NotNow, match="already been issued"):
            services.open_draft(by=chair, at=at, first=LAST.first)


class TestTakeUp:
    @pytest.mark.parametrize("kind", [Assembling, Drawing])
    def test_takes_each_once_and_again_what_was_lost_with_its_worker(
        self, kind: type[Assembling | Drawing], issue: Issue, chair: User, at: datetime
    ) -> None:
        issue()
        services.open_draft(by=chair, at=at, first=QUARTERS[0].first)
        worker = system_actor()
        taken = services.take_up(by=worker, at=at, kind=kind)
        assert taken
        assert services.take_up(by=worker, at=at + timedelta(minutes=1), kind=kind) is None
        assert services.take_up(by=worker, at=at + timedelta(minutes=6), kind=kind) == taken

    def test_is_no_persons_business(self, chair: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.take_up(by=chair, at=at, kind=Drawing)


class TestKeepAssembly:
    def test_of_two_workers_one_of_whom_was_thought_lost_the_first_is_kept(self, at: datetime) -> None:
        under_way = making.assembling(draft=making.draft(LAST.first, assembly=None))
        kept = {"by": system_actor(), "draft": under_way.draft, "assembling": under_way}
        first = services.keep_assembly(at=at, made=assembling.assembled(LAST, at=at), **kept)
        services.keep_assembly(at=at, made=assembling.assembled(LAST, at=at), **kept)
        first.refresh_from_db()
        assert first.assembly == Assembly.objects.get()


@pytest.fixture
def taken(at: datetime) -> Drawing:
    return making.drawing()


class TestKeepPdf:
    def test_keeps_the_file_with_its_digest(self, taken: Drawing, at: datetime) -> None:
        assert services.keep_pdf(by=system_actor(), at=at, drawing=taken, data=b"%PDF").state == Progress.DONE
        assert selectors.pdf_of(taken.issued) == b"%PDF"
        assert len(Pdf.objects.get().sha256) == 64


class TestCancel:
    def test_whoever_draws_hears_so_and_nothing_is_kept(self, taken: Drawing, chair: User, at: datetime) -> None:
        assert services.goes_on(taken, 3, at=at)
        services.cancel(by=chair, at=at, work=taken)
        assert not services.goes_on(taken, 4, at=at)
        services.keep_pdf(by=system_actor(), at=at, drawing=taken, data=b"%PDF")
        assert not Pdf.objects.exists()
        with pytest.raises(services.NotNow):
            services.cancel(by=chair, at=at, work=taken)

    def test_figures_can_be_asked_for_again(self, chair: User, at: datetime) -> None:
        under_way = making.assembling()
        services.cancel(by=chair, at=at, work=under_way)
        assert services.bring_up_to_date(by=chair, at=at, draft=under_way.draft).state == Progress.WAITING


class TestAskForPdf:
    def test_again_once_it_was_cancelled(self, taken: Drawing, chair: User, at: datetime) -> None:
        with pytest.raises(services.NotNow):
            services.ask_for_pdf(by=chair, at=at, issued=taken.issued)
        services.cancel(by=chair, at=at, work=taken)
        again = services.ask_for_pdf(by=chair, at=at, issued=taken.issued)
        assert selectors.drawing_of(taken.issued) == again


class TestGiveUp:
    def test_says_so_and_leaves_room_for_another(self, taken: Drawing, chair: User, at: datetime) -> None:
        assert services.give_up(by=system_actor(), at=at, work=taken).state == Progress.FAILED
        assert services.ask_for_pdf(by=chair, at=at, issued=taken.issued).state == Progress.WAITING


def test_a_quarter_is_one_whatever_its_day(chair: User, at: datetime) -> None:
    assert services.open_draft(by=chair, at=at, first=LAST.last).quarter == Period.quarter(LAST.first)
