"""MASH's queue and its pages on one referral, the referrer's own pages, and the form for people without an account."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

import deadlines.selectors
from accounts import gate
from accounts import selectors as people_and_teams
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend import keyset
from frontend.held import typed
from people.models import Child
from referrals import forms, selectors, services, story, throttle
from referrals.models import Check, Referral

logger = logging.getLogger(__name__)

RELATED = ("child", "origin_team__agency", "accepted_by", "made_by", "acknowledged_by", "screening")


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What MASH has to look at, the newest danger first."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.REFERRAL_TRIAGE, at=now)
    form = forms.QueueForm(request.GET)
    filters = form.filters()
    older, newer = _turned(request)
    page = selectors.queue_page(user, filters, older=older, newer=newer)
    lines = selectors.lines(page.rows, at=now)
    shown = [line.in_log for line in lines]
    children = [line.child_id for line in lines]
    gate.searched(user, verb="referrals.queue", at=now, terms=request.GET.dict(), shown=shown, children=children)
    context = {
        "filter": form,
        "page": page,
        "lines": lines,
        "total": "" if page.newer else selectors.total(user, filters),
        "filtered": any(request.GET.values()),
    }
    return render(request, "referrals/queue.html", context)


@require_safe
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one referral, and what can be done with it now."""
    user, now = cast(User, request.user), timezone.now()
    record = selectors.complete(_fetch(user, pk, now))
    running = deadlines.selectors.about([record])[record.pk]
    context = {
        "referral": record,
        "possible": selectors.possible(record, owed={each.kind for each in running}),
        "story": story.told(record),
        "unheld": selectors.case_without_key_worker(user, record),
        "clocks": selectors.clocks(running, at=now),
    }
    return render(request, "referrals/referral.html", context)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """One press of a button; who comes second is told who has it."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, now)
    try:
        services.accept(by=user, at=now, referral=record)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"You have accepted {record.reference}.")
    return redirect("referrals:referral", pk)


def grade(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, services.grade, forms.GradeForm, done="The grade is saved.")


def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, services.hand_over, forms.HandOverForm, done="The referral is handed over.")


def ask_agency(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, services.ask_agency, forms.AskAgencyForm, done="The check is noted.")


def record_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What one agency answered."""
    user, now = cast(User, request.user), timezone.now()
    check = gate.fetch(
        user, Check, permission=Permission.REFERRAL_TRIAGE, at=now, pk=pk, related=("agency", "referral__child")
    )
    form = forms.RecordCheckForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.record_check(by=user, at=now, check=check, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            context = _meanwhile(check.referral) | {"check": check, "form": form}
            return render(request, "referrals/record_check.html", context, status=409)
        messages.success(request, f"The answer of {check.agency} is saved.")
        return redirect("referrals:referral", check.referral_id)
    context = {"check": check, "referral": check.referral, "form": form, "meanwhile": []}
    return render(request, "referrals/record_check.html", context)


def record_discussion(request: HttpRequest, pk: int) -> HttpResponse:
    done = "The strategy discussion is recorded."
    return _step(request, pk, services.record_discussion, forms.RecordDiscussionForm, done=done)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Outcome and reason, beside what a decision rests on."""
    user, now = cast(User, request.user), timezone.now()
    record = selectors.with_checks(_fetch(user, pk, now))
    case = selectors.case_for(record)
    form = forms.DecideForm(typed(request), referral=record, case=case)
    return _carry_out(request, record, services.decide, form, now=now, done="The decision is saved.", case=case)


def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    done = "The referrer has been told that the referral arrived."
    return _step(request, pk, services.acknowledge, forms.UnversionedForm, done=done)


def give_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    done = "The referrer has been told, and the referral is closed."
    return _step(request, pk, services.give_feedback, forms.GiveFeedbackForm, done=done)


def refer_to_nrm(request: HttpRequest, pk: int) -> HttpResponse:
    done = "The referral to the National Referral Mechanism is recorded."
    return _step(request, pk, services.refer_to_nrm, forms.ReferToNrmForm, done=done)


def record_grounds(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, services.record_grounds, forms.RecordGroundsForm, done="The decision is recorded.")


def record_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(
        request, pk, services.record_assessment, forms.RecordAssessmentForm, done="The assessment is recorded."
    )


def record_conference(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(
        request, pk, services.record_conference, forms.RecordConferenceForm, done="The conference is recorded."
    )


@require_safe
def made(request: HttpRequest) -> HttpResponse:
    """What my team referred, and where it stands."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.REFERRAL_TRACK, at=now)
    older, newer = _turned(request)
    page = keyset.page(selectors.made_by_team(user), selectors.BY_DATE, older=older, newer=newer)
    gate.searched(user, verb="referrals.made", at=now, terms=request.GET.dict(), shown=page.rows)
    context = {"page": page, "rows": [selectors.tracked(record) for record in page.rows]}
    return render(request, "referrals/made.html", context)


@require_safe
def track(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a referral, for those who made it: nothing of how MASH came to it."""
    user, now = cast(User, request.user), timezone.now()
    related = ("child", "made_by")
    record = gate.fetch(user, Referral, permission=Permission.REFERRAL_TRACK, at=now, pk=pk, related=related)
    context = {"told": selectors.tracked(record), "phone": settings.MASH_PHONE}
    return render(request, "referrals/track.html", context)


def make(request: HttpRequest, child_pk: int) -> HttpResponse:
    """A professional refers a child they can see."""
    user, now = cast(User, request.user), timezone.now()
    child = gate.fetch(user, Child, permission=Permission.REFERRAL_MAKE, at=now, pk=child_pk)
    if selectors.is_adult(child, at=now):
        return render(request, "referrals/adult.html", {"child": child}, status=409)
    form = forms.MakeForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            record = services.make(by=user, at=now, child=child, **form.arguments())
        except services.AlreadySent as earlier:
            return redirect("referrals:track", earlier.referral.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return render(request, "referrals/make.html", {"child": child, "form": form}, status=409)
        messages.success(request, f"Your referral has been sent to MASH. Its reference is {record.reference}.")
        return redirect("referrals:track", record.pk)
    return render(request, "referrals/make.html", {"child": child, "form": form})


@login_not_required
@csrf_exempt
def make_publicly(request: HttpRequest) -> HttpResponse:
    """Somebody without an account tells us.

    One page, because an answer carried from page to page would have to be kept somewhere, and nothing is kept in this
    browser, not even a cookie: whoever sees the machine next finds nothing. That is also why no CSRF token is asked
    for: the form acts for nobody who is signed in, so a foreign site gains nothing by sending it.
    """
    form = forms.MakePubliclyForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "phone": settings.MASH_PHONE, "refused": ""}
    if request.method == "POST" and form.is_valid():
        told = form.arguments()
        record = selectors.sent_with(told["token"])
        if record is None and throttle.too_many(request):
            return render(request, "referrals/make_publicly.html", context | {"refused": "too_many"}, status=429)
        try:
            record = record or _made_publicly(told)
        except people_and_teams.NoMash:
            logger.error("A message on the public form was not taken in: there is no MASH team")
            return render(request, "referrals/make_publicly.html", context | {"refused": "no_mash"}, status=503)
        context = {"referral": record, "phone": settings.MASH_PHONE}
        return render(request, "referrals/thank_you.html", context)
    return render(request, "referrals/make_publicly.html", context)


def _made_publicly(told: dict[str, Any]) -> Referral:
    try:
        return services.make_publicly(by=people_and_teams.public_actor(), at=timezone.now(), **told)
    except services.AlreadySent as earlier:
        return earlier.referral


def _fetch(user: User, pk: int, now: datetime) -> Referral:
    return gate.fetch(user, Referral, permission=Permission.REFERRAL_TRIAGE, at=now, pk=pk, related=RELATED)


def _turned(request: HttpRequest) -> tuple[str, str]:
    """Where in a long list the page begins, or where it ends."""
    return request.GET.get("older", ""), request.GET.get("newer", "")


def _step(
    request: HttpRequest, pk: int, service: Callable[..., Referral], form_class: type[forms.TriageForm], *, done: str
) -> HttpResponse:
    """The page of one command on a referral: its question, and the command once it is answered."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, now)
    form = form_class(typed(request), referral=record, today=timezone.localdate(now))
    return _carry_out(request, record, service, form, now=now, done=done)


def _carry_out(
    request: HttpRequest,
    record: Referral,
    service: Callable[..., Referral],
    form: forms.TriageForm,
    *,
    now: datetime,
    done: str,
    **context: Any,
) -> HttpResponse:
    """A refusal leaves everything typed in the form and shows what has happened meanwhile."""
    template = f"referrals/{getattr(service, '__name__')}.html"  # noqa: B009
    context |= {"referral": record, "form": form, "meanwhile": []}
    if request.method == "POST" and form.is_valid():
        try:
            service(by=cast(User, request.user), at=now, referral=record, **form.arguments())
        except Refusal as refusal:
            context |= _meanwhile(record)
            form.refuse(refusal, context["referral"])
            return render(request, template, context, status=409)
        messages.success(request, done)
        return redirect("referrals:referral", record.pk)
    return render(request, template, context)


def _meanwhile(record: Referral) -> dict[str, Any]:
    """The referral as it is now, and the last that happened to it."""
    fresh = selectors.complete(Referral.objects.select_related(*RELATED).get(pk=record.pk))
    return {"referral": fresh, "meanwhile": story.told(fresh)[:3]}
