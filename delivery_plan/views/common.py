"""What every page of the plan does alike."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from delivery_plan import selectors
from delivery_plan.models import Action, Plan
from frontend.forms import Form

CHAIR, REPORT = Permission.PLAN_CHAIR, Permission.PLAN_REPORT


def done(request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], Any]) -> HttpResponse | None:
    """Do what the form asks for and lead to the action; None where the form is to be shown."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = act(form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, "Saved.")
    return redirect("delivery_plan:action", made.pk if isinstance(made, Action) else made.action_id)


def page(
    request: HttpRequest,
    form: Form,
    heading: str,
    button: str,
    back: str,
    about: Action | None = None,
    versions: dict[str, Any] | None = None,
    before: Plan | None = None,
) -> HttpResponse:
    context = {"form": form, "heading": heading, "button": button, "back": back}
    context |= {"about": about, "versions": versions, "before": before}
    return render(request, "delivery_plan/form.html", context)


def action_of(pk: int) -> Action:
    return get_object_or_404(selectors.actions(), pk=pk)


def led(user: User, pk: int, now: datetime) -> Action:
    """The action, for whoever may report on it. Raises PermissionDenied."""
    found = action_of(pk)
    may_answer(user, found, now)
    return found


def may_answer(user: User, found: Action, now: datetime) -> None:
    if not selectors.may_report(user, found):
        gate.refuse("delivery_plan.report", by=user, at=now, subject=found)


def back_to(found: Action) -> str:
    return reverse("delivery_plan:action", args=[found.pk])


def reader(request: HttpRequest) -> tuple[User, datetime]:
    return allowed(request, Permission.PLAN_VIEW)


def allowed(request: HttpRequest, permission: Permission) -> tuple[User, datetime]:
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, permission, at=now)
    return user, now
