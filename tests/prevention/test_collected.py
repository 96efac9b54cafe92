"""What agencies record, by field, by agency, over time, against counts made by hand (strategy §7.3)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Team, User
from figures import measures
from figures.models import Current
from figures.rules import Part, Period
from people.codes import Ethnicity
from prevention import collected, selectors
from prevention.measures import records_filled, records_good, records_in_time, records_made
from tests import factories

pytestmark = pytest.mark.django_db
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))
ETHNICITY, IN_TIME = "Child: ethnicity", "Missing: typed in within 24 hours of the report"


@pytest.fixture
def agency(team: Team) -> str:
    """Two children of this quarter, one with an ethnicity, one of whom that was refused, and one of another year."""
    for values in ({"ethnicity": Ethnicity.REFU}, {"ethnicity": Ethnicity.NOBT}):
        factories.child(added_by_team=team, **values)
    factories.child(added_by_team=team, added_at=datetime(2025, 11, 1, tzinfo=factories.NOON.tzinfo))
    return team.agency.name


class TestCounted:
    @pytest.fixture
    def at(self, at: datetime) -> datetime:
        """After what was made at noon."""
        return at + timedelta(hours=1)

    def test_refused_is_an_answer_and_another_year_another_period(self, agency: str, at: datetime) -> None:
        parts = {(row, name): part for row, name, part in collected.counted(QUARTER, at)}
        assert parts[agency, ETHNICITY] == Part(1, 2)
        assert parts[agency, "Child: date of birth"] == Part(2, 2)
        assert parts[agency, "Child: ward"] == Part(0, 2)

    def test_the_breakdowns_and_the_measures_say_the_same(self, agency: str, at: datetime) -> None:
        assert (records_good(QUARTER, at)[agency, ETHNICITY], records_made(QUARTER, at)[agency, ETHNICITY]) == (1, 2)
        filled = records_filled(QUARTER, at)
        assert filled.whole == 2 * len([name for name in collected.FILLED if name.startswith("Child")])
        assert filled.of == sum(records_good(QUARTER, at).values())

    def test_what_was_typed_in_late_is_not_in_time(self, team: Team, at: datetime) -> None:
        for late in (timedelta(hours=24), timedelta(hours=24, minutes=1)):
            reported = factories.NOON - timedelta(hours=1)
            factories.episode(child=factories.child(added_by_team=team), team=team, recorded_at=reported + late)
        assert records_in_time(QUARTER, at + timedelta(days=3)) == Part(1, 2)

    def test_is_counted_in_a_query_for_each_kind_of_record(
        self, agency: str, at: datetime, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(len(collected.SOURCES)):
            list(collected.counted(QUARTER, at))

    def test_all_of_it_is_registered(self) -> None:
        assert {"records.filled", "records.in_time"} <= measures.known().keys()
        assert {"records.good", "records.made"} <= measures.breakdowns().keys()


class TestPage:
    @pytest.fixture
    def figures(self, at: datetime) -> None:
        days = {"first": QUARTER.first, "last": QUARTER.last, "counted_at": at}
        for key, agency, name, of in (
            ("records.good", "Police", ETHNICITY, 3),
            ("records.made", "Police", ETHNICITY, 4),
            ("records.good", "School", ETHNICITY, 1),
            ("records.made", "School", ETHNICITY, 4),
            ("records.good", "School", IN_TIME, 2),
            ("records.made", "School", IN_TIME, 2),
        ):
            Current.objects.create(measure=key, row=agency, column=name, of=of, **days)

    def test_shows_fields_and_agencies_over_the_quarters(self, figures: None, at: datetime) -> None:
        review = selectors.review(at)
        assert dict(review.fields)[ETHNICITY] == [None, None, None, Part(4, 8)]
        assert dict(review.agencies) == {
            "Police": [None, None, None, Part(3, 4)],
            "School": [None, None, None, Part(3, 6)],
        }
        assert [series.values[-1] for series in review.chart.series] == [50, 100]
        assert dict(selectors.review(at, agency="Police").fields)[ETHNICITY][-1] == Part(3, 4)

    def test_is_read_in_few_queries_and_asked_for_one_agency(
        self, figures: None, keeper: User, browser_of: Any, django_assert_max_num_queries: Any
    ) -> None:
        factories.agency(name="Police")
        client = browser_of(keeper)
        with django_assert_max_num_queries(8):
            said = client.get(reverse("prevention:records")).content.decode()
        assert ETHNICITY in said
        chosen = client.get(reverse("prevention:records"), {"agency": "Police"}).content.decode()
        assert "Clear filters" in chosen
