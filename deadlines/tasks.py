"""What the scheduler ticks. The truth is in PostgreSQL: a lost tick is made good by the next."""

import logging

from celery import shared_task
from django.utils import timezone

from accounts.gate import at_work
from deadlines import rules, services
from deadlines.models import Beat

logger = logging.getLogger(__name__)


@shared_task
def sweep() -> int:
    """Claim the stages that have come, and pass on what nobody opens; nothing while the clocks disagree."""
    now = timezone.now()
    skew = services.beat(Beat.TICK, at=now)
    if abs(skew) > rules.CLOCKS_MAY_DIFFER:
        logger.error("Nothing is swept: this clock differs from the database's by %.0f s", skew.total_seconds())
        return 0
    with at_work() as actor:
        done = services.sweep(by=actor, at=now) + services.pass_on(by=actor, at=now)
    services.beat(Beat.SWEEP, at=timezone.now())
    return done


@shared_task
def heal() -> int:
    """Once an hour, derive from the records what should be running."""
    with at_work() as actor:
        return services.heal(by=actor, at=timezone.now())


@shared_task
def deliver() -> int:
    with at_work() as actor:
        return services.deliver(by=actor, at=timezone.now())


@shared_task
def deliver_digests() -> int:
    with at_work() as actor:
        return services.deliver_digests(by=actor, at=timezone.now())
