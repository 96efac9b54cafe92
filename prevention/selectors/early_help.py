"""Children stepped to early help, as far as each person may see them, and in numbers (domain.md 33)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from figures.rules import Part, Period, added
from frontend.text import local_day
from people.models import Child
from prevention.models import EarlyHelp
from prevention.rules import HelpOutcome

HELP_KEY = ("decided_on", "id")
NO_AGENCY_YET = "No agency yet"


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
    return added(help_begun_by_agency(period, at).values())


def help_begun_by_agency(period: Period, at: datetime) -> dict[str, Part]:
    rows = EarlyHelp.objects.filter(decided_on__gte=period.first, decided_on__lte=_last(period, at))
    return _by_agency(rows, Q(begun_on__isnull=False))


def help_needs_met(period: Period, at: datetime) -> Part:
    """Of the early help that ended in the period, that which met the child's needs."""
    return added(help_needs_met_by_agency(period, at).values())


def help_needs_met_by_agency(period: Period, at: datetime) -> dict[str, Part]:
    rows = EarlyHelp.objects.filter(ended_on__gte=period.first, ended_on__lte=_last(period, at))
    return _by_agency(rows, Q(outcome=HelpOutcome.NEEDS_MET))


def _by_agency(rows: QuerySet[EarlyHelp], counts: Q) -> dict[str, Part]:
    found = rows.values_list("agency__name").annotate(of=Count("pk", filter=counts), whole=Count("pk")).order_by()
    return {agency or NO_AGENCY_YET: Part(of, whole) for agency, of, whole in found}


def _last(period: Period, at: datetime) -> date:
    return min(period.last, local_day(at))
