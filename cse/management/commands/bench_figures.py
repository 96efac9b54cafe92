"""`manage.py bench_figures`: how soon a figure shows what was written, and what that costs whoever writes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cse.bench import freshness


class Command(BaseCommand):
    help = "Measure how fresh figures are, and what it costs to keep them so, on a database of their own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--children", type=int, default=100_000, metavar="N", help="in the database (100,000)")
        parser.add_argument("--seconds", type=float, default=8, metavar="S", help="of each stretch (8)")
        parser.add_argument("--turns", type=int, default=3, metavar="N", help="with marks and without (3)")

    def handle(self, *args: Any, **options: Any) -> None:
        freshness.measure(
            children=options["children"],
            seconds=options["seconds"],
            turns=options["turns"],
            at=timezone.now(),
            say=self._say,
        )

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
