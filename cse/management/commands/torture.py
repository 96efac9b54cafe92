"""`manage.py torture`: every fault we know against the deadline engine, fault by fault in a table (security.md 5).

It brings its own PostgreSQL, Valkey, workers, schedulers and post office, and goes near no other.
"""

import signal
import tempfile
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError

from cse.torture import ground, report
from cse.torture.programs import DidNotHappen
from cse.torture.strike import EVERY_FAULT, Struck, judge, strike


class Command(BaseCommand):
    help = "Break everything around the deadline engine, and count what it loses and tells twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--deadlines", type=int, default=5_000, metavar="N", help="in all (5,000)")
        parser.add_argument("--faults", nargs="+", choices=EVERY_FAULT, metavar="NAME", help="these alone")

    def handle(self, *args: Any, **options: Any) -> None:
        names = options["faults"] or list(EVERY_FAULT)
        each = max(10, options["deadlines"] // len(names))
        signal.signal(signal.SIGTERM, _stop)
        try:
            held = self._torture(names, each)
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing is left running.", returncode=130) from None
        except DidNotHappen as trouble:
            raise CommandError(str(trouble)) from trouble
        if not held:
            raise CommandError("The invariant does not hold.")

    def _torture(self, names: list[str], each: int) -> bool:
        self._say("Starting PostgreSQL, Valkey, a worker, a scheduler and a post office")
        struck = []
        with tempfile.TemporaryDirectory() as place, ground.opened(Path(place) / "state") as proving:
            self._say(report.HEAD)
            for name in names:
                struck.append(strike(proving, name, each))
                self._tell(struck[-1])
            again = [replace(one, ledger=judge(proving, one.round, one.judged_at)) for one in struck]
        self._say(report.total(again))
        for one in again:
            self._say_troubles(one)
        return all(one.holds for one in [*struck, *again])

    def _tell(self, struck: Struck) -> None:
        self._say(report.line(struck))
        self._say_troubles(struck)

    def _say_troubles(self, struck: Struck) -> None:
        for sentence in report.troubles(struck):
            self._say(sentence)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt
