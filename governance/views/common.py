"""What every page of the committees does alike."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import gate
from accounts.models import User
from accounts.refusals import Changed, Refusal
from accounts.roles import Permission
from frontend import keyset
from frontend.forms import Form, with_value
from governance import selectors
from governance.models import Committee
from prevention.presenters import both, values_of

M = TypeVar("M", bound=Model)
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
    names: Sequence[str] = (),
    beside: str = "",
) -> HttpResponse:
    """Show the form until it is filled in and what it asks for is done; then lead `onward`, or `back`.

    `names` are the columns of a record whose form holds its version; `beside` is read before one answers.
    """
    versions = None
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except Changed as refusal:
            versions = both(form, values_of(refusal.theirs, names)) if names else None
            form.data = with_value(form.data, "version", str(refusal.theirs.version))
            form.add_error(None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect(onward(made) if onward else back)
    context: dict[str, Any] = {"form": form, "heading": heading, "button": button, "back": back, "about": about}
    return render(request, "governance/form.html", context | {"versions": versions, "beside": beside})


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


def to(name: str, pk: int) -> str:
    return reverse(f"governance:{name}", args=[pk])
