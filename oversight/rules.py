"""How many children's records one person opens before somebody asks why. A local rule (O): none is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


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
