"""What the scheduler ticks for the log."""

from celery import shared_task

from audit import seals


@shared_task
def seal() -> int:
    """Seal what is new. Two schedulers do no harm: one seals, the other finds nothing."""
    return len(seals.seal())
