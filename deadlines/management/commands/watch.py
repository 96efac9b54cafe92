"""`manage.py watch`: looks every minute whether the deadlines are being watched, and raises the alarm when not."""

import signal
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from deadlines.alarm import LOOKS_EVERY, Alarm


class Command(BaseCommand):
    help = "Watch the watcher: alarm people when no sweep has run. Runs until it is stopped."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--alive", type=Path, metavar="FILE", help="touched at every look")
        parser.add_argument(
            "--every", type=float, default=LOOKS_EVERY.total_seconds(), metavar="S", help="seconds (60)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """The first look comes after a while: a site that has just been started is to have its first sweep."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        alarm = Alarm(self._say)
        while True:
            time.sleep(options["every"])
            alarm.look(at=timezone.now())
            if options["alive"]:
                options["alive"].touch()

    def _say(self, sentence: str) -> None:
        self.stdout.write(f"{timezone.localtime():%Y-%m-%d %H:%M} {sentence}")
        self.stdout.flush()
