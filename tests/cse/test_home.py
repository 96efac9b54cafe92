"""The home page of each role: what waits, what is overdue, what was begun, and nothing of anybody else's."""

from datetime import datetime, timedelta
from typing import Any

import pytest

import deadlines.services
from accounts.models import Team, User
from accounts.roles import Role
from audit.models import Event
from deadlines.rules import Kind
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

    def test_records_whom_it_named(self, worker: User, browser_of: Any) -> None:
        draft = factories.screening(author=worker)
        page(browser_of, worker)
        shown = Event.objects.get(verb="cse.home").payload.after["shown"]
        assert f"riskassessment.screening:{draft.pk}" in shown


class TestHealth:
    def test_answers_without_telling_anything(self, client: Any) -> None:
        answer = client.get("/health/")
        assert (answer.status_code, answer.json()) == (200, {"healthy": True})
