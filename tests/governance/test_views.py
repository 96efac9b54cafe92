"""The month on one page, as CMOG's chair uses it."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import selectors as people_and_teams
from accounts.models import User
from accounts.roles import Role
from audit.models import Event
from figures import measures, services
from figures.measures import Better, Cells
from figures.models import Current, Figure
from figures.rules import Part, Period
from frontend.text import local_day
from governance.views.dashboard import written
from riskassessment.models import Screening
from riskassessment.rules import Level
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = Period(TODAY, TODAY).starts
LAST_MONTH, _ = Period.month(TODAY).months_before(2)
BEFORE = NOW - timedelta(days=10)
MOST_QUERIES, MOST_QUERIES_AGAIN = 10, 6
IN_TIME, BY_AGENCY = "missing.in_time", "riskassessment.by_agency"


@pytest.fixture(autouse=True)
def nothing_written_before() -> None:
    """These tests make up figures anew, all of them at noon."""
    written.cache_clear()


@pytest.fixture
def chair() -> User:
    return factories.user(roles=[Role.CMOG_CHAIR])


def count(monkeypatch: pytest.MonkeyPatch, values: dict[str, Part], cells: Cells, at: datetime) -> None:
    """Have two figures of made-up functions counted: `values` by month, 9 of 10 in every other one."""
    monkeypatch.setattr(measures, "_MEASURES", {})
    monkeypatch.setattr(measures, "_BREAKDOWNS", {})
    measures.measure(IN_TIME, "Interviews in time", better=Better.MORE, source="domain.md 16")(
        lambda period, at: values.get(period.in_brief, Part(9, 10))
    )
    measures.breakdown(BY_AGENCY, "Screenings by agency", rows="Agency", columns="Level", source="domain.md 27")(
        lambda period, at: cells
    )
    services.recount(by=people_and_teams.system_actor(), at=at, periods=LAST_MONTH.months_before(13))
    written.cache_clear()


def read(client: Any, **asked: str) -> str:
    response = client.get(reverse("governance:dashboard"), asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def known_on(day: date) -> dict[str, str]:
    return {f"known_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


class TestDashboard:
    def test_of_a_month_without_figures(self, chair: User, browser_of: Any) -> None:
        page = read(browser_of(chair))
        assert LAST_MONTH.in_words in page
        assert "No figure differs from the months before" in page
        assert "Not yet collected: " in page

    def test_says_first_what_is_unusual_and_why_it_matters(
        self, chair: User, browser_of: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        count(monkeypatch, {LAST_MONTH.in_brief: Part(3, 10)}, {}, NOW)
        page = read(browser_of(chair))
        sentence = f"30% (3 of 10) in {LAST_MONTH.in_words}, 90% (9 of 10) the month before; usual is 90% (108 of 120)."
        assert f"{sentence} A child who is asked late tells less" in page
        assert page.index("Worse than usual") < page.index("Missing children")

    def test_adds_up_a_table(self, chair: User, browser_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        cells = {("Police", "Serious"): 2, ("Police", "At risk"): 5, ("Health", "Serious"): 11}
        count(monkeypatch, {}, cells, NOW)
        page = read(browser_of(chair))
        total = page.split(">All</th>")[-1].split("</tr>")[0]
        assert re.findall(r">(\d+)</td>", total) == ["5", "13", "18"]

    def test_as_known_on_a_past_day_and_what_was_corrected_since(
        self, chair: User, browser_of: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        count(monkeypatch, {LAST_MONTH.in_brief: Part(3, 10)}, {}, BEFORE)
        count(monkeypatch, {LAST_MONTH.in_brief: Part(4, 10)}, {}, NOW)
        assert "40% (4 of 10)" in read(browser_of(chair))
        page = read(browser_of(chair), **known_on(local_day(BEFORE)))
        assert f"30% (3 of 10) in {LAST_MONTH.in_words}" in page
        assert "30% (3 of 10) then, 40% (4 of 10) as known now" in page

    def test_keeps_a_day_that_is_none(self, chair: User, browser_of: Any) -> None:
        page = read(browser_of(chair), **{"known_on-day": "31", "known_on-month": "2", "known_on-year": "2026"})
        assert 'value="31"' in page
        assert "must be a real date" in page

    def test_reads_figures_and_nothing_else(
        self, chair: User, browser_of: Any, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        count(monkeypatch, {}, {("Police", "Serious"): 2}, NOW)
        client = browser_of(chair)
        with django_assert_max_num_queries(MOST_QUERIES):
            read(client)
        with django_assert_max_num_queries(MOST_QUERIES_AGAIN):
            read(client)

    def test_says_what_is_counted_while_it_is_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        count(monkeypatch, {LAST_MONTH.in_brief: Part(3, 10)}, {}, NOW)
        assert "30% (3 of 10)" in written(LAST_MONTH, NOW - timedelta(seconds=1), over=True)

    def test_says_what_was_counted_since_it_was_last_read(
        self, chair: User, browser_of: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        count(monkeypatch, {LAST_MONTH.in_brief: Part(3, 10)}, {}, NOW)
        client = browser_of(chair)
        assert "30% (3 of 10)" in read(client)
        later = NOW + timedelta(seconds=1)
        Current.objects.filter(measure=IN_TIME, first=LAST_MONTH.first).update(of=5, counted_at=later)
        assert "50% (5 of 10)" in read(client)


class TestMonthThatRuns:
    def test_is_held_against_no_whole_month(
        self, chair: User, browser_of: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One so far where a hundred are usual is few only once the month is over."""
        monkeypatch.setattr(measures, "_MEASURES", {})
        monkeypatch.setattr(measures, "_BREAKDOWNS", {})
        running = Period.month(TODAY)
        measures.measure("riskassessment.submitted", "Screenings", better=Better.MORE, source="domain.md 27")(
            lambda period, at: 1 if period in {running, LAST_MONTH} else 100
        )
        services.recount(by=people_and_teams.system_actor(), at=NOW, periods=running.months_before(14))
        client = browser_of(chair)
        page = read(client, month=f"{running.first:%Y-%m}")
        assert "This month still runs" in page
        assert "Fewer than usual" not in page
        assert "Fewer than usual" in read(client)


class TestTrends:
    def test_draws_thirteen_months_of_each(self, chair: User, browser_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        count(monkeypatch, {LAST_MONTH.in_brief: Part(3, 10)}, {}, NOW)
        response = browser_of(chair).get(reverse("governance:trends"))
        page = " ".join(response.content.decode().split())
        assert f"Interviews in time fell from 90% in {next(LAST_MONTH.months_before(13)).in_brief} to 30%" in page
        assert page.count('<tr class="govuk-table__row"> <th scope="row"') == 13


class TestBehind:
    """The list behind a figure holds what the person may see, and says how much more there is."""

    @pytest.fixture
    def two_screenings(self, chair: User) -> list[Screening]:
        at = LAST_MONTH.starts + timedelta(days=3)
        made = [
            factories.screening(submitted_at=at, suggested_level=level, judged_level=level)
            for level in (Level.SERIOUS, Level.AT_RISK)
        ]
        factories.screening(submitted_at=LAST_MONTH.ends)
        factories.let_know(made[0].child, chair)
        return made

    def read(self, client: Any, key: str) -> str:
        response = client.get(reverse("governance:behind", args=[key]))
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    def test_shows_what_may_be_seen(self, chair: User, browser_of: Any, two_screenings: list[Screening]) -> None:
        page = self.read(browser_of(chair), "riskassessment.submitted")
        assert "1 that you may see, and 1 more that you may not." in page
        assert two_screenings[0].child.name in page
        assert two_screenings[1].child.name not in page

    def test_holds_what_the_figure_counts(self, chair: User, browser_of: Any, two_screenings: list[Screening]) -> None:
        assert "1 that you may see. " in self.read(browser_of(chair), "riskassessment.at_risk")

    def test_is_recorded_with_whom_it_showed(
        self, chair: User, browser_of: Any, two_screenings: list[Screening]
    ) -> None:
        self.read(browser_of(chair), "riskassessment.submitted")
        event = Event.objects.get(verb="governance.behind")
        assert event.shown_child_ids == [two_screenings[0].child_id]

    @pytest.mark.parametrize("key", ["referrals.received", "referrals.decided_in_time", "missing.interviews_late"])
    def test_is_there_for_others_too(self, chair: User, browser_of: Any, key: str) -> None:
        assert "Nothing that you may see." in self.read(browser_of(chair), key)

    @pytest.mark.parametrize("key", ["training.coverage", "made.up"])
    def test_a_figure_of_no_child_has_none(self, chair: User, browser_of: Any, key: str) -> None:
        assert browser_of(chair).get(reverse("governance:behind", args=[key])).status_code == 404


class TestDashboardCsv:
    def test_has_counts_of_thirteen_months(self, chair: User, browser_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        count(monkeypatch, {}, {("Police", "Serious"): 2}, NOW)
        response = browser_of(chair).get(reverse("governance:dashboard_csv"))
        rows = list(csv.DictReader(io.StringIO(response.content.decode())))
        assert [row["Number"] for row in rows if row["Figure"] == "Interviews in time"] == ["9"] * 13
        assert [row["Number"] for row in rows if row["Row"] == "Police"] == ["2"]


class TestBreakdown:
    def test_a_cell_that_is_gone_is_counted_as_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        count(monkeypatch, {}, {("Police", "Serious"): 2}, NOW - timedelta(days=1))
        count(monkeypatch, {}, {}, NOW)
        cells = {"measure": BY_AGENCY, "first": LAST_MONTH.first, "row": "Police"}
        assert Figure.objects.get(**cells).of == 2
        assert Current.objects.get(**cells).of == 0
