"""Moments as people say them: a day and a time on London's clock. Stored as an instant with that clock's offset.

When the clocks go back an hour comes twice, and the person is asked which; when they go forward an hour never comes,
and it is refused (domain.md 10).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from frontend.text import LONDON


@dataclass(frozen=True)
class Moment:
    """An instant in UTC, and how many minutes ahead of UTC the clock was that it was read from."""

    at: datetime
    offset: int

    @classmethod
    def of(cls, at: datetime) -> "Moment":
        """As London's clocks show it."""
        return cls(at.astimezone(UTC), _minutes(at.astimezone(LONDON)))

    @property
    def day(self) -> date:
        """The day it was in London."""
        return self.at.astimezone(LONDON).date()


class NeverCame(ValueError):
    """London's clocks went forward over this time."""


class CameTwice(ValueError):
    """London's clocks went back over this time: first in summer time, then in winter time."""


def read(day: date, clock: time, *, later: bool | None = None) -> Moment:
    """The moment at which London's clocks showed this; `later` chooses where they did so twice.

    Raises NeverCame, and CameTwice where `later` is needed and not given.
    """
    first = datetime.combine(day, clock, LONDON)
    second = first.replace(fold=1)
    if first.utcoffset() != second.utcoffset():
        if first.astimezone(UTC).astimezone(LONDON).time() != clock:
            raise NeverCame(day, clock)
        if later is None:
            raise CameTwice(day, clock)
    chosen = second if later else first
    return Moment(chosen.astimezone(UTC), _minutes(chosen))


def _minutes(local: datetime) -> int:
    return (local.utcoffset() or timedelta(0)) // timedelta(minutes=1)
