"""What is raised with the board, proposed by the register of attendance or not (domain.md 24)."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.refusals import NotNow
from figures.rules import Period
from governance import selectors, services
from governance.models import Escalation, Meeting, Member
from governance.rules import Body, Code, EscalationState, MatterKind
from tests.governance import making

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 29), date(2026, 10, 27), date(2026, 11, 20)
QUARTER = Period.quarter(OCTOBER)


def record(by: User, seats: list[Member], letters: str, at: datetime, meeting: Meeting, version: int = 1) -> Meeting:
    codes = {each.pk: Code(code) for each, code in zip(seats, letters, strict=True)}
    return services.record_attendance(by=by, at=at, meeting=meeting, version=version, codes=codes)


@pytest.fixture
def proposed(seats: list[Member], inspector: User, at: datetime) -> Escalation:
    """Health sent an apology, and then nothing."""
    making.held(seats, "YYA", held_on=SEPTEMBER)
    record(inspector, seats, "YDN", at, making.meeting(held_on=OCTOBER))
    return Escalation.objects.get()


class TestProposal:
    def test_two_absences_in_a_row_with_the_evidence(self, proposed: Escalation, seats: list[Member]) -> None:
        assert proposed.state == EscalationState.PROPOSED
        assert proposed.agency == seats[2].agency
        assert proposed.evidence == "Sent an apology on 29 September 2026\nDid not attend on 27 October 2026"

    def test_is_set_aside_when_the_register_is_corrected(
        self, proposed: Escalation, seats: list[Member], inspector: User, at: datetime
    ) -> None:
        assert proposed.after
        record(inspector, seats, "YDD", at, proposed.after, version=2)
        proposed.refresh_from_db()
        assert proposed.state == EscalationState.SET_ASIDE

    def test_stays_for_the_chair_to_decide_where_they_come_the_next_time(
        self, proposed: Escalation, seats: list[Member], inspector: User, at: datetime
    ) -> None:
        record(inspector, seats, "YYY", at, making.meeting(held_on=NOVEMBER))
        proposed.refresh_from_db()
        assert proposed.state == EscalationState.PROPOSED

    def test_one_that_was_set_aside_is_proposed_again_by_the_next_absence_alone(
        self, proposed: Escalation, seats: list[Member], inspector: User, at: datetime
    ) -> None:
        services.set_aside_escalation(by=inspector, at=at, escalation=proposed, outcome="They have no staff")
        assert proposed.after
        record(inspector, seats, "YYN", at, proposed.after, version=2)
        assert Escalation.objects.count() == 1
        record(inspector, seats, "YYA", at, making.meeting(held_on=NOVEMBER))
        assert Escalation.objects.count() == 2

    def test_what_is_open_is_not_proposed_again(
        self, proposed: Escalation, seats: list[Member], inspector: User, at: datetime
    ) -> None:
        services.raise_escalation(by=inspector, at=at, escalation=proposed, what="Health", ask="Send somebody")
        record(inspector, seats, "YYN", at, making.meeting(held_on=NOVEMBER))
        assert Escalation.objects.count() == 1

    def test_who_came_between_is_none(self, seats: list[Member], inspector: User, at: datetime) -> None:
        making.held(seats, "YYA", held_on=SEPTEMBER)
        making.held(seats, "YYD", held_on=OCTOBER)
        record(inspector, seats, "YYN", at, making.meeting(held_on=NOVEMBER))
        assert not Escalation.objects.exists()


class TestEscalate:
    def test_raises_what_no_register_proposes(self, inspector: User, secretary: User, at: datetime) -> None:
        said = {"what": "No beds", "evidence": "Three months", "ask": "Fund two"}
        made = services.escalate(by=inspector, at=at, committee=making.committee(), **said)
        assert (made.state, made.raised_by) == (EscalationState.RAISED, inspector)
        with pytest.raises(PermissionDenied):
            services.escalate(by=secretary, at=at, committee=making.committee(), **said)


class TestRaiseEscalation:
    def test_in_the_chairs_words(self, proposed: Escalation, inspector: User, chief: User, at: datetime) -> None:
        words = {"what": "Health is not at the table", "ask": "Name a deputy"}
        with pytest.raises(PermissionDenied):
            services.raise_escalation(by=chief, at=at, escalation=proposed, **words)
        raised = services.raise_escalation(by=inspector, at=at, escalation=proposed, **words)
        assert (raised.what, raised.ask) == ("Health is not at the table", "Name a deputy")


class TestSetAsideEscalation:
    def test_not_once_it_was_raised(self, proposed: Escalation, inspector: User, at: datetime) -> None:
        services.raise_escalation(by=inspector, at=at, escalation=proposed, what="x", ask="y")
        with pytest.raises(NotNow, match="Raised"):
            services.set_aside_escalation(by=inspector, at=at, escalation=proposed, outcome="z")


class TestAcceptEscalation:
    def test_by_who_presents_to_the_board(self, inspector: User, chief: User, at: datetime) -> None:
        raised = services.escalate(
            by=inspector, at=at, committee=making.committee(), what="No beds", evidence="x", ask="y"
        )
        with pytest.raises(PermissionDenied):
            services.accept_escalation(by=inspector, at=at, escalation=raised)
        assert services.accept_escalation(by=chief, at=at, escalation=raised).accepted_on


class TestAnswerEscalation:
    def test_not_before_it_was_accepted(self, inspector: User, chief: User, at: datetime) -> None:
        raised = services.escalate(
            by=inspector, at=at, committee=making.committee(), what="No beds", evidence="x", ask="y"
        )
        with pytest.raises(NotNow):
            services.answer_escalation(by=chief, at=at, escalation=raised, answer="Yes")
        services.accept_escalation(by=chief, at=at, escalation=raised)
        assert services.answer_escalation(by=chief, at=at, escalation=raised, answer="Yes").answer == "Yes"


class TestCloseEscalation:
    def test_by_who_raised_it_once_it_was_answered(self, inspector: User, chief: User, at: datetime) -> None:
        raised = services.escalate(
            by=inspector, at=at, committee=making.committee(), what="No beds", evidence="x", ask="y"
        )
        services.accept_escalation(by=chief, at=at, escalation=raised)
        services.answer_escalation(by=chief, at=at, escalation=raised, answer="Two")
        closed = services.close_escalation(by=inspector, at=at, escalation=raised, outcome="Two beds are there")
        assert closed.state == EscalationState.CLOSED


class TestReporting:
    """What the quarterly report asks for."""

    def test_themes_of_the_meetings_of_the_period(self, at: datetime) -> None:
        meeting = making.meeting()
        making.matter(meeting=meeting, kind=MatterKind.BARRIER, text="No beds")
        making.matter(meeting=meeting, text="Younger boys")
        making.matter(meeting=making.meeting(held_on=SEPTEMBER))
        found = selectors.themes(QUARTER, at=at)
        assert [(each.day, each.kind, each.text) for each in found] == [
            (OCTOBER, MatterKind.THEME, "Younger boys"),
            (OCTOBER, MatterKind.BARRIER, "No beds"),
        ]
        assert not selectors.themes(QUARTER, at=at.replace(month=10))

    def test_attendance_of_each_committee_and_agency(
        self, seats: list[Member], at: datetime, django_assert_num_queries: object
    ) -> None:
        making.held(seats, "YYA", held_on=SEPTEMBER)
        making.held(seats, "YDN", held_on=OCTOBER)
        making.held(seats, "YYY", held_on=NOVEMBER)
        semt = making.quorum(making.committee(Body.SEMT))
        making.held(semt, "YAY", held_on=NOVEMBER)
        with django_assert_num_queries(2):  # type: ignore[operator]
            found = selectors.attendance(QUARTER, at=at)
        lines = {(each.committee, each.agency): each for each in found}
        health = lines["CMOG", seats[2].agency.name]
        assert (health.held, health.attended, health.deputy, health.apology, health.absent) == (2, 1, 0, 0, 1)
        assert health.percent == "50%"
        assert lines["CMOG", seats[1].agency.name].percent == "100%"
        assert lines["SEMT", semt[1].agency.name].percent == "0%"
        assert len(found) == 6

    def test_escalations_open_in_the_period(self, at: datetime) -> None:
        making.escalation(what="Open")
        ended = {"state": EscalationState.SET_ASIDE, "outcome": "x", "ended_on": OCTOBER}
        making.escalation(what="Set aside", **ended)
        making.escalation(what="Later", proposed_on=date(2027, 1, 5))
        assert [each.what for each in selectors.escalations(QUARTER, at=at)] == ["Open"]

    def test_actions_open_in_the_period(self, at: datetime) -> None:
        making.action(what="Late", due_on=NOVEMBER)
        making.action(what="Done", finished_on=NOVEMBER, outcome="Written")
        making.action(what="Done before", added_on=SEPTEMBER, finished_on=SEPTEMBER, outcome="Written")
        found = {each.what: (each.overdue, each.outcome) for each in selectors.actions(QUARTER, at=at)}
        assert found == {"Late": (True, ""), "Done": (False, "Written")}
