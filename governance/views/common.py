"""What every page of the committees does alike."""

from datetime import datetime
from functools import partial
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts import gate, pages
from accounts.models import User
from accounts.roles import Permission
from governance import selectors
from governance.models import Committee

VIEW, KEEP, CHAIR = Permission.COMMITTEE_VIEW, Permission.COMMITTEE_KEEP, Permission.COMMITTEE_CHAIR
CMOG_CHILDREN = Permission.CMOG_CHILDREN
_PLACES = (
    ("Committees", "governance:committees", VIEW),
    ("CMOG’s list", "governance:children", CMOG_CHILDREN),
    ("Actions", "governance:actions", VIEW),
    ("Escalations", "governance:escalations", VIEW),
    ("Updates to SEMT", "governance:updates", VIEW),
    ("Reviews", "governance:reviews", VIEW),
)
ask = partial(pages.ask, caption="Committees")
"""`caption` may say instead what is asked about."""


def allowed(request: HttpRequest, permission: Permission) -> tuple[User, datetime]:
    """Who asks and when. Raises PermissionDenied."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, permission, at=now)
    return user, now


def must_read(user: User, committee: Committee, *, at: datetime) -> None:
    """Raises PermissionDenied, as the next."""
    if not selectors.reads(user, committee.body):
        gate.refuse("governance.read", by=user, at=at, subject=committee)


def must_keep(user: User, committee: Committee, *, at: datetime) -> None:
    if not selectors.keeps(user, committee.body):
        gate.refuse("governance.keep", by=user, at=at, subject=committee)


def must_chair(user: User, committee: Committee, *, at: datetime) -> None:
    if not selectors.chairs(user, committee.body):
        gate.refuse("governance.chair", by=user, at=at, subject=committee)


def show(request: HttpRequest, name: str, user: User, **context: Any) -> HttpResponse:
    context["places"] = places(request, user)
    return render(request, f"governance/{name}.html", context)


def places(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    return [
        {"text": text, "href": reverse(name), "active": request.path == reverse(name)}
        for text, name, permission in _PLACES
        if permission in user.permissions
    ]


def to(name: str, pk: int) -> str:
    return reverse(f"governance:{name}", args=[pk])
