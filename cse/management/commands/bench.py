"""`manage.py bench`: what our busiest pages cost, as multiples of a bare Django page (performance.md 1, 5, 6).

With the embedded services: `python -m stack services -- python manage.py bench`; or with DATABASE_URL and REDIS_URL.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cse.bench import database, report, runs, server
from cse.bench.machine import TOO_MUCH, Meter
from cse.bench.pages import PAGES, Cast, Page, cast_of

DRAFTS_PER_SECOND = 400  # more than can be submitted


class Command(BaseCommand):
    help = "Measure the busiest pages against a bare Django page, on a database of their own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--children", type=int, default=100_000, metavar="N", help="in the database (100,000)")
        parser.add_argument("--pages", default=",".join(PAGES), help=f"some of {','.join(PAGES)}")
        parser.add_argument(
            "--seconds", type=float, default=5, metavar="S", help="per page and round with 8 clients (5)"
        )
        parser.add_argument(
            "--rounds", type=int, default=2, metavar="R", help="in turns with B; the calmest counts (2)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen, seconds, rounds = _chosen(options["pages"]), options["seconds"], options["rounds"]
        environment = database.use(options["children"], self._say)
        drafts = int(DRAFTS_PER_SECOND * seconds * rounds) + 20 if "submit" in chosen else 1
        self._say(f"Preparing {drafts:,} drafts")
        cast = cast_of(fresh_drafts=drafts, at=timezone.now())
        pages = [PAGES[name](cast) for name in chosen]
        insides = {page.name: runs.inside(page) for page in pages}
        with server.running(environment) as running:
            found = self._measure(running, pages, cast, seconds=seconds, rounds=rounds)
        lines = [(page, report.best(found[page.name]), insides[page.name]) for page in pages]
        self._say("\n" + report.table(lines))
        self._say(report.bare_line([each for rounds in found.values() for each in rounds]))
        self._say(f"* more than {TOO_MUCH} of a core was busy with something else: an upper bound\n")
        for sentence in report.verdicts(lines):
            self._say(sentence)

    def _measure(
        self, running: server.Server, pages: list[Page], cast: Cast, *, seconds: float, rounds: int
    ) -> dict[str, list[runs.Round]]:
        meter = Meter(running.pid)
        found: dict[str, list[runs.Round]] = {page.name: [] for page in pages}
        person = cast.officer.user.pk
        for page in pages:
            runs.one_round(running, meter, page, person=person, seconds=0.2)
        for number in range(rounds):
            for page in pages:
                self._say(f"Round {number + 1}: {page.name}")
                measured = runs.one_round(running, meter, page, person=person, seconds=seconds)
                if measured.wrong:
                    raise CommandError(f"{page.name} was answered with {sorted(set(measured.wrong))}")
                found[page.name].append(measured)
        return found

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _chosen(names: str) -> list[str]:
    chosen = names.split(",")
    if unknown := [name for name in chosen if name not in PAGES]:
        raise CommandError(f"There is no page {unknown[0]}; there are {', '.join(PAGES)}")
    return chosen
