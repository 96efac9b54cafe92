"""Actions from a file: shown row by row, recorded, taken back (domain.md 25)."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from accounts.models import User
from deadlines.models import Deadline
from deadlines.rules import Kind
from delivery_plan import services
from delivery_plan.models import Action, PlanList
from delivery_plan.rules import ListRow, Outcome, Pillar
from frontend.lists import ListState
from tests import factories

pytestmark = pytest.mark.django_db
Propose = Callable[..., PlanList]
SET_UP: dict[str, Any] = {"pillar": Pillar.PROTECTION, "text": "Interview every child within 72 hours."}


def listed(line: int = 2, **values: str) -> ListRow:
    names = ("number", "pillar", "section", "text", "lead_agency", "lead", "due_on", "success")
    return ListRow(line, **{**dict.fromkeys(names, ""), "pillar": "Protection", **values})


@pytest.fixture
def propose(chair: User, at: datetime) -> Propose:
    def run(*rows: ListRow, by: User = chair) -> PlanList:
        return services.propose_list(by=by, at=at, plan=factories.plan(), rows=rows)

    return run


@pytest.fixture
def known(lead: User) -> Action:
    return factories.action(number=1, due_on=date(2027, 1, 31), **SET_UP)


class TestProposeList:
    def test_says_what_each_row_would_do_and_does_none_of_it(self, known: Action, lead: User, propose: Propose) -> None:
        shut = factories.action(number=2, closed_on=date(2026, 1, 1), closed_reason="Done")
        agency = factories.agency(name="A charity")
        made = propose(
            listed(2, text="interview  every child within 72 hours", lead=lead.full_name, due_on="30/06/2027"),
            listed(3, text="Train all foster carers", pillar="PREVENTION", lead_agency="a charity"),
            listed(4, text=known.text),
            listed(5, text="Another", number="1", pillar="?", lead="Nobody", lead_agency="Nowhere", due_on="soon"),
            listed(6, text=shut.text, pillar=shut.pillar),
            listed(7, text="train all foster carers", pillar="prevention"),
        )
        rows = list(made.rows.order_by("number"))
        wrong = [Outcome.WRONG] * 4
        assert [row.outcome for row in rows] == [Outcome.CHANGES, Outcome.ADDS, *wrong]
        assert (rows[0].action, rows[0].was) == (known, {"lead_id": None, "due_on": "2027-01-31"})
        assert rows[1].lead_agency == agency
        assert rows[3].why == (
            "No pillar is called “?”. No agency is called “Nowhere”. Nobody who may lead an action is called “Nobody”. "
            "Action 1 of this plan has other words. “soon” is not a day like 30/06/2027"
        )
        assert [row.why for row in (rows[2], rows[4], rows[5])] == [
            "This action stands in the list more than once",
            "This action has been closed",
            "This action stands in the list more than once",
        ]
        assert Action.objects.get(pk=known.pk).version == known.version

    def test_what_is_so_already_changes_nothing(self, known: Action, propose: Propose) -> None:
        made = propose(listed(text=known.text, due_on="2027-01-31"), listed(3, text="x", pillar="Prosecute"))
        assert [row.outcome for row in made.rows.order_by("number")] == [Outcome.NOTHING, Outcome.ADDS]

    def test_an_action_of_another_pillar_is_not_taken_for_it(self, known: Action, propose: Propose) -> None:
        (row,) = propose(listed(text=known.text, pillar="Prosecute")).rows.all()
        assert row.why == "This action is one of the pillar Protection"

    def test_is_for_the_chair(self, lead: User, propose: Propose) -> None:
        with pytest.raises(PermissionDenied):
            propose(listed(text="x"), by=lead)


class TestApplyList:
    def test_records_what_was_shown(
        self, known: Action, lead: User, chair: User, propose: Propose, at: datetime
    ) -> None:
        rows = [
            listed(2, text=known.text, lead=lead.email, due_on="30 June 2027", success="All are seen"),
            listed(3, text="Train all foster carers", pillar="prevention", section="§7.1"),
            listed(4, text="", pillar="?"),
        ]
        applied = services.apply_list(by=chair, at=at, plan_list=propose(*rows))
        known.refresh_from_db()
        assert (known.lead, known.due_on, known.success) == (lead, date(2027, 6, 30), "All are seen")
        assert known.version == 2
        added = Action.objects.exclude(pk=known.pk).get()
        assert (added.number, added.pillar, added.section) == (2, Pillar.PREVENTION, "§7.1")
        assert Deadline.objects.filter(kind=Kind.PLAN_ACTION, subject_id=known.pk).count() == 1
        with pytest.raises(services.NotNow, match="already"):
            services.apply_list(by=chair, at=at, plan_list=applied)

    def test_records_nothing_once_the_plan_has_changed(
        self, known: Action, chair: User, propose: Propose, at: datetime
    ) -> None:
        made = propose(listed(text=known.text, due_on="30/06/2027"))
        Action.objects.update(due_on=date(2027, 2, 1))
        with pytest.raises(services.NotNow, match="has changed since"):
            services.apply_list(by=chair, at=at, plan_list=made)

    def test_of_nothing_is_refused(self, known: Action, chair: User, propose: Propose, at: datetime) -> None:
        with pytest.raises(services.NotNow, match="nothing in this list"):
            services.apply_list(by=chair, at=at, plan_list=propose(listed(text=known.text)))

    def test_a_plan_that_was_followed_is_left_alone(self, chair: User, propose: Propose, at: datetime) -> None:
        made = propose(listed(text="x"))
        given = {"title": "Next", "carried": [], "starts_on": date(2027, 4, 1), "ends_on": date(2028, 3, 31)}
        services.begin(by=chair, at=at, **given)
        with pytest.raises(services.NotNow, match="followed by another"):
            services.apply_list(by=chair, at=at, plan_list=made)


class TestUndoList:
    def test_takes_back_what_it_recorded(
        self, known: Action, lead: User, chair: User, propose: Propose, at: datetime
    ) -> None:
        row = {"lead": lead.full_name, "due_on": "30/06/2027", "success": "All are seen"}
        made = propose(listed(text=known.text, **row), listed(3, text="Train them", **row))
        undone = services.undo_list(by=chair, at=at, plan_list=services.apply_list(by=chair, at=at, plan_list=made))
        (only,) = Action.objects.all()
        assert (only.pk, only.lead, only.due_on, only.success) == (known.pk, None, date(2027, 1, 31), "")
        assert not Deadline.objects.filter(met_at=None, voided_at=None).exists()
        assert undone.state == ListState.UNDONE
        with pytest.raises(services.NotNow):
            services.undo_list(by=chair, at=at, plan_list=undone)

    def test_leaves_what_was_changed_or_said_since(
        self, known: Action, lead: User, chair: User, propose: Propose, at: datetime
    ) -> None:
        rows = [listed(text=known.text, due_on="30/06/2027", success="S"), listed(3, text="Train", lead=lead.email)]
        applied = services.apply_list(by=chair, at=at, plan_list=propose(*rows))
        Action.objects.filter(pk=known.pk).update(success="Theirs")
        factories.plan_update(action=Action.objects.get(text="Train"), drafted_by=lead)
        services.undo_list(by=chair, at=at, plan_list=applied)
        known.refresh_from_db()
        assert (known.due_on, known.success) == (date(2027, 1, 31), "Theirs")
        assert Action.objects.get(text="Train").lead == lead


class TestPages:
    def send(self, client: Any, name: str, content: bytes) -> Any:
        return client.post(reverse("delivery_plan:propose_list"), {"rows": SimpleUploadedFile(name, content)})

    def test_what_was_downloaded_changes_nothing_when_it_comes_back(
        self, known: Action, lead: User, chair: User, browser_of: Any
    ) -> None:
        Action.objects.filter(pk=known.pk).update(lead=lead, lead_agency=factories.agency(), success="All are seen")
        client = browser_of(chair)
        self.send(client, "plan.csv", client.get(reverse("delivery_plan:plan_csv")).content)
        (row,) = PlanList.objects.get().rows.all()
        assert (row.outcome, row.why) == (Outcome.NOTHING, "")

    def test_a_workbook_is_shown_recorded_and_undone(self, known: Action, chair: User, browser_of: Any) -> None:
        client, book, made = browser_of(chair), Workbook(), io.BytesIO()
        for line in (["Pillar", "Action", "Due"], ["Protection", known.text, date(2027, 6, 30)], ["?", "Wrong"]):
            book.worksheets[0].append(line)
        book.save(made)
        shown = client.get(self.send(client, "plan.xlsx", made.getvalue()).url).content.decode()
        for words in ("Nothing has been recorded yet", "Before: due 31 January 2027", "No pillar is called “?”"):
            assert words in shown
        pk = PlanList.objects.get().pk
        for name, words, due in (("apply", "Undo this list", date(2027, 6, 30)), ("undo", "Undone", date(2027, 1, 31))):
            said = client.post(reverse(f"delivery_plan:{name}_list", args=[pk]), follow=True).content.decode()
            assert words in said
            assert Action.objects.get().due_on == due
        assert "Undone" in client.get(reverse("delivery_plan:propose_list")).content.decode()

    def test_says_why_a_file_is_refused(self, known: Action, chair: User, browser_of: Any) -> None:
        said = self.send(browser_of(chair), "plan.csv", b"Action,Due\nx,y").content.decode()
        assert "headings Pillar and Action. Not found: Pillar" in said

    def test_a_long_list_is_kept_recorded_and_shown_in_few_queries(
        self, chair: User, browser_of: Any, django_assert_max_num_queries: Any
    ) -> None:
        factories.plan()
        client, text = browser_of(chair), io.StringIO()
        csv.writer(text).writerows([["Pillar", "Action"], *(["Prevention", f"Do {n}"] for n in range(200))])
        with django_assert_max_num_queries(30):
            response = self.send(client, "plan.csv", text.getvalue().encode())
        with django_assert_max_num_queries(12):
            client.get(response.url)
