"""Agencies, teams and people, and the grants by which they come to know a child."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission as ModelPermission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts import policy, services
from accounts.models import AgencyKind, Team, User
from accounts.roles import Role
from audit.models import Event
from people.models import Child
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db: None) -> User:
    return factories.user(roles=[Role.ADMINISTRATOR], team=factories.team())


class TestAddAgency:
    def test_is_for_administrators(self, administrator: User, worker: User, at: datetime) -> None:
        made = services.add_agency(by=administrator, at=at, name="New School", kind=AgencyKind.SCHOOL)
        assert str(made) == "New School"
        with pytest.raises(PermissionDenied):
            services.add_agency(by=worker, at=at, name="Another", kind=AgencyKind.SCHOOL)


class TestAddTeam:
    def test_its_key_is_its_groups(self, administrator: User, at: datetime) -> None:
        made = services.add_team(by=administrator, at=at, agency=factories.agency(), name="Pastoral")
        assert made.pk == made.group.pk


class TestAddUser:
    def test_joins_the_team_and_knows_what_the_team_knows(self, administrator: User, team: Team, at: datetime) -> None:
        child = factories.child(known_to=team)
        made = services.add_user(
            by=administrator,
            at=at,
            email="New@Example.org",
            full_name="New Person",
            job_title="Nurse",
            team=team,
            roles=[Role.PRACTITIONER],
        )
        assert (made.email, made.has_usable_password()) == ("new@example.org", False)
        assert child in policy.visible(made, Child)

    def test_the_first_one_comes_from_the_command_line(self) -> None:
        options: dict[str, Any] = {"roles": ["administrator"], "agency": "Council", "team": "Systems"}
        call_command("add_person", "first@example.org", "First Administrator", **options)
        assert User.objects.get(email="first@example.org").roles == ["administrator"]
        with pytest.raises(CommandError, match="has an account already"):
            call_command("add_person", "FIRST@example.org", "First Administrator", **options)


class TestEndAccount:
    def test_a_leaver_is_cut_off_at_the_next_request(
        self, administrator: User, team: Team, worker: User, at: datetime, browser_of: Any
    ) -> None:
        browser = browser_of(worker)
        assert browser.get("/screenings/").status_code == 200
        # Who ends an account need not know its owner's children: the account itself is the record.
        services.end_account(by=administrator, at=at, user=worker)
        assert browser.get("/screenings/").status_code == 302

    def test_from_the_command_line(self, worker: User) -> None:
        call_command("end_account", worker.email.upper())
        worker.refresh_from_db()
        assert not worker.is_active
        for nobody in ("nobody@example.org", "system@cse.invalid"):
            with pytest.raises(CommandError, match="has no account"):
                call_command("end_account", nobody)


class TestChangeUser:
    def test_knows_what_the_new_team_knows_and_nothing_of_the_former_one(
        self, administrator: User, team: Team, worker: User, at: datetime
    ) -> None:
        former, other = factories.child(known_to=team), factories.team()
        child = factories.child(known_to=other)
        services.change_user(by=administrator, at=at, user=worker, team=other)
        moved = User.objects.get(pk=worker.pk)
        assert (moved.team, moved.team_ids, moved.roles) == (other, {other.pk}, worker.roles)
        assert child in policy.visible(moved, Child)
        assert former not in policy.visible(moved, Child)
        changed = Event.objects.get(verb="accounts.change_user").payload
        assert (changed.before["teams"], changed.after["teams"]) == ([team.pk], [other.pk])

    def test_is_for_administrators(self, worker: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.change_user(by=worker, at=at, user=worker, roles=[Role.MASH])

    def test_from_the_command_line(self, team: Team, worker: User) -> None:
        other = factories.team(name="Pastoral")
        call_command("change_person", worker.email, team="Pastoral", roles=["team_manager"])
        worker.refresh_from_db()
        assert (worker.team, worker.roles) == (other, ["team_manager"])

    def test_the_command_line_says_what_is_missing(self, worker: User) -> None:
        for _ in range(2):
            factories.team(name="Pastoral", agency=factories.agency())
        with pytest.raises(CommandError, match="2 teams called Pastoral"):
            call_command("change_person", worker.email, team="Pastoral")
        with pytest.raises(CommandError, match="Say what changes"):
            call_command("change_person", worker.email)
        with pytest.raises(CommandError, match="has no account"):
            call_command("change_person", "nobody@example.org", roles=["mash"])


class TestChooseDigest:
    def test_is_ones_own_choice(self, worker: User, at: datetime) -> None:
        services.choose_digest(by=worker, at=at, daily=True)
        assert User.objects.get(pk=worker.pk).daily_digest
        services.choose_digest(by=worker, at=at, daily=False)
        assert not User.objects.get(pk=worker.pk).daily_digest


class TestLetTeamKnow:
    def test_a_second_grant_changes_nothing(self, team: Team) -> None:
        child = factories.child(known_to=team)
        factories.let_know(child, team)
        assert child.team_grants.count() == 1

    def test_holds_when_permissions_were_made_anew(self, team: Team, worker: User) -> None:
        """As they are after a flush, under other numbers."""
        factories.child(known_to=team)
        ModelPermission.objects.filter(codename="view_child").update(codename="former")
        kind = ContentType.objects.get_for_model(Child)
        ModelPermission.objects.create(codename="view_child", content_type=kind, name="made anew")
        assert factories.child(known_to=team) in policy.visible(worker, Child)
