"""When things happened: a partnership that grows, with quiet holidays, busy autumns and office hours."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from deadlines.rules import add_months, add_working_days
from frontend.text import LONDON

GROWTH = 0.8
"""By how much the last month exceeds the first."""
SEASONS = (1.0, 0.95, 1.15, 0.85, 1.0, 1.1, 1.0, 0.55, 1.1, 1.25, 1.25, 0.75)
"""January to December: schools make many of the screenings."""
WEEKDAYS = (1.15, 1.1, 1.05, 1.05, 1.0, 0.2, 0.15)
OPENS, SHUTS = time(8, 30), time(18, 0)


class Calendar:
    """The days of the demonstration's history, which ends at `now`. Draws favour busy days."""

    def __init__(self, now: datetime, months: int, holidays: Collection[date]) -> None:
        self.now = now
        self.today = now.astimezone(LONDON).date()
        self.holidays = holidays
        first = add_months(self.today, -months)
        self.days = [first + timedelta(days=n) for n in range((self.today - first).days)]
        self._sums = list(accumulate(self._weight(day, n) for n, day in enumerate(self.days)))

    def _weight(self, day: date, position: int) -> float:
        quiet = 0.15 if day in self.holidays else 1.0
        growth = 1 + GROWTH * position / len(self.days)
        return growth * SEASONS[day.month - 1] * WEEKDAYS[day.weekday()] * quiet

    def moments(self, count: int, *, before: date, rng: Random) -> list[datetime]:
        """`count` instants in order, at least three weeks apart where there is room, all on days before `before`."""
        last = min(bisect_left(self.days, before), len(self.days)) - 1
        end = self._sums[max(last, 0)]
        chosen = sorted(bisect_right(self._sums, rng.random() * end) for _ in range(count))
        for n in range(1, count):
            chosen[n] = min(max(chosen[n], chosen[n - 1] + 21), max(last, 0))
        return sorted(self.at_work(self.days[index], rng) for index in chosen)

    def at_work(self, day: date, rng: Random) -> datetime:
        """A time of that day when somebody might write: mostly office hours, sometimes the evening."""
        hour = rng.triangular(8.5, 18.0, 11.5) if rng.random() < 0.93 else rng.uniform(18.0, 22.5)
        return datetime.combine(day, time(), LONDON) + timedelta(seconds=round(hour * 3600))

    def in_office(self, at: datetime, rng: Random) -> datetime:
        """`at`, or soon after the office next opens where it is shut then."""
        local = at.astimezone(LONDON)
        day, working = local.date(), self.is_working_day(local.date())
        if working and OPENS <= local.time() <= SHUTS:
            return at
        if not working or local.time() > SHUTS:
            day = add_working_days(day, 1, self.holidays)
        return datetime.combine(day, OPENS, LONDON) + timedelta(minutes=rng.randrange(5, 150))

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays
