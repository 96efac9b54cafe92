"""The live board: the clocks that missing children have started, and the children who are missing now.

A clock stands on the board of everyone who may see its child, whoever owes it: the board is there so that somebody
else notices. What one owes oneself is on one's home page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast, Extract

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from deadlines.models import OPEN, Deadline
from deadlines.rules import ALERTS, CLOCKS, OF_MISSING, Kind, time_left
from frontend import keyset
from missing.models import Episode
from missing.rules import RiskGrade, how_long
from people.models import Child

SOONEST_FIRST = ("due_at", "id")
BY_DANGER = ("danger", "longest", "id")
IN_BRIEF = 10
DANGER = {RiskGrade.HIGH: 4, "": 3, RiskGrade.MEDIUM: 2, RiskGrade.LOW: 1, RiskGrade.NO_APPARENT: 0}
"""Whom nobody has graded yet stands right after those at high risk."""


@dataclass(frozen=True)
class Filters:
    """What the board is asked for; empty means everything."""

    kind: str = ""
    whose: str = ""
    """mine, team (one of mine) or nobody (no person is named)."""
    team: int = 0
    authority: str = ""


@dataclass(frozen=True)
class Clock:
    """One running clock in the server's words."""

    deadline: Deadline
    promise: str
    left: str
    urgency: str
    """overdue, soon or nothing."""


@dataclass(frozen=True)
class MissingNow:
    """A child who is missing, and for how long."""

    episode: Episode
    away: str


def running(user: User, filters: Filters) -> QuerySet[Deadline]:
    """The open clocks of missing work about children this person may see, in the order of SOONEST_FIRST."""
    kinds = [filters.kind] if filters.kind in OF_MISSING else sorted(OF_MISSING)
    rows = Deadline.objects.filter(OPEN, kind__in=kinds, child__in=policy.visible(user, Child).values("pk"))
    if filters.whose == "mine":
        rows = rows.filter(owner=user)
    elif filters.whose == "team":
        rows = rows.filter(owner_team__in=user.team_ids)
    elif filters.whose == "nobody":
        rows = rows.filter(owner=None)
    if filters.team:
        rows = rows.filter(owner_team=filters.team)
    if filters.authority:
        rows = rows.filter(child__responsible_authority=filters.authority)
    return rows.select_related("child", "owner", "owner_team__agency")


def clocks(user: User, filters: Filters, *, older: str = "", newer: str = "") -> keyset.Page[Deadline]:
    """One page of `running`: what is broken already first, then what is due the soonest."""
    return keyset.page(running(user, filters), SOONEST_FIRST, older=older, newer=newer, earliest_first=True)


def lines(deadlines: list[Deadline], *, at: datetime) -> list[Clock]:
    return [_clock(each, at) for each in deadlines]


def missing_now(user: User) -> QuerySet[Episode]:
    """The children this person may see who have not come back, in the order of BY_DANGER.

    The highest risk first, then who has been away the longest.
    """
    whens = [When(grade=grade, then=Value(rank)) for grade, rank in DANGER.items()]
    began: Any = Cast(Extract("last_seen_at", "epoch"), BigIntegerField())
    rows = policy.visible(user, Episode).filter(returned_at=None, voided_at=None)
    rows = rows.annotate(danger=Case(*whens, output_field=IntegerField()), longest=Value(_LATEST) - began)
    return rows.select_related("child")


def missing_page(user: User, *, older: str = "", newer: str = "", size: int = 25) -> keyset.Page[Episode]:
    """One page of `missing_now`; empty for a role that reads no episode, whatever team it is in (domain.md 35)."""
    if Permission.MISSING_VIEW not in user.permissions:
        return keyset.Page([])
    return keyset.page(missing_now(user), BY_DANGER, older=older, newer=newer, size=size)


def missing_lines(episodes: list[Episode], *, at: datetime) -> list[MissingNow]:
    return [MissingNow(each, how_long(each.last_seen_at, at)) for each in episodes]


_LATEST = 10**11
"""Seconds; further from 1970 than any moment, so that what is taken from it is a place of keyset (no minus sign)."""


def _clock(deadline: Deadline, at: datetime) -> Clock:
    left = deadline.due_at - at
    urgency = "overdue" if left < timedelta(0) else "soon" if left <= ALERTS[1] else ""
    return Clock(deadline, CLOCKS[Kind(deadline.kind)].promise, time_left(deadline.due_at, at), urgency)
