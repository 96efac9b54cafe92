"""What agencies record, by field, by agency, over time, against counts made by hand (strategy §7.3)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Team, User
from accounts.roles import Role
from figures import measures
from figures.models import Current
from figures.rules import Part, Period
from people.codes import Ethnicity
from prevention import collected, selectors
from prevention.measures import records_filled, records_good, records_in_time, records_made
from prevention.selectors.collected import Cell
from tests import factories

pytestmark = pytest.mark.django_db
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))
SEX, ETHNICITY, IN_TIME = "Child: sex", "Child: ethnicity", "Missing: typed in within 24 hours of the report"


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
        review = selectors.review(at, in_full=True)
        before = [Cell("Not counted")] * 3
        assert dict(review.fields)[ETHNICITY] == [*before, Cell("50%", "4 of 8")]
        assert dict(review.agencies) == {
            "Police": [*before, Cell("75%", "3 of 4")],
            "School": [*before, Cell("50%", "3 of 6")],
        }
        assert [series.values[-1] for series in review.chart.series] == [50, 100]
        police = selectors.review(at, agency="Police", in_full=True)
        assert dict(police.fields)[ETHNICITY][-1] == Cell("75%", "3 of 4")

    def test_small_numbers_are_for_those_who_may_see_the_children(
        self, figures: None, at: datetime, browser_of: Any
    ) -> None:
        """Three months later, when the quarter is over."""
        for agency, of in (("Charity", 30), ("Police", 0)):
            days = {"first": QUARTER.first, "last": QUARTER.last, "counted_at": at, "column": SEX}
            for key, number in (("records.good", of), ("records.made", 40 if of else 20)):
                Current.objects.create(measure=key, row=agency, of=number, **days)
        review = selectors.review(at + timedelta(days=90), in_full=False)
        fields, agencies = dict(review.fields), dict(review.agencies)
        assert fields[ETHNICITY][-1] == Cell("[c]")
        assert fields[SEX][-1] == Cell("50%")
        assert (agencies["School"][-1], agencies["Charity"][-1]) == (Cell("[c]"), Cell("75%"))
        assert [series.values[-1] for series in review.chart.series] == [50, None]
        semt = factories.user(team=factories.team(), roles=[Role.SEMT_MEMBER])
        said = browser_of(semt).get(reverse("prevention:records")).content.decode()
        assert "Numbers are shown to those who may see the children" in said
        assert "3 of 4" not in said

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
