"""How many children's records one person opens before somebody asks why, and when the log is verified. Pure.

Local rules (O): none is published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import TextChoices

from frontend.text import LONDON


@dataclass(frozen=True)
class Volume:
    """Different children whose records one person opened."""

    in_hour: int
    in_day: int
    usual: int = 0
    """In a day on which they open any, over the last `USUAL_OVER`; 0 where they have only begun."""


@dataclass(frozen=True)
class Limits:
    """`most_in_hour` and `most_in_day` hold for everybody. Below `least` in a day nothing is unusual; above it, what is
    more than `times_usual` as many as this person's own usual day is."""

    most_in_hour: int = 60
    most_in_day: int = 150
    times_usual: int = 4
    least: int = 30


USUAL_OVER = timedelta(days=28)


def usual(by_day: Sequence[int]) -> int:
    """The middle of the days on which any were opened."""
    ordered = sorted(by_day)
    return ordered[len(ordered) // 2] if ordered else 0


def is_unusual(volume: Volume, limits: Limits) -> bool:
    if volume.in_hour > limits.most_in_hour or volume.in_day > limits.most_in_day:
        return True
    return volume.in_day > limits.least and 0 < volume.usual * limits.times_usual < volume.in_day


class Verdict(TextChoices):
    """How far a verification of the log is, and what came of it."""

    WAITING = "waiting", "Waits to begin"
    RUNNING = "running", "Under way"
    INTACT = "intact", "Intact"
    FAULTY = "faulty", "Not intact"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Broke off"


UNFINISHED = frozenset({Verdict.WAITING, Verdict.RUNNING})
FOUND = frozenset({Verdict.INTACT, Verdict.FAULTY})
NIGHTLY = time(2)
"""In London, where the clocks never skip this hour."""
MOST_FAULTS = 10
"""That one verification names; whoever changes one row may change a thousand."""
GIVEN_UP_AFTER = timedelta(minutes=5)
"""A verification of which nothing was heard for so long was lost with its worker, and begins again."""
OVERDUE_AFTER = timedelta(hours=36)


def last_night(now: datetime) -> datetime:
    """When the log should last have been verified."""
    day = now.astimezone(LONDON).date()
    tonight = datetime.combine(day, NIGHTLY, tzinfo=LONDON)
    return tonight if tonight <= now else datetime.combine(day - timedelta(days=1), NIGHTLY, tzinfo=LONDON)


def is_overdue(found_at: datetime | None, now: datetime) -> bool:
    """Whether it is too long ago that a verification came to its end; never is too long."""
    return found_at is None or now - found_at > OVERDUE_AFTER
