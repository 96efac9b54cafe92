"""The pages of the figures: who may see them, what each number leads to, what is recorded, what it costs."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import deadlines.services
from accounts.models import User
from accounts.roles import Role
from audit.models import Event
from deadlines.rules import Kind
from missing.figures import Measure
from missing.models import Episode
from missing.rules import InterviewStatus
from people.models import Child
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
LAST_YEAR = {"period": "last_year"}
WINTER = datetime(2026, 2, 1, 12, tzinfo=UTC)
MOST_QUERIES = 12
LISTS = ["figures_of_children", *Measure]


@pytest.fixture
def hers(manager: User, browser_of: Any) -> Client:
    """A team manager's browser."""
    return browser_of(manager)


@pytest.fixture
def child(manager: User) -> Child:
    return factories.child(known_to=manager.team, given_name="Zebulon")


@pytest.fixture
def repeated(child: Child) -> list[Episode]:
    """Two of a child: one interview held in time, one declined."""
    held, declined = ended(child, 0), ended(child, 100)
    conducted = {"conducted_at": WINTER + 50 * HOUR, "conducted_offset": 0}
    factories.interview(episodes=[held], status=InterviewStatus.COMPLETED, **conducted)
    factories.interview(episodes=[declined], status=InterviewStatus.DECLINED)
    return [held, declined]


def ended(child: Child | None, hours: int, **values: Any) -> Episode:
    given = {"child": child} if child else {}
    return factories.episode(
        last_seen_at=WINTER + (hours - 1) * HOUR, returned_at=WINTER + hours * HOUR, **given, **values
    )


def at_page(name: str) -> str:
    return reverse("missing:figure", args=[name]) if name in Measure.values else reverse(f"missing:{name}")


class TestFigures:
    def test_shows_the_counts_and_what_they_are_of(self, hers: Client, repeated: list[Episode]) -> None:
        page = text_of(hers.get(at_page("figures"), LAST_YEAR))
        assert "All interviews due, held within 72 hours" in page
        assert words(page).count("1 of 2") >= 3
        assert "50%" in page
        assert "63%" in page
        assert "Missing People" in page

    def test_prints_a_dash_for_nothing_of_nothing(self, hers: Client) -> None:
        page = text_of(hers.get(at_page("figures"), LAST_YEAR))
        assert "–" in page
        assert "0%" not in page.replace("100%", "")

    def test_counts_every_episode_and_names_no_child(self, hers: Client) -> None:
        ended(factories.child(given_name="Zebulon"), 0)
        page = text_of(hers.get(at_page("figures"), LAST_YEAR))
        assert words(page).count("0 of 1") >= 1
        assert "Zebulon" not in page

    def test_every_number_leads_to_as_many_episodes_as_it_says(self, hers: Client, repeated: list[Episode]) -> None:
        ended(None, 0, responsible_authority="332")
        page = text_of(hers.get(at_page("figures"), {**LAST_YEAR, "authority": "all"}))
        found = set(re.findall(r'href="(/missing/figures/[^"]*\?[^"]*)">([\d,]+)</a>', page))
        assert len(found) > 20
        for href, number in found:
            listed = words(text_of(hers.get(unescape(href))))
            (seen,) = re.findall(r"(\d+) episodes? that you may see", listed)
            total = int(seen) + sum(int(unseen) for unseen in re.findall(r"and (\d+) more", listed))
            if "repeated" in href:
                assert (total > 0) == (int(number) > 0), href
            else:
                assert total == int(number), href

    def test_another_authority_has_a_line_of_its_own(self, hers: Client) -> None:
        """domain.md 14."""
        ended(None, 0, responsible_authority="332")
        page = words(text_of(hers.get(at_page("figures"), LAST_YEAR)))
        assert "Dudley 1" in page
        assert "All authorities 1" in page

    @pytest.mark.parametrize(
        "query",
        [
            {"period": "lost"},
            {"period": "chosen"},
            {"period": "chosen", "first-day": "31", "first-month": "2", "first-year": "2026"},
            {"authority": "\x00"},
            {"team": "9" * 300},
        ],
    )
    @pytest.mark.parametrize("name", ["figures", "figures_csv", "figures_of_children", "eligible"])
    def test_what_cannot_be_asked_is_said_in_a_sentence(self, hers: Client, query: dict[str, str], name: str) -> None:
        page = text_of(hers.get(at_page(name), query))
        assert "There is a problem" in page
        assert "All interviews due" not in page

    def test_the_last_day_is_not_before_the_first_nor_to_come(self, hers: Client) -> None:
        first = {"first-day": "2", "first-month": "1", "first-year": "2026"}
        last = {"last-day": "1", "last-month": "1", "last-year": "2026"}
        page = text_of(hers.get(at_page("figures"), {"period": "chosen", **first, **last}))
        assert "The last day must be the same as or after the first day" in page
        page = text_of(hers.get(at_page("figures"), {"period": "chosen", **first, **last, "last-year": "2099"}))
        assert "The last day must be today or in the past" in page

    def test_are_refused_to_whom_they_are_not_for(self, worker: User, stranger: User, browser_of: Any) -> None:
        for person in (worker, stranger):
            for name in ("figures", "figures_csv", *LISTS):
                assert browser_of(person).get(at_page(name)).status_code == 403

    def test_ask_the_same_number_of_questions_however_much_there_is(
        self, hers: Client, child: Child, repeated: list[Episode]
    ) -> None:
        few = {name: queries(hers, at_page(name)) for name in ("figures", "figures_csv", *LISTS)}
        for number in range(40):
            authority = ("336", "332", "330")[number % 3]
            ended(child if number % 2 else None, 200 + 3 * number, responsible_authority=authority)
        assert {name: queries(hers, at_page(name)) for name in few} == few
        assert max(few.values()) <= MOST_QUERIES


class TestFiguresCsv:
    def test_holds_the_counts_of_both_tables(self, hers: Client, manager: User, repeated: list[Episode]) -> None:
        response = hers.get(at_page("figures_csv"), LAST_YEAR)
        header, *rows = csv.reader(io.StringIO(response.content.decode(), newline=""))
        assert header[:4] == ["Table", "Line", "From", "To"]
        days = ["2025-04-01", "2026-03-31"]
        assert rows[0] == [
            "By responsible authority",
            "Wolverhampton",
            *days,
            "2",
            "2",
            "1",
            "1",
            "1",
            "2",
            "1",
            "1",
            "1",
        ]
        assert [row[0] for row in rows].count("By team") == 2
        assert Event.objects.get(verb="missing.figures_csv").actor_id == manager.pk

    def test_a_team_whose_name_is_a_formula_is_text(self, hers: Client) -> None:
        bad = factories.team(name='=HYPERLINK("http://x")')
        episode = ended(None, 0)
        deadlines.services.start(
            Kind.RETURN_INTERVIEW, subject=episode, child=episode.child, started_at=WINTER, owner_team=bad
        )
        content = hers.get(at_page("figures_csv"), LAST_YEAR).content.decode()
        rows = list(csv.reader(io.StringIO(content, newline="")))
        assert any(row[1].startswith("'=HYPERLINK") for row in rows)


class TestFigure:
    def test_lists_the_episodes_and_records_the_look(
        self, hers: Client, manager: User, child: Child, repeated: list[Episode]
    ) -> None:
        ended(None, 0)
        page = words(text_of(hers.get(at_page("offered"), LAST_YEAR)))
        assert "2 episodes that you may see." in page
        assert child.name in page
        after = Event.objects.get(verb="missing.figure").payload.after
        assert after["terms"] == {**LAST_YEAR, "measure": "offered"}
        assert set(after["shown"]) == {f"missing.episode:{each.pk}" for each in repeated}

    def test_says_how_many_more_there_are_and_nothing_of_them(self, hers: Client) -> None:
        ended(factories.child(given_name="Zebulon"), 0)
        page = words(text_of(hers.get(at_page("eligible"), LAST_YEAR)))
        assert "0 episodes that you may see, and 1 more that you may not" in page
        assert "Zebulon" not in page

    def test_says_whether_each_was_in_time(self, hers: Client, child: Child, repeated: list[Episode]) -> None:
        late = ended(child, 200)
        conducted = {"conducted_at": WINTER + 275 * HOUR, "conducted_offset": 0}
        factories.interview(episodes=[late], status=InterviewStatus.COMPLETED, **conducted)
        ended(child, 300)
        page = words(text_of(hers.get(at_page("eligible"), LAST_YEAR)))
        assert "held in time" in page
        assert "held 3 h 0 m late" in page
        assert "overdue by" in page
        assert "Declined" in page

    def test_a_word_that_is_no_measure_is_no_page(self, hers: Client) -> None:
        assert hers.get("/missing/figures/names/").status_code == 404


class TestFiguresOfChildren:
    def test_names_only_children_one_may_see_and_records_them(
        self, hers: Client, child: Child, repeated: list[Episode]
    ) -> None:
        ended(factories.child(given_name="Unseen"), 0)
        page = words(text_of(hers.get(at_page("figures_of_children"), LAST_YEAR)))
        assert child.name in page
        assert "Unseen" not in page
        assert "There is 1 more that you may not see" in page
        shown = Event.objects.get(verb="missing.figures_of_children").payload.after["shown"]
        assert shown == [f"people.child:{child.pk}"]

    def test_a_reader_in_cmog_sees_them_too(self, child: Child, repeated: list[Episode], browser_of: Any) -> None:
        member = factories.user(team=factories.team(), roles=[Role.CMOG_MEMBER])
        factories.let_know(child, member.team)
        assert child.name in text_of(browser_of(member).get(at_page("figures_of_children"), LAST_YEAR))


def queries(client: Client, address: str) -> int:
    client.get(address, LAST_YEAR)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, LAST_YEAR).status_code == 200
    return len(captured)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def words(page: str) -> str:
    """What is read on the page, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split()).replace(" ,", ",").replace(" .", ".")
