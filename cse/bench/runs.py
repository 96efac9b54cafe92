"""Measuring one page in turns with the bare page, and what PostgreSQL has to do for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from statistics import median

from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cse.bench import bare, client
from cse.bench.client import ADDRESS, Load
from cse.bench.machine import TOO_MUCH, Meter, Usage
from cse.bench.pages import Ask, Page
from cse.bench.server import Server

CLIENTS = 8
SHARE_ALONE = 0.4  # of the seconds given, spent with one client alone
LOOKS_INSIDE = 5


@dataclass(frozen=True)
class Stretch:
    """One page under load, and the processor time it took."""

    load: Load
    usage: Usage

    @property
    def cpu_ms(self) -> float:
        """Of the site and PostgreSQL together, for one request."""
        return 1000 * (self.usage.site + self.usage.postgres) / max(1, len(self.load.latencies))


@dataclass(frozen=True)
class Round:
    """The page and B, alone and with eight clients, within the same seconds."""

    alone: Stretch
    bare_alone: Stretch
    crowd: Stretch
    bare_crowd: Stretch

    @property
    def times_alone(self) -> float:
        return self.alone.load.percentile(0.5) / self.bare_alone.load.percentile(0.5)

    @property
    def times_crowd(self) -> float:
        return self.bare_crowd.load.per_second / max(1e-9, self.crowd.load.per_second)

    @property
    def times_cpu(self) -> float:
        return self.crowd.cpu_ms / self.bare_crowd.cpu_ms

    @property
    def foreign(self) -> float:
        return max(each.usage.foreign_cores for each in (self.alone, self.bare_alone, self.crowd, self.bare_crowd))

    @property
    def disturbed(self) -> bool:
        return self.foreign > TOO_MUCH

    @property
    def wrong(self) -> list[int]:
        loads = (self.alone, self.bare_alone, self.crowd, self.bare_crowd)
        return [status for each in loads for status in each.load.wrong]


@dataclass(frozen=True)
class Inside:
    """What one request asks of PostgreSQL; `sql_ms` is the time until the answers were there."""

    queries: int
    sql_ms: float


def one_round(server: Server, meter: Meter, page: Page, *, person: int, seconds: float) -> Round:
    b = repeat(client.get(f"{bare.PREFIX}{person}/"))
    asks = page.requests()
    alone, crowd = seconds * SHARE_ALONE, seconds
    return Round(
        bare_alone=_stretch(server, meter, b, clients=1, seconds=alone / 2, expected=200),
        alone=_stretch(server, meter, asks, clients=1, seconds=alone, expected=page.status),
        bare_crowd=_stretch(server, meter, b, clients=CLIENTS, seconds=crowd / 2, expected=200),
        crowd=_stretch(server, meter, asks, clients=CLIENTS, seconds=crowd, expected=page.status),
    )


def _stretch(
    server: Server, meter: Meter, requests: Iterator[bytes], *, clients: int, seconds: float, expected: int
) -> Stretch:
    before = meter.read()
    load = client.measure(server.port, requests, clients=clients, seconds=seconds, expected=expected)
    return Stretch(load, meter.read() - before)


def inside(page: Page) -> Inside:
    """A few requests in this very process, after one to warm up."""
    browser = Client(headers={"host": ADDRESS})
    browser.cookies[settings.SESSION_COOKIE_NAME] = page.person.session
    counts, times = [], []
    for ask in [next(page.asks) for _ in range(LOOKS_INSIDE + 1)]:
        captured = [CaptureQueriesContext(connections[alias]) for alias in ("default", "refusals")]
        with captured[0], captured[1]:
            answer = _send(browser, ask)
        if answer != page.status:
            raise ValueError(f"{page.name}: {ask.path} answered {answer}, not {page.status}")
        queries = [query for each in captured for query in each.captured_queries]
        counts.append(len(queries))
        times.append(1000 * sum(float(query["time"]) for query in queries))
    return Inside(max(counts[1:]), median(times[1:]))


def _send(browser: Client, ask: Ask) -> int:
    secure = bool(settings.SECURE_SSL_REDIRECT)
    if ask.form is None:
        return int(browser.get(ask.path, secure=secure).status_code)
    return int(browser.post(ask.path, dict(ask.form), secure=secure).status_code)
