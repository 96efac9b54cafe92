"""The shared page frame: who is signed in, where they may go, what waits for them."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest

from accounts import second_factor
from accounts.models import User
from accounts.roles import Permission, Role
from deadlines.selectors import trouble, unread_count
from frontend.addresses import url

# (text, URL name, permission that shows it)
NAVIGATION = (
    ("Home", "home", None),
    ("Find a child", "people:find", Permission.CHILD_FIND),
    ("Screenings", "riskassessment:screenings", Permission.SCREENING_VIEW),
    ("MASH queue", "referrals:queue", Permission.REFERRAL_TRIAGE),
    ("Missing", "missing:board", Permission.MISSING_VIEW),
    ("Dashboard", "governance:dashboard", Permission.DASHBOARD_VIEW),
    ("Committees", "governance:committees", Permission.COMMITTEE_VIEW),
    ("Quarterly report", "reports:reports", Permission.REPORT_VIEW),
    ("Delivery plan", "delivery_plan:plan", Permission.PLAN_VIEW),
    ("Prevention", "prevention:training", Permission.PREVENTION_VIEW),
    ("Audit log", "oversight:log", Permission.AUDIT_READ),
    ("Emergencies", "people:emergencies", Permission.SIGHT_GOVERN),
    ("Referrals I made", "referrals:made", Permission.REFERRAL_TRACK),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give `frame`: navigation and unread notices of whoever is signed in, and whether this is a demonstration."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not second_factor.satisfied(request, user):
        return {"frame": {"navigation": [], "demonstration": settings.DEMONSTRATION}}
    notices = {**_item(request, "Notices", "deadlines:inbox", None), "count": _unread(user)}
    return {
        "frame": {
            "user": _person(user),
            "navigation": [_item(request, *entry) for entry in NAVIGATION if entry[2] in {None, *user.permissions}]
            + [notices],
            "demonstration": settings.DEMONSTRATION,
            "idle": settings.SESSION_IDLE_SECONDS,
            "emergencies": [_emergency(each) for each in user.emergencies],
            "alarm": trouble() if Role.CSE_COORDINATOR in user.roles else None,
        }
    }


def _unread(user: User) -> int:
    """An error page is made after the transaction of its request, and only in one does the database know who asks."""
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        return unread_count(user)


def _person(user: User) -> dict[str, str]:
    """Who acts, as every page names them; accounts.backends reads the team with the person."""
    return {"name": user.full_name, "job_title": user.job_title, "agency": user.team.agency.name if user.team else ""}


def _emergency(opened: dict[str, Any]) -> dict[str, Any]:
    """A record that is open to this person in an emergency: which, until when, and how it is given up."""
    pk = opened["child"]
    return {
        "reference": f"C{pk:06d}",
        "until": datetime.fromisoformat(opened["until"]),
        "href": url("people:child", pk),
        "end": url("people:end_emergency", pk),
    }


def _item(request: HttpRequest, text: str, name: str, _permission: Permission | None) -> dict[str, Any]:
    href = url(name)
    here = request.path == href or (name != "home" and request.path.startswith(href))
    return {"text": text, "href": href, "active": here}
