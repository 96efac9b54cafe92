"""The live board: whose clocks and which children stand on it, in what order, and what it costs."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import deadlines.services
from accounts.models import Team, TeamKind, User
from accounts.roles import Role
from audit.models import Event
from deadlines.models import Deadline
from deadlines.rules import OF_MISSING, Kind
from missing.forms.board import BoardForm
from missing.models import Episode
from missing.rules import RiskGrade
from missing.selectors import board
from missing.selectors.board import Filters
from missing.selectors.figures import teams
from people.models import Child
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
EVERYTHING = Filters()
MOST_QUERIES = 12


@pytest.fixture
def coordinator(db: None) -> User:
    return factories.user(team=factories.team(kind=TeamKind.CSE), roles=[Role.CSE_COORDINATOR])


@pytest.fixture
def child(team: Team, coordinator: User) -> Child:
    made = factories.child(known_to=team)
    factories.let_know(made, coordinator.team)
    return made


@pytest.fixture
def clock(team: Team, at: datetime) -> Callable[..., Deadline]:
    """`clock(5)`: a return interview that is due in five hours, about a child of its own whom the team knows."""

    def running(hours: float, kind: Kind = Kind.RETURN_INTERVIEW, **values: Any) -> Deadline:
        child = values.pop("about", None) or factories.child(known_to=team)
        began, due = at - 100 * HOUR, at + timedelta(hours=hours)
        episode = factories.episode(child=child, last_seen_at=began, returned_at=began)
        given = {"owner_team": team, **values}
        return deadlines.services.start(kind, subject=episode, child=child, started_at=began, due_at=due, **given)

    return running


def shown(user: User, filters: Filters = EVERYTHING) -> list[Deadline]:
    return board.clocks(user, filters).rows


class TestClocks:
    def test_stand_broken_ones_first_and_then_the_soonest(self, worker: User, clock: Any) -> None:
        later, broken, soon, longer = (clock(hours) for hours in (30, -2, 5, -20))
        assert shown(worker) == [longer, broken, soon, later]

    def test_are_of_the_children_one_may_see_whoever_owes_them(
        self, worker: User, stranger: User, coordinator: User, clock: Any
    ) -> None:
        others = clock(5, owner_team=stranger.team)
        assert shown(worker) == [others]
        assert shown(stranger) == []
        factories.let_know(others.child, coordinator.team)
        assert shown(coordinator) == [others]

    def test_are_those_that_still_run_and_come_of_missing(self, worker: User, clock: Any, at: datetime) -> None:
        met, void, review = (clock(hours) for hours in (1, 2, 3))
        Deadline.objects.filter(pk=met.pk).update(met_at=at, recorded_at=at, next_fire_at=None)
        Deadline.objects.filter(pk=void.pk).update(voided_at=at, next_fire_at=None)
        Deadline.objects.filter(pk=review.pk).update(kind=Kind.REVIEW_SERIOUS)
        assert shown(worker) == []

    @pytest.mark.parametrize("kind", sorted(OF_MISSING))
    def test_can_be_of_one_kind(self, worker: User, clock: Any, kind: Kind) -> None:
        found = clock(5, kind)
        clock(4, next(each for each in sorted(OF_MISSING) if each != kind))
        assert shown(worker, Filters(kind=kind)) == [found]

    def test_can_be_mine_or_my_teams_or_nobodys(self, worker: User, stranger: User, clock: Any, team: Team) -> None:
        mine, ours = clock(1, owner=worker), clock(2)
        theirs = clock(3, owner_team=stranger.team, owner=stranger)
        assert shown(worker, Filters(whose="mine")) == [mine]
        assert shown(worker, Filters(whose="team")) == [mine, ours]
        assert shown(worker, Filters(whose="nobody")) == [ours]
        assert shown(worker, Filters(team=stranger.team_id)) == [theirs]

    def test_can_be_of_the_children_of_one_authority(self, worker: User, clock: Any, team: Team) -> None:
        clock(1)
        found = clock(2, about=factories.child(known_to=team, responsible_authority="332"))
        assert shown(worker, Filters(authority="332")) == [found]

    def test_each_is_on_one_page_in_both_directions(self, worker: User, clock: Any) -> None:
        made = [clock(number % 9 - 4) for number in range(30)]
        page = board.clocks(worker, EVERYTHING)
        onward = board.clocks(worker, EVERYTHING, older=page.older)
        assert [*page.rows, *onward.rows] == sorted(made, key=lambda each: (each.due_at, each.pk))
        assert board.clocks(worker, EVERYTHING, newer=onward.newer).rows == page.rows

    def test_are_read_by_their_own_index_without_sorting(self, worker: User, clock: Any) -> None:
        for number in range(30):
            clock(number)
        place = board.clocks(worker, EVERYTHING).older
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off; set local enable_bitmapscan = off")
        for filters in (EVERYTHING, Filters(kind=Kind.RETURN_INTERVIEW)):
            plan = plan_of(worker, filters, place)
            assert "deadline_open_of_missing" in plan
            assert "Sort" not in plan


class TestLines:
    @pytest.mark.parametrize(
        ("hours", "left", "urgency"),
        [
            (-1, "overdue by 1 h 0 m", "overdue"),
            (5.2, "due in 5 h 12 m", "soon"),
            (24, "due in 24 h 0 m", "soon"),
            (25, "due in 25 h 0 m", ""),
        ],
    )
    def test_say_how_long_is_left(self, clock: Any, at: datetime, hours: float, left: str, urgency: str) -> None:
        (line,) = board.lines([clock(hours)], at=at)
        assert (line.left, line.urgency, line.promise) == (left, urgency, "Hold the return interview")


class TestMissingNow:
    @pytest.fixture
    def gone(self, team: Team, at: datetime) -> Callable[..., Episode]:
        def made(grade: str, hours: int, **values: Any) -> Episode:
            known = factories.child(known_to=team)
            return factories.episode(child=known, last_seen_at=at - hours * HOUR, grade=grade, **values)

        return made

    def test_stand_the_highest_risk_first_and_then_the_longest_gone(self, worker: User, gone: Any) -> None:
        low = gone(RiskGrade.LOW, 90)
        high, longer = gone(RiskGrade.HIGH, 2), gone(RiskGrade.HIGH, 5)
        medium, none, ungraded = gone(RiskGrade.MEDIUM, 9), gone(RiskGrade.NO_APPARENT, 9), gone("", 1)
        assert board.missing_page(worker).rows == [longer, high, ungraded, medium, low, none]

    def test_are_those_who_are_not_back_and_whom_one_may_see(
        self, worker: User, stranger: User, gone: Any, at: datetime
    ) -> None:
        found = gone(RiskGrade.LOW, 9, located_at=at)
        gone(RiskGrade.LOW, 9, returned_at=at)
        gone(RiskGrade.LOW, 9, voided_at=at)
        assert board.missing_page(worker).rows == [found]
        assert board.missing_page(stranger).rows == []

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SEMT_CHAIR, Role.BOARD_READER, Role.IG_OFFICER])
    def test_are_nobody_to_a_role_that_reads_no_episode(self, team: Team, gone: Any, role: Role) -> None:
        """domain.md 35."""
        gone(RiskGrade.HIGH, 2)
        assert board.missing_page(factories.user(team=team, roles=[role])).rows == []

    def test_each_is_on_one_page_in_both_directions(self, worker: User, gone: Any) -> None:
        grades = [*RiskGrade.values, ""]
        made = [gone(grades[number % 5], number % 7 + 1) for number in range(30)]
        page = board.missing_page(worker)
        onward = board.missing_page(worker, older=page.older)
        assert {each.pk for each in (*page.rows, *onward.rows)} == {each.pk for each in made}
        assert board.missing_page(worker, newer=onward.newer).rows == page.rows


class TestBoardForm:
    @pytest.mark.parametrize("name", ["kind", "whose", "team", "authority"])
    @pytest.mark.parametrize("value", ["lost", "\x00", "9" * 300, "-1", "🙂"])
    def test_leaves_out_what_cannot_be(self, team: Team, name: str, value: str) -> None:
        assert BoardForm({name: value}, teams=teams()).filters() == EVERYTHING

    def test_takes_what_can(self, team: Team) -> None:
        given = {"kind": Kind.SCREENING_DUE, "whose": "mine", "team": str(team.pk), "authority": "332"}
        assert BoardForm(given, teams=teams()).filters() == Filters(Kind.SCREENING_DUE, "mine", team.pk, "332")


class TestBoard:
    address = "/missing/"

    def test_shows_clocks_and_children_each_with_its_page(
        self, worker: User, clock: Any, browser_of: Any, child: Child
    ) -> None:
        running, gone = clock(5), factories.episode(child=child)
        page = text_of(browser_of(worker).get(self.address))
        assert f'href="{reverse("missing:episode", args=[running.subject_id])}"' in page
        assert f'href="{reverse("missing:episode", args=[gone.pk])}"' in page
        assert child.name in page
        assert "As it stood on" in page

    def test_shows_a_stranger_nothing(self, stranger: User, clock: Any, browser_of: Any, child: Child) -> None:
        clock(5)
        factories.episode(child=child)
        page = text_of(browser_of(stranger).get(self.address))
        assert child.name not in page
        assert "No clock is running for a missing child that you may see." in page
        assert "No child that you may see is missing." in page

    def test_says_so_when_no_clock_fits(self, worker: User, clock: Any, browser_of: Any) -> None:
        clock(5)
        page = text_of(browser_of(worker).get(self.address, {"whose": "mine"}))
        assert "No running clock fits these filters." in page

    def test_is_a_search_that_is_recorded_with_what_it_showed(
        self, worker: User, clock: Any, browser_of: Any, child: Child
    ) -> None:
        running, gone = clock(5), factories.episode(child=child)
        browser_of(worker).get(self.address, {"whose": "team"})
        after = Event.objects.get(verb="missing.board").payload.after
        assert after["terms"] == {"whose": "team"}
        assert after["shown"] == [f"missing.episode:{gone.pk}", f"deadlines.deadline:{running.pk}"]

    def test_asks_the_same_number_of_questions_however_much_runs(
        self, coordinator: User, clock: Any, browser_of: Any, team: Team
    ) -> None:
        client = browser_of(coordinator)
        clock(1)
        few = queries(client, self.address)
        for number in range(30):
            factories.let_know(clock(number).child, coordinator.team)
            known = factories.child(known_to=team)
            factories.let_know(known, coordinator.team)
            factories.episode(child=known)
        assert queries(client, self.address) == few
        assert few <= MOST_QUERIES

    def test_keeps_the_filter_from_page_to_page(self, worker: User, clock: Any, browser_of: Any) -> None:
        for number in range(30):
            clock(number)
        client = browser_of(worker)
        onward = re.search(r'href="([^"]*older=[^"]*)"', text_of(client.get(self.address, {"whose": "team"})))
        assert onward
        assert "whose=team" in onward[1]
        assert "newer=" in text_of(client.get(onward[1].replace("&amp;", "&")))

    def test_keeps_itself_up_to_date_only_when_asked_and_not_for_ever(self, worker: User, browser_of: Any) -> None:
        client = browser_of(worker)
        assert "data-next" not in text_of(client.get(self.address))
        assert 'data-next="/missing/?whose=mine&amp;keep=2"' in text_of(
            client.get(self.address, {"whose": "mine", "keep": "3"})
        )
        assert 'data-next="/missing/"' in text_of(client.get(self.address, {"keep": "1"}))
        assert "for the next 15 minutes" in text_of(client.get(self.address, {"keep": "999"}))
        for nonsense in ("0", "-1", "x", "9" * 300, "²"):
            assert "data-next" not in text_of(client.get(self.address, {"keep": nonsense}))

    def test_leads_each_role_where_it_may_go(self, worker: User, coordinator: User, browser_of: Any) -> None:
        figures, returns = reverse("missing:figures"), reverse("missing:export_903")
        page = text_of(browser_of(worker).get(self.address))
        assert figures not in page
        page = text_of(browser_of(coordinator).get(self.address))
        assert figures in page
        assert returns in page

    def test_is_refused_to_a_role_that_reads_no_episode(self, team: Team, browser_of: Any, refusals: Any) -> None:
        reader = factories.user(team=team, roles=[Role.BOARD_READER])
        assert browser_of(reader).get(self.address).status_code == 403
        assert refusals("missing.view").filter(actor_id=reader.pk).exists()


class TestMissingNowPage:
    def test_shows_everybody_who_is_missing_and_is_recorded(
        self, worker: User, stranger: User, child: Child, browser_of: Any
    ) -> None:
        gone = factories.episode(child=child)
        address = reverse("missing:missing_now")
        assert child.name in text_of(browser_of(worker).get(address))
        assert Event.objects.get(verb="missing.missing_now").payload.after["shown"] == [f"missing.episode:{gone.pk}"]
        assert "No child that you may see is missing." in text_of(browser_of(stranger).get(address))


def plan_of(user: User, filters: Filters, place: str) -> str:
    """The plan of the page's own query, as the database would run it."""
    with CaptureQueriesContext(connection) as captured:
        board.clocks(user, filters, older=place)
    with connection.cursor() as cursor:
        cursor.execute(f"explain {captured.captured_queries[-1]['sql']}")
        return "\n".join(line for (line,) in cursor.fetchall())


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())
