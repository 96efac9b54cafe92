"""A measure is one function; what it gave is kept, and read as it was known on any day."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts import selectors as people_and_teams
from accounts.models import User
from figures import measures, selectors, services
from figures.measures import Better, Value
from figures.models import Current
from figures.rules import Part, Period

pytestmark = pytest.mark.django_db
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))
LATER = timedelta(hours=1)
NEXT_DAY = timedelta(days=1)


@pytest.fixture
def system() -> User:
    return people_and_teams.system_actor()


@pytest.fixture
def counted() -> dict[str, Part | int]:
    """What the made-up measure will give."""
    return {"made.up": Part(3, 4)}


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch, counted: dict[str, Part | int]) -> None:
    """The only measure there is: one function, as a room would write it."""
    monkeypatch.setattr(measures, "_MEASURES", {})
    monkeypatch.setattr(measures, "_BREAKDOWNS", {})

    @measures.measure("made.up", "Children who were given a bicycle", better=Better.MORE, source="this test")
    def bicycles(period: Period, at: datetime) -> Part | int:
        return counted["made.up"]


def known(at: datetime) -> dict[tuple[str, Period], Value]:
    return dict(selectors.known_at(["made.up"], [QUARTER], at=at))


class TestMeasure:
    def test_is_found_by_its_key(self) -> None:
        found = measures.find("made.up")
        assert found is not None
        assert found.title == "Children who were given a bicycle"

    def test_a_key_is_taken_once(self) -> None:
        with pytest.raises(ValueError, match="already"):
            measures.measure("made.up", "Another", better=Better.MORE, source="")(lambda period, at: 1)

    def test_one_whose_room_does_not_exist_is_not_yet_collected(self) -> None:
        assert measures.find("support.key_workers") is None
        assert measures.in_words(None) == "not yet collected"


class TestValue:
    @pytest.mark.parametrize(
        ("value", "target", "better", "reached"),
        [
            (Value(3, 4), 75, Better.MORE, True),
            (Value(2, 3), 67, Better.MORE, False),  # 66.67 % is printed as 67 %
            (Value(1, 4), 25, Better.LESS, True),
            (Value(0, 0), 50, Better.MORE, None),
            (Value(9, None), 10, Better.MORE, False),
            (Value(9, None), 10, Better.LESS, True),
        ],
    )
    def test_reaches_its_target(self, value: Value, target: int, better: Better, reached: bool | None) -> None:
        assert value.reaches(target, better) is reached

    def test_percentages_never_stand_alone(self) -> None:
        assert Value(3, 4).in_full == "75% (3 of 4)"
        assert Value(1200, None).in_full == "1,200"


class TestRecount:
    def test_keeps_what_was_counted(self, system: User, at: datetime) -> None:
        assert services.recount(by=system, at=at, periods=[QUARTER]) == 1
        assert known(at) == {("made.up", QUARTER): Value(3, 4)}

    def test_writes_nothing_where_nothing_changed(self, system: User, at: datetime) -> None:
        services.recount(by=system, at=at, periods=[QUARTER])
        assert services.recount(by=system, at=at + LATER, periods=[QUARTER]) == 0
        assert Current.objects.count() == 1

    def test_what_was_known_before_stays_known_as_of_then(
        self, system: User, at: datetime, counted: dict[str, Part | int]
    ) -> None:
        services.recount(by=system, at=at, periods=[QUARTER])
        counted["made.up"] = Part(4, 4)
        services.recount(by=system, at=at + NEXT_DAY, periods=[QUARTER])
        assert known(at)[("made.up", QUARTER)] == Value(3, 4)
        assert known(at + NEXT_DAY)[("made.up", QUARTER)] == Value(4, 4)

    def test_a_quarter_to_come_is_not_counted(self, system: User, at: datetime) -> None:
        assert services.recount(by=system, at=at, periods=[Period.quarter(date(2027, 1, 1))]) == 0

    def test_a_mistake_in_one_measure_holds_up_no_other(self, system: User, at: datetime) -> None:
        measures.measure("broken", "Broken", better=Better.MORE, source="")(lambda period, at: 1 // 0)
        assert services.recount(by=system, at=at, periods=[QUARTER]) == 1

    def test_nobody_else_counts(self, worker: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.recount(by=worker, at=at, periods=[QUARTER])

    def test_each_agencys_own_is_kept_beside_the_whole(self, system: User, at: datetime) -> None:
        theirs = {"Health": Part(1, 2), "Police": Part(2, 2)}
        count = measures.measure("by.agency", "x", better=Better.MORE, source="", by_agency=lambda period, at: theirs)
        count(lambda period, at: Part(3, 4))
        services.recount(by=system, at=at, periods=[QUARTER])
        del theirs["Health"]
        services.recount(by=system, at=at + NEXT_DAY, periods=[QUARTER])
        found = [selectors.with_agencies_at(["by.agency"], [QUARTER], at=each) for each in (at, at + NEXT_DAY)]
        assert [whole for whole, _ in found] == [{("by.agency", QUARTER): Value(3, 4)}] * 2
        assert selectors.known_at(["by.agency"], [QUARTER], at=at + NEXT_DAY) == found[1][0]
        assert [parts for _, parts in found] == [
            {("by.agency", QUARTER): {"Health": Value(1, 2), "Police": Value(2, 2)}},
            {("by.agency", QUARTER): {"Police": Value(2, 2)}},
        ]

    def test_is_read_in_one_query(
        self, system: User, at: datetime, django_assert_num_queries: pytest.FixtureRequest
    ) -> None:
        services.recount(by=system, at=at, periods=selectors.quarters(at))
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert len(selectors.known_at(["made.up"], selectors.quarters(at), at=at)) == 8
