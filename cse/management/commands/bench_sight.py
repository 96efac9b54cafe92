"""`manage.py bench_sight`: what row-level security costs the lists, on a database that is made and dropped."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cse.bench import sight


class Command(BaseCommand):
    help = "Measure lists with and without the database's own policies."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--children", type=int, default=100_000, metavar="N", help="(100,000)")

    def handle(self, *args: Any, **options: Any) -> None:
        sight.measure(children=options["children"], say=self._say)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
