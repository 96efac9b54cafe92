"""Spans of days and parts of a whole: what every figure is of, and how it is said.

Pure: no database, no clock.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import TextChoices

from frontend.text import LONDON, date_in_words

NOTHING = "–"
"""What 0 ÷ 0 prints."""
HIDDEN = "[c]"
"""Where a number is not shown, on a page, in a PDF and in a CSV."""


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

    @classmethod
    def quarter(cls, day: date) -> "Period":
        """The calendar's quarter in which this day lies, all of it."""
        first = _begins(day, 3)
        return cls(first, _begins(first + timedelta(days=92), 3) - timedelta(days=1))

    @classmethod
    def month(cls, day: date) -> "Period":
        """The calendar's month in which this day lies, all of it."""
        first = _begins(day, 1)
        return cls(first, _begins(first + timedelta(days=31), 1) - timedelta(days=1))

    def months_before(self, count: int) -> Iterator["Period"]:
        """The `count` months up to and with the one in which this begins, the oldest first."""
        months = self.first.year * 12 + self.first.month - 1
        for back in range(count - 1, -1, -1):
            year, month = divmod(months - back, 12)
            yield Period.month(date(year, month + 1, 1))

    def quarters_before(self, count: int) -> Iterator["Period"]:
        """The `count` quarters up to and with this one, the oldest first."""
        months = self.first.year * 12 + self.first.month - 1
        for back in range(count - 1, -1, -1):
            year, month = divmod(months - 3 * back, 12)
            yield Period.quarter(date(year, month + 1, 1))

    @property
    def in_words(self) -> str:
        """`July to September 2026`, `July 2026`; `1 November to 26 November 2026` where it is neither."""
        if self == Period.month(self.first):
            return f"{self.first:%B %Y}"
        if self == Period.quarter(self.first):
            return f"{self.first:%B} to {self.last:%B %Y}"
        return f"{date_in_words(self.first)} to {date_in_words(self.last)}"

    @property
    def in_brief(self) -> str:
        """`Q3 2026`, the calendar's quarter; `Jul 2026` for a month."""
        if self == Period.month(self.first):
            return f"{self.first:%b %Y}"
        return f"Q{(self.first.month + 2) // 3} {self.first.year}"

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


def added(parts: Iterable[Part]) -> Part:
    """All of them together."""
    parts = list(parts)
    return Part(sum(each.of for each in parts), sum(each.whole for each in parts))


def year_begins(day: date) -> date:
    """1 April on or before this day: the year of the returns (domain.md 17)."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def _begins(day: date, months: int) -> date:
    """The first day of the month, or of the calendar's quarter, in which this day lies."""
    return date(day.year, day.month - (day.month - 1) % months, 1)


def _midnight(day: date) -> datetime:
    """London's clocks change at one o'clock, so that midnight comes once a day."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
