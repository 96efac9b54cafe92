"""How whoever is signed in is read on each request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from accounts.models import User


class WithTeam(AuthenticationBackend):
    """With the team and its agency, which every page names, and the groups, which every look asks for: one query."""

    def get_user(self, user_id: int) -> User | None:
        groups = User.groups.through.objects.filter(user_id=OuterRef("pk")).values("group_id")
        people = User.objects.select_related("team__agency").annotate(group_pks=ArraySubquery(groups))
        user = people.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.team_ids = frozenset(user.group_pks)
        return user
