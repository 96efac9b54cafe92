"""Meetings: called, minuted, agreed; who came (domain.md 22–24)."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.refusals import Changed, NotNow
from accounts.selectors import system_actor
from deadlines.models import Deadline, Notice
from deadlines.rules import end_of_day
from deadlines.services import sweep
from governance import selectors, services
from governance.models import Committee, Meeting, Member
from governance.rules import Body, Code, MatterKind, MeetingState, Subject, best, calendar, keeps_away
from tests.governance import making

pytestmark = pytest.mark.django_db
PLAN: dict[str, Any] = {"first": date(2026, 10, 31), "begins": time(14), "place": "Civic Centre", "count": 3}
Y, D, A, N = Code


def came(meeting: Meeting, letters: str) -> dict[int, Code]:
    members = selectors.members(meeting.committee, on=meeting.held_on).order_by("pk")
    return {each.pk: Code(code) for each, code in zip(members, letters, strict=True)}


def record(by: User, meeting: Meeting, letters: str, at: datetime, version: int = 1) -> Meeting:
    codes = came(meeting, letters)
    return services.record_attendance(by=by, at=at, meeting=meeting, version=version, codes=codes)


class TestRules:
    def test_meetings_fall_on_working_days(self) -> None:
        """31 October 2026 is a Saturday; 30 November is clamped from the 31st; 31 December is a Thursday."""
        days = calendar(date(2026, 10, 31), 1, 3, [date(2026, 11, 30)])
        assert days == [date(2026, 11, 2), date(2026, 12, 1), date(2026, 12, 31)]

    def test_an_agency_stands_as_whoever_of_it_did_most(self) -> None:
        assert (best("NAD"), best("NYA"), best("AN"), best("N")) == (D, Y, A, N)

    @pytest.mark.parametrize(
        ("codes", "away"),
        [([A, N], True), ([N, A, Y], True), ([A, D], False), ([Y, N, N], False), ([N], False), ([], False)],
    )
    def test_two_absences_in_a_row(self, codes: list[Code], away: bool) -> None:
        assert keeps_away(codes) == away


class TestPlanMeetings:
    def test_as_often_as_the_committee_meets_with_the_standing_items(
        self, chief: User, secretary: User, at: datetime
    ) -> None:
        semt = making.committee(Body.SEMT)
        services.plan_meetings(by=chief, at=at, committee=semt, **PLAN)
        days = [each.held_on for each in selectors.coming(semt)]
        assert days == [date(2026, 11, 2), date(2027, 2, 1), date(2027, 4, 30)]
        for meeting in selectors.coming(semt):
            assert {Subject.PLAN, Subject.CMOG_UPDATE} <= {each.subject for each in selectors.agenda(meeting)}

    def test_not_twice_on_a_day(self, cmog: Committee, inspector: User, at: datetime) -> None:
        services.plan_meetings(by=inspector, at=at, committee=cmog, **PLAN)
        with pytest.raises(NotNow, match="2 November 2026"):
            services.plan_meetings(by=inspector, at=at, committee=cmog, **PLAN)

    def test_by_who_keeps_that_committee(self, cmog: Committee, chief: User, partner: User, at: datetime) -> None:
        for other in (chief, partner):
            with pytest.raises(PermissionDenied):
                services.plan_meetings(by=other, at=at, committee=cmog, **PLAN)


class TestMoveMeeting:
    def test_to_another_day_but_not_onto_another(self, cmog: Committee, inspector: User, at: datetime) -> None:
        first, second = making.meeting(), making.meeting(held_on=date(2026, 12, 1))
        where = {"begins": time(9), "place": "Online"}
        assert services.move_meeting(by=inspector, at=at, meeting=first, held_on=date(2026, 12, 2), **where)
        with pytest.raises(NotNow):
            services.move_meeting(by=inspector, at=at, meeting=second, held_on=date(2026, 12, 2), **where)

    def test_one_that_was_held_was_not_in_the_future(self, meeting: Meeting, inspector: User, at: datetime) -> None:
        where = {"begins": time(9), "place": "Online", "held_on": date(2027, 1, 4)}
        with pytest.raises(NotNow):
            services.move_meeting(by=inspector, at=at, meeting=meeting, **where)


class TestCancelMeeting:
    def test_it_counts_as_none(self, cmog: Committee, inspector: User, at: datetime) -> None:
        meeting = services.cancel_meeting(by=inspector, at=at, meeting=making.meeting(), reason="Snow")
        assert not selectors.coming(cmog)
        with pytest.raises(NotNow, match="was cancelled"):
            services.record_matter(by=inspector, at=at, meeting=meeting, kind=MatterKind.THEME, text="x")

    def test_not_once_it_was_held(self, meeting: Meeting, inspector: User, at: datetime) -> None:
        with pytest.raises(NotNow):
            services.cancel_meeting(by=inspector, at=at, meeting=meeting, reason="Snow")


class TestProposeItem:
    def test_by_whoever_has_a_seat(self, cmog: Committee, partner: User, at: datetime) -> None:
        meeting = making.meeting()
        with pytest.raises(PermissionDenied):
            services.propose_item(by=partner, at=at, meeting=meeting, title="Taxis")
        making.member(committee=cmog, person=partner)
        item = services.propose_item(by=partner, at=at, meeting=meeting, title="Taxis")
        assert selectors.agenda(meeting)[-1] == item


class TestWithdrawItem:
    def test_a_standing_one_stays(self, inspector: User, at: datetime) -> None:
        standing, proposed = making.meeting().items.first(), making.item(meeting=Meeting.objects.get())
        assert standing
        with pytest.raises(NotNow, match="standing"):
            services.withdraw_item(by=inspector, at=at, item=standing)
        services.withdraw_item(by=inspector, at=at, item=proposed)
        assert proposed not in selectors.agenda(proposed.meeting)

    def test_nor_one_that_was_minuted(self, inspector: User, at: datetime) -> None:
        with pytest.raises(NotNow, match="minuted"):
            services.withdraw_item(by=inspector, at=at, item=making.item(minutes="Much"))

    def test_by_who_proposed_it_or_keeps_the_committee(self, partner: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.withdraw_item(by=partner, at=at, item=making.item())
        assert services.withdraw_item(
            by=partner, at=at, item=making.item(proposed_by=partner, meeting=Meeting.objects.get())
        )


class TestAddPaper:
    def test_stands_with_its_item(self, inspector: User, at: datetime) -> None:
        item = making.item()
        said = {"title": "Taxis in the night", "text": "Many", "link": ""}
        paper = services.add_paper(by=inspector, at=at, item=item, **said)
        assert list(selectors.agenda(item.meeting)[-1].papers.all()) == [paper]


class TestRecordAttendance:
    @pytest.fixture
    def planned(self, seats: list[Member]) -> Meeting:
        return making.meeting()

    def test_of_everybody_who_had_a_seat(self, planned: Meeting, inspector: User, at: datetime) -> None:
        record(inspector, planned, "YDA", at)
        attended = selectors.attendances(planned)
        assert sorted(each.code for each in attended) == ["A", "D", "Y"]
        assert selectors.lacking(attended) == ["health"]

    def test_a_deputy_makes_it_quorate(self, planned: Meeting, inspector: User, at: datetime) -> None:
        record(inspector, planned, "YDD", at)
        assert selectors.lacking(selectors.attendances(planned)) == []

    def test_what_another_has_recorded_is_not_overwritten(
        self, planned: Meeting, inspector: User, at: datetime
    ) -> None:
        record(inspector, planned, "YYY", at)
        with pytest.raises(Changed):
            record(inspector, planned, "NNN", at)
        record(inspector, planned, "YYN", at, version=2)
        assert selectors.lacking(selectors.attendances(planned)) == ["health"]

    def test_nobody_has_come_to_what_is_to_come(self, seats: list[Member], inspector: User, at: datetime) -> None:
        with pytest.raises(NotNow, match="nobody has come yet"):
            record(inspector, making.meeting(held_on=date(2026, 11, 24)), "YYY", at)

    def test_seats_that_changed_meanwhile(self, planned: Meeting, inspector: User, at: datetime) -> None:
        codes = came(planned, "YYY")
        making.member(committee=planned.committee)
        with pytest.raises(NotNow, match="seat has changed"):
            services.record_attendance(by=inspector, at=at, meeting=planned, version=1, codes=codes)


class TestMinuteItem:
    def test_two_who_write_at_once_overwrite_neither(self, meeting: Meeting, inspector: User, at: datetime) -> None:
        item = selectors.agenda(meeting)[0]
        said = {"item": item, "version": 1, "decision": ""}
        services.minute_item(by=inspector, at=at, minutes="Theirs", **said)
        with pytest.raises(Changed) as refusal:
            services.minute_item(by=inspector, at=at, minutes="Ours", **said)
        assert refusal.value.theirs.minutes == "Theirs"


class TestRecordMatter:
    def test_a_theme_is_named(self, meeting: Meeting, inspector: User, at: datetime) -> None:
        matter = services.record_matter(by=inspector, at=at, meeting=meeting, kind=MatterKind.BARRIER, text="No beds")
        assert meeting.matters.get() == matter


class TestAgreeMinutes:
    def test_they_stand_from_then_on(self, meeting: Meeting, inspector: User, at: datetime) -> None:
        agreed = services.agree_minutes(by=inspector, at=at, meeting=meeting)
        assert (agreed.state, agreed.agreed_by) == (MeetingState.AGREED, inspector)
        with pytest.raises(NotNow, match="have been agreed"):
            services.record_matter(by=inspector, at=at, meeting=meeting, kind=MatterKind.THEME, text="x")
        with pytest.raises(NotNow, match="have been agreed"):
            record(inspector, meeting, "NNN", at)

    def test_by_the_chair_of_that_committee_alone(
        self, meeting: Meeting, chief: User, secretary: User, at: datetime
    ) -> None:
        for other in (chief, secretary):
            with pytest.raises(PermissionDenied):
                services.agree_minutes(by=other, at=at, meeting=meeting)

    def test_once_it_is_known_who_came(self, inspector: User, at: datetime) -> None:
        with pytest.raises(NotNow, match="who came"):
            services.agree_minutes(by=inspector, at=at, meeting=making.meeting())


class TestAddAction:
    def test_its_owner_is_reminded(self, meeting: Meeting, inspector: User, partner: User, at: datetime) -> None:
        asked = {"what": "Write", "owner": partner, "due_on": date(2026, 12, 1)}
        services.add_action(by=inspector, at=at, meeting=meeting, **asked)
        promise = Deadline.objects.get()
        assert (promise.owner, promise.due_at, promise.child) == (partner, end_of_day(date(2026, 12, 1)), None)
        assert promise.about.endswith("of CMOG")

    def test_those_who_chair_hear_that_it_was_not_done(
        self, meeting: Meeting, inspector: User, chief: User, partner: User, at: datetime
    ) -> None:
        asked = {"what": "Write", "owner": partner, "due_on": date(2026, 12, 1)}
        services.add_action(by=inspector, at=at, meeting=meeting, **asked)
        sweep(by=system_actor(), at=end_of_day(date(2026, 12, 1)) + timedelta(minutes=1))
        told = Notice.objects.filter(text__contains="overdue").values_list("recipient", flat=True)
        assert set(told) == {partner.pk, inspector.pk, chief.pk}


class TestChangeAction:
    def test_another_owes_it(self, inspector: User, partner: User, at: datetime) -> None:
        action = making.action()
        given = {"what": "Write again", "owner": partner, "due_on": date(2026, 12, 8)}
        services.change_action(by=inspector, at=at, action=action, version=1, **given)
        assert Deadline.objects.get(voided_at=None).owner == partner
        with pytest.raises(Changed):
            services.change_action(by=inspector, at=at, action=action, version=1, **given)


class TestFinishAction:
    def test_it_is_carried_forward_until_then(self, inspector: User, partner: User, at: datetime) -> None:
        action = making.action(owner=partner)
        following, later = making.meeting(held_on=date(2026, 11, 24)), making.meeting(held_on=date(2026, 12, 22))
        assert selectors.carried(following) == selectors.carried(later) == [action]
        assert not selectors.carried(action.meeting)
        done = services.finish_action(by=partner, at=at + timedelta(days=2), action=action, outcome="Written")
        assert selectors.carried(following) == [action]  # as that meeting found it
        assert not selectors.carried(later)
        with pytest.raises(NotNow):
            services.finish_action(by=inspector, at=at, action=done, outcome="Again")

    def test_by_its_owner_or_who_keeps_the_committee(self, partner: User, secretary: User, at: datetime) -> None:
        action = making.action()
        with pytest.raises(PermissionDenied):
            services.finish_action(by=partner, at=at, action=action, outcome="Written")
        assert services.finish_action(by=secretary, at=at, action=action, outcome="Written").finished_on


class TestRegister:
    def test_of_agencies_and_of_people(self, seats: list[Member]) -> None:
        """Two seats of one agency: a deputy is attendance of the agency, and none of the person (domain.md 24)."""
        second = making.member(committee=seats[0].committee, agency=seats[0].agency, name="Zoe")
        members = [*seats, second]
        making.held(members, "YYNN", held_on=date(2026, 9, 1))
        making.held(members, "NDAD", held_on=date(2026, 10, 1))
        found = selectors.register(seats[0].committee)
        council = next(each for each in found.agencies if each.name == seats[0].agency.name)
        assert (list(council.codes.values()), council.part.percent) == ([Y, D], "100%")
        people = {each.name.split(",")[0]: each.part.percent for each in found.people}
        assert people[seats[0].name] == "50%"
        assert people["Zoe"] == "0%"
        police = next(each for each in found.people if each.name.startswith(seats[1].name))
        assert police.part.percent == "50%"
