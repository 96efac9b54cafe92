"""The return interview: who holds it, the offer and the answer, writing it down, reading it, its actions."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend.held import typed
from missing import drafting, presenters, services
from missing.forms import interviews as forms
from missing.models import Interview, InterviewAction
from missing.parts import Part
from missing.rules import RUNNING
from missing.selectors import interviews as selectors
from missing.views.steps import carry_out, fetch, step


def name_interviewer(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    record = fetch(user, pk, Permission.MISSING_SETTLE, now)
    people = list(selectors.interviewers())
    form = forms.NameInterviewerForm(typed(request), episode=record, people=people, today=timezone.localdate(now))
    done = "The interviewer is named and has been told."
    named = selectors.named_interviewer(record)
    return carry_out(request, record, services.name_interviewer, form, now=now, done=done, named=named)


def offer(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    record = fetch(user, pk, Permission.MISSING_RECORD, now)
    form = forms.OfferForm(
        typed(request),
        episode=record,
        others=selectors.also_awaiting(record),
        me=user,
        named=selectors.named_interviewer(record),
        today=timezone.localdate(now),
    )
    return carry_out(request, record, services.offer, form, now=now, done="The offer is recorded.")


def not_offer(request: HttpRequest, pk: int) -> HttpResponse:
    return step(request, pk, services.not_offer, forms.NotOfferForm, done="The reason is recorded. The clock runs on.")


@require_safe
def interview(request: HttpRequest, pk: int) -> HttpResponse:
    """How the interview stands: what is still to be written, or what the child said."""
    user, now = cast(User, request.user), timezone.now()
    record = selectors.with_its_own(_fetch(user, pk, Permission.MISSING_VIEW, now))
    return render(request, "missing/interview.html", presenters.interview(user, record, at=now))


@require_safe
def print_interview(request: HttpRequest, pk: int) -> HttpResponse:
    """The same to be printed, which is recorded as such (domain.md 35)."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, Permission.MISSING_VIEW, now)
    if record.status not in presenters.READABLE:
        raise Http404
    gate.looked(user, record, at=now, how="print")
    context = presenters.interview(user, selectors.with_its_own(record), at=now) | {"printed_at": now}
    return render(request, "missing/print_interview.html", context)


def record_response(request: HttpRequest, pk: int) -> HttpResponse:
    form_class, done = forms.RecordResponseForm, "The answer is recorded."
    return _step(request, pk, services.record_response, form_class, done=done)


def void_interview(request: HttpRequest, pk: int) -> HttpResponse:
    done = "The interview is marked as recorded in error. What it was for awaits an interview again."
    return _step(
        request, pk, services.void_interview, forms.VoidInterviewForm, done=done, permission=Permission.MISSING_SETTLE
    )


def save_interview(request: HttpRequest, pk: int, part: Part) -> HttpResponse:
    """One page of the form. Whatever can be kept is kept before anything is complained of."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, Permission.MISSING_RECORD, now)
    if record.status not in RUNNING:
        messages.error(request, selectors.how_it_stands(record))
        return redirect("missing:interview", record.pk)
    form = drafting.part_form(request, record, part, user, now)
    context = presenters.part_page(record, form)
    if request.method == "POST":
        well_formed = form.is_valid()
        try:
            record = drafting.save_typed(form, user, record, now)
        except services.ChangedMeanwhile as stale:
            context |= presenters.conflict(form, stale.theirs)
            return render(request, "missing/save_interview.html", context, status=409)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return render(request, "missing/save_interview.html", context, status=409)
        if "later" not in request.POST:
            form.show(selectors.lacks(record, now))
        if form.is_valid() and well_formed:
            return redirect(drafting.after(record, part, later="later" in request.POST))
        drafting.keep_saving(form, record)
        context["saved"] = well_formed
    return render(request, "missing/save_interview.html", context)


def record_interview(request: HttpRequest, pk: int) -> HttpResponse:
    """Check everything that was written, then complete the interview."""
    user, now = cast(User, request.user), timezone.now()
    record = selectors.with_its_own(_fetch(user, pk, Permission.MISSING_RECORD, now))
    if record.status not in RUNNING:
        messages.error(request, selectors.how_it_stands(record))
        return redirect("missing:interview", record.pk)
    form = forms.RecordInterviewForm(typed(request), interview=record, today=timezone.localdate(now))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.record_interview(by=user, at=now, interview=record, **form.arguments())
        except Refusal as refusal:
            record, status = _fresh(record), 409
            form.refuse(refusal, record)
        else:
            messages.success(request, f"{record.reference} is complete. Share it with those who keep the child safe.")
            return redirect("missing:interview", record.pk)
    context = presenters.check(record, at=now) | {"form": form}
    return render(request, "missing/record_interview.html", context, status=status)


def add_action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action; from here another, or on."""
    user, now = cast(User, request.user), timezone.now()
    record = selectors.with_its_own(_fetch(user, pk, Permission.MISSING_RECORD, now))
    teams = list(selectors.teams_that_may_act(record.child, at=now))
    people = selectors.people_who_may_act(teams)
    form = forms.AddActionForm(typed(request), teams=teams, people=people, today=timezone.localdate(now))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.add_action(by=user, at=now, interview=record, **form.arguments())
        except Refusal as refusal:
            form.refuse(refusal)
            status = 409
        else:
            messages.success(request, "The action is added, and its owner has been told.")
            return redirect("missing:add_action" if "another" in request.POST else "missing:interview", record.pk)
    actions = [presenters.action(user, each, at=now) for each in record.actions.all()]
    context = {"interview": record, "form": form, "actions": actions, "running": record.status in RUNNING}
    return render(request, "missing/add_action.html", context, status=status)


def interview_action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action, on which its owner says that it is done."""
    user, now = cast(User, request.user), timezone.now()
    record = gate.fetch(
        user,
        InterviewAction,
        permission=Permission.MISSING_RECORD if request.method == "POST" else Permission.MISSING_VIEW,
        at=now,
        pk=pk,
        related=selectors.ACTION_RELATED,
    )
    form = forms.FinishActionForm(typed(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.finish_action(by=user, at=now, action=record, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            record = InterviewAction.objects.select_related(*selectors.ACTION_RELATED).get(pk=pk)
            status = 409
        else:
            messages.success(request, "The action is finished.")
            return redirect("missing:interview", record.interview_id)
    context = presenters.action(user, record, at=now) | {"form": form, "interview": record.interview}
    return render(request, "missing/interview_action.html", context, status=status)


def _fetch(user: User, pk: int, permission: Permission, now: datetime) -> Interview:
    return gate.fetch(user, Interview, permission=permission, at=now, pk=pk, related=selectors.RELATED)


def _fresh(record: Interview) -> Interview:
    return selectors.with_its_own(Interview.objects.select_related(*selectors.RELATED).get(pk=record.pk))


def _step(
    request: HttpRequest,
    pk: int,
    service: Callable[..., Interview],
    form_class: type[forms.InterviewForm],
    *,
    done: str,
    permission: Permission = Permission.MISSING_RECORD,
) -> HttpResponse:
    """The page of one command on an interview. A refusal leaves everything typed in the form."""
    user, now = cast(User, request.user), timezone.now()
    record = selectors.with_its_own(_fetch(user, pk, permission, now))
    form = form_class(typed(request), interview=record, today=timezone.localdate(now))
    template = f"missing/{getattr(service, '__name__')}.html"  # noqa: B009
    context: dict[str, Any] = {"interview": record, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            service(by=user, at=now, interview=record, **form.arguments())
        except Refusal as refusal:
            context["interview"] = _fresh(record)
            form.refuse(refusal, context["interview"])
            return render(request, template, context, status=409)
        messages.success(request, done)
        return redirect("missing:interview", record.pk)
    return render(request, template, context)
