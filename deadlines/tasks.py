"""What the scheduler ticks. The truth is in PostgreSQL: a lost tick is made good by the next."""

import logging

from celery import shared_task
from django.utils import timezone

from accounts import selectors as people_and_teams
from deadlines import rules, services
from deadlines.models import Beat

logger = logging.getLogger(__name__)


@shared_task
def sweep() -> int:
    """Claim the stages that have come, and pass on what nobody opens; nothing while the clocks disagree."""
    actor, now = people_and_teams.system_actor(), timezone.now()
    skew = services.beat(Beat.TICK, at=now)
    if abs(skew) > rules.CLOCKS_MAY_DIFFER:
        logger.error("Nothing is swept: this clock differs from the database's by %.0f s", skew.total_seconds())
        return 0
    done = services.sweep(by=actor, at=now) + services.pass_on(by=actor, at=now)
    services.beat(Beat.SWEEP, at=timezone.now())
    return done


@shared_task
def heal() -> int:
    """Once an hour, derive from the records what should be running."""
    return services.heal(by=people_and_teams.system_actor(), at=timezone.now())


@shared_task
def deliver() -> int:
    return services.deliver(by=people_and_teams.system_actor(), at=timezone.now())


@shared_task
def deliver_digests() -> int:
    return services.deliver_digests(by=people_and_teams.system_actor(), at=timezone.now())
