"""What may be shown of a figure to whoever may not see the children behind it (domain.md 26)."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from figures import measures, published
from figures.measures import Better, Value
from figures.published import counts_of, is_small, key_of, suppressed
from figures.rules import Period
from figures.suppression import Report

THIRD, SECOND = Period.quarter(date(2026, 7, 1)), Period.quarter(date(2026, 4, 1))
Reported = Callable[[Report], None]


@pytest.fixture(autouse=True)
def two_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of children, one of staff."""
    monkeypatch.setattr(measures, "_MEASURES", {})
    for key, of_children in (("of.children", True), ("of.staff", False)):
        measures.measure(key, key, better=Better.MORE, source="", of_children=of_children)(lambda period, at: 1)


@pytest.fixture(autouse=True)
def reported(monkeypatch: pytest.MonkeyPatch) -> Reported:
    """Issue a report; none is there before."""
    issued: list[Report] = []

    def find() -> Sequence[Report]:
        return issued

    monkeypatch.setattr(published, "_REPORTS", [find])
    return issued.append


def shown(value: Value, key: str = "of.children") -> Value:
    return suppressed({(key, THIRD): value})[key, THIRD]


@pytest.mark.parametrize(
    "value", [Value(3, None), Value(2, 30), Value(28, 30), Value(1, 3), Value(0, 4)], ids=lambda value: value.in_full
)
def test_one_to_four_children_are_hidden_and_so_is_what_is_left_of_a_percentage(value: Value) -> None:
    assert shown(value).is_hidden


@pytest.mark.parametrize("value", [Value(0, None), Value(5, None), Value(20, 30), Value(0, 30), Value(30, 30)])
def test_nought_and_many_are_shown(value: Value) -> None:
    assert shown(value) == value


def test_what_counts_no_child_is_shown() -> None:
    assert shown(Value(2, 3), "of.staff") == Value(2, 3)


def test_what_nobody_declared_counts_children() -> None:
    assert shown(Value(2, 3), "of.a_room_to_come").is_hidden


def test_what_is_hidden_tells_nothing() -> None:
    hidden = shown(Value(2, 30))
    assert (hidden.of, hidden.whole, hidden.number, hidden.in_full) == (0, 0, None, "[c]")
    assert hidden.reaches(90, Better.MORE) is None


class TestBesideReports:
    def report(self, value: Value, hidden: bool = False) -> Report:
        counts = counts_of(key_of("of.children", THIRD), value)
        return Report(counts, frozenset(counts.values) if hidden else frozenset())

    def test_a_correction_of_one_child_is_hidden(self, reported: Reported) -> None:
        reported(self.report(Value(40, None)))
        assert shown(Value(41, None)).is_hidden
        assert shown(Value(46, None)) == Value(46, None)
        assert shown(Value(40, None)) == Value(40, None)

    def test_what_a_report_hid_stays_hidden(self, reported: Reported) -> None:
        reported(self.report(Value(40, None), hidden=True))
        assert shown(Value(40, None)).is_hidden

    def test_quarters_are_weighed_apart(self) -> None:
        both = suppressed({("of.children", THIRD): Value(2, None), ("of.children", SECOND): Value(20, None)})
        assert both["of.children", THIRD].is_hidden
        assert both["of.children", SECOND] == Value(20, None)


@pytest.mark.parametrize(
    ("value", "small"), [(Value(0, 6), False), (Value(6, 6), False), (Value(2, 8), True), (Value(6, 9), True)]
)
def test_is_small_where_any_of_its_numbers_is(value: Value, small: bool) -> None:
    assert is_small(value) is small
