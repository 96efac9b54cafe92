"""What the log costs: the same page and the same write with it and without, in turns on one database (issue 4's goals).

Without it: no history is written, no event, and the gate compares nothing.

A page that only looks writes nothing else, so with its event in the log it also waits for the disk, once, before it is
shown: a look whose trace could be lost is not given. How long that takes belongs to the disk, so it is told apart, and
so is the processor's time, which others on the machine do not lengthen.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from statistics import median
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings

import riskassessment.services
from audit import history
from cse.bench import database, drafts, machine
from cse.bench.client import ADDRESS
from cse.bench.pages import PAGES, Cast, Page, cast_of
from people.models import Child
from riskassessment.rules import Level

NAME = "cse_bench_audit"
READ, WRITE = 1.2, 1.3
"""The most that a look, and a write, may cost beside the same without the log."""
TURNS, IN_A_TURN, WARM = 8, 25, 5
ROWS_AT_ONCE = 1000
LOOKS = ("child", "queue", "find")
_FIND = "select tgname from pg_trigger where tgrelid = %s::regclass and starts_with(tgname, 'pgtrigger_history_')"
Say = Callable[[str], None]


@dataclass
class Compared:
    """Seconds of each run, with the log and without."""

    name: str
    goal: float | None
    runs: dict[bool, list[float]] = field(default_factory=lambda: {True: [], False: []})
    worked: dict[bool, list[float]] = field(default_factory=lambda: {True: [], False: []})
    """Of the processor, by the site and by its connection's process, on average of a turn."""

    @property
    def times(self) -> float:
        return median(self.runs[True]) / median(self.runs[False])

    @property
    def times_worked(self) -> float:
        return median(self.worked[True]) / median(self.worked[False])

    def __str__(self) -> str:
        on, off = (1000 * median(self.runs[each]) for each in (True, False))
        verdict = "" if self.goal is None else f"  at most x{self.goal}: {'holds' if self.times <= self.goal else 'NO'}"
        processor = f"processor x{self.times_worked:.2f}"
        return f"{self.name:<28} with {on:7.2f} ms  without {off:7.2f} ms  x{self.times:.2f}  {processor}{verdict}"


def measure(*, children: int, turns: int, at: datetime, say: Say) -> list[Compared]:
    """Compare the looks and the writes; say each as it is known."""
    a_program = override_settings(PAGES_PER_MINUTE=1_000_000_000)  # is measured here, not a person
    with a_program, database.for_once(NAME, children=children):
        fresh = 2 * turns * IN_A_TURN
        cast = cast_of(fresh_drafts=2 * fresh + 1, at=at)
        asks = [(PAGES[name](cast), READ) for name in LOOKS] + [(PAGES["submit"](_half(cast, fresh)), WRITE)]
        found = []
        for compared, run in [
            *((Compared(page.name, goal), _request(page)) for page, goal in asks),
            (Compared("submit, the service alone", WRITE), _submission(cast, fresh, at)),
            (Compared(f"update of {ROWS_AT_ONCE:,} rows at once", None), _update_of_many),
        ]:
            _in_turns(compared, run, turns)
            say(f"{compared}\n")
            found.append(compared)
        say(f"{'the disk, once':<28} {1000 * _disk():7.2f} ms\n")
        return found


def _disk() -> float:
    """How long a transaction waits that has written next to nothing."""
    return median(_timed(_written) for _ in range(5 * IN_A_TURN))


def _written() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_logical_emit_message(true, 'bench', 'x')")


def _half(cast: Cast, count: int) -> Cast:
    return Cast(cast.officer, cast.author, cast.drafts[: count + 1], cast.at)


def _in_turns(compared: Compared, run: Callable[[], object], turns: int) -> None:
    for turn in range(2 * turns):
        logged = turn % 2 == 0
        with _log(logged):
            for _ in range(WARM):
                run()
            before = _worked()
            seconds = [_timed(run) for _ in range(IN_A_TURN - WARM)]
            compared.worked[logged].append((_worked() - before) / len(seconds))
        compared.runs[logged] += seconds


def _worked() -> float:
    return time.process_time() + machine.worked_by_connection()


def _timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


@contextmanager
def _log(logged: bool) -> Iterator[None]:
    with ExitStack() as stack:
        if not logged:
            _histories("disable")
            stack.callback(_histories, "enable")
            stack.enter_context(mock.patch("audit.services.record"))
            stack.enter_context(mock.patch("accounts.gate.snapshot", return_value={}))
        yield


def _histories(what: str) -> None:
    tracked = [each.pgh_tracked_model for each in history.append_only() if hasattr(each, "pgh_tracked_model")]
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in tracked}):
            cursor.execute(_FIND, [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f'alter table "{table}" {what} trigger "{name}"')


def _request(page: Page) -> Callable[[], None]:
    """Through the whole site, in this process."""
    browser = Client(headers={"host": ADDRESS})
    browser.cookies[settings.SESSION_COOKIE_NAME] = page.person.session
    secure = bool(settings.SECURE_SSL_REDIRECT)

    def ask() -> None:
        wanted = next(page.asks)
        send: Any = browser.get if wanted.form is None else browser.post
        answer = send(wanted.path, dict(wanted.form or {}), secure=secure)
        if answer.status_code != page.status:
            raise ValueError(f"{page.name}: {wanted.path} answered {answer.status_code}, not {page.status}")

    return ask


def _submission(cast: Cast, used: int, at: datetime) -> Callable[[], None]:
    level = Level(drafts.judged_level(cast.drafts[0], at))
    left = islice(cast.drafts, used + 1, None)

    def submit() -> None:
        draft = next(left)
        riskassessment.services.submit(
            by=cast.author.user, at=at, screening=draft, seen=draft.version, judged_level=level, judged_reason=""
        )

    return submit


def _update_of_many() -> None:
    some = Child.objects.order_by("pk").values("pk")[:ROWS_AT_ONCE]
    with transaction.atomic():
        Child.objects.filter(pk__in=some).update(version=1 + time.perf_counter_ns() % 1_000_000)
