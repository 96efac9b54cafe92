"""Every clock on one screen: how long it runs, on which calendar, who is warned and when.

Only the resulting `due_at` is stored. Nothing here reads the time: it is always given.
"""

import calendar as months_calendar
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from frontend.text import LONDON


class Kind(StrEnum):
    MASH_DECISION = "mash_decision"
    REFERRAL_RED = "referral_red"
    REFERRAL_AMBER = "referral_amber"
    REFERRAL_GREEN = "referral_green"
    COUNTERSIGNATURE = "countersignature"
    REVIEW_SERIOUS = "review_serious"
    REVIEW_SIGNIFICANT = "review_significant"
    REVIEW_AT_RISK = "review_at_risk"
    INITIAL_CONFERENCE = "initial_conference"
    ASSESSMENT = "assessment"


REVIEWS = frozenset({Kind.REVIEW_SERIOUS, Kind.REVIEW_SIGNIFICANT, Kind.REVIEW_AT_RISK})
OF_THE_CASE = REVIEWS | {Kind.INITIAL_CONFERENCE, Kind.ASSESSMENT}
"""What the key worker of a case owes; when another is named, they owe it."""


@dataclass(frozen=True)
class Elapsed:
    """Real hours, whatever the day or the clocks do."""

    hours: int


@dataclass(frozen=True)
class WorkingDays:
    """Day 0 is the day it starts; due at the end of the nth working day after it (domain.md 18)."""

    days: int


@dataclass(frozen=True)
class CalendarMonths:
    """The same day n months on, the month's last day where it has no such day (domain.md 7)."""

    months: int


@dataclass(frozen=True)
class Clock:
    """One promise. `warns` are times before it is due at which its owners are told; at breach they always are.

    `leads_to` is the page where it is kept, to which its notices lead.
    """

    promise: str
    runs_for: Elapsed | WorkingDays | CalendarMonths
    warns: tuple[timedelta, ...] = ()
    local_rule: bool = False
    leads_to: str = "/children/{child}/"

    def page(self, *, child: int, subject: int) -> str:
        return self.leads_to.format(child=child, subject=subject)


def stages(clock: Clock) -> list[tuple[str, timedelta]]:
    """The moments at which somebody is told: the name of each and how long before it is due."""
    return [*((f"warn-{n}", before) for n, before in enumerate(clock.warns, start=1)), ("breach", timedelta(0))]


def latest_stage(clock: Clock, due: datetime, at: datetime) -> str:
    """The last of the moments that have come by `at`: what is said then makes an earlier one's notice idle."""
    return min((before, name) for name, before in stages(clock) if due - before <= at)[1]


IN_MASH = "/mash/{subject}/"
HOURS = tuple(timedelta(hours=n) for n in range(73))

CLOCKS: Mapping[Kind, Clock] = {
    # domain.md 18; the three elapsed clocks are local rules (O)
    Kind.MASH_DECISION: Clock("Decide and tell the referrer", WorkingDays(1), (HOURS[4],), leads_to=IN_MASH),
    Kind.REFERRAL_RED: Clock("Act on a RED referral", Elapsed(4), (HOURS[1],), local_rule=True, leads_to=IN_MASH),
    Kind.REFERRAL_AMBER: Clock("Act on an AMBER referral", Elapsed(24), (HOURS[4],), local_rule=True, leads_to=IN_MASH),
    Kind.REFERRAL_GREEN: Clock("Act on a GREEN referral", Elapsed(72), (HOURS[24],), local_rule=True, leads_to=IN_MASH),
    # domain.md 4: no authority publishes how long; two working days is ours
    Kind.COUNTERSIGNATURE: Clock("Countersign a lower judgement", WorkingDays(2), local_rule=True),
    # domain.md 7
    Kind.REVIEW_SERIOUS: Clock("Review a SERIOUS screening", CalendarMonths(1), (HOURS[72],), local_rule=True),
    Kind.REVIEW_SIGNIFICANT: Clock("Review a SIGNIFICANT screening", CalendarMonths(3), (HOURS[72],), local_rule=True),
    Kind.REVIEW_AT_RISK: Clock("Review an AT RISK screening", CalendarMonths(6), (HOURS[72],), local_rule=True),
    # domain.md 19
    Kind.INITIAL_CONFERENCE: Clock("Hold the initial child protection conference", WorkingDays(15), warns=(HOURS[72],)),
    Kind.ASSESSMENT: Clock("Complete the assessment", WorkingDays(45), warns=(HOURS[72],)),
}


def due_at(kind: Kind, started_at: datetime, *, holidays: Collection[date]) -> datetime:
    """When the promise must be kept, in UTC. `started_at` is an aware instant; `holidays` the English bank holidays.

    Hours are added in UTC: added in local time, 72 hours become 71 when the clocks go forward.
    """
    local_day = started_at.astimezone(LONDON).date()
    match CLOCKS[kind].runs_for:
        case Elapsed(hours):
            return started_at.astimezone(UTC) + timedelta(hours=hours)
        case WorkingDays(days):
            return end_of_day(add_working_days(local_day, days, holidays))
        case CalendarMonths(months):
            return end_of_day(add_months(local_day, months))


def add_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """The `count`th working day after `day`; Saturdays, Sundays and bank holidays are none."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            count -= 1
    return day


def add_months(day: date, months: int) -> date:
    """The same day of the month, clamped to its end: 30 November and three months is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = months_calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def end_of_day(day: date) -> datetime:
    """The last second of a local day, in UTC."""
    return datetime.combine(day, time(23, 59, 59), LONDON).astimezone(UTC)


def next_try(at: datetime, tries: int) -> datetime:
    """When an e-mail that failed `tries` times is tried again: after 2 minutes, 4, 8, and at last once a day."""
    return at + min(timedelta(minutes=2 ** min(tries, 11)), timedelta(days=1))


def time_left(due: datetime, at: datetime) -> str:
    """ "due in 5 h 12 m", "due in 3 days", "overdue by 40 m": for a person who glances."""
    seconds = (due - at).total_seconds()
    return f"due in {_span(seconds)}" if seconds >= 0 else f"overdue by {_span(-seconds)}"


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{minutes} m"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} m"
    return f"{minutes // (24 * 60)} days"
