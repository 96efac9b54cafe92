"""`manage.py load_indicator_set FILE --by E-MAIL`: a new version of the indicators, without code (domain.md 1)."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refusal
from riskassessment import services


class Command(BaseCommand):
    help = "Loads a version of the indicator set from a JSON file like riskassessment/data/indicator_set_v1.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="e-mail address of the administrator who loads it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = json.loads(options["file"].read_text(encoding="utf-8"))
            by = User.objects.get(email__iexact=options["by"])
            made = services.load_indicator_set(by=by, at=timezone.now(), content=content)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}. Name a JSON file.") from None
        except (json.JSONDecodeError, KeyError) as error:
            raise CommandError(
                f"{options['file']} is not an indicator set: {error}. Compare it with version 1."
            ) from None
        except User.DoesNotExist:
            raise CommandError(f"Nobody has the e-mail address {options['by']}.") from None
        except PermissionDenied:
            raise CommandError(f"{options['by']} may not load indicator sets: an administrator may.") from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Loaded {made}, in force from {made.in_force_from}.")
