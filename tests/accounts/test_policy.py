"""Deny by default: lists and details agree, and only declared ways lead to a record."""

from datetime import UTC, datetime

import pytest
from django.db import models

from accounts import policy
from accounts.models import Team, User
from accounts.roles import GRANTS, Permission, Role
from people.models import Child
from tests import factories

pytestmark = pytest.mark.django_db


class TestVisible:
    def test_a_team_grant_reaches_every_member_and_nobody_else(self, team: Team, worker: User, stranger: User) -> None:
        child = factories.child(known_to=team)
        assert child in policy.visible(worker, Child)
        assert child not in policy.visible(stranger, Child)

    def test_a_personal_grant_ends_when_it_says(self, stranger: User) -> None:
        child = factories.child()
        factories.let_know(child, stranger, until=datetime(2100, 1, 1, tzinfo=UTC))
        assert child in policy.visible(stranger, Child)
        factories.let_know(child, stranger, until=datetime(2020, 1, 1, tzinfo=UTC))
        assert child not in policy.visible(stranger, Child)

    def test_siblings_inherit_nothing(self, team: Team, worker: User) -> None:
        known = factories.child(known_to=team, family_name="Same", address="1 Same Street")
        sibling = factories.child(family_name=known.family_name, address=known.address)
        assert sibling not in policy.visible(worker, Child)

    def test_a_record_that_declares_no_need_to_know_is_seen_by_nobody(self, worker: User) -> None:
        class Undeclared(models.Model):
            class Meta:
                app_label = "tests"
                managed = False

            def __str__(self) -> str:
                return ""

        assert list(policy.visible(worker, Undeclared)) == []

    def test_grants_double_no_row(self, team: Team, worker: User) -> None:
        child = factories.child(known_to=team)
        factories.let_know(child, worker)
        assert policy.visible(worker, Child).count() == 1


class TestMay:
    def test_asks_for_the_permission_and_the_sight(self, team: Team, worker: User) -> None:
        known, unknown = factories.child(known_to=team), factories.child()
        assert policy.may(worker, Permission.CHILD_CORRECT, known)
        assert not policy.may(worker, Permission.CHILD_CORRECT, unknown)
        assert not policy.may(worker, Permission.CHILD_MATCH, known)

    @pytest.mark.parametrize(
        "role", [Role.ADMINISTRATOR, Role.SEMT_CHAIR, Role.SEMT_MEMBER, Role.BOARD_READER, Role.IG_OFFICER]
    )
    def test_some_roles_see_no_case_content_by_role(self, role: Role) -> None:
        """domain.md 35."""
        case_content = {Permission.CHILD_VIEW, Permission.CHILD_FIND, Permission.SCREENING_VIEW}
        assert not GRANTS[role] & (case_content | {Permission.REFERRAL_TRIAGE, Permission.REFERRAL_TRACK})

    def test_every_role_is_listed(self) -> None:
        assert set(GRANTS) == set(Role)
