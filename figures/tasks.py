"""What the scheduler ticks: what has changed at once, the periods that run every few minutes, all of them at night."""

import time
from collections.abc import Callable
from datetime import datetime

from celery import shared_task
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from accounts.gate import at_work
from figures import measures, selectors, services
from figures.rules import Period

RESTS_UNTIL = "figures.rests_until"
RESTS = 19
"""Times as long as it counted, at most: with much being written, counting takes a twentieth of the time and no more."""
FEW = 20
"""As many marks as a screening or two leave: after them it does not rest, and what comes next shows within a second."""


@shared_task
def freshen() -> int:
    """Count what is marked, of the months; a lost tick is made good by the next. Quarters wait for `recount`."""
    if time.time() < cache.get(RESTS_UNTIL, 0) or not (marks := selectors.marks()):
        return 0
    with at_work() as actor, transaction.atomic(savepoint=False):
        services.alone()
        began, now = time.perf_counter(), timezone.now()
        changed = services.freshen(by=actor, at=now, periods=selectors.months(now))
    rests = min(RESTS, marks // FEW) * (time.perf_counter() - began)
    cache.set(RESTS_UNTIL, time.time() + rests, timeout=rests + 1)
    return changed


@shared_task
def recount() -> int:
    """The month and the quarter that run, and those before them: what changes by the clock alone leaves no mark."""
    return _recount(lambda now: [*selectors.quarters(now)[-2:], *selectors.months(now)[-2:]])


@shared_task
def recount_all() -> int:
    """Every period of a trend: whatever was missed is put right."""
    return _recount(_every)


def _recount(periods: Callable[[datetime], list[Period]]) -> int:
    """Measure by measure, so that what is fresh does not wait for all of them."""
    changed = 0
    with at_work() as actor:
        for key in measures.everything():
            with transaction.atomic(savepoint=False):
                services.alone()
                now = timezone.now()
                changed += services.recount(by=actor, at=now, periods=periods(now), keys=[key])
    return changed


def _every(now: datetime) -> list[Period]:
    return [*selectors.quarters(now), *selectors.months(now)]
