"""Children stepped to early help: the list, who gives it, how it ended."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import gate
from accounts.models import User
from accounts.roles import Permission
from frontend.held import typed
from frontend.keyset import page_of
from frontend.text import local_day
from prevention import forms, selectors, services
from prevention.models import EarlyHelp
from prevention.views.common import allowed, ask, show


@require_safe
def early_help(request: HttpRequest) -> HttpResponse:
    """Those whose early help runs or has not begun; or, asked for, those whose help has ended."""
    user, now = allowed(request, Permission.CHILD_VIEW)
    ended = "ended" in request.GET
    page = page_of(request, selectors.early_help(user, ended=ended), selectors.HELP_KEY)
    gate.searched(user, verb="prevention.early_help", at=now, terms=request.GET.dict(), shown=page.rows)
    return show(
        request, "early_help", user, page=page, ended=ended, may_change=Permission.CASE_CHANGE in user.permissions
    )


def begin_help(request: HttpRequest, pk: int) -> HttpResponse:
    found, user, now = _help(request, pk)
    first = {"agency": str(found.agency_id or ""), "service": str(found.service_id or ""), "begun_on": found.begun_on}
    return ask(
        request,
        forms.BeginHelpForm(typed(request), today=local_day(now), initial=first),
        lambda given: services.begin_help(by=user, at=now, help=found, **given),
        heading="Who gives the early help?",
        caption=f"{found.child.name}, {found.child.reference}",
        back=reverse("people:child", args=[found.child_id]),
    )


def end_help(request: HttpRequest, pk: int) -> HttpResponse:
    found, user, now = _help(request, pk)
    return ask(
        request,
        forms.EndHelpForm(typed(request), today=local_day(now)),
        lambda given: services.end_help(by=user, at=now, help=found, **given),
        heading="How did the early help end?",
        caption=f"{found.child.name}, {found.child.reference}",
        back=reverse("people:child", args=[found.child_id]),
    )


def _help(request: HttpRequest, pk: int) -> tuple[EarlyHelp, User, datetime]:
    """The record, its look recorded; 404 to whom the child is not visible."""
    user, now = cast(User, request.user), timezone.now()
    found = gate.fetch(user, EarlyHelp, permission=Permission.CASE_CHANGE, at=now, pk=pk, related=("child",))
    return found, user, now
