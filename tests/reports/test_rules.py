"""Which quarters can be reported on, and what is still to be written."""

from datetime import date

import pytest

from figures.rules import Period
from reports import rules


def test_the_quarter_that_runs_cannot_be_reported_on() -> None:
    over = rules.quarters_over(date(2026, 11, 23))
    assert over[0] == Period.quarter(date(2026, 7, 1))
    assert over[-1] == Period.quarter(date(2024, 10, 1))
    assert len(over) == rules.QUARTERS


@pytest.mark.parametrize(("today", "over"), [(date(2026, 9, 30), False), (date(2026, 10, 1), True)])
def test_a_quarter_is_over_the_day_after_its_last(today: date, over: bool) -> None:
    assert rules.is_over(Period.quarter(date(2026, 7, 1)), today) is over


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two children went missing.", ["Two children"]),
        ("Of 4 young people, one is safe; 14 children are not.", ["4 young people"]),
        ("three missing boys", ["three missing boys"]),
        ("Five children, and one agency.", []),
    ],
)
def test_a_text_that_counts_few_children_is_noticed(text: str, found: list[str]) -> None:
    assert [few for _, few in rules.names_few([("Summary", text)])] == found


def test_a_correction_says_what_it_changes() -> None:
    words = {"summary": "Much was done."}
    assert not rules.lacks(words, "", needed=["summary"], corrects=False)
    assert rules.lacks(words, " ", needed=["summary"], corrects=True).keys() == {"what_changed"}
    assert rules.lacks({}, "", needed=["summary"], corrects=False).keys() == {"summary"}
