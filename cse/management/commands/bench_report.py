"""`manage.py bench_report`: what the PDF of a quarterly report costs beside WeasyPrint alone on the finished HTML."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cse.bench import paper


class Command(BaseCommand):
    help = "Draw a full report and let WeasyPrint typeset the same HTML, in turns."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--turns", type=int, default=5, metavar="N", help="of each (5)")

    def handle(self, *args: Any, **options: Any) -> None:
        paper.measure(turns=options["turns"], say=self._say)

    def _say(self, text: str) -> None:
        self.stdout.write(text, ending="")
        self.stdout.flush()
