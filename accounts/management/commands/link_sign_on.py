"""`manage.py link_sign_on`: let somebody in by their agency's sign-in, where they have no password here."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import selectors, services
from accounts.refusals import Refusal
from accounts.roles import Permission


class Command(BaseCommand):
    help = "Links a person's account to the number they have at their agency's sign-in (`sub`, or SAML's NameID)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("provider", choices=[place.id for place in settings.SIGN_ON.places])
        parser.add_argument("subject")
        parser.add_argument("--by", required=True, help="e-mail of the administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        user, by = selectors.person(options["email"]), selectors.person(options["by"])
        if user is None or by is None:
            raise CommandError(f"{options['email' if user is None else 'by']} has no account.")
        if Permission.PEOPLE_MANAGE not in by.permissions:
            raise CommandError(f"{by} is no administrator.")
        try:
            services.link_sign_on(
                by=by, at=timezone.now(), user=user, provider=options["provider"], subject=options["subject"]
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{user} may sign in through {options['provider']}.")
