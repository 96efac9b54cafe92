"""Quarters are the calendar's, on London's days."""

from datetime import date

import pytest

from figures.rules import Period


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        (date(2028, 2, 29), date(2028, 1, 1), date(2028, 3, 31)),
    ],
)
def test_the_quarter_of_a_day(day: date, first: date, last: date) -> None:
    assert Period.quarter(day) == Period(first, last)


def test_eight_quarters_back() -> None:
    found = list(Period.quarter(date(2026, 11, 26)).quarters_before(8))
    assert [each.in_brief for each in found] == [
        *("Q1 2025", "Q2 2025", "Q3 2025", "Q4 2025", "Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026")
    ]


def test_in_words() -> None:
    assert Period.quarter(date(2026, 8, 1)).in_words == "July to September 2026"
    assert Period(date(2026, 11, 1), date(2026, 11, 26)).in_words == "1 November 2026 to 26 November 2026"
