"""What every page of the registers does alike."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend import keyset
from frontend.forms import Form, with_value
from prevention import presenters, services

M = TypeVar("M", bound=Model)
VIEW, RECORD, KEEP = Permission.PREVENTION_VIEW, Permission.PREVENTION_RECORD, Permission.PREVENTION_KEEP


def allowed(request: HttpRequest, permission: Permission) -> tuple[User, datetime]:
    """Who asks and when. Raises PermissionDenied."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, permission, at=now)
    return user, now


def show(request: HttpRequest, name: str, user: User, **context: Any) -> HttpResponse:
    """The page with what all of them need: where the other registers are, what this person may do."""
    context |= {
        "places": presenters.places(request),
        "may_record": RECORD in user.permissions,
        "may_keep": KEEP in user.permissions,
    }
    return render(request, f"prevention/{name}.html", context)


def ask(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    heading: str,
    back: str,
    button: str = "Save",
    onward: Callable[[Any], str] | None = None,
    about: str = "",
    multipart: bool = False,
    names: Sequence[str] = (),
) -> HttpResponse:
    """Show the form until it is filled in and what it asks for is done; then lead `onward`, or `back`.

    `names` are the columns of a record whose form holds its version.
    """
    versions = None
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except services.Changed as refusal:
            versions = presenters.both(form, presenters.values_of(refusal.theirs, names))
            form.data = with_value(form.data, "version", str(refusal.theirs.version))
            form.add_error(None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect(onward(made) if onward else back)
    context: dict[str, Any] = {"form": form, "heading": heading, "button": button, "back": back, "about": about}
    context |= {"multipart": multipart, "versions": versions, "places": presenters.places(request)}
    return render(request, "prevention/form.html", context)


def press(request: HttpRequest, act: Callable[[], Any], *, said: str, onward: str) -> HttpResponse:
    """Do what a button asks for, and lead on with what came of it."""
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(onward)


def page_of(
    request: HttpRequest, rows: QuerySet[M], key: Sequence[str], *, earliest_first: bool = False
) -> keyset.Page[M]:
    """The part of a long list that the address asks for."""
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    return keyset.page(rows, key, older=older, newer=newer, earliest_first=earliest_first)
