"""Children stepped to early help, as far as each person may see them, and in numbers (domain.md 33)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from figures.rules import Part, Period
from frontend.text import local_day
from people.models import Child
from prevention.models import EarlyHelp
from prevention.rules import HelpOutcome

HELP_KEY = ("decided_on", "id")


def early_help(user: User, *, ended: bool = False) -> QuerySet[EarlyHelp]:
    """Of the children whom this person may see: what has not ended, or what has."""
    rows = policy.visible(user, EarlyHelp).select_related("child", "agency", "service")
    return rows.exclude(ended_on=None) if ended else rows.filter(ended_on=None)


def help_panel(user: User, child: Child, at: datetime) -> Mapping[str, Any]:
    """What the child's page shows; one query."""
    rows = policy.visible(user, EarlyHelp).filter(child=child).select_related("agency", "service")
    return {"rows": list(rows.order_by("-decided_on", "-pk")), "may_change": Permission.CASE_CHANGE in user.permissions}


def help_begun(period: Period, at: datetime) -> Part:
    """Of the children stepped to early help in the period, those whose help has begun."""
    rows = EarlyHelp.objects.filter(decided_on__gte=period.first, decided_on__lte=_last(period, at))
    return Part(rows.exclude(begun_on=None).count(), rows.count())


def help_needs_met(period: Period, at: datetime) -> Part:
    """Of the early help that ended in the period, that which met the child's needs."""
    rows = EarlyHelp.objects.filter(ended_on__gte=period.first, ended_on__lte=_last(period, at))
    return Part(rows.filter(outcome=HelpOutcome.NEEDS_MET).count(), rows.count())


def _last(period: Period, at: datetime) -> date:
    return min(period.last, local_day(at))
