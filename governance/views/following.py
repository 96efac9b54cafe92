"""What follows from meetings: escalations, CMOG's update to SEMT, audits and learning reviews."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import gate
from accounts.models import User
from accounts.pages import press
from accounts.roles import Permission
from frontend import findings
from frontend.held import typed
from frontend.keyset import page_of
from frontend.text import local_day
from frontend.versions import values_of
from governance import presenters, selectors, services
from governance.forms import following as forms
from governance.models import Committee, Escalation, Finding, MonthlyUpdate, Review
from governance.rules import Body
from governance.views.common import CHAIR, KEEP, VIEW, allowed, ask, must_chair, must_keep, show, to


@require_safe
def escalations(request: HttpRequest) -> HttpResponse:
    """What runs first, then what has ended; whoever only reads the board's papers sees what was raised with it."""
    user, _ = allowed(request, VIEW)
    page = page_of(request, selectors.raised(user), selectors.ESCALATION_KEY)
    own = [each for each in selectors.committees(user) if selectors.chairs(user, each.body)]
    return show(request, "escalations", user, page=page, own=own)


@require_safe
def escalation(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, VIEW)
    found = _escalation(pk)
    if not selectors.raised(user).filter(pk=pk).exists():
        gate.refuse("governance.read", by=user, at=now, subject=found)
    context = {
        "escalation": found,
        "may_chair": selectors.chairs(user, found.committee.body),
        "speaks_for_board": selectors.chairs(user, Body.LSCB),
    }
    return show(request, "escalation", user, **context)


def escalate(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    found = get_object_or_404(Committee, pk=pk)
    must_chair(user, found, at=now)
    return ask(
        request,
        forms.EscalateForm(typed(request)),
        lambda given: services.escalate(by=user, at=now, committee=found, **given),
        heading="Raise something with the board",
        caption=found.name,
        back=reverse("governance:escalations"),
        onward=lambda made: to("escalation", made.pk),
    )


def raise_escalation(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    found = _escalation(pk)
    must_chair(user, found.committee, at=now)
    form = forms.RaiseForm(typed(request), initial={"what": found.what})
    act = partial(services.raise_escalation, by=user, at=now, escalation=found)
    return ask(request, form, lambda given: act(**given), heading="Raise it with the board", **_of(found))


def set_aside_escalation(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    found = _escalation(pk)
    must_chair(user, found.committee, at=now)
    act = partial(services.set_aside_escalation, by=user, at=now, escalation=found)
    form = forms.SetAsideForm(typed(request))
    return ask(request, form, lambda given: act(**given), heading="Set it aside", **_of(found))


@require_POST
def accept_escalation(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    must_chair(user, Committee(body=Body.LSCB), at=now)
    act = partial(services.accept_escalation, by=user, at=now, escalation=_escalation(pk))
    return press(request, act, said="The board has taken it on.", onward=to("escalation", pk))


def answer_escalation(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    must_chair(user, Committee(body=Body.LSCB), at=now)
    found = _escalation(pk)
    act = partial(services.answer_escalation, by=user, at=now, escalation=found)
    form = forms.AnswerForm(typed(request))
    return ask(request, form, lambda given: act(**given), heading="What the board answers", **_of(found))


def close_escalation(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    found = _escalation(pk)
    must_chair(user, found.committee, at=now)
    act = partial(services.close_escalation, by=user, at=now, escalation=found)
    form = forms.OutcomeForm(typed(request))
    return ask(request, form, lambda given: act(**given), heading="Close it", **_of(found))


@require_safe
def updates(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, VIEW)
    _must_read_cmog(user, now)
    page = page_of(request, selectors.updates(), selectors.UPDATE_KEY)
    months = selectors.months_without(local_day(now)) if selectors.keeps(user, Body.CMOG) else []
    return show(request, "updates", user, page=page, months=months)


def assemble_update(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, KEEP)
    must_keep(user, Committee(body=Body.CMOG), at=now)
    return ask(
        request,
        forms.MonthForm(typed(request), months=selectors.months_without(local_day(now))),
        lambda given: services.assemble_update(by=user, at=now, **given),
        heading="Assemble an update from its month",
        button="Assemble it",
        back=reverse("governance:updates"),
        onward=lambda made: to("save_update", made.pk),
    )


@require_safe
def update(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, VIEW)
    _must_read_cmog(user, now)
    found = _update(pk)
    context = {
        "update": found,
        "sections": presenters.sections(found),
        "may_keep": selectors.keeps(user, Body.CMOG),
        "may_chair": selectors.chairs(user, Body.CMOG),
    }
    return show(request, "update", user, **context)


def save_update(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    must_keep(user, Committee(body=Body.CMOG), at=now)
    found = _update(pk)
    act = partial(services.save_update, by=user, at=now, update=found)
    return ask(
        request,
        forms.UpdateForm(typed(request), initial=values_of(found, selectors.SECTIONS)),
        lambda given: act(**given),
        heading=str(found),
        caption="CMOG’s update to SEMT",
        back=to("update", pk),
        names=list(selectors.SECTIONS),
    )


@require_POST
def agree_update(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    must_chair(user, Committee(body=Body.CMOG), at=now)
    act = partial(services.agree_update, by=user, at=now, update=_update(pk))
    return press(request, act, said="The update has been agreed. SEMT reads it now.", onward=to("update", pk))


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    user, _ = allowed(request, VIEW)
    page = page_of(request, selectors.reviews(), selectors.REVIEW_KEY)
    return show(request, "reviews", user, page=page, may_keep=KEEP in user.permissions)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Its findings; each may become an action of the plan, by the plan's chair."""
    user, _ = allowed(request, VIEW)
    found = _review(pk)
    rows = [(each, findings.key(each)) for each in selectors.findings(found)]
    done = findings.followed([key for _, key in rows])
    context = {
        "review": found,
        "findings": [(each, done.get(key, []), key) for each, key in rows],
        "may_keep": KEEP in user.permissions,
        "may_plan": Permission.PLAN_CHAIR in user.permissions,
    }
    return show(request, "review", user, **context)


def begin_review(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, KEEP)
    return ask(
        request,
        forms.ReviewForm(typed(request), today=local_day(now)),
        lambda given: services.begin_review(by=user, at=now, **given),
        heading="Begin an audit or a learning review",
        button="Begin",
        back=reverse("governance:reviews"),
        onward=lambda made: to("review", made.pk),
    )


def add_finding(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = _review(pk)
    act = partial(services.add_finding, by=user, at=now, review=found)
    form = forms.FindingForm(typed(request))
    return ask(request, form, lambda given: act(**given), heading="Add a finding", **_of_review(found))


def record_change(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    finding = get_object_or_404(Finding.objects.select_related("review"), pk=pk)
    act = partial(services.record_change, by=user, at=now, finding=finding)
    form = forms.ChangeForm(typed(request), initial={"what_changed": finding.what_changed})
    return ask(
        request,
        form,
        lambda given: act(**given),
        heading=f"What changed through finding {finding.number}",
        beside=finding.text,
        **_of_review(finding.review),
    )


def finish_review(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = _review(pk)
    act = partial(services.finish_review, by=user, at=now, review=found)
    form = forms.SummaryForm(typed(request))
    return ask(request, form, lambda given: act(**given), heading="Finish the review", **_of_review(found))


def _must_read_cmog(user: User, now: Any) -> None:
    if not selectors.reads(user, Body.CMOG):
        gate.refuse("governance.read", by=user, at=now, subject=None)


def _of(found: Escalation) -> dict[str, Any]:
    return {"caption": found.what, "back": to("escalation", found.pk), "beside": found.evidence}


def _of_review(found: Review) -> dict[str, Any]:
    return {"caption": found.title, "back": to("review", found.pk)}


def _escalation(pk: int) -> Escalation:
    return get_object_or_404(Escalation.objects.select_related("committee", "agency", "raised_by"), pk=pk)


def _update(pk: int) -> MonthlyUpdate:
    return get_object_or_404(MonthlyUpdate.objects.select_related("agreed_by", "drafted_by"), pk=pk)


def _review(pk: int) -> Review:
    return get_object_or_404(Review.objects.select_related("agency", "added_by"), pk=pk)
