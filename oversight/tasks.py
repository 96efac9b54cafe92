"""What the scheduler ticks for those who watch over the log."""

from celery import shared_task
from django.utils import timezone

from accounts.gate import at_work
from oversight import services


@shared_task
def watch() -> int:
    """Notice unusual volume; a lost tick is made good by the next."""
    with at_work() as actor:
        return services.watch(by=actor, at=timezone.now())
