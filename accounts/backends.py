"""How whoever is signed in is read on each request."""

from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, JSONField, OuterRef, QuerySet

from accounts.models import User
from frontend.prepared import Given, Prepared


def _with_team_and_groups() -> "QuerySet[User, User]":
    groups = User.groups.through.objects.filter(user_id=OuterRef("pk")).values("group_id")
    hidden = Func(F("pk"), function="cse_hidden_from", output_field=ArrayField(BigIntegerField()))
    emergencies = Func(F("pk"), function="cse_emergencies", output_field=JSONField())
    people = User.objects.select_related("team__agency").annotate(
        group_pks=ArraySubquery(groups), hidden_pks=hidden, open_emergencies=emergencies
    )
    return people.filter(pk=Given("key"))


_PERSON = Prepared(_with_team_and_groups)


class WithTeam(AuthenticationBackend):
    """With the team and its agency, which every page names, the groups and what is hidden from this person, which
    every look asks for, and what they have open in an emergency, which every page says: one query."""

    def get_user(self, user_id: int) -> User | None:
        user = _PERSON.first(key=user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user.team_ids = frozenset(cast(Any, user).group_pks)
        user.emergencies = cast(Any, user).open_emergencies
        user.hidden_children = frozenset(cast(Any, user).hidden_pks)
        return user
