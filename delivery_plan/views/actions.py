"""The pages of the plan: for whoever reads it, for those who lead its actions, for its chair."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.pages import ask
from accounts.refusals import Changed, Refusal
from delivery_plan import changes as whats_new
from delivery_plan import forms, paper, presenters, selectors, services
from delivery_plan.models import Barrier, Milestone, Plan, Update
from delivery_plan.views.common import CHAIR, REPORT, action_of, allowed, back_to, done, led, page, reader
from figures.rules import Period
from frontend import findings, spreadsheet
from frontend.forms import with_value
from frontend.held import typed
from frontend.text import local_day
from frontend.versions import values_of


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The current plan on one page."""
    user, now = reader(request)
    return _plan(request, user, selectors.current_plan(), now)


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan of another year, as it was left."""
    user, now = reader(request)
    return _plan(request, user, get_object_or_404(Plan, pk=pk), now)


@require_safe
def plan_csv(request: HttpRequest) -> HttpResponse:
    user, now = reader(request)
    current = selectors.current_plan()
    rows = selectors.lines(selectors.actions_of(current), at=now, for_=user) if current else []
    content = spreadsheet.as_csv(presenters.COLUMNS, [presenters.cells(each) for each in rows])
    return spreadsheet.download("delivery_plan", content)


@require_safe
def plan_pdf(request: HttpRequest) -> HttpResponse:
    user, now = reader(request)
    current = selectors.current_plan()
    if current is None:
        return redirect("delivery_plan:plan")
    lines = selectors.lines(selectors.actions_of(current), at=now, for_=user)
    return spreadsheet.attachment("delivery_plan.pdf", paper.drawn(current, lines, at=now), "application/pdf")


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    user, now = reader(request)
    lines = selectors.lines(selectors.led_by(user), at=now, for_=user)
    context = {"lines": lines, "footnote": presenters.footnote(lines), "places": presenters.places(request)}
    return render(request, "delivery_plan/mine.html", context)


@require_safe
def barriers(request: HttpRequest) -> HttpResponse:
    """What stands in the way, across the plan, the oldest first."""
    _, now = reader(request)
    current = selectors.current_plan()
    standing = list(selectors.standing_barriers().filter(action__plan=current)) if current else []
    context = {"barriers": standing, "today": local_day(now), "places": presenters.places(request)}
    return render(request, "delivery_plan/barriers.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What became otherwise since SEMT last met; where no meeting is known, since the quarter before this one began."""
    _, now = reader(request)
    current, today = selectors.current_plan(), local_day(now)
    met = whats_new.last_meeting(today)
    since = met or next(Period.quarter(today).quarters_before(2)).first
    found = whats_new.since(current, since) if current else None
    context = {"plan": current, "changes": found, "since": since, "met": met, "places": presenters.places(request)}
    return render(request, "delivery_plan/changes.html", context)


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = reader(request)
    found = get_object_or_404(selectors.in_full(), pk=pk)
    line, by_agency = selectors.in_detail(found, at=now, for_=user)
    arose_from = findings.find(found.finding)
    context = {
        "line": line,
        "by_agency": by_agency,
        "action": found,
        "evidence": presenters.evidence_of(found),
        "arose_from": arose_from,
        "may_open": arose_from is not None and arose_from.permission in user.permissions,
        "sees_past_figures": selectors.sees_past_figures(user, found),
        "today": local_day(now),
        "may_report": REPORT in user.permissions and selectors.may_report(user, found),
        "may_chair": CHAIR in user.permissions,
    }
    return render(request, "delivery_plan/action.html", context)


def begin(request: HttpRequest) -> HttpResponse:
    """The first plan, or the next one with what it carries over."""
    user, now = allowed(request, CHAIR)
    before = selectors.current_plan()
    first = presenters.next_plan(before) if before else {}
    form = forms.PlanForm(typed(request), before=before, initial=first, today=local_day(now))
    if request.method == "POST" and form.is_valid():
        given = {"carried": [], **form.cleaned_data}
        services.begin(by=user, at=now, **given)
        messages.success(request, "The plan has begun.")
        return redirect("delivery_plan:plan")
    heading = "Begin the next plan" if before else "Begin the delivery plan"
    return page(request, form, heading, "Begin the plan", reverse("delivery_plan:plan"), before=before)


def add_action(request: HttpRequest) -> HttpResponse:
    """Also from a finding: `?finding=` is the key of the record that it arises from."""
    user, now = allowed(request, CHAIR)
    current = selectors.current_plan()
    if current is None:
        return redirect("delivery_plan:plan")
    key = request.GET.get("finding", "")
    finding = findings.find(key)
    if key and (finding is None or finding.permission not in user.permissions):
        raise Http404
    return ask(
        request,
        forms.ActionForm(typed(request), initial={"text": finding.text if finding else ""}),
        lambda given: services.add_action(by=user, at=now, plan=current, finding=key, **given),
        caption=current.title,
        heading="Add an action to the plan",
        button="Add the action",
        beside=f"It arises from: {finding.title}" if finding else "",
        back=finding.href if finding else reverse("delivery_plan:plan"),
        onward=lambda made: reverse("delivery_plan:set_up", args=[made.pk]),
        said="The action has been added. Say who leads it.",
    )


def set_up(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    found = action_of(pk)
    form = forms.SetUpForm(typed(request), action=found, initial=presenters.set_up_of(found), today=local_day(now))
    versions = None
    if request.method == "POST" and form.is_valid():
        try:
            services.set_up(by=user, at=now, action=found, **form.cleaned_data)
        except Changed as refusal:
            versions = presenters.both_set_ups(action_of(pk), form.cleaned_data)
            form = forms.SetUpForm(_newer(request, refusal), action=found, today=local_day(now))
            form.add_error(None, str(refusal))
        except Refusal as refusal:
            form.add_error("depends_on", str(refusal))
        else:
            messages.success(request, "The action has been set up.")
            return redirect("delivery_plan:action", pk)
    return page(request, form, f"Set up action {found.number}", "Save", back_to(found), about=found, versions=versions)


def save_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Written by its lead, kept as often as they like, and sent to the chair by the other button."""
    user, now = allowed(request, REPORT)
    found = led(user, pk, now)
    draft = selectors.open_update(found)
    form = forms.UpdateForm(typed(request), initial=presenters.update_of(draft))
    versions = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_update(by=user, at=now, action=found, **form.cleaned_data)
            form = forms.UpdateForm(with_value(request.POST, "version", str(saved.version)))
            if "send" not in request.POST:
                messages.success(request, "Your draft has been saved. Nobody has been told.")
                return redirect("delivery_plan:save_update", pk)
            services.submit_update(by=user, at=now, update=saved)
        except Changed as refusal:
            versions = presenters.both_updates(refusal.theirs, form.cleaned_data)
            form = forms.UpdateForm(_newer(request, refusal))
            form.add_error(None, str(refusal))
        except services.SaysOtherwise as refusal:
            form.add_error("despite", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your update has been sent to the chair.")
            return redirect("delivery_plan:action", pk)
    live = selectors.live([found], at=now, for_=user).get(found.pk)
    context = {"form": form, "action": found, "live": live, "draft": draft, "versions": versions}
    return render(request, "delivery_plan/save_update.html", context)


@require_POST
def accept_update(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    update = get_object_or_404(Update, pk=pk)
    try:
        services.accept_update(by=user, at=now, update=update)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "The update has been accepted. What it says stands on the action now.")
    return redirect("delivery_plan:action", update.action_id)


def return_update(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    update = get_object_or_404(Update.objects.select_related("action"), pk=pk)
    form = forms.ReturnForm(typed(request))
    return done(request, form, lambda given: services.return_update(by=user, at=now, update=update, **given)) or page(
        request, form, "Send the update back", "Send it back", back_to(update.action), update.action
    )


def raise_barrier(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, REPORT)
    found = led(user, pk, now)
    form = forms.BarrierForm(typed(request), today=local_day(now))
    return done(request, form, lambda given: services.raise_barrier(by=user, at=now, action=found, **given)) or page(
        request, form, "Say what stands in the way", "Save", back_to(found), found
    )


def lift_barrier(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, REPORT)
    barrier = get_object_or_404(Barrier.objects.select_related("action"), pk=pk)
    led(user, barrier.action_id, now)
    form = forms.LiftForm(typed(request), today=local_day(now))
    return done(request, form, lambda given: services.lift_barrier(by=user, at=now, barrier=barrier, **given)) or page(
        request, form, f"Lifted: {barrier.what}", "Save", back_to(barrier.action), barrier.action
    )


def add_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    found = action_of(pk)
    form = forms.MilestoneForm(typed(request), today=local_day(now))
    return done(request, form, lambda given: services.add_milestone(by=user, at=now, action=found, **given)) or page(
        request, form, "Add a milestone", "Save", back_to(found), found
    )


@require_safe
def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Where its promise leads: to its place on the action's page."""
    reader(request)
    found = get_object_or_404(Milestone, pk=pk)
    return redirect(f"{reverse('delivery_plan:action', args=[found.action_id])}#milestone-{found.pk}")


def change_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    found = get_object_or_404(Milestone.objects.select_related("action"), pk=pk)
    names = ("text", "due_on")
    form = forms.ChangeMilestoneForm(typed(request), initial=values_of(found, names), today=local_day(now))
    return ask(
        request,
        form,
        lambda given: services.change_milestone(by=user, at=now, milestone=found, **given),
        caption=str(found.action),
        heading="Change the milestone",
        back=back_to(found.action),
        names=names,
    )


@require_POST
def reach_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, REPORT)
    milestone = get_object_or_404(Milestone, pk=pk)
    try:
        services.reach_milestone(by=user, at=now, milestone=milestone)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("delivery_plan:action", milestone.action_id)


def close(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    found = action_of(pk)
    form = forms.CloseForm(typed(request))
    return done(request, form, lambda given: services.close(by=user, at=now, action=found, **given)) or page(
        request, form, f"Close action {found.number}", "Close the action", back_to(found), found
    )


def _plan(request: HttpRequest, user: User, shown: Plan | None, now: datetime) -> HttpResponse:
    lines = selectors.lines(selectors.actions_of(shown), at=now, for_=user) if shown else []
    asked = request.GET.get("show", "")
    kind = asked if asked in presenters.KINDS else ""
    context = {
        "plan": shown,
        "kind": kind,
        "kinds": {key: title for key, (title, _) in presenters.KINDS.items()},
        "pillars": presenters.pillars(lines, kind),
        "counts": presenters.counts(lines),
        "footnote": presenters.footnote(lines),
        "plans": selectors.plans(),
        "may_chair": CHAIR in user.permissions,
        "places": presenters.places(request),
    }
    return render(request, "delivery_plan/plan.html", context)


def _newer(request: HttpRequest, refusal: Changed) -> Any:
    """What was typed, on top of what the other has saved."""
    return with_value(request.POST, "version", str(refusal.theirs.version))
