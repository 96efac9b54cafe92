"""The home page of each role: what waits, what is overdue, what was begun, and nothing of anybody else's."""

from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

import deadlines.services
import deadlines.tasks
from accounts.models import Team, User
from accounts.roles import Role
from audit.models import Event
from deadlines.rules import Kind
from delivery_plan.rules import UpdateState
from tests import factories

pytestmark = pytest.mark.django_db


def page(browser_of: Any, user: User) -> str:
    return str(browser_of(user).get("/").content.decode())


class TestHome:
    def test_a_visitor_is_shown_the_way_in_and_where_to_tell_us(self, client: Any) -> None:
        text = client.get("/").content.decode()
        assert "/account/sign-in/" in text
        assert "/tell-us/" in text

    def test_shows_what_is_overdue_and_what_the_team_began(
        self, worker: User, team: Team, at: datetime, browser_of: Any
    ) -> None:
        child = factories.child(known_to=team, family_name="Overdue")
        long_ago = at - timedelta(days=400)
        deadlines.services.start(Kind.REVIEW_SERIOUS, subject=child, child=child, started_at=long_ago, owner_team=team)
        draft = factories.screening(author=worker)
        text = page(browser_of, worker)
        assert "overdue by" in text
        assert draft.reference in text

    def test_an_officer_sees_what_waits_in_mash(self, officer: User, browser_of: Any) -> None:
        referral = factories.referral()
        assert referral.reference in page(browser_of, officer)

    def test_the_plans_chair_sees_which_updates_wait(self, worker: User, at: datetime, browser_of: Any) -> None:
        action = factories.action()
        update = factories.plan_update(action=action, drafted_by=worker, state=UpdateState.SUBMITTED)
        chair = factories.user(team=factories.team(), roles=[Role.SEMT_CHAIR])
        link = f'/plan/actions/{action.pk}/#update-{update.pk}">Action {action.number}</a>: Amber: at risk, sent by'
        assert link in page(browser_of, chair)
        assert "#update-" not in page(browser_of, worker)

    def test_shows_nothing_of_another_team(self, stranger: User, team: Team, at: datetime, browser_of: Any) -> None:
        child = factories.child(known_to=team)
        deadlines.services.start(Kind.REVIEW_SERIOUS, subject=child, child=child, started_at=at, owner_team=team)
        factories.screening(author=factories.user(team=team))
        assert "Nothing waits for you" in page(browser_of, stranger)

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SEMT_CHAIR, Role.BOARD_READER, Role.IG_OFFICER])
    def test_a_role_that_sees_no_case_is_shown_none_even_in_a_working_team(
        self, role: Role, team: Team, at: datetime, browser_of: Any
    ) -> None:
        """domain.md 35."""
        child = factories.child(known_to=team, family_name="Unseen")
        deadlines.services.start(Kind.REVIEW_SERIOUS, subject=child, child=child, started_at=at, owner_team=team)
        assert "Unseen" not in page(browser_of, factories.user(team=team, roles=[role]))

    def test_an_interview_to_hold_stands_first_and_leads_to_its_episode(
        self, worker: User, team: Team, at: datetime, browser_of: Any
    ) -> None:
        episode = factories.episode(child=factories.child(known_to=team), returned_at=at)
        deadlines.services.start(
            Kind.RETURN_INTERVIEW, subject=episode, child=episode.child, started_at=at, owner_team=team, owner=worker
        )
        text = page(browser_of, worker)
        assert "Return interviews you are to hold" in text
        assert f'href="/missing/{episode.pk}/"' in text
        colleague = page(browser_of, factories.user(team=team))
        assert "Return interviews you are to hold" not in colleague
        assert f'href="/missing/{episode.pk}/"' in colleague

    def test_shows_the_children_who_are_missing_to_those_who_may_see_them(
        self, worker: User, stranger: User, team: Team, browser_of: Any
    ) -> None:
        episode = factories.episode(child=factories.child(known_to=team))
        assert f"{episode.reference}<" in page(browser_of, worker)
        assert f"missing.episode:{episode.pk}" in Event.objects.get(verb="cse.home").payload.after["shown"]
        assert "Missing now" not in page(browser_of, stranger)

    def test_records_whom_it_named(self, worker: User, browser_of: Any) -> None:
        draft = factories.screening(author=worker)
        page(browser_of, worker)
        shown = Event.objects.get(verb="cse.home").payload.after["shown"]
        assert f"riskassessment.screening:{draft.pk}" in shown


class TestHealth:
    def test_fails_until_the_first_sweep_and_tells_nothing(self, client: Any) -> None:
        """A site that was just started is well within seconds: its scheduler begins with a sweep."""
        answer = client.get("/health/")
        assert (answer.status_code, answer.json()) == (503, {"healthy": False})
        deadlines.tasks.sweep()
        answer = client.get("/health/")
        assert (answer.status_code, answer.json()) == (200, {"healthy": True})

    def test_fails_when_no_sweep_has_run_for_five_minutes(self, client: Any) -> None:
        """security.md 5."""
        deadlines.tasks.sweep()
        for ago, status in ((timedelta(minutes=4), 200), (timedelta(minutes=6), 503)):
            with connection.cursor() as cursor:
                cursor.execute("update deadlines_heartbeat set beat_at = clock_timestamp() - %s", [ago])
            assert client.get("/health/").status_code == status


class TestReady:
    def test_asks_only_for_database_and_queue(self, client: Any, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            answer = client.get("/health/ready/")
        assert (answer.status_code, answer.json()) == (200, {"healthy": True})

    def test_fails_without_the_database(self, client: Any) -> None:
        with mock.patch.object(connection, "cursor", side_effect=OperationalError):
            assert client.get("/health/ready/").status_code == 503

    @pytest.mark.parametrize("path", ["/health/", "/health/ready/"])
    def test_fails_without_the_queue(self, client: Any, path: str) -> None:
        deadlines.tasks.sweep()
        with mock.patch("cse.views.cache.get", side_effect=ConnectionError):
            assert client.get(path).status_code == 503


class TestAlarm:
    """The banner that tells the CSE co-ordinators that deadlines are not being watched (security.md 5)."""

    @pytest.fixture
    def coordinator(self) -> User:
        return factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])

    @pytest.mark.parametrize("path", ["/", "/notices/", "/children/", "/accessibility/"])
    def test_stands_on_every_page_of_theirs(self, coordinator: User, browser_of: Any, path: str) -> None:
        client = browser_of(coordinator)
        assert "Deadlines are not being watched" in client.get(path).content.decode()
        deadlines.tasks.sweep()
        assert "Deadlines are not being watched" not in client.get(path).content.decode()

    def test_costs_them_one_query_and_others_none(
        self, coordinator: User, worker: User, browser_of: Any, django_assert_num_queries: Any
    ) -> None:
        deadlines.tasks.sweep()
        counts = []
        for person in (worker, coordinator):
            client = browser_of(person)
            client.get("/accessibility/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/accessibility/")
            counts.append(len(queries))
        assert counts[1] - counts[0] == 1

    def test_others_do_not_see_it(self, worker: User, browser_of: Any) -> None:
        assert "not being watched" not in page(browser_of, worker)
