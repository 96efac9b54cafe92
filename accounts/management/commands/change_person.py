"""`manage.py change_person`: another team, other roles, or both."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import selectors, services
from accounts.models import Team
from accounts.roles import ROLES_OF_PEOPLE, Role


class Command(BaseCommand):
    help = "Moves a person to another team, or gives them other roles instead of those they have."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", action="append", choices=ROLES_OF_PEOPLE, dest="roles")
        parser.add_argument("--agency", help="of the team")
        parser.add_argument("--team")

    def handle(self, *args: Any, **options: Any) -> None:
        user = selectors.person(options["email"])
        if user is None:
            raise CommandError(f"{options['email']} has no account.")
        team = self._team(options["team"], options["agency"]) if options["team"] else None
        roles = [Role(role) for role in options["roles"]] if options["roles"] else None
        if not team and not roles:
            raise CommandError("Say what changes: --team, --role or both.")
        user = services.change_user(by=selectors.system_actor(), at=timezone.now(), user=user, team=team, roles=roles)
        self.stdout.write(f"{user}: {user.team}; {', '.join(Role(role).label for role in user.roles)}.")

    def _team(self, name: str, agency: str | None) -> Team:
        teams = Team.objects.filter(name=name, **({"agency__name": agency} if agency else {}))
        if len(teams) != 1:
            raise CommandError(f"There are {len(teams)} teams called {name}. Name its agency too: --agency.")
        return teams[0]
