"""`manage.py bench_sweep`: what the sweeps of the deadlines cost PostgreSQL, on a database that is made and dropped."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cse.bench import sweep


class Command(BaseCommand):
    help = "Measure the sweeps of the deadlines on a database of their own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, default in (("open", 100_000), ("closed", 200_000), ("more", 1_000_000)):
            parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"({default:,})")

    def handle(self, *args: Any, **options: Any) -> None:
        sweep.measure(
            running=options["open"],
            closed=options["closed"],
            more=options["more"],
            at=timezone.now(),
            say=self._say,
        )

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
