"""`manage.py verify_audit`: whether the log is what was written; names the first row that is not, and ends with 1."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import seals, verifying
from audit.models import Event, Seal


class Command(BaseCommand):
    help = "Check the audit log, the histories and their chain of seals; name the first bad row and exit with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seals", type=Path, metavar="FILE", help="the seals as they were exported: compare")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["seals"]
        exported = seals.exported(path) if path else {}
        if path and not exported:
            raise CommandError(f"{path} holds no seals.")
        if fault := verifying.first_fault(exported=exported):
            raise CommandError(str(fault))
        compared = f" and as exported in {len(exported)}" if exported else ""
        self.stdout.write(
            f"{Event.objects.count()} events in {Seal.objects.count()} seals{compared}: all is as written."
        )
