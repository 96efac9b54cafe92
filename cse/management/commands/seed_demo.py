"""`manage.py seed_demo`: the demonstration partnership with its history. All of it is invented."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime, time
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cse.demo import committees, delivery, prevention, reports, seed
from frontend.text import LONDON

MORNING = time(9, 30)


class Command(BaseCommand):
    help = "Load the demonstration partnership: invented children, screenings and referrals up to now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--children", type=_positive, default=300, metavar="N", help="how many (default 300)")
        parser.add_argument("--months", type=_positive, default=16, metavar="M", help="of history (default 16)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed, other children")
        parser.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="that morning is now (default: now)")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are records already")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not seed.is_empty():
            self.stdout.write("There are records already: nothing was added.")
            return
        began = monotonic()
        now = options["until"] or timezone.now().replace(second=0, microsecond=0)
        wanted = seed.Wanted(options["children"], options["months"], options["seed"], now)
        counts = seed.seed(wanted, progress=self._say_how_far)
        prevention.tell(now)
        committees.tell(now)
        delivery.tell(now)
        reports.tell(now)
        for table, rows in counts.items():
            self.stdout.write(f"{rows:>10,}  {table}")
        self.stdout.write(f"{sum(counts.values()):>10,}  rows in {monotonic() - began:.1f} s")

    def _say_how_far(self, done: int, total: int) -> None:
        """At every twentieth part of a long run."""
        step = max(1, total // 20)
        if total >= 5000 and done // step > getattr(self, "_said", 0):
            self._said = done // step
            self.stdout.write(f"{done:>10,} of {total:,} children")
            self.stdout.flush()


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError("must be a whole number, 1 or more")
    return int(text)


def _day(text: str) -> datetime:
    try:
        return datetime.combine(datetime.strptime(text, "%Y-%m-%d").date(), MORNING, LONDON)  # noqa: DTZ007
    except ValueError:
        raise ArgumentTypeError("must be a date, like 2026-11-23") from None
