"""`manage.py reset_second_factor`: somebody lost their telephone and their passkeys."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import selectors, services
from accounts.roles import Permission


class Command(BaseCommand):
    help = "Removes a person's second factors and ends their sessions. Make sure first that it is they who ask."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--by", required=True, help="e-mail of the administrator who made sure; not the same person"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user, by = selectors.person(options["email"]), selectors.person(options["by"])
        if user is None or by is None:
            raise CommandError(f"{options['email' if user is None else 'by']} has no account.")
        if by == user or Permission.PEOPLE_MANAGE not in by.permissions:
            raise CommandError(f"{by} may not: it takes an administrator, and another person.")
        services.reset_second_factor(by=by, at=timezone.now(), user=user)
        self.stdout.write(f"{user} sets up a new second factor when they next sign in. They were told by e-mail.")
