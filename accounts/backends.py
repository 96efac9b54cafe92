"""How whoever is signed in is read on each request."""

from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from accounts.models import User
from frontend.prepared import Given, Prepared


def _with_team_and_groups() -> "QuerySet[User, User]":
    groups = User.groups.through.objects.filter(user_id=OuterRef("pk")).values("group_id")
    people = User.objects.select_related("team__agency").annotate(group_pks=ArraySubquery(groups))
    return people.filter(pk=Given("key"))


_PERSON = Prepared(_with_team_and_groups)


class WithTeam(AuthenticationBackend):
    """With the team and its agency, which every page names, and the groups, which every look asks for: one query."""

    def get_user(self, user_id: int) -> User | None:
        user = _PERSON.first(key=user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user.team_ids = frozenset(cast(Any, user).group_pks)
        return user
