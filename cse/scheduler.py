"""The scheduler of `celery -A cse beat`."""

from celery.beat import PersistentScheduler


class Scheduler(PersistentScheduler):
    """Sleeps until a task is due. Celery's own wakes ten milliseconds early, and asks without a pause whether it is."""

    def adjust(self, n: float, drift: float = 0) -> float:
        return n + drift
