"""People and teams to name, address and choose from."""

from django.db.models import QuerySet, TextField

from accounts.models import Agency, Team, TeamKind, User
from accounts.refusals import Refusal
from accounts.roles import GRANTS, Permission, Role
from frontend.prepared import Given, Prepared

_OF_KIND = Prepared(lambda: Team.objects.filter(kind=Given("kind", TextField())))


class NoMash(Refusal):
    """A new site, whose agencies and teams are still to be added."""


def mash_team() -> Team:
    """The one Multi-Agency Safeguarding Hub. Raises NoMash."""
    if team := _OF_KIND.first(kind=TeamKind.MASH):
        return team
    raise NoMash(
        "This site has no MASH team yet, so nobody would read this. Call MASH, and ask your administrator to add "
        "its first officer: manage.py add_person … --team-kind mash"
    )


def system_actor() -> User:
    """Who acts when a clock does."""
    return User.objects.get(email="system@cse.invalid")


def public_actor() -> User:
    """Who acts when somebody without an account does."""
    return User.objects.get(email="public@cse.invalid")


def person(email: str) -> User | None:
    """Whose account this is, whatever the case of the letters; not one of the two actors."""
    return User.objects.filter(email__iexact=email).exclude(email__endswith=".invalid").first()


def members_with(role: Role, *, team: Team | None = None) -> QuerySet[User]:
    """Active people who hold `role`, in one team or in all."""
    users = User.objects.filter(is_active=True, roles__contains=[role])
    return users.filter(groups=team.pk) if team else users


def holders_of(permission: Permission, *, team: Team | None = None) -> QuerySet[User]:
    """Active people whose role holds `permission`, in one team or in all."""
    roles = [role for role, permissions in GRANTS.items() if permission in permissions]
    users = User.objects.filter(is_active=True, roles__overlap=roles)
    return users.filter(groups=team.pk) if team else users


def agencies() -> QuerySet[Agency]:
    return Agency.objects.order_by("name")
