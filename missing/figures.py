"""The figures on return interviews: what is counted, over which days, and how a part of a whole is said.

Pure: no database, no clock. domain.md 16 word for word; the strategy's own figure is `due_in_time` of `due` (§7.2: "all
… within the required 72 hours").
"""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import TextChoices

from frontend.text import LONDON

NOTHING = "–"
"""What 0 ÷ 0 prints."""


class Measure(TextChoices):
    """What is counted, each with the words for the list of episodes behind it."""

    ELIGIBLE = "eligible", "Episodes that ended in the period"
    OFFERED = "offered", "Ended, and an interview was offered"
    ACCEPTED = "accepted", "Ended, and the offer was accepted"
    COMPLETED = "completed", "Ended, and the interview was held"
    IN_TIME = "in_time", "Ended, and the interview was held within 72 hours"
    DUE = "due", "Interview due by the end of the period"
    DUE_IN_TIME = "due_in_time", "Due, and held within 72 hours"
    NOT_IN_TIME = "not_in_time", "Due, and not held within 72 hours"
    BEGAN = "began", "Episodes that began in the period"
    REPEATED = "repeated", "Episodes of children who went missing more than once in the period"


class Preset(TextChoices):
    """The years are those of the returns, from 1 April; their quarters are the calendar's."""

    THIS_MONTH = "this_month", "This month so far"
    LAST_MONTH = "last_month", "Last month"
    THIS_QUARTER = "this_quarter", "This quarter so far"
    LAST_QUARTER = "last_quarter", "Last quarter"
    THIS_YEAR = "this_year", "This year so far, from 1 April"
    LAST_YEAR = "last_year", "Last year, April to March"


@dataclass(frozen=True)
class Period:
    """Whole days on London's calendar, the first and the last of them included."""

    first: date
    last: date

    @classmethod
    def of(cls, preset: Preset, *, today: date) -> "Period":
        match preset:
            case Preset.THIS_MONTH:
                return cls(_begins(today, 1), today)
            case Preset.THIS_QUARTER:
                return cls(_begins(today, 3), today)
            case Preset.THIS_YEAR:
                return cls(year_begins(today), today)
            case Preset.LAST_MONTH:
                return cls._before(_begins(today, 1), 1)
            case Preset.LAST_QUARTER:
                return cls._before(_begins(today, 3), 3)
            case Preset.LAST_YEAR:
                return cls._before(year_begins(today), 12)

    @classmethod
    def _before(cls, begins: date, months: int) -> "Period":
        """The whole months that end on the day before."""
        last = begins - timedelta(days=1)
        return cls(year_begins(last) if months == 12 else _begins(last, months), last)

    @property
    def starts(self) -> datetime:
        return _midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The midnight after the last day: what falls on it is no more within."""
        return _midnight(self.last + timedelta(days=1))

    def until(self, at: datetime) -> datetime:
        """Its end, or `at` while it still runs: what is due later today has not been missed yet."""
        return min(self.ends, at)


@dataclass(frozen=True)
class Part:
    """So many of so many. Percentages are never averaged, so both numbers always stand beside each other."""

    of: int
    whole: int

    @property
    def percent(self) -> str:
        """`75%`, `–` for 0 ÷ 0; 100% only where it is all of them and 0% only where it is none."""
        if not self.whole:
            return NOTHING
        rounded = (200 * self.of + self.whole) // (2 * self.whole)
        return f"{rounded if self.of in {0, self.whole} else min(max(rounded, 1), 99)}%"


@dataclass(frozen=True)
class Figures:
    """The counts for one line; episodes, except `children` and `repeat`."""

    eligible: int = 0
    offered: int = 0
    accepted: int = 0
    completed: int = 0
    in_time: int = 0
    due: int = 0
    due_in_time: int = 0
    children: int = 0
    repeat: int = 0

    @property
    def parts(self) -> dict[str, Part]:
        """What domain.md 16 divides by what, by the name of the upper number."""
        return {
            "offered": Part(self.offered, self.eligible),
            "accepted": Part(self.accepted, self.offered),
            "completed": Part(self.completed, self.offered),
            "in_time": Part(self.in_time, self.completed),
            "due_in_time": Part(self.due_in_time, self.due),
            "repeat": Part(self.repeat, self.children),
        }

    @property
    def not_in_time(self) -> int:
        return self.due - self.due_in_time


COUNTED = tuple(field.name for field in fields(Figures))


def year_begins(day: date) -> date:
    """1 April on or before this day: the year of the returns (domain.md 17)."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def _begins(day: date, months: int) -> date:
    """The first day of the month, or of the calendar's quarter, in which this day lies."""
    return date(day.year, day.month - (day.month - 1) % months, 1)


def _midnight(day: date) -> datetime:
    """London's clocks change at one o'clock, so that midnight comes once a day."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
