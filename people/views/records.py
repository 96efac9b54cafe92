"""The pages of a child: find, add, read, print, correct, match, and the case."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import gate, policy
from accounts.models import Team, User
from accounts.refusals import Refusal
from accounts.roles import Permission, Role
from accounts.selectors import members_with
from frontend import keyset
from frontend.fields import PARTS, DateParts
from frontend.held import typed
from people import presenters, selectors, services
from people.forms.records import (
    CARRIED,
    FIND_BY,
    NONE_OF_THESE,
    OTHER_RECORD,
    CaseForm,
    CorrectForm,
    FindForm,
    KeyWorkerForm,
    MatchForm,
    RegisterForm,
    added_on,
    details_of,
    known_to_differ,
)
from people.models import Child, Involvement


def find(request: HttpRequest) -> HttpResponse:
    """Search by POST, because a name must not stand in an address; the search is recorded with its terms."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.CHILD_FIND, at=now)
    data = typed(request)
    form = FindForm(data, today=timezone.localdate(now))
    matches, telling = None, list[Team]()
    if form.is_bound and form.is_valid():
        matches = selectors.find(user, form.terms, at=now, adults=bool(form.cleaned_data["adults"]))
        telling = selectors.teams_that_tell(form.terms)
        shown = [Child(pk=match.pk) for match in matches]
        gate.searched(user, verb="people.find", at=now, terms=form.cleaned_data, shown=[*shown, *telling])
    context = {
        "form": form,
        "matches": matches,
        "telling": telling,
        "carried": _carried(data),
        "may": presenters.may(user),
    }
    return render(request, "people/find.html", context)


def register(request: HttpRequest) -> HttpResponse:
    """Add a child, after a look at the records that may be of the same one."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.CHILD_REGISTER, at=now)
    data = typed(request)
    today = timezone.localdate(now)
    if data is None or "carried" in data:
        form = RegisterForm(initial=_first_values(data), today=today, added_on=today)
    else:
        form = RegisterForm(data, today=today, added_on=today)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        try:
            return _registered(request, form, user, now)
        except services.AlreadyAdded as refusal:
            return redirect("people:child", refusal.child.pk)
        except services.PossibleDuplicates as refusal:
            return _duplicates(request, form, refusal, user, now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "people/register.html", {"form": form})


@require_safe
def child(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, Permission.CHILD_VIEW, now)
    return render(request, "people/child.html", presenters.page(user, record, at=now))


@require_safe
def print_child(request: HttpRequest, pk: int) -> HttpResponse:
    """The same to be printed, which is recorded as such (domain.md 35)."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, Permission.CHILD_VIEW, now)
    gate.looked(user, record, at=now, how="print")
    return render(request, "people/print_child.html", {**presenters.page(user, record, at=now), "printed_at": now})


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, Permission.CHILD_CORRECT, now)
    hidden = presenters.hidden(user, record)
    options: dict[str, Any] = {
        "initial": details_of(record),
        "hidden": hidden,
        "today": timezone.localdate(now),
        "added_on": added_on(record),
        "named": record.is_named,
    }
    form, versions = CorrectForm(typed(request), **options), None
    if request.method == "POST" and form.is_valid():
        try:
            services.correct(by=user, at=now, child=record, **form.cleaned_data)
        except services.Stale as refusal:
            versions = presenters.both_versions(refusal.theirs, refusal.yours, hidden=hidden)
            form = CorrectForm(_with(request.POST, version=str(refusal.theirs.version)), **options)
            form.add_error(None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The record has been corrected.")
            return redirect("people:child", record.pk)
    return render(request, "people/correct.html", {"form": form, "child": record, "versions": versions})


@require_safe
def to_match(request: HttpRequest) -> HttpResponse:
    """MASH: the provisional records that wait to be matched, the newest first."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.CHILD_MATCH, at=now)
    older, newer = (request.GET.get(side, "") for side in ("older", "newer"))
    page = keyset.page(selectors.to_match(user), ("added_at", "id"), older=older, newer=newer)
    gate.searched(user, verb="people.to_match", at=now, terms={"older": older, "newer": newer}, shown=page.rows)
    return render(request, "people/to_match.html", {"page": page})


def match(request: HttpRequest, pk: int) -> HttpResponse:
    """MASH: the record beside those that may be of the same child. Every candidate shown counts as looked at."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, Permission.CHILD_MATCH, now, "added_by_team__agency")
    candidates = selectors.candidates(record, user=user)
    form = MatchForm(typed(request), candidates=candidates)
    if request.method == "POST" and form.is_valid():
        try:
            return _matched(request, form, record, user, now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    matched = selectors.matched_with(record)
    for shown in [matched] if matched else candidates:
        gate.looked(user, Child(pk=shown.pk), at=now, how="match", reason=f"May be the same child as {record}")
    context = {"form": form, "child": record, "candidates": candidates, "matched": matched}
    return render(request, "people/match.html", context)


@require_POST
def unmatch(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, Permission.CHILD_MATCH, now)
    try:
        services.unmatch(by=user, at=now, provisional=record)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The match has been undone. Both records are as they were before.")
    return redirect("people:match", record.pk)


def open_case(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, Permission.CASE_CHANGE, now)
    form = CaseForm(
        typed(request),
        initial={"team": user.team_id},
        teams=selectors.case_teams(user),
        workers=list(selectors.case_holders()),
        coordinators=list(members_with(Role.CSE_COORDINATOR)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.open_case(by=user, at=now, child=record, **form.holders)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The case is open.")
            return redirect("people:child", record.pk)
    return render(request, "people/open_case.html", {"form": form, "child": record})


def name_key_worker(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, Permission.CASE_CHANGE, now)
    case = _open_case_of(record)
    workers = list(selectors.case_holders())
    form = KeyWorkerForm(typed(request), initial={"key_worker": case.key_worker_id}, workers=workers)
    if request.method == "POST" and form.is_valid():
        try:
            services.name_key_worker(by=user, at=now, case=case, key_worker=form.person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The key worker has been named.")
            return redirect("people:child", record.pk)
    return render(request, "people/name_key_worker.html", {"form": form, "child": record, "case": case})


def close_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, because it ends the key worker's sight of the record."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, Permission.CASE_CHANGE, now)
    case = _open_case_of(record)
    if request.method != "POST":
        return render(request, "people/close_case.html", {"child": record, "case": case})
    try:
        services.close_case(by=user, at=now, case=case)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The case is closed.")
    if policy.may(user, Permission.CHILD_VIEW, record):
        return redirect("people:child", record.pk)
    return redirect("people:find")


def _fetch(user: User, pk: int, permission: Permission, at: datetime, *related: str) -> Child:
    return gate.fetch(user, Child, permission=permission, at=at, pk=pk, related=related)


def _open_case_of(record: Child) -> Involvement:
    case = selectors.case_of(record)
    if case is None:
        raise Http404
    return case


def _carried(data: QueryDict | None) -> list[tuple[str, str]]:
    """What was typed into the search, for "Add a child" to take over."""
    return [(name, str(data[name])) for name in CARRIED if name in data] if data else []


def _first_values(data: QueryDict | None) -> dict[str, Any]:
    """What a new record's form starts with: the model's defaults, and what the search took over, as typed."""
    values: dict[str, Any] = details_of(Child())
    if data:
        values |= {name: data[name] for name in CARRIED if name in data}
        values["date_of_birth"] = DateParts(*(data.get(f"date_of_birth-{part}", "") for part in PARTS))
    return values


def _registered(request: HttpRequest, form: RegisterForm, user: User, now: datetime) -> HttpResponse:
    """Add the child and show its page. Raises Refusal."""
    if user.team is None:
        raise Refusal("You are not in a team yet. Ask an administrator to add you to one")
    values = dict(form.cleaned_data)
    token = values.pop("token")
    if values.pop("unknown"):
        child = services.register_provisional(by=user, at=now, team=user.team, token=token, **values)
    else:
        differ = known_to_differ(request.POST)
        child = services.register(by=user, at=now, team=user.team, known_to_differ=differ, **values)
    messages.success(request, "The child has been added.")
    return redirect("people:child", child.pk)


def _duplicates(
    request: HttpRequest, form: RegisterForm, refusal: services.PossibleDuplicates, user: User, now: datetime
) -> HttpResponse:
    """The records that may be of the same child, with everything typed kept for "this is another child"."""
    terms = {name: form.cleaned_data[name] for name in FIND_BY}
    shown = [Child(pk=match.pk) for match in refusal.matches]
    gate.searched(user, verb="people.register.duplicates", at=now, terms=terms, shown=shown)
    left_out = {"csrfmiddlewaretoken", "known_to_differ"}
    names = [str(name) for name in request.POST if name not in left_out]
    kept = [(name, str(text)) for name in names for text in request.POST.getlist(name)]
    differ = {*known_to_differ(request.POST), *(match.pk for match in refusal.matches)}
    context = {"matches": refusal.matches, "kept": kept, "differ": sorted(differ), "may": presenters.may(user)}
    return render(request, "people/register_duplicates.html", context)


def _matched(request: HttpRequest, form: MatchForm, record: Child, user: User, now: datetime) -> HttpResponse:
    """Carry out what MASH chose. Raises Refusal."""
    chosen = form.cleaned_data["chosen"]
    if chosen == NONE_OF_THESE:
        services.match_none(by=user, at=now, provisional=record)
        messages.success(request, "The record stands for a child we did not know before.")
        return redirect("people:child", record.pk)
    if chosen == OTHER_RECORD:
        existing = policy.visible(user, Child).filter(pk=form.cleaned_data["reference"]).first()
    else:
        existing = selectors.offered(chosen)
    if existing is None:
        raise services.CannotMatch("There is no record with this reference, or you may not see it")
    services.match(by=user, at=now, provisional=record, existing=existing)
    messages.success(request, "Both are now recorded as the same child. You can undo this.")
    return redirect("people:match", record.pk)


def _with(data: QueryDict, **changes: str) -> QueryDict:
    changed = data.copy()
    for name, value in changes.items():
        changed[name] = value
    return changed
