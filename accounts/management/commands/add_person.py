"""`manage.py add_person`: the first administrator of a new site, or anybody else, with agency and team."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import selectors, services
from accounts.models import Agency, AgencyKind, Team, TeamKind, User
from accounts.roles import ROLES_OF_PEOPLE, Role


class Command(BaseCommand):
    help = "Adds a person; agency and team are added where they are new. The person chooses a password by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name")
        parser.add_argument("--job-title", default="")
        parser.add_argument("--role", action="append", required=True, choices=ROLES_OF_PEOPLE, dest="roles")
        parser.add_argument("--agency", required=True)
        parser.add_argument("--agency-kind", choices=AgencyKind.values, default=AgencyKind.OTHER)
        parser.add_argument("--team", required=True)
        parser.add_argument("--team-kind", choices=TeamKind.values, default=TeamKind.PRACTICE)

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(email__iexact=options["email"]).exists():
            raise CommandError(f"{options['email']} has an account already.")
        by, at = selectors.system_actor(), timezone.now()
        agency = Agency.objects.filter(name=options["agency"]).first() or services.add_agency(
            by=by, at=at, name=options["agency"], kind=AgencyKind(options["agency_kind"])
        )
        team = Team.objects.filter(agency=agency, name=options["team"]).first() or services.add_team(
            by=by, at=at, agency=agency, name=options["team"], kind=TeamKind(options["team_kind"])
        )
        user = services.add_user(
            by=by,
            at=at,
            email=options["email"],
            full_name=options["full_name"],
            job_title=options["job_title"],
            team=team,
            roles=[Role(role) for role in options["roles"]],
        )
        self.stdout.write(f"Added {user}, {team}. To choose a password: “I have forgotten my password” at sign-in.")
