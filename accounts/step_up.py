"""A sensitive deed asks again who is there: an export, breaking the glass, a new second factor (ASVS 7.5.3).

    @step_up.required
    def export(request): ...

Whoever has not proved it within `STEP_UP_SECONDS` is led to do so and back. What they sent is held meanwhile
(frontend.held) and stands in the form again: a view takes it with `held.typed(request)`.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import proof
from frontend import held

View = Callable[..., Any]


def required(view: View) -> View:
    """Whatever is asked of this view, it is asked by somebody who has just proved who they are."""
    return _guarded(view, lambda request: True)


def required_to_send(view: View) -> View:
    """The same for a page that may be looked at, but whose form is sensitive to send."""
    return _guarded(view, lambda request: request.method == "POST")


def fresh(request: HttpRequest) -> bool:
    """Whether the last proof is recent: of the second factor, or of the password where there is no second factor."""
    given = proof.strong(request) or proof.proofs(request)
    return bool(given) and time.time() - given[-1]["at"] < settings.STEP_UP_SECONDS


def ask(request: HttpRequest) -> HttpResponse:
    """To the page where it is proved, and from there back. Raises PermissionDenied where there is no way to."""
    onward = held.hold(request) if request.method == "POST" else request.get_full_path()
    ways = get_adapter().get_reauthentication_methods(request.user)
    if not ways:
        raise PermissionDenied("To do this, sign out and sign in again.")
    return redirect(f"{ways[0]['url']}?{urlencode({'next': onward})}")


def _guarded(view: View, asks: Callable[[HttpRequest], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> Any:
        return ask(request) if asks(request) and not fresh(request) else view(request, *args, **kwargs)

    return guarded
