"""What measures have in common is asked for once in each count, and again in the next."""

from datetime import datetime

import pytest

from accounts import selectors as people_and_teams
from figures import measures, services
from figures.measures import Better
from figures.models import Current
from figures.once import asked_once, counting
from tests.figures.test_measures import QUARTER

asked: list[str] = []


@asked_once
def length(word: str, *, times: int = 1) -> int:
    asked.append(word)
    return len(word) * times


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    asked.clear()


def test_is_remembered_within_a_count_by_what_was_asked() -> None:
    with counting():
        assert [length("one"), length("three"), length("one"), length("one", times=2)] == [3, 5, 3, 6]
    assert asked == ["one", "three", "one"]


def test_is_forgotten_with_the_count_also_one_that_failed() -> None:
    with pytest.raises(ZeroDivisionError), counting():
        _ = length("one") / length("")
    with counting():
        length("one")
    assert asked == ["one", "", "one"]


def test_is_not_remembered_elsewhere() -> None:
    assert [length("one"), length("one")] == [3, 3]
    assert asked == ["one", "one"]


@pytest.mark.django_db
def test_a_count_asks_once_for_both_measures_and_the_next_again(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(measures, "_MEASURES", {})
    monkeypatch.setattr(measures, "_BREAKDOWNS", {})
    for key in ("made.up", "made.up_too"):
        measures.measure(key, key, better=Better.MORE, source="this test")(lambda period, at: length("period"))
    system = people_and_teams.system_actor()
    for _ in range(2):
        services.recount(by=system, at=at, periods=[QUARTER])
    assert asked == ["period", "period"]
    assert Current.objects.count() == 2
