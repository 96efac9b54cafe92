"""What the board reads of the committees."""

from datetime import date, datetime

import pytest

from accounts.models import AgencyKind
from figures.rules import Period
from governance.models import Action, Escalation, Matter
from governance.rules import Body, EscalationState, MatterKind
from reports import committees
from reports.feeds import Asked
from reports.numbers import Numbers
from reports.printed import Block
from tests import factories
from tests.governance import making

pytestmark = pytest.mark.django_db
QUARTER = Period.quarter(date(2026, 7, 1))
MET = date(2026, 9, 8)


@pytest.fixture
def asked(at: datetime) -> Asked:
    """What these sections say they take from the records of committees alone."""
    return Asked(QUARTER, at, Numbers.__new__(Numbers))


def rows_of(block: Block) -> tuple[tuple[object, ...], ...]:
    assert block.table
    return block.table.rows


class TestThemes:
    def test_are_told_by_kind_in_the_words_of_the_minutes(self, asked: Asked) -> None:
        meeting = making.held([making.member()], held_on=MET)
        who = factories.user()
        for kind, text in ((MatterKind.BARRIER, "No beds"), (MatterKind.THEME, "Hotels"), (MatterKind.THEME, "Taxis")):
            Matter.objects.create(meeting=meeting, kind=kind, text=text, recorded_by=who, recorded_at=factories.NOON)
        named, barriers = committees.themes(asked)
        assert [row[1] for row in rows_of(named)] == ["Hotels", "Taxis"]
        assert rows_of(barriers) == (("8 September 2026", "No beds"),)

    def test_another_quarter_is_not_told_of(self, asked: Asked) -> None:
        meeting = making.held([making.member()], held_on=date(2026, 10, 6))
        matter = {"kind": MatterKind.THEME, "text": "Hotels", "recorded_at": factories.NOON}
        Matter.objects.create(meeting=meeting, recorded_by=factories.user(), **matter)
        assert [block.text for block in committees.themes(asked)] == [("No meeting of the quarter named any.",)]


class TestAttendance:
    def test_is_counted_by_agency(self, asked: Asked) -> None:
        health = factories.agency(kind=AgencyKind.HEALTH, name="Health trust")
        members = [making.member(agency=health)]
        for day, code in ((date(2026, 7, 7), "Y"), (date(2026, 8, 4), "D"), (MET, "N")):
            making.held(members, code, held_on=day)
        [block] = committees.attendance(asked)
        assert rows_of(block) == (("Health trust", 3, 1, 1, 0, 1, "67%"),)

    def test_a_quarter_without_meetings_says_so(self, asked: Asked) -> None:
        assert [block.text for block in committees.attendance(asked)] == [("No committee met in the quarter.",)]


class TestEscalations:
    def test_say_what_is_asked_and_answered(self, asked: Asked) -> None:
        who = factories.user(full_name="Ann Chair")
        committee = making.committee(Body.SEMT)
        said = {"what": "Health has not come", "evidence": "Two meetings", "ask": "Name a deputy"}
        state = {"state": EscalationState.RAISED, "raised_on": MET, "raised_by": who, "proposed_on": MET}
        Escalation.objects.create(committee=committee, **said, **state)
        meeting = making.held([making.member(committee=committee)], held_on=MET)
        todo = {"what": "Train the hotels", "due_on": date(2026, 9, 20), "added_on": MET}
        Action.objects.create(meeting=meeting, owner=who, added_by=who, **todo)
        raised, to_do = committees.escalations(asked)
        expected = ("Health has not come", "8 September 2026", "Raised with the LSCB", "Name a deputy", "")
        assert rows_of(raised) == (expected,)
        assert rows_of(to_do) == (("SEMT", "Train the hotels", "Ann Chair", "20 September 2026", "Overdue"),)

    def test_nothing_is_said_to_be_nothing(self, asked: Asked) -> None:
        raised, to_do = committees.escalations(asked)
        assert raised.text == ("Nothing was raised with the board.",)
        assert to_do.text == ("No committee had an action open in the quarter.",)
