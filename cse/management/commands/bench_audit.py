"""`manage.py bench_audit`: what the log and the histories cost a look and a write, on a database made and dropped."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cse.bench import auditing


class Command(BaseCommand):
    help = "Measure looks and writes with the log and without, in turns."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--children", type=int, default=5000, metavar="N", help="in the database (5,000)")
        parser.add_argument("--turns", type=int, default=auditing.TURNS, metavar="N", help="with the log and without")

    def handle(self, *args: Any, **options: Any) -> None:
        auditing.measure(children=options["children"], turns=options["turns"], at=timezone.now(), say=self._say)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
