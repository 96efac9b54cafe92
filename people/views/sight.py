"""Who has sight of a record: the page that says so, restricting, excluding, and ending sight."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import gate, policy
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend.forms import Form
from frontend.held import typed
from people import presenters, selectors, services
from people.forms.sight import AnswerForm, ExcludeFromForm, OnePersonForm, ReasonForm, RestrictForm
from people.models import Child, Exclusion


@require_safe
def sight(request: HttpRequest, pk: int) -> HttpResponse:
    """For who answers for the record; and for information governance, who see nothing else of it."""
    user, now = cast(User, request.user), timezone.now()
    if policy.find(user, Child, pk) is None and Permission.SIGHT_GOVERN in user.permissions:
        child = selectors.governed(user, pk)
        gate.looked(user, child, at=now, how="sight")
    else:
        child = gate.fetch(user, Child, permission=Permission.SIGHT_REVIEW, at=now, pk=pk)
    return render(request, "people/sight.html", presenters.sight(user, child, at=now))


def restrict(request: HttpRequest, pk: int) -> HttpResponse:
    user, child = _record(request, pk)
    people = selectors.who_may_keep_sight(child, apart_from=user, at=timezone.now())
    form = RestrictForm(typed(request), people=people)
    return _page(
        request, "restrict", form, child, services.restrict, "Restricted. Only those who keep sight see the record now."
    )


def let_keep_sight(request: HttpRequest, pk: int) -> HttpResponse:
    user, child = _record(request, pk)
    form = OnePersonForm(typed(request), people=list(selectors.case_holders().exclude(pk=user.pk)))
    return _page(request, "let_keep_sight", form, child, services.let_keep_sight, "They see the record now.")


def propose_lifting(request: HttpRequest, pk: int) -> HttpResponse:
    _, child = _record(request, pk)
    form = ReasonForm(typed(request))
    said = "Proposed. Another person must agree."
    return _page(request, "propose_lifting", form, child, services.propose_lifting, said)


def answer_lifting(request: HttpRequest, pk: int) -> HttpResponse:
    _, child = _record(request, pk)
    form = AnswerForm(typed(request))
    proposal = selectors.lift_proposal(child)
    said = "Your answer has been recorded."
    return _page(request, "answer_lifting", form, child, services.answer_lifting, said, proposal=proposal)


def exclude(request: HttpRequest, pk: int) -> HttpResponse:
    _, child = _record(request, pk)
    form = OnePersonForm(typed(request), people=list(selectors.case_holders()))
    return _page(request, "exclude", form, child, services.exclude, "Recorded. They were not told.")


def exclude_from(request: HttpRequest) -> HttpResponse:
    """The same by information governance, for a record of which they know the reference."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.SIGHT_GOVERN, at=now)
    form = ExcludeFromForm(typed(request), people=list(selectors.case_holders()))
    if request.method == "POST" and form.is_valid():
        try:
            services.exclude_from(by=user, at=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded. They were not told.")
            return redirect("people:emergencies")
    return render(request, "people/exclude_from.html", {"form": form})


@require_POST
def end_exclusion(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    exclusion = gate.fetch(user, Exclusion, permission=Permission.RECORD_RESTRICT, at=now, pk=pk, related=("child",))
    try:
        services.end_exclusion(by=user, at=now, exclusion=exclusion)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "This person is no longer kept from the record.")
    return redirect("people:sight", exclusion.child_id)


def end_sight(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    _, child = _record(request, pk, Permission.SIGHT_END)
    team = selectors.seeing_team(child, team_pk) or _nothing()
    said = f"{team} no longer sees the record."
    deed, form = services.end_sight, ReasonForm(typed(request))
    return _page(request, "end_sight", form, child, deed, said, given={"team": team}, who=team)


def end_sight_of_person(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    _, child = _record(request, pk, Permission.SIGHT_END)
    person = selectors.seeing_person(child, person_pk) or _nothing()
    said = f"{person} no longer sees the record by name."
    deed, form = services.end_sight_of_person, ReasonForm(typed(request))
    return _page(request, "end_sight_of_person", form, child, deed, said, given={"person": person}, who=person)


def _record(request: HttpRequest, pk: int, permission: Permission = Permission.RECORD_RESTRICT) -> tuple[User, Child]:
    user = cast(User, request.user)
    return user, gate.fetch(user, Child, permission=permission, at=timezone.now(), pk=pk)


def _page(
    request: HttpRequest,
    name: str,
    form: Form,
    child: Child,
    deed: Callable[..., object],
    said: str,
    given: dict[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """The form, or what it asks for done and the page that shows it."""
    user, now = cast(User, request.user), timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            deed(by=user, at=now, child=child, **form.cleaned_data, **(given or {}))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            seen = policy.find(user, Child, child.pk)
            return redirect("people:sight", child.pk) if seen else redirect("people:find")
    return render(request, f"people/{name}.html", {"form": form, "child": child, **context})


def _nothing() -> Any:
    raise Http404
