"""What is worth a chair's attention in a month: pure, no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from figures.measures import Better, Value

FEWEST_BEFORE = 3
"""From fewer periods nobody can tell what is usual."""
SPREADS = 2
"""How many standard deviations off the usual number is unusual: about one month in twenty by chance alone."""


@dataclass(frozen=True)
class Usual:
    """What the periods before add up to: `of` of `whole`, or `of` in so many periods where it is a plain number."""

    of: int
    whole: int | None
    periods: int

    @classmethod
    def of_values(cls, values: Sequence[Value | None]) -> "Usual | None":
        """None where too few are known, or where all of them are 0 ÷ 0."""
        known = [each for each in values if each is not None and each.number is not None]
        if len(known) < FEWEST_BEFORE:
            return None
        parts = [each.whole for each in known if each.whole is not None]
        return cls(sum(each.of for each in known), sum(parts) if parts else None, len(known))

    @property
    def in_words(self) -> str:
        """`75% (90 of 120)`; `12.3 a month`."""
        return f"{self.of / self.periods:,.1f} a month" if self.whole is None else Value(self.of, self.whole).in_full

    def deviation(self, value: Value) -> float:
        """How many standard deviations the value lies above this: Poisson for a number, binomial for a part."""
        if self.whole is None or value.whole is None:
            expected = variance = self.of / self.periods
        else:
            share = self.of / self.whole
            expected, variance = value.whole * share, value.whole * share * (1 - share)
        return (value.of - expected) / sqrt(max(variance, 1))


class Flag(StrEnum):
    """What is said of an unusual figure. A plain number of which more is wanted is no achievement: it is only more."""

    WORSE = "Worse than usual"
    BETTER = "Better than usual"
    MORE = "More than usual"
    FEWER = "Fewer than usual"


def flag(value: Value | None, usual: Usual | None, better: Better) -> Flag | None:
    """None where the figure is as usual, or nobody can tell."""
    if value is None or usual is None or abs(deviation := usual.deviation(value)) <= SPREADS:
        return None
    if value.whole is None and better is Better.MORE:
        return Flag.MORE if deviation > 0 else Flag.FEWER
    return Flag.BETTER if (deviation > 0) == (better is Better.MORE) else Flag.WORSE
