"""Deny by default: lists and details agree, and only declared ways lead to a record."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts import policy
from accounts.models import Team, User
from accounts.roles import GRANTS, Permission, Role
from frontend.prepared import Prepared
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


class TestFind:
    """`find` and prepared queries answer as `visible` does, for every kind of record and whoever asks."""

    @pytest.fixture
    def records(self, team: Team, mash: Team, worker: User, officer: User) -> list[models.Model]:
        """One of every kind that declares who needs to know it, where there is a factory; on a known child and not."""
        made: list[models.Model] = []
        for child in (factories.child(known_to=team), factories.child(known_to=mash), factories.child()):
            draft = factories.screening(child=child, author=worker)
            made += [child, draft, factories.referral(child=child, handling_team=mash, made_by=officer)]
        return made

    def test_finds_what_is_visible_and_nothing_else(
        self, records: list[models.Model], worker: User, officer: User, stranger: User
    ) -> None:
        for user in (worker, officer, stranger):
            for record in records:
                seen = policy.visible(user, type(record)).filter(pk=record.pk).exists()
                assert (policy.find(user, type(record), record.pk) is not None) == seen

    def test_every_kind_of_record_has_the_same_rows_for_a_prepared_query(
        self, records: list[models.Model], worker: User, officer: User, stranger: User
    ) -> None:
        kinds = [model for model in apps.get_models() if hasattr(model, "need_to_know")]
        assert len(kinds) > 8
        for model in kinds:
            prepared = Prepared(lambda model=model: policy.visible_to_viewer(model))  # type: ignore[misc]
            for user in (worker, officer, stranger):
                seen = set(policy.visible(user, model).values_list("pk", flat=True))
                assert {row.pk for row in prepared.ask(**policy.viewed_by(user))} == seen

    def test_a_grant_that_ends_ends_for_a_query_made_before(self, stranger: User) -> None:
        child = factories.child()
        assert policy.find(stranger, Child, child.pk) is None
        factories.let_know(child, stranger, until=datetime(2100, 1, 1, tzinfo=UTC))
        assert policy.find(stranger, Child, child.pk) == child
        factories.let_know(child, stranger, until=datetime(2020, 1, 1, tzinfo=UTC))
        assert policy.find(stranger, Child, child.pk) is None

    def test_whoever_has_left_finds_nothing_not_even_what_everybody_may_see(self, team: Team, worker: User) -> None:
        child = factories.child(known_to=team)
        worker.is_active = False
        assert policy.find(worker, Child, child.pk) is None
        assert policy.find(worker, User, worker.pk) is None

    def test_who_is_in_no_team_finds_what_is_theirs_alone(self, worker: User) -> None:
        worker.team_ids = frozenset()
        child = factories.child()
        assert policy.find(worker, Child, child.pk) is None
        factories.let_know(child, worker)
        assert policy.find(worker, Child, child.pk) == child

    def test_an_address_may_hold_any_number(self, worker: User) -> None:
        assert policy.find(worker, Child, 10**30) is None

    def test_what_declares_no_need_to_know_is_not_found_and_cannot_be_prepared(self, worker: User) -> None:
        assert policy.find(worker, ContentType, ContentType.objects.all()[0].pk) is None
        with pytest.raises(TypeError, match="nobody may see"):
            policy.visible_to_viewer(ContentType)


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
