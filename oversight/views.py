"""The log for information governance, and on the child's record who looked at it. Each look here is recorded too."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import gate, step_up
from accounts.models import User
from accounts.pages import press
from accounts.refusals import Refusal
from accounts.roles import Permission
from audit.models import Event
from frontend import keyset, spreadsheet
from frontend.held import typed
from frontend.text import local_day
from oversight import presenters, selectors, services
from oversight.forms import FilterForm, FoundForm, LookUpForm
from oversight.models import Verification
from people.models import Child

ALERTS = 25
VERIFICATIONS = 15
MOST_EXPORTED = 50_000
GREATEST = 2**63 - 1


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """Look up a child or a person. By POST, because a name must not stand in an address."""
    user, now = _allowed(request)
    form = LookUpForm(typed(request))
    people = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if given["child"]:
            return redirect("oversight:child_log", given["child"])
        people = selectors.people_called(given["person"])
        gate.searched(user, verb="oversight.log", at=now, terms={"person": given["person"]}, shown=people)
    chain = presenters.state_of_chain(selectors.last_found(), at=now)
    context = {"form": form, "people": people, "alerts": selectors.alerts()[:ALERTS], "chain": chain}
    return render(request, "oversight/log.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up.required_to_send
def child_log(request: HttpRequest, pk: int) -> HttpResponse:
    """Who saw this child, and what was done."""
    _allowed(request)
    child = Child(pk=_known_number(pk))
    return _log(request, "child_log", child.reference, selectors.about_child, pk, children=[pk])


@require_http_methods(["GET", "HEAD", "POST"])
@step_up.required_to_send
def person_log(request: HttpRequest, pk: int) -> HttpResponse:
    """What this person saw and did."""
    _allowed(request)
    person = get_object_or_404(User.objects.select_related("team__agency"), pk=_known_number(pk))
    agency = f", {person.team.agency}" if person.team else ""
    return _log(request, "person_log", f"{person.full_name}{agency}", selectors.by_person, pk, children=[])


@require_safe
def seen_by(request: HttpRequest, pk: int) -> HttpResponse:
    """On the child's own record: who has looked at it, for those who answer for their team's work."""
    user, now = cast(User, request.user), timezone.now()
    child = gate.fetch(user, Child, permission=Permission.CHILD_AUDIT, at=now, pk=pk)
    everything = selectors.Filters()
    page = _page(request, selectors.about_child(child.pk, everything))
    return render(request, "oversight/seen_by.html", {"child": child, **_lines(page, everything, now)})


@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Unusual volume: the numbers, and what was found."""
    user, now = _allowed(request)
    record = get_object_or_404(selectors.alerts(), pk=_known_number(pk))
    form = FoundForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.look_into(by=user, at=now, alert=record, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "What you found has been recorded.")
            return redirect("oversight:log")
    gate.searched(user, verb="oversight.alert", at=now, terms={"alert": str(record.pk)}, shown=[record])
    return render(request, "oversight/alert.html", {"alert": record, "form": form})


@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    """Whether the log is what was written: the chain's last seal, the last verifications, what to do about a fault."""
    user, now = _allowed(request)
    gate.searched(user, verb="oversight.verification", at=now, terms={})
    rows = list(selectors.verifications()[:VERIFICATIONS])
    context = presenters.verification(rows, selectors.last_found(), at=now)
    return render(request, "oversight/verification.html", {**context, "keep": "keep" in request.GET})


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    user, now = _allowed(request)
    return press(
        request,
        lambda: services.verify(by=user, at=now),
        said="The log is being verified. It goes on when you leave this page.",
        onward=f"{reverse('oversight:verification')}?keep=1",
    )


@require_POST
def cancel_verification(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = _allowed(request)
    record = get_object_or_404(Verification, pk=_known_number(pk))
    return press(
        request,
        lambda: services.cancel_verification(by=user, at=now, pk=record.pk),
        said="The verification is cancelled. Nothing is known from it.",
        onward=reverse("oversight:verification"),
    )


def _log(request: HttpRequest, name: str, title: str, rows: Any, pk: int, *, children: list[int]) -> HttpResponse:
    """One part of the log as a page, or where the form is sent as a file."""
    user, now = cast(User, request.user), timezone.now()
    form = FilterForm(request.GET or None, today=local_day(now))
    found: QuerySet[Event] = rows(pk, form.filters)
    terms = {"of": str(pk), **request.GET.dict()}
    if request.method == "POST":
        gate.searched(user, verb=f"oversight.export_{name}", at=now, terms=terms, children=children)
        return _file(f"{name}_{pk}", found)
    page = _page(request, found)
    gate.searched(user, verb=f"oversight.{name}", at=now, terms=terms, children=children)
    context = {"title": title, "filter": form, "about": name, **_lines(page, form.filters, now)}
    return render(request, "oversight/events.html", context)


def _lines(page: keyset.Page[Event], filters: selectors.Filters, now: datetime) -> dict[str, Any]:
    part = presenters.part(page, filters)
    return {"page": page, "lines": presenters.lines(page.rows), "part": part, "printed_at": now}


def _page(request: HttpRequest, rows: QuerySet[Event]) -> keyset.Page[Event]:
    older, newer = (request.GET.get(side, "") for side in ("older", "newer"))
    return keyset.page(rows, selectors.KEY, older=older, newer=newer)


def _file(name: str, rows: QuerySet[Event]) -> HttpResponse:
    newest_first = list(rows.order_by("-at", "-pk")[:MOST_EXPORTED])
    cells = [line.cells for line in presenters.lines(newest_first)]
    return spreadsheet.download(name, spreadsheet.as_csv(presenters.COLUMNS, cells))


def _allowed(request: HttpRequest) -> tuple[User, datetime]:
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.AUDIT_READ, at=now)
    return user, now


def _known_number(pk: int) -> int:
    """An address may hold any number, the database does not."""
    if not 0 < pk <= GREATEST:
        raise Http404
    return pk
