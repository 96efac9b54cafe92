"""How soon a figure shows what was written, and what that costs whoever writes (issue 6's goals).

The real worker and scheduler count; the site takes screenings from eight clients as fast as it can, in turns with the
marks that have figures counted again and without them.
"""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import islice
from statistics import median

from django.conf import settings

import riskassessment.services
from cse.bench import client, database, drafts, server
from cse.bench.pages import PAGES, Cast, cast_of
from cse.bench.runs import CLIENTS
from figures import marks, tasks
from figures.models import Current, Mark
from riskassessment.rules import Level

KEY = "riskassessment.submitted"
SLOWER, FRESH = 0.15, 1.0
"""The most that marking and counting may cost of the throughput, and the most seconds until a figure is fresh."""
PER_SECOND = 250  # more than can be submitted
WARMS_UP = 4
"""Seconds that do not count: a server that has just started is slower, whichever turn comes first."""
SAMPLES, EVERY, GIVES_UP = 30, 2.0, 120
Say = Callable[[str], None]


def measure(*, children: int, seconds: float, turns: int, at: datetime, say: Say) -> None:
    environment = database.use(children, say)
    say(f"Everything is counted once in {_timed(tasks.recount_all):.1f} s")
    cast = cast_of(fresh_drafts=int((2 * turns * seconds + WARMS_UP) * PER_SECOND) + SAMPLES + 1, at=at)
    with _counting(environment):
        _freshness(cast, say)
        with server.running(environment) as running:
            _throughput(running, Cast(cast.officer, cast.author, cast.drafts[SAMPLES:], cast.at), seconds, turns, say)


@contextmanager
def _counting(environment: Mapping[str, str]) -> Iterator[None]:
    """The worker and the scheduler of the site; what they would send by e-mail goes nowhere."""
    celery = [sys.executable, "-m", "celery", "-A", "cse"]
    to_nobody = {**environment, "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        for program in (
            [*celery, "worker", "--concurrency", "2"],
            [*celery, "beat", "--schedule", f"{folder}/schedule", "--pidfile="],
        ):
            process = subprocess.Popen(
                program, cwd=settings.BASE_DIR, env=to_nobody, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            running.callback(process.wait, 300)  # it may be at verifying the log
            running.callback(process.terminate)
        yield


def _freshness(cast: Cast, say: Say) -> None:
    """One screening every two seconds, by the service, from its commit until the figure of the month has changed."""
    level = Level(drafts.judged_level(cast.drafts[0], cast.at))
    _settled()
    waited = []
    for draft in islice(cast.drafts, SAMPLES):
        before = _figure()
        riskassessment.services.submit(
            by=cast.author.user,
            at=cast.at,
            screening=draft,
            seen=draft.version,
            judged_level=level,
            judged_reason="",
        )
        committed = time.perf_counter()
        while _figure() == before and time.perf_counter() - committed < GIVES_UP:
            time.sleep(0.01)
        waited.append(time.perf_counter() - committed)
        time.sleep(max(0, EVERY - waited[-1]))
    ordered = sorted(waited)
    late = ordered[int(0.95 * len(ordered))]
    said = "holds" if late <= FRESH else "DOES NOT HOLD"
    say(f"fresh after {median(waited):.2f} s (median), {late:.2f} s (p95), {ordered[-1]:.2f} s (most): {said}")


def _throughput(running: server.Server, cast: Cast, seconds: float, turns: int, say: Say) -> None:
    asks = PAGES["submit"](cast).requests()
    client.measure(running.port, asks, clients=CLIENTS, seconds=WARMS_UP, expected=302)
    _settled()
    rates: dict[bool, list[float]] = {True: [], False: []}
    oldest: list[float] = []
    for turn in range(2 * turns):
        marked = turn % 2 == 0
        marks.switch("enable" if marked else "disable")
        with _watching(oldest if marked else []):
            load = client.measure(running.port, asks, clients=CLIENTS, seconds=seconds, expected=302)
        if load.wrong:
            raise ValueError(f"submit answered {load.wrong[0]}")
        rates[marked].append(load.per_second)
        _settled()
    marks.switch("enable")
    with_marks, without = median(rates[True]), median(rates[False])
    cost = 1 - with_marks / without
    said = "holds" if cost <= SLOWER else "DOES NOT HOLD"
    say(f"{with_marks:.1f} screenings a second with marks, {without:.1f} without: {cost:.1%} slower: {said}")
    say(f"under this load a figure was at most {max(oldest):.1f} s old, {median(oldest):.1f} s (median)")


@contextmanager
def _watching(ages: list[float]) -> Iterator[None]:
    """How long the figure of the month has not changed, ten times a second, while the site is busy."""
    done = threading.Event()

    def watch() -> None:
        seen, since = _figure(), time.perf_counter()
        while not done.wait(0.1):
            if (now := _figure()) != seen:
                seen, since = now, time.perf_counter()
            ages.append(time.perf_counter() - since)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _figure() -> int:
    """Of the newest month and all agencies."""
    newest = Current.objects.filter(measure=KEY, row="").order_by("-first", "last")
    return newest.values_list("of", flat=True)[:1].get()


def _settled() -> None:
    """Wait until nothing is marked any more."""
    give_up_at = time.monotonic() + GIVES_UP
    while Mark.objects.exists() and time.monotonic() < give_up_at:
        time.sleep(0.2)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
