"""Every clock on one screen: how long it runs, on which calendar, who is told and when, and where it is kept.

Only the resulting `due_at` is stored. Nothing here reads the time: it is always given.
"""

import calendar as months_calendar
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from accounts.roles import Permission
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
    RETURN_INTERVIEW = "return_interview"
    TELL_RESPONSIBLE_AUTHORITY = "tell_responsible"
    TELL_HOST_AUTHORITY = "tell_host"
    INTERVIEW_ACTION = "interview_action"
    SHARE_ACKNOWLEDGEMENT = "share_acknowledgement"
    SCREENING_DUE = "screening_due"
    STRATEGY_MEETING = "strategy_meeting"
    PLAN_ACTION = "plan_action"
    PLAN_UPDATE = "plan_update"
    PLAN_BARRIER = "plan_barrier"
    PLAN_MILESTONE = "plan_milestone"
    SERVICE_REVIEW = "service_review"
    RESOURCE_REVIEW = "resource_review"
    TERMS_REVIEW = "terms_review"
    COMMITTEE_ACTION = "committee_action"


REVIEWS = frozenset({Kind.REVIEW_SERIOUS, Kind.REVIEW_SIGNIFICANT, Kind.REVIEW_AT_RISK})
OF_THE_CASE = REVIEWS | {
    Kind.INITIAL_CONFERENCE,
    Kind.ASSESSMENT,
    Kind.RETURN_INTERVIEW,
    Kind.TELL_RESPONSIBLE_AUTHORITY,
    Kind.TELL_HOST_AUTHORITY,
    Kind.SCREENING_DUE,
    Kind.STRATEGY_MEETING,
}
"""What the key worker of a case owes; when another is named, they owe it."""
OF_MISSING = frozenset(
    {
        Kind.RETURN_INTERVIEW,
        Kind.TELL_RESPONSIBLE_AUTHORITY,
        Kind.TELL_HOST_AUTHORITY,
        Kind.INTERVIEW_ACTION,
        Kind.SHARE_ACKNOWLEDGEMENT,
        Kind.SCREENING_DUE,
        Kind.STRATEGY_MEETING,
    }
)
"""What a missing child leads to: the clocks of the live board."""


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
class AsAgreed:
    """Until the moment that the people concerned agreed on: whoever starts it says when it is due."""


class Audience(StrEnum):
    """Who is told. The owner is the person named, or everyone in the team that owes it."""

    OWNER = "owner"
    MANAGER = "manager"
    COORDINATORS = "coordinators"
    CMOG = "cmog"
    SEMT = "semt"


OWNER = frozenset({Audience.OWNER})
OWNER_AND_MANAGER = OWNER | {Audience.MANAGER}
SEMT = frozenset({Audience.SEMT})
EVERY_AUDIENCE = frozenset(Audience) - {Audience.SEMT}
"""Whom a child's own promises concern."""
BREACH = "breach"


@dataclass(frozen=True)
class Page:
    """Where a promise is kept: the name of its address, and whether that holds the subject's number or the child's."""

    name: str
    of_child: bool = False


CHILD_PAGE = Page("people:child", of_child=True)
IN_MASH = Page("referrals:referral")
EPISODE_PAGE = Page("missing:episode")
ACTION_PAGE = Page("delivery_plan:action")


@dataclass(frozen=True)
class Clock:
    """One promise.

    `warns` are times before it is due at which `warning_tells` are told; at breach `breach_tells` always are.
    Whoever leaves such a notice unopened for `unopened` hours is passed over: their team's manager is told. An `urgent`
    clock's warnings wait for no daily digest; a breach never does. Only whoever holds `kept_by` can keep it, and is
    told as its owner; `at_last` hears of what nobody else can be told.
    """

    promise: str
    runs_for: Elapsed | WorkingDays | CalendarMonths | AsAgreed
    warns: tuple[timedelta, ...] = ()
    warning_tells: frozenset[Audience] = OWNER
    breach_tells: frozenset[Audience] = OWNER_AND_MANAGER
    unopened: timedelta = timedelta(hours=24)
    urgent: bool = False
    local_rule: bool = False
    leads_to: Page = CHILD_PAGE
    kept_by: Permission = Permission.CHILD_VIEW
    at_last: Audience = Audience.COORDINATORS


@dataclass(frozen=True)
class Stage:
    """A moment at which somebody is told. Its name says when, so that a changed rule is another stage."""

    name: str
    before: timedelta
    tells: frozenset[Audience]
    urgent: bool

    def falls_at(self, due: datetime) -> datetime:
        return due - self.before


def stages(clock: Clock) -> list[Stage]:
    """The moments of a clock, in the order in which they fall."""
    warnings = [
        Stage(f"{before // timedelta(hours=1)}h", before, clock.warning_tells, clock.urgent)
        for before in sorted(clock.warns, reverse=True)
    ]
    return [*warnings, Stage(BREACH, timedelta(0), clock.breach_tells, urgent=True)]


def fallen(clock: Clock, due: datetime, at: datetime, *, claimed: Collection[str] = ()) -> list[Stage]:
    """The stages that have come by `at` and are not among `claimed`, in order."""
    return [stage for stage in stages(clock) if stage.falls_at(due) <= at and stage.name not in claimed]


def next_fire(clock: Clock, due: datetime, *, claimed: Collection[str] = ()) -> datetime | None:
    """When the first unclaimed stage falls; None where none is left."""
    return min((stage.falls_at(due) for stage in stages(clock) if stage.name not in claimed), default=None)


NOTICED_IN_TIME = timedelta(minutes=5)
"""A stage noticed later than this after it fell is marked late: nothing was watching the clocks (security.md 5)."""
CLOCKS_MAY_DIFFER = timedelta(minutes=1)
"""Beyond this between the database's clock and the worker's, nothing is swept and the alarm is raised."""
UNWATCHED_AFTER = timedelta(minutes=5)
"""Without a sweep for this long, the alarm is raised (security.md 5)."""
DIGEST_AT = time(7, 0)
"""Whoever chose a daily digest gets it at this local time."""
ALERTS = tuple(timedelta(hours=hours) for hours in (48, 24, 6))
"""24, 48 and 66 hours after the return (domain.md 12)."""
HOURS = tuple(timedelta(hours=n) for n in range(73))
DAYS = tuple(timedelta(days=n) for n in range(15))


def _of_partnership(
    promise: str,
    warns: tuple[timedelta, ...],
    leads_to: Page,
    kept_by: Permission,
    *,
    chairs: frozenset[Audience] = SEMT,
) -> Clock:
    """About no child; due when it was agreed to be. How long before it warns is ours."""
    return Clock(
        promise,
        AsAgreed(),
        warns,
        breach_tells=OWNER | chairs,
        local_rule=True,
        leads_to=leads_to,
        kept_by=kept_by,
        at_last=Audience.SEMT,
    )


CLOCKS: Mapping[Kind, Clock] = {
    # domain.md 18; the three elapsed clocks are local rules (O)
    Kind.MASH_DECISION: Clock("Decide and tell the referrer", WorkingDays(1), (HOURS[4],), leads_to=IN_MASH),
    Kind.REFERRAL_RED: Clock(
        "Act on a RED referral",
        Elapsed(4),
        (HOURS[1],),
        unopened=HOURS[1],
        urgent=True,
        local_rule=True,
        leads_to=IN_MASH,
    ),
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
    # domain.md 11, 12
    Kind.RETURN_INTERVIEW: Clock(
        "Hold the return interview",
        Elapsed(72),
        ALERTS,
        OWNER_AND_MANAGER,
        EVERY_AUDIENCE,
        unopened=HOURS[4],
        urgent=True,
        leads_to=EPISODE_PAGE,
    ),
    # domain.md 14, 21: on the interview's own clock
    Kind.TELL_RESPONSIBLE_AUTHORITY: Clock(
        "Tell the responsible authority", Elapsed(72), (HOURS[24],), local_rule=True, leads_to=EPISODE_PAGE
    ),
    Kind.TELL_HOST_AUTHORITY: Clock(
        "Tell the host authority", Elapsed(72), (HOURS[24],), local_rule=True, leads_to=EPISODE_PAGE
    ),
    # domain.md 13: sharing is not the same as done
    Kind.INTERVIEW_ACTION: Clock(
        "Do what the return interview asked for", AsAgreed(), (HOURS[24],), leads_to=Page("missing:interview_action")
    ),
    # domain.md 14; 24 hours is ours
    Kind.SHARE_ACKNOWLEDGEMENT: Clock(
        "Acknowledge what was shared with you",
        Elapsed(24),
        breach_tells=OWNER_AND_MANAGER | {Audience.COORDINATORS},
        unopened=HOURS[12],
        local_rule=True,
        leads_to=Page("missing:share"),
    ),
    # domain.md 15
    Kind.SCREENING_DUE: Clock(
        "Screen a child who keeps going missing",
        WorkingDays(5),
        (HOURS[24],),
        breach_tells=OWNER_AND_MANAGER | {Audience.COORDINATORS},
        local_rule=True,
    ),
    Kind.STRATEGY_MEETING: Clock(
        "Hold a strategy meeting on a child who keeps going missing",
        WorkingDays(3),
        (HOURS[24],),
        breach_tells=OWNER_AND_MANAGER | {Audience.COORDINATORS},
        local_rule=True,
        leads_to=EPISODE_PAGE,
    ),
    # domain.md 25
    Kind.PLAN_ACTION: _of_partnership(
        "Complete an action of the delivery plan", (DAYS[14], DAYS[3]), ACTION_PAGE, Permission.PLAN_REPORT
    ),
    Kind.PLAN_UPDATE: _of_partnership(
        "Say how an action of the delivery plan goes", (DAYS[7],), ACTION_PAGE, Permission.PLAN_REPORT
    ),
    Kind.PLAN_BARRIER: _of_partnership(
        "Lift what stands in the way of an action", (DAYS[7],), ACTION_PAGE, Permission.PLAN_REPORT
    ),
    Kind.PLAN_MILESTONE: _of_partnership(
        "Reach a milestone of the delivery plan", (DAYS[7],), Page("delivery_plan:milestone"), Permission.PLAN_REPORT
    ),
    # domain.md 33
    Kind.SERVICE_REVIEW: _of_partnership(
        "Review what the services directory says",
        (DAYS[14],),
        Page("prevention:service"),
        Permission.PREVENTION_KEEP,
    ),
    Kind.RESOURCE_REVIEW: _of_partnership(
        "Review a strategy, procedure or other resource",
        (DAYS[14],),
        Page("prevention:resource"),
        Permission.PREVENTION_KEEP,
    ),
    # domain.md 23
    Kind.TERMS_REVIEW: _of_partnership(
        "Review the terms of reference of a committee",
        (DAYS[14],),
        Page("governance:committee"),
        Permission.COMMITTEE_KEEP,
    ),
    Kind.COMMITTEE_ACTION: _of_partnership(
        "Do what a committee asked for",
        (DAYS[7], DAYS[1]),
        Page("governance:action"),
        Permission.COMMITTEE_VIEW,
        chairs=SEMT | {Audience.CMOG},
    ),
}


def kept_with(permissions: Collection[Permission]) -> list[Kind]:
    """The kinds of promise that somebody who holds these permissions can keep."""
    return [kind for kind, clock in CLOCKS.items() if clock.kept_by in permissions]


def due_at(kind: Kind, started_at: datetime, *, holidays: Collection[date]) -> datetime:
    """When the promise must be kept, in UTC. `started_at` is an aware instant; `holidays` the English bank holidays.

    Hours are added in UTC: added in local time, 72 hours become 71 when the clocks go forward.
    """
    local_day = started_at.astimezone(LONDON).date()
    match CLOCKS[kind].runs_for:
        case AsAgreed():
            raise ValueError(f"{kind} is due when it was agreed to be: say when.")
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


def last_digest(at: datetime) -> datetime:
    """The latest moment by `at` at which a daily digest was due."""
    local = at.astimezone(LONDON)
    day = local.date() if local.time() >= DIGEST_AT else local.date() - timedelta(days=1)
    return datetime.combine(day, DIGEST_AT, LONDON)


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
