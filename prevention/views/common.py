"""What every page of the registers does alike."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts import gate, pages
from accounts.models import User
from accounts.roles import Permission
from frontend.forms import Form
from frontend.held import typed
from prevention import presenters

VIEW, RECORD, KEEP = Permission.PREVENTION_VIEW, Permission.PREVENTION_RECORD, Permission.PREVENTION_KEEP
ask = partial(pages.ask, caption="Prevention")
"""`caption` may say instead what is asked about."""


def allowed(request: HttpRequest, permission: Permission) -> tuple[User, datetime]:
    """Who asks and when. Raises PermissionDenied."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, permission, at=now)
    return user, now


def confirm(request: HttpRequest, act: Callable[[], Any], *, beside: str, **words: Any) -> HttpResponse:
    """Ask once more before what cannot be undone is done; `beside` says what will be so afterwards."""
    return ask(request, Form(typed(request)), lambda given: act(), beside=f"{beside} This cannot be undone.", **words)


def show(request: HttpRequest, name: str, user: User, **context: Any) -> HttpResponse:
    """The page with what all of them need: where the other registers are, what this person may do."""
    context |= {
        "places": presenters.places(request),
        "may_record": RECORD in user.permissions,
        "may_keep": KEEP in user.permissions,
    }
    return render(request, f"prevention/{name}.html", context)
