"""The pages of committees, meetings and what follows from them."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Team, User
from accounts.roles import Role
from audit.models import Event
from delivery_plan.models import Action as PlanAction
from governance.models import Committee, Finding, Item, Meeting, Member, MonthlyUpdate, Review
from governance.rules import Body, EscalationState
from people.models import Child
from tests import factories
from tests.governance import making

pytestmark = pytest.mark.django_db
MOST_QUERIES = 40


def page(name: str, *args: int) -> str:
    return reverse(f"governance:{name}", args=args)


def read(client: Any, name: str, *args: int) -> str:
    response = client.get(page(name, *args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def post(client: Any, page_name: str, /, *args: int, **given: Any) -> str:
    """What the page says after the form is sent."""
    response = client.post(page(page_name, *args), given, follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def client(inspector: User, browser_of: Any) -> Any:
    """The chair of CMOG at their desk."""
    return browser_of(inspector)


class TestCommittees:
    def test_none_yet_and_the_chair_enters_their_own(self, client: Any, today: date) -> None:
        said = read(client, "committees")
        assert "No committee has been entered yet" in said
        assert "Enter CSE and Missing Operational Group" in said
        assert "Enter Local Safeguarding" not in said
        given = {"name": "CMOG", "meets_every_months": "1", "text": "To protect"}
        said = post(client, "begin_committee", 2, **given, **day("review_by", today + timedelta(days=90)))
        assert "To protect" in said

    def test_there_are_three_bodies(self, client: Any) -> None:
        assert client.get(page("begin_committee", 3)).status_code == 404

    def test_seats_calendar_and_terms(self, client: Any, cmog: Committee, inspector: User, today: date) -> None:
        since = day("since_on", today)
        said = post(client, "seat_member", cmog.pk, **since)
        assert "Select who takes the seat, or enter their name and agency" in said
        said = post(client, "seat_member", cmog.pk, person=str(inspector.pk), is_chair="yes", deputy="Al", **since)
        assert inspector.full_name in said
        member = Member.objects.get()
        assert (member.agency, member.is_chair) == (making.agency_of(inspector), True)
        said = post(client, "name_deputy", member.pk, deputy="Bo Small")
        assert "Bo Small" in said
        given = {"begins": "14:00", "place": "Civic Centre", "count": "2"}
        post(client, "plan_meetings", cmog.pk, **day("first", today), **given)
        assert Meeting.objects.count() == 2
        given = {"text": "To disrupt", "what_changed": "Disruption"}
        said = post(client, "publish_terms", cmog.pk, **given, **day("review_by", today + timedelta(days=90)))
        assert "Version 2" in said
        said = post(client, "unseat_member", member.pk, **day("until_on", today))
        assert "Nobody has a seat yet" in said

    def test_both_versions_are_shown_where_two_edit(self, client: Any, cmog: Committee) -> None:
        given = {"meets_every_months": "1", "version": "1"}
        post(client, "change_committee", cmog.pk, name="MACE", **given)
        said = post(client, "change_committee", cmog.pk, name="Panel", **given)
        for words in ("What was saved meanwhile", "MACE", "Panel", 'name="version" value="2"'):
            assert words in said

    def test_who_reads_is_offered_nothing_to_write(self, cmog: Committee, partner: User, browser_of: Any) -> None:
        said = read(browser_of(partner), "committee", cmog.pk)
        assert "/new/" not in said

    def test_the_board_reads_the_others_and_not_cmog(self, cmog: Committee, browser_of: Any) -> None:
        semt = making.committee(Body.SEMT)
        client = browser_of(factories.user(roles=[Role.BOARD_READER]))
        said = read(client, "committees")
        assert semt.name in said
        assert page("committee", cmog.pk) not in said
        assert client.get(page("committee", cmog.pk)).status_code == 403
        assert client.get(page("meeting", making.meeting().pk)).status_code == 403


class TestMeeting:
    @pytest.fixture
    def planned(self, seats: list[Member]) -> Meeting:
        return making.meeting()

    def test_is_minuted_from_the_agenda_to_the_agreement(
        self, client: Any, planned: Meeting, seats: list[Member], inspector: User, today: date
    ) -> None:
        assert "Agenda" in read(client, "meeting", planned.pk)
        said = post(client, "propose_item", planned.pk, title="Taxis")
        assert "Proposed by" in said
        item = Item.objects.get(title="Taxis")
        said = post(client, "add_paper", item.pk, title="Ranks", link="http://example.org")
        assert "starts with https://" in said
        post(client, "add_paper", item.pk, title="Ranks at night", text="Three of them")
        said = post(client, "record_attendance", planned.pk, version="1")
        assert f"Select how {seats[0].name} came" in said
        codes = {f"member_{each.pk}": "Y" for each in seats}
        said = post(client, "record_attendance", planned.pk, version="1", **codes)
        assert "Quorate" in said
        post(client, "minute_item", item.pk, version="1", minutes="Drivers were told", decision="Letters go out")
        post(client, "record_matter", planned.pk, kind="barrier", text="No beds")
        given = {"what": "Write to the ranks", "owner": str(inspector.pk)}
        post(client, "add_action", planned.pk, **given, **day("due_on", today))
        said = post(client, "agree_minutes", planned.pk)
        for words in ("Drivers were told", "Letters go out", "No beds", "Write to the ranks", "Minutes agreed"):
            assert words in said
        assert "/items/" not in said
        printed = read(client, "print_minutes", planned.pk)
        for words in ("Ranks at night", "Drivers were told", "Write to the ranks", "Agreed by"):
            assert words in printed
        assert "Taxis" in read(client, "print_agenda", planned.pk)

    def test_both_registers_are_shown_where_two_record_one(
        self, client: Any, planned: Meeting, seats: list[Member]
    ) -> None:
        codes = {f"member_{each.pk}": "Y" for each in seats}
        post(client, "record_attendance", planned.pk, version="1", **codes)
        said = post(client, "record_attendance", planned.pk, version="1", **codes | {f"member_{seats[0].pk}": "N"})
        assert "What was saved meanwhile" in said
        assert 'name="version" value="2"' in said

    def test_is_moved_and_cancelled(self, client: Any, planned: Meeting, today: date) -> None:
        post(client, "move_meeting", planned.pk, begins="9:00", place="Online", **day("held_on", today))
        planned.refresh_from_db()
        assert (planned.held_on, planned.place) == (today, "Online")
        assert "Snow" in post(client, "cancel_meeting", planned.pk, reason="Snow")

    def test_a_withdrawn_item_is_gone(self, client: Any) -> None:
        item = making.item(title="Hotels")
        assert "Hotels" not in post(client, "withdraw_item", item.pk)

    def test_actions_are_carried_and_finished(self, client: Any, partner: User, browser_of: Any, today: date) -> None:
        action = making.action(owner=partner, due_on=date(2026, 10, 30))
        following = making.meeting(held_on=today)
        assert "Write to the hotels" in read(client, "meeting", following.pk)
        theirs = browser_of(partner)
        assert "Yours" in read(theirs, "actions")
        assert "All have answered" in post(theirs, "finish_action", action.pk, outcome="All have answered")
        assert "No action is open" in read(theirs, "actions")

    def test_an_action_is_given_to_another(self, client: Any, partner: User, today: date) -> None:
        action = making.action()
        given = {"what": "Ring", "owner": str(partner.pk), "version": "1"}
        assert partner.full_name in post(client, "change_action", action.pk, **given, **day("due_on", today))
        said = post(client, "change_action", action.pk, **given | {"what": "Write"}, **day("due_on", today))
        assert "What was saved meanwhile" in said

    def test_semt_reads_what_cmog_has_agreed_since_it_met(self, chief: User, browser_of: Any) -> None:
        semt = making.committee(Body.SEMT)
        making.held(making.quorum(semt), held_on=date(2026, 9, 1))
        meeting = making.meeting(committee=semt, held_on=date(2026, 12, 1))
        agreed = {"state": "agreed", "agreed_by": chief, "agreed_at": factories.NOON}
        making.update(**agreed)
        making.update(month=date(2026, 11, 1))
        said = read(browser_of(chief), "meeting", meeting.pk)
        assert "Update of October 2026" in said
        assert "Update of November 2026" not in said
        assert reverse("delivery_plan:plan") in said

    def test_costs_the_same_however_much_was_said(
        self, client: Any, planned: Meeting, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(8):
            making.item(meeting=planned)
            making.action(meeting=planned)
            making.concern(tabled_at=planned, title=f"Place {number}")
        with django_assert_max_num_queries(MOST_QUERIES):
            read(client, "meeting", planned.pk)


class TestAttendance:
    def test_of_agencies_and_people_on_the_page_and_in_a_file(self, client: Any, seats: list[Member]) -> None:
        making.held(seats, "YDN")
        assert "100% (1 of 1)" in read(client, "attendance", seats[0].committee_id)
        response = client.get(page("attendance_csv", seats[0].committee_id))
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        found = {row[0]: row[1:] for row in rows}
        assert found[seats[1].agency.name] == ["D", "1", "1", "100%"]
        assert found[f"{seats[1].name}, {seats[1].agency.name}"] == ["D", "0", "1", "0%"]

    def test_of_none(self, client: Any, cmog: Committee) -> None:
        assert "No meeting has been held yet" in read(client, "attendance", cmog.pk)


class TestChildren:
    def test_is_gone_through_and_one_steps_down(
        self, client: Any, listed: Child, cmog_team: Team, meeting: Meeting, inspector: User
    ) -> None:
        other = making.listed(cmog_team)
        assert "Not gone through" in read(client, "children")
        said = post(client, "discuss_child", listed.pk, version="0", said="Safe", decided="steps_down")
        assert "Enter why the child leaves the list" in said
        given = {"said": "Safe", "decided": "steps_down", "reason": "Six months without a word"}
        said = post(client, "discuss_child", listed.pk, version="0", **given)
        assert "Steps down" in said
        post(client, "discuss_child", other.pk, version="0", said="In the park", decided="stays")
        assert "Once the minutes are agreed" in " ".join(
            client.get(reverse("people:child", args=[listed.pk])).content.decode().split()
        )
        said = post(client, "agree_minutes", meeting.pk)
        assert "Children on the list: 2. Gone through: 2. Stepped down: 1." in said
        said = read(client, "children")
        assert listed.name not in said
        assert other.name in said
        assert client.get(reverse("people:child", args=[listed.pk])).status_code == 404

    def test_small_numbers_are_kept_from_who_may_not_see_the_children(
        self, meeting: Meeting, chief: User, browser_of: Any
    ) -> None:
        counts = {"children_listed": 12, "children_discussed": 5, "children_stepped_down": 1}
        Meeting.objects.filter(pk=meeting.pk).update(**counts)
        for name in ("meeting", "print_minutes"):
            said = read(browser_of(chief), name, meeting.pk)
            assert "Children on the list: 12. Gone through: 5. Stepped down: fewer than five." in said

    def test_no_page_of_the_meeting_names_them(self, client: Any, listed: Child, meeting: Meeting) -> None:
        making.discussion(meeting=meeting, child=listed)
        for name in ("meeting", "print_agenda", "print_minutes"):
            assert listed.family_name not in read(client, name, meeting.pk)

    def test_who_was_shown_is_recorded(self, client: Any, listed: Child) -> None:
        read(client, "children")
        assert Event.objects.filter(verb="governance.children", shown_child_ids__contains=[listed.pk]).exists()

    def test_nothing_is_written_down_between_meetings(self, client: Any, listed: Child) -> None:
        assert client.get(page("discuss_child", listed.pk)).url == page("children")
        assert "Record who came" in read(client, "children")

    def test_both_texts_are_shown_where_two_write(self, client: Any, listed: Child, meeting: Meeting) -> None:
        making.discussion(meeting=meeting, child=listed, said="Theirs")
        said = post(client, "discuss_child", listed.pk, version="0", said="Ours", decided="stays")
        for words in ("What was saved meanwhile", "Theirs", "Ours", 'name="version" value="1"'):
            assert words in said

    def test_costs_the_same_for_one_and_for_many(
        self, client: Any, cmog_team: Team, meeting: Meeting, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(10):
            making.discussion(meeting=meeting, child=making.listed(cmog_team))
        with django_assert_max_num_queries(MOST_QUERIES):
            read(client, "children")

    def test_concerns_are_tabled_and_closed(self, client: Any, meeting: Meeting) -> None:
        given = {"kind": "location", "title": "Arcade", "text": "Men wait outside"}
        assert "Men wait outside" in post(client, "table_concern", meeting.pk, **given)
        concern = meeting.concerns.get()
        said = post(client, "note_concern", concern.pk, text="It has shut", closed="yes")
        assert "It has shut" in said
        concern.refresh_from_db()
        assert concern.closed_on


class TestEscalations:
    def test_from_the_proposal_to_the_end(self, client: Any, chief: User, browser_of: Any) -> None:
        found = making.escalation()
        assert "Proposed" in read(client, "escalations")
        said = post(client, "raise_escalation", found.pk, what="Health is away", ask="Name a deputy")
        assert "Name a deputy" in said
        board = browser_of(chief)
        assert "Accepted" in post(board, "accept_escalation", found.pk)
        assert "From May" in post(board, "answer_escalation", found.pk, answer="From May")
        assert "They came" in post(client, "close_escalation", found.pk, outcome="They came")

    def test_what_is_set_aside_or_raised_by_hand(self, client: Any, cmog: Committee) -> None:
        found = making.escalation()
        assert "No staff" in post(client, "set_aside_escalation", found.pk, outcome="No staff")
        said = post(client, "escalate", cmog.pk, what="No beds", evidence="Three months", ask="Fund two")
        assert "Fund two" in said

    def test_the_board_sees_what_was_raised_with_it(self, inspector: User, browser_of: Any) -> None:
        proposed = making.escalation(what="Not yet")
        given = {"raised_by": inspector, "raised_on": date(2026, 11, 2), "ask": "Money"}
        making.escalation(what="No beds", state=EscalationState.RAISED, **given)
        client = browser_of(factories.user(roles=[Role.BOARD_READER]))
        said = read(client, "escalations")
        assert "No beds" in said
        assert "Not yet" not in said.replace("Not yet</dd>", "")
        assert client.get(page("escalation", proposed.pk)).status_code == 403


class TestUpdates:
    def test_is_assembled_edited_and_agreed(self, client: Any, cmog: Committee, today: date) -> None:
        meeting = making.held(making.quorum(cmog), "YYA", held_on=today)
        making.matter(meeting=meeting, text="Younger boys")
        assert "No update has been written yet" in read(client, "updates")
        said = post(client, "assemble_update", month=f"{today:%Y-%m}")
        assert "Younger boys" in said
        assert "sent an apology" in said
        made = MonthlyUpdate.objects.get()
        given = {"version": "1", "themes": "Boys of eleven", "asks": "Two beds"}
        assert "Boys of eleven" in post(client, "save_update", made.pk, **given)
        assert "What was saved meanwhile" in post(client, "save_update", made.pk, **given | {"themes": "Girls"})
        said = post(client, "agree_update", made.pk)
        assert "Agreed by" in said
        assert page("save_update", made.pk) not in said


class TestReviews:
    def test_from_the_first_finding_to_what_changed(self, client: Any, chief: User, browser_of: Any) -> None:
        given = {"kind": "case_audit", "title": "Ten records", "looked_at": "Ten records of a quarter"}
        post(client, "begin_review", **given, **day("began_on", date(2026, 10, 1)))
        pk = Review.objects.get().pk
        assert "Enter what was found first" in post(client, "finish_review", pk, summary="Much")
        assert "No plan in four" in post(client, "add_finding", pk, text="No plan in four")
        finding = Finding.objects.get()
        assert "A prompt" in post(client, "record_change", finding.pk, what_changed="A prompt")
        assert "Plans come late" in post(client, "finish_review", pk, summary="Plans come late")
        assert "something changed through 1" in read(client, "reviews")
        factories.action()
        said = read(browser_of(chief), "review", pk)
        assert "Make it an action of the plan" in said
        PlanAction.objects.update(finding=f"governance.finding.{finding.pk}")
        assert "In the delivery plan: " in read(browser_of(chief), "review", pk)
