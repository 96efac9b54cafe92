"""What the scheduler ticks: the month and quarter that run every few minutes, those before them once a night."""

from celery import shared_task
from django.utils import timezone

from accounts.gate import at_work
from figures import selectors, services


@shared_task
def recount() -> int:
    """The month and the quarter that run, and those before them: what was done at its end is typed in for some days."""
    now = timezone.now()
    with at_work() as actor:
        return services.recount(by=actor, at=now, periods=[*selectors.quarters(now)[-2:], *selectors.months(now)[-2:]])


@shared_task
def recount_all() -> int:
    """Every period of a trend, because what was typed in may have been corrected."""
    now = timezone.now()
    with at_work() as actor:
        return services.recount(by=actor, at=now, periods=[*selectors.quarters(now), *selectors.months(now)])
