"""The plan's pages, as its readers, leads and chair use them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from delivery_plan import changes, services
from delivery_plan.models import Action, Barrier, Milestone, Plan, Update
from delivery_plan.rules import Pillar, Rag, UpdateState
from figures.models import Current
from figures.rules import Period
from frontend import findings
from tests import factories
from tests.governance import making

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
QUARTERS = ("0%", "14%", "29%", "43%", "57%", "71%", "86%")
"""Of the quarters that are over; the eighth runs."""


def page(name: str, *args: int) -> str:
    return reverse(f"delivery_plan:{name}", args=args)


def read(client: Any, name: str, *args: int) -> str:
    response = client.get(page(name, *args))
    assert response.status_code == 200
    return str(response.content.decode())


class TestEmpty:
    def test_the_chair_begins_the_first_plan(self, chair: User, browser_of: Any) -> None:
        client = browser_of(chair)
        assert "There is no delivery plan yet" in read(client, "plan")
        days = {"starts_on-day": "1", "starts_on-month": "4", "starts_on-year": "2026"}
        days |= {"ends_on-day": "31", "ends_on-month": "3", "ends_on-year": "2027"}
        response = client.post(page("begin"), {"title": "Plan 2026", **days})
        assert response.status_code == 302, response.content.decode()
        assert Plan.objects.get().actions.count() == 21
        assert "Undertake regular local CSE profiling" in read(client, "plan")

    def test_a_reader_is_not_offered_to(self, browser_of: Any) -> None:
        board = factories.user(team=factories.team(), roles=[Role.BOARD_READER])
        said = read(browser_of(board), "plan")
        assert "There is no delivery plan yet" in said
        assert page("begin") not in said

    @pytest.mark.parametrize(
        ("name", "words"),
        [("mine", "You lead no action"), ("barriers", "Nothing that has been"), ("changes", "Nothing has changed")],
    )
    def test_lists_say_so(self, chair: User, browser_of: Any, name: str, words: str) -> None:
        assert words in read(browser_of(chair), name)


class TestWriting:
    WORDS = {"text": "Much was done", "rag": Rag.GREEN, "rag_reason": "All is done", "despite": "", "version": "0"}

    def test_a_draft_is_kept_and_sent_and_accepted(
        self, action: Action, lead: User, chair: User, browser_of: Any
    ) -> None:
        writer, reader = browser_of(lead), browser_of(chair)
        writer.post(page("save_update", action.pk), self.WORDS)
        assert action.updates.get().state == UpdateState.DRAFT
        assert "Much was done" in read(writer, "save_update", action.pk)
        writer.post(page("save_update", action.pk), {**self.WORDS, "version": "1", "send": "1"})
        assert "Update waits for the chair" in read(reader, "plan")
        reader.post(page("accept_update", action.updates.get().pk))
        action.refresh_from_db()
        assert action.rag == Rag.GREEN
        assert "Much was done" in read(reader, "changes")
        assert "Much was done" in read(writer, "action", action.pk)

    def test_both_texts_are_shown_to_who_comes_second(self, action: Action, lead: User, browser_of: Any) -> None:
        client = browser_of(lead)
        client.post(page("save_update", action.pk), {**self.WORDS, "text": "Theirs"})
        said = client.post(page("save_update", action.pk), {**self.WORDS, "text": "Ours"}).content.decode()
        assert "Theirs" in said
        assert "Ours" in said
        assert "What was saved meanwhile" in said
        assert action.updates.get().text == "Theirs"
        assert 'name="version" value="1"' in said

    def test_green_against_the_figures_asks_for_the_reason(
        self,
        action: Action,
        lead: User,
        browser_of: Any,
        set_up: Callable[..., Action],
        made_up: Callable[..., None],
    ) -> None:
        set_up(action, measure="test.made_up", target=90)
        made_up(60, 80)
        client = browser_of(lead)
        said = client.post(page("save_update", action.pk), {**self.WORDS, "send": "1"}).content.decode()
        assert "Say why this is green although the figures say 75% (60 of 80)" in said
        assert "Much was done" in said
        assert action.updates.get().state == UpdateState.DRAFT
        reasoned = {**self.WORDS, "send": "1", "version": "1", "despite": "One school was closed"}
        assert client.post(page("save_update", action.pk), reasoned).status_code == 302
        assert "One school was closed" in read(client, "action", action.pk)

    def test_sent_back_says_why(self, action: Action, lead: User, chair: User, browser_of: Any) -> None:
        update = factories.plan_update(action=action, drafted_by=lead, state=UpdateState.SUBMITTED)
        browser_of(chair).post(page("return_update", update.pk), {"reason": "Say when"})
        assert "Sent back by the chair: Say when" in read(browser_of(lead), "save_update", action.pk)

    def test_who_leads_an_action_reads_there_what_is_owed(self, action: Action, lead: User, browser_of: Any) -> None:
        client = browser_of(lead)
        owed = f'href="{page("save_update", action.pk)}"'
        said = read(client, "mine")
        assert owed in said
        assert "due by 1 January 2027" in said
        update = factories.plan_update(action=action, drafted_by=lead, state=UpdateState.SUBMITTED)
        assert owed not in read(client, "mine")
        Update.objects.filter(pk=update.pk).update(state=UpdateState.RETURNED, settled_reason="Say when")
        assert "Sent back by the chair: Say when" in read(client, "mine")
        assert owed not in read(client, "plan")

    def test_a_draft_is_not_read_by_others(self, action: Action, lead: User, stranger: User, browser_of: Any) -> None:
        factories.plan_update(action=action, drafted_by=lead, text="Not yet for others")
        assert "Not yet for others" not in read(browser_of(stranger), "action", action.pk)


class TestSettingUp:
    def given(self, **changes: str) -> dict[str, str]:
        return {"version": "1", "update_every_months": "3", "success": "All are seen", **changes}

    def test_says_who_leads_and_what_measures_it(
        self, action: Action, lead: User, chair: User, browser_of: Any, made_up: Callable[..., None]
    ) -> None:
        changes = {"lead": str(lead.pk), "measure": "test.made_up", "target": "90"}
        browser_of(chair).post(page("set_up", action.pk), self.given(**changes))
        action.refresh_from_db()
        assert (action.lead, action.measure, action.target, action.version) == (lead, "test.made_up", 90, 2)

    def test_a_target_needs_a_measure(self, action: Action, chair: User, browser_of: Any) -> None:
        response = browser_of(chair).post(page("set_up", action.pk), self.given(target="90"))
        assert "Choose the live measure that this is the target of" in response.content.decode()

    def test_both_set_ups_are_shown_to_who_comes_second(self, action: Action, chair: User, browser_of: Any) -> None:
        client = browser_of(chair)
        client.post(page("set_up", action.pk), self.given(success="Theirs"))
        said = client.post(page("set_up", action.pk), self.given(success="Ours")).content.decode()
        assert "Theirs" in said
        assert "Ours" in said
        assert 'name="version" value="2"' in said


class TestTheRest:
    def test_a_barrier_is_raised_and_lifted(self, action: Action, lead: User, browser_of: Any) -> None:
        client = browser_of(lead)
        since = {"since_on-day": "2", "since_on-month": "11", "since_on-year": "2026"}
        words = {"what": "No money", "who_can_lift": "The council", **since}
        client.post(page("raise_barrier", action.pk), words)
        barrier = Barrier.objects.get()
        assert "No money" in read(client, "barriers")
        lifted = {"lifted_on-day": "3", "lifted_on-month": "11", "lifted_on-year": "2026", "how_lifted": "Paid"}
        assert client.post(page("lift_barrier", barrier.pk), lifted).status_code == 302
        assert "No money" not in read(client, "barriers")
        assert "Paid" in read(client, "action", action.pk)

    def test_a_milestone_is_set_and_reached(self, action: Action, lead: User, chair: User, browser_of: Any) -> None:
        due = {"due_on-day": "1", "due_on-month": "12", "due_on-year": "2027"}
        browser_of(chair).post(page("add_milestone", action.pk), {"text": "The venue is booked", **due})
        browser_of(lead).post(page("reach_milestone", Milestone.objects.get().pk))
        assert Milestone.objects.get().done_on == timezone.localdate()

    def test_both_milestones_are_shown_to_who_comes_second(self, action: Action, chair: User, browser_of: Any) -> None:
        milestone, client = factories.milestone(action=action), browser_of(chair)
        due = {"due_on-day": "1", "due_on-month": "12", "due_on-year": "2027", "version": "1"}
        client.post(page("change_milestone", milestone.pk), {"text": "Theirs", **due})
        said = client.post(page("change_milestone", milestone.pk), {"text": "Ours", **due}).content.decode()
        assert all(words in said for words in ("Theirs", "Ours", 'name="version" value="2"'))

    def test_evidence_leads_only_to_safe_addresses(self, action: Action, lead: User, browser_of: Any) -> None:
        client = browser_of(lead)
        said = client.post(page("add_evidence", action.pk), {"title": "Minutes", "link": "javascript:alert(1)"})
        assert "Enter an address that starts with https://" in said.content.decode()
        good = {"title": "Minutes", "link": "https://example.org/minutes"}
        assert client.post(page("add_evidence", action.pk), good).status_code == 302

    def test_an_action_from_a_finding_keeps_where_it_came_from(self, chair: User, browser_of: Any) -> None:
        factories.plan()
        gap = factories.gap(what="No group for boys")
        address = page("add_action") + f"?finding={findings.key(gap)}"
        client = browser_of(chair)
        asked = client.get(address).content.decode()
        assert "No group for boys</textarea>" in asked
        assert "It arises from: A gap in services, known since" in asked
        client.post(address, {"pillar": Pillar.PREVENTION, "text": "A group for boys"})
        said = read(client, "action", Action.objects.get().pk)
        assert f'<a class="govuk-link" href="{reverse("prevention:services")}">A gap in services' in said
        again = client.post(address, {"pillar": Pillar.PREVENTION, "text": "The same"}).content.decode()
        assert "An action of the plan already arises from this" in again

    @pytest.mark.parametrize("key", ["prevention.gap.1", "prevention.gap.", "people.child.1", "7", "prevention.gap.²"])
    def test_no_action_arises_from_what_nobody_found(self, chair: User, browser_of: Any, key: str) -> None:
        factories.plan()
        assert browser_of(chair).get(page("add_action") + f"?finding={key}").status_code == 404

    def test_who_may_not_open_a_finding_is_not_led_to_it(self, chair: User, worker: User, browser_of: Any) -> None:
        finding = making.finding(review=making.review(title="Ten records"))
        action = factories.action(finding=findings.key(finding))
        assert "Finding 1 of Ten records</a>" in read(browser_of(chair), "action", action.pk)
        said = read(browser_of(worker), "action", action.pk)
        assert "A finding that is not open to you" in said
        assert "Ten records" not in said

    def test_a_closed_action_says_why_and_offers_nothing(self, action: Action, chair: User, browser_of: Any) -> None:
        client = browser_of(chair)
        client.post(page("close", action.pk), {"reason": "It was achieved"})
        said = read(client, "action", action.pk)
        assert "It was achieved" in said
        assert page("save_update", action.pk) not in said

    def test_the_spreadsheet_has_a_row_for_each_action(self, action: Action, chair: User, browser_of: Any) -> None:
        Action.objects.update(rag_reason="=1+1")
        rows = list(csv.DictReader(io.StringIO(read(browser_of(chair), "plan_csv"))))
        assert [row["Why"] for row in rows] == ["'=1+1"]


class TestCost:
    """21 actions, eight quarters, 200 updates."""

    @pytest.fixture
    def full(self, lead: User, made_up: Callable[..., None], at: datetime) -> Plan:
        plan = factories.plan()
        given = {"lead": lead, "measure": "test.made_up", "target": 90, "lead_agency": factories.agency()}
        actions = [factories.action(number=100 + n, **given) for n in range(21)]
        for n in range(200):
            when = at - timedelta(days=n % 700)
            state = {"state": UpdateState.ACCEPTED, "settled_at": when, "settled_by": lead}
            factories.plan_update(action=actions[n % 21], drafted_by=lead, changed_at=when, **state)
        for each in actions[:5]:
            factories.barrier(action=each, raised_by=lead)
        for months, period in enumerate(Period.quarter(at.date()).quarters_before(8)):
            days = {"first": period.first, "last": period.last, "counted_at": at}
            Current.objects.create(measure="test.made_up", of=10 * months, whole=70, **days)
        return plan

    def test_one_kind_of_actions_is_looked_for(self, full: Plan, lead: User, browser_of: Any) -> None:
        client, blocked = browser_of(lead), full.actions.filter(barriers__isnull=False)
        said = read(client, "plan")
        assert '<a class="govuk-link" href="?show=blocked#actions">5<' in said
        found = client.get(page("plan"), {"show": "blocked"}).content.decode()
        shown = {int(pk) for pk in re.findall(r'href="/plan/actions/(\d+)/"', found)}
        assert shown == set(blocked.values_list("pk", flat=True))
        assert "No action is so." in client.get(page("plan"), {"show": "red"}).content.decode()
        assert client.get(page("plan"), {"show": "anything"}).content.decode().count("/plan/actions/") == 21

    def test_all_of_it_is_on_the_pages(self, full: Plan, lead: User, browser_of: Any) -> None:
        client = browser_of(lead)
        assert read(client, "plan").count("86% (60 of 70) in Q3 2026") == 21
        said = read(client, "action", full.actions.order_by("number")[0].pk)
        rows = re.findall(r">(Q\d \d{4})</th>\s*<td[^>]*>([^<]*)<", said)
        assert rows[-7:] == [(f"Q{1 + n % 4} {2025 + n // 4}", said) for n, said in enumerate(QUARTERS)]
        assert said.count("Much was done") == 10

    @pytest.mark.parametrize("name", ["plan", "mine", "barriers", "changes", "plan_csv"])
    def test_each_list_is_read_in_few_queries(
        self, full: Plan, lead: User, browser_of: Any, django_assert_max_num_queries: Any, name: str
    ) -> None:
        client = browser_of(lead)
        with django_assert_max_num_queries(MOST_QUERIES):
            read(client, name)

    def test_an_action_is_read_in_few_queries(
        self, full: Plan, lead: User, browser_of: Any, django_assert_max_num_queries: Any
    ) -> None:
        client, action = browser_of(lead), full.actions.order_by("number")[0]
        action.supporting.add(action.lead_agency)
        action.depends_on.add(full.actions.order_by("number")[1])
        factories.milestone(action=action)
        with django_assert_max_num_queries(MOST_QUERIES):
            said = read(client, "action", action.pk)
        assert f"Action {action.number}" in said
        assert "Much was done" in said


def test_what_is_stale_overdue_or_blocked_is_marked(lead: User, browser_of: Any) -> None:
    factories.barrier(action=factories.action(due_on=date(2026, 1, 1), lead=lead))
    Plan.objects.update(adopted_on=date(2026, 1, 1))
    said = read(browser_of(lead), "plan")
    assert all(words in said for words in ("Overdue", "No update for a quarter", "Blocked"))


def test_whoever_changed_one_meanwhile_is_named(action: Action, chair: User, lead: User, browser_of: Any) -> None:
    factories.plan_update(action=action, drafted_by=chair, version=1)
    said = browser_of(lead).post(page("save_update", action.pk), TestWriting.WORDS).content.decode()
    assert chair.full_name in said
    assert Update.objects.get().drafted_by == chair


def test_what_changed_tells_of_everything_that_became_otherwise(
    action: Action, lead: User, chair: User, browser_of: Any
) -> None:
    today, long_ago = timezone.localdate(), date(2020, 1, 1)
    factories.barrier(action=action, what="Said at last", since_on=long_ago, raised_on=today)
    factories.barrier(action=action, what="Old", since_on=long_ago, raised_on=long_ago)
    factories.barrier(action=action, what="Paid at last", since_on=long_ago, lifted_on=today, how_lifted="By a grant")
    factories.milestone(action=action, text="The venue was found", done_on=today)
    factories.milestone(action=action, text="Not yet")
    factories.action(closed_on=today, closed_reason="All were trained")
    factories.action(text="Teach night workers", added_on=today)
    factories.action(text="There from the beginning", added_on=action.plan.adopted_on)
    said = read(browser_of(lead), "changes")
    told = ("Said at last", "Paid at last", "By a grant", "The venue was found", "All were trained", "Teach night work")
    assert all(words in said for words in told)
    assert not any(words in said for words in ("Old", "Not yet", "There from the beginning"))


def test_how_an_action_stood_before_is_told_beside_how_it_stands(action: Action, lead: User, at: datetime) -> None:
    day = at.date()
    given = {"action": action, "drafted_by": lead, "settled_by": lead, "state": UpdateState.ACCEPTED}
    for rag, when in ((Rag.GREEN, at - timedelta(days=90)), (Rag.AMBER, at - timedelta(days=1)), (Rag.RED, at)):
        factories.plan_update(rag=rag, settled_at=when, **given)
    factories.plan_update(**given | {"action": factories.action(), "settled_at": at})
    found = changes.since(action.plan, day)
    assert [(each.rag, each.before) for each in found.updates] == [(Rag.AMBER, None), (Rag.RED, Rag.AMBER)]


def test_what_became_of_the_plan_before_is_told_with_the_one_that_followed_it(
    action: Action, lead: User, chair: User, at: datetime
) -> None:
    left, before = factories.action(), action.plan
    day, today = before.adopted_on, at.date()
    factories.barrier(action=action, raised_on=today)
    factories.plan_update(action=action, drafted_by=lead, settled_by=lead, settled_at=at, state=UpdateState.ACCEPTED)
    late = services.add_action(by=chair, at=at, plan=before, pillar=Pillar.PREVENTION, text="Teach it")
    days = {"starts_on": date(2027, 4, 1), "ends_on": date(2028, 3, 31)}
    plan = services.begin(by=chair, at=at, title="The next", carried=[action, late], **days)
    found = changes.since(plan, day)
    assert [each.action for each in found.updates] == [action]
    assert [each.action.plan for each in found.arisen] == [plan]
    assert found.closed == [left]
    assert [each.carried_from for each in found.added] == [late]
    assert changes.since(plan, today + timedelta(days=1)).any is False


def test_a_day_that_was_moved_is_told_with_what_it_was(action: Action) -> None:
    first, second, third = date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)
    moved, removed, back, set_now, tried = (factories.action(due_on=day) for day in (first, first, first, None, None))
    days = {moved: (second, third), removed: (None,), back: (second, first), set_now: (first,), tried: (first, None)}
    for action_moved, day in ((each, day) for each, moves in days.items() for day in moves):
        action_moved.due_on = day
        action_moved.save(update_fields=["due_on"])
    factories.action(due_on=first).save()
    today = timezone.localdate()
    assert changes.since(action.plan, today).moved == [(moved, first), (removed, first)]
    assert changes.since(action.plan, today + timedelta(days=1)).moved == []
