"""The two returns: what a row says, what is left out, and what is wrong before they are sent."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import TeamKind, User
from accounts.roles import Role
from audit.models import Event
from figures.rules import Period
from missing import exports
from missing.models import Episode
from missing.rules import InterviewStatus
from missing.selectors import exports as selectors
from people.codes import Ethnicity, LookedAfter, Sex
from tests import factories

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
DAY = date(2026, 3, 31)


@pytest.fixture
def coordinator(db: None) -> User:
    return factories.user(team=factories.team(kind=TeamKind.CSE), roles=[Role.CSE_COORDINATOR])


@pytest.fixture
def hers(coordinator: User, browser_of: Any) -> Client:
    return browser_of(coordinator)


def at(month: int, day: int, hour: int = 12, *, year: int = 2025) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def gone(began: datetime, ended: datetime | None = None, **values: Any) -> Episode:
    given = {"looked_after": LookedAfter.CARE_ORDER, "responsible_authority": "336", **values}
    return factories.episode(last_seen_at=began, returned_at=ended, **given)


def rows_903(year: Period = YEAR) -> list[tuple[Any, ...]]:
    return exports.rows_903(selectors.of_year(year), year)


def sentences(year: Period = YEAR) -> list[str]:
    return [finding.sentence for finding in exports.findings_903(selectors.of_year(year))]


def annex_a() -> list[tuple[Any, ...]]:
    return exports.rows_annex_a(selectors.of_twelve_months(DAY), DAY)


class TestRowsOf903:
    def test_a_row_says_who_when_and_how_on_local_dates(self) -> None:
        child = factories.child(date_of_birth=date(2010, 5, 4))
        gone(at(6, 1, 23), at(6, 2, 23), child=child)  # after midnight in London, in summer
        assert rows_903() == [(child.reference, "04/05/2010", "M", "02/06/2025", "03/06/2025")]

    def test_times_away_from_the_placement_stand_in_it_as_a(self) -> None:
        gone(at(6, 1), at(6, 2), episode_type="A")
        assert [row[2] for row in rows_903()] == ["A"]

    def test_holds_only_children_who_were_looked_after_then(self) -> None:
        """As the episode says: a later change of the child changes no return."""
        for status in LookedAfter:
            gone(at(6, 1), at(6, 2), looked_after=status, child=factories.child(looked_after=LookedAfter.NO))
        assert len(rows_903()) == 3

    def test_holds_our_own_children_alone_and_nothing_that_was_recorded_in_error(self) -> None:
        gone(at(6, 1), at(6, 2), responsible_authority="332")
        gone(at(6, 1), at(6, 2), voided_at=at(6, 3))
        assert rows_903() == []

    @pytest.mark.parametrize(
        ("began", "ended", "row"),
        [
            (at(3, 1), at(3, 31), None),
            (at(3, 30), at(4, 1), ("30/03/2025", "01/04/2025")),
            (at(3, 30), at(3, 31, 23), ("30/03/2025", "01/04/2025")),  # midnight in London
            (at(3, 30), None, ("30/03/2025", None)),
            (at(3, 31, year=2026), at(4, 2, year=2026), ("31/03/2026", None)),  # still missing when the year ended
            (at(3, 31, 23, year=2026), at(4, 2, year=2026), None),
        ],
    )
    def test_holds_what_lies_in_the_year_and_an_open_one_has_no_end(
        self, began: datetime, ended: datetime | None, row: tuple[str, str] | None
    ) -> None:
        gone(began, ended)
        assert [found[3:] for found in rows_903()] == ([row] if row else [])

    def test_a_child_with_two_records_has_one_identifier(self) -> None:
        """domain.md 20."""
        first = factories.child()
        for child in (first, factories.child(same_as=first)):
            gone(at(6, 1 + child.pk % 2), at(6, 1 + child.pk % 2, 13), child=child)
        assert {row[0] for row in rows_903()} == {first.reference}

    def test_is_read_by_one_statement(self, django_assert_num_queries: Any) -> None:
        for _ in range(3):
            gone(at(6, 1), at(6, 2))
        with django_assert_num_queries(1):
            rows_903()


class TestFindingsOf903:
    def test_finds_nothing_where_all_is_well(self) -> None:
        gone(at(6, 1), at(6, 2))
        assert sentences() == []

    def test_a_child_without_a_date_of_birth_is_refused_once(self) -> None:
        child = factories.child(provisional=True, date_of_birth=None)
        for day in (1, 5):
            gone(at(6, day), at(6, day + 1), child=child)
        (finding,) = exports.findings_903(selectors.of_year(YEAR))
        assert (finding.sentence, finding.refused) == (f"{child.reference} has no date of birth.", True)
        assert finding.child == child.pk

    def test_an_episode_before_the_birth_is_refused(self) -> None:
        episode = gone(at(6, 1), at(6, 2), child=factories.child(date_of_birth=date(2025, 6, 1)))
        assert [text for text in sentences() if episode.reference in text and "born" in text]

    def test_two_that_touch_on_one_day_are_to_be_looked_at(self) -> None:
        child = factories.child()
        first, second = gone(at(6, 1), at(6, 2, 9), child=child), gone(at(6, 2, 10), at(6, 3), child=child)
        (finding,) = exports.findings_903(selectors.of_year(YEAR))
        assert (finding.episode, finding.refused) == (second.pk, False)
        assert first.reference in finding.sentence

    @pytest.mark.parametrize("ended", [at(6, 3), None])
    def test_two_records_of_one_child_that_overlap_are_refused(self, ended: datetime | None) -> None:
        first = factories.child()
        gone(at(6, 1), ended, child=first)
        again = gone(at(6, 2), at(6, 4), child=factories.child(same_as=first))
        (finding,) = exports.findings_903(selectors.of_year(YEAR))
        assert (finding.episode, finding.refused) == (again.pk, True)

    def test_every_one_that_overlaps_a_long_one_is_found_at_once(self) -> None:
        first = factories.child()
        long = gone(at(6, 1), at(6, 20), child=first)
        others = [
            gone(at(6, day), at(6, day + 1), child=factories.child(same_as=first, provisional=True)) for day in (3, 10)
        ]
        found = exports.findings_903(selectors.of_year(YEAR))
        assert [finding.episode for finding in found] == [other.pk for other in others]
        assert all(long.reference in finding.sentence for finding in found)

    def test_what_is_left_out_is_said(self) -> None:
        episode = gone(at(6, 1), at(6, 2), looked_after=LookedAfter.UNKNOWN)
        assert rows_903() == []
        assert [episode.reference in text and "left out" in text for text in sentences()] == [True]

    def test_what_would_be_refused_stands_first(self) -> None:
        gone(at(6, 1), at(6, 2), looked_after=LookedAfter.UNKNOWN)
        gone(at(6, 1), at(6, 2), child=factories.child(provisional=True, date_of_birth=None))
        assert [finding.refused for finding in exports.findings_903(selectors.of_year(YEAR))] == [True, False]


class TestAnnexA:
    def test_a_row_is_a_child_with_what_came_of_the_last_time(self) -> None:
        child = factories.child(date_of_birth=date(2010, 4, 1), sex=Sex.FEMALE, ethnicity=Ethnicity.MWBC)
        declined, last = gone(at(6, 1), at(6, 2), child=child), gone(at(7, 1), at(7, 2), child=child)
        gone(at(8, 1), at(8, 2), child=child, episode_type="A")
        factories.interview(episodes=[declined], status=InterviewStatus.DECLINED)
        factories.interview(episodes=[last], status=InterviewStatus.COMPLETED)
        assert annex_a() == [
            (child.reference, "b) Female", "f) MWBC", "01/04/2010", 15, 2, 1, "a) Yes", "a) Yes"),
        ]

    @pytest.mark.parametrize(
        ("status", "offered", "accepted"),
        [
            (InterviewStatus.NOT_OFFERED, "b) No", "b) No"),
            (InterviewStatus.OFFERED, "a) Yes", "c) Unknown"),
            (InterviewStatus.DECLINED, "a) Yes", "b) No"),
            (InterviewStatus.ACCEPTED, "a) Yes", "a) Yes"),
            (InterviewStatus.COMPLETED, "a) Yes", "a) Yes"),
            (None, "c) Unknown", "c) Unknown"),
        ],
    )
    def test_says_what_is_recorded(self, status: InterviewStatus | None, offered: str, accepted: str) -> None:
        episode = gone(at(6, 1), at(6, 2))
        if status:
            factories.interview(episodes=[episode], status=status)
        assert [row[-2:] for row in annex_a()] == [(offered, accepted)]

    def test_of_a_child_who_was_only_away_nothing_is_said_of_an_interview(self) -> None:
        gone(at(6, 1), at(6, 2), episode_type="A")
        assert [row[-4:] for row in annex_a()] == [(0, 1, None, None)]

    def test_every_code_of_ours_has_its_word_in_the_list(self) -> None:
        assert exports.ETHNICITY.keys() == set(Ethnicity.values)
        assert exports.SEX.keys() == set(Sex)

    @pytest.mark.parametrize(("began", "counted"), [(at(3, 31, 22), 0), (at(3, 31, 23), 1), (at(4, 1), 1)])
    def test_holds_what_began_in_the_twelve_months(self, began: datetime, counted: int) -> None:
        gone(began, began + timedelta(hours=1))
        assert len(annex_a()) == counted

    def test_finds_what_is_not_known(self) -> None:
        child = factories.child(provisional=True, date_of_birth=None, sex=Sex.UNKNOWN, ethnicity=Ethnicity.NOBT)
        gone(at(6, 1), at(6, 2), child=child)
        found = [finding.sentence for finding in exports.findings_annex_a(selectors.of_twelve_months(DAY))]
        assert len(found) == 4
        assert all(child.reference in sentence for sentence in found)


class Pages:
    """What is true of both."""

    name: str
    query: dict[str, str]

    @property
    def address(self) -> str:
        return reverse(f"missing:{self.name}")

    def test_is_whole_also_where_its_maker_may_not_see_every_child(self, hers: Client, coordinator: User) -> None:
        known, unknown = factories.child(known_to=coordinator.team), factories.child()
        for child in (known, unknown):
            gone(at(6, 1), at(6, 2), child=child)
        header, *rows = read(hers.post(self.address, self.query))
        assert [row[0] for row in rows] == [known.reference, unknown.reference]
        assert header

    def test_holds_no_name(self, hers: Client) -> None:
        child = factories.child(given_name="Zebulon", family_name="Quartermaine")
        gone(at(6, 1), at(6, 2), child=child)
        content = hers.post(self.address, self.query).content.decode()
        assert child.reference in content
        assert "Zebulon" not in content
        assert "Quartermaine" not in content

    def test_is_logged_with_every_child_it_held(self, hers: Client, coordinator: User) -> None:
        child = factories.child()
        for day in (1, 5):
            gone(at(6, day), at(6, day + 1), child=child)
        hers.post(self.address, self.query)
        event = Event.objects.get(verb=f"missing.{self.name}")
        assert (event.actor_id, event.payload.after["shown"]) == (coordinator.pk, [f"people.child:{child.pk}"])

    def test_looking_at_it_makes_no_file(self, hers: Client) -> None:
        response = hers.get(self.address, self.query)
        assert response["Content-Type"].startswith("text/html")
        assert not Event.objects.filter(verb=f"missing.{self.name}").exists()

    def test_looking_at_it_is_logged_with_every_child_of_whom_something_is_wrong(
        self, hers: Client, coordinator: User
    ) -> None:
        wrong = factories.child(provisional=True, date_of_birth=None)
        for child in (wrong, factories.child(sex=Sex.FEMALE, ethnicity=Ethnicity.WBRI)):
            offered = factories.interview(child=child, status=InterviewStatus.OFFERED)
            gone(at(6, 1), at(6, 2), child=child, interview=offered)
        assert wrong.reference in hers.get(self.address, self.query).content.decode()
        event = Event.objects.get(verb=f"missing.{self.name.replace('export', 'check')}")
        assert (event.actor_id, event.payload.after["shown"]) == (coordinator.pk, [f"people.child:{wrong.pk}"])

    def test_leads_to_the_records_one_may_open(self, hers: Client, coordinator: User) -> None:
        mine, other = (
            factories.child(provisional=True, date_of_birth=None, known_to=team) for team in (coordinator.team, None)
        )
        for child in (mine, other):
            gone(at(6, 1), at(6, 2), child=child)
        page = hers.get(self.address, self.query).content.decode()
        assert reverse("people:child", args=[mine.pk]) in page
        assert reverse("people:child", args=[other.pk]) not in page
        assert "You have no sight of this record" in page

    def test_is_nobody_elses(self, officer: User, manager: User, worker: User, stranger: User, browser_of: Any) -> None:
        for person in (officer, manager, worker, stranger):
            for method in ("get", "post"):
                assert getattr(browser_of(person), method)(self.address).status_code == 403

    def test_asks_the_same_number_of_questions_however_much_there_is(
        self, hers: Client, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(30):
            gone(at(6, 1), at(6, 2), child=factories.child(provisional=True, date_of_birth=None))
        with django_assert_max_num_queries(10):
            hers.get(self.address, self.query)


class TestExport903(Pages):
    name, query = "export_903", {"year": "2025"}

    def test_the_file_has_the_departments_columns_and_a_name_that_says_which_year(self, hers: Client) -> None:
        response = hers.post(self.address, self.query)
        assert read(response) == [["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"]]
        assert "OFFICIAL-SENSITIVE_SSDA903_Missing_2025-26.csv" in response["Content-Disposition"]

    @pytest.mark.parametrize("year", ["1900", "x", "2025\x00", "9" * 30])
    def test_a_year_that_cannot_be_is_refused_in_a_sentence(self, hers: Client, year: str) -> None:
        for method in (hers.get, hers.post):
            assert "Select year from the list" in method(self.address, {"year": year}).content.decode()


class TestExportAnnexA(Pages):
    name = "export_annex_a"
    query = {"day-day": "31", "day-month": "3", "day-year": "2026"}

    def test_a_day_to_come_is_refused_in_a_sentence(self, hers: Client) -> None:
        for method in (hers.get, hers.post):
            page = method(self.address, {**self.query, "day-year": "2099"}).content.decode()
            assert "must be today or in the past" in page


def read(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode(), newline="")))
