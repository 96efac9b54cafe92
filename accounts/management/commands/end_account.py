"""`manage.py end_account`: somebody leaves."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import selectors, services


class Command(BaseCommand):
    help = "Ends a person's account at once. What they wrote stays, with their name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = selectors.person(options["email"])
        if user is None:
            raise CommandError(f"{options['email']} has no account.")
        services.end_account(by=selectors.system_actor(), at=timezone.now(), user=user)
        self.stdout.write(f"The account of {user} has ended.")
