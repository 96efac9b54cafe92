"""The pages of a screening: start, one page per section, check and submit, read, compare, countersign."""

from datetime import date, datetime
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend import keyset
from frontend.held import typed
from people.models import Child
from riskassessment import drafting, presenters, sections, selectors, services
from riskassessment.forms import CountersignForm, JudgementForm
from riskassessment.guidance import content as definitions
from riskassessment.models import IndicatorSet, Screening
from riskassessment.sections import Section

SHOWN = 50
FILLED_IN_WITH = ("child", "indicator_set", "author_team")
READ_WITH = (*FILLED_IN_WITH, "author", "author_team__agency", "submitted_by", "countersigned_by")


@require_safe
def screenings(request: HttpRequest) -> HttpResponse:
    """What my team has begun, and what waits for a countersignature."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.SCREENING_VIEW, at=now)
    drafts, waiting = list(selectors.drafts(user)[:SHOWN]), list(selectors.to_countersign(user)[:SHOWN])
    gate.searched(user, verb="riskassessment.screenings", at=now, terms={}, shown=[*drafts, *waiting])
    return render(request, "riskassessment/screenings.html", {"drafts": drafts, "waiting": waiting})


@require_safe
def submitted(request: HttpRequest) -> HttpResponse:
    """Every submitted screening this person may see, the newest first, page by page."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.SCREENING_VIEW, at=now)
    order = ("submitted_at", "id")
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    page = keyset.page(selectors.submitted(user), order, older=older, newer=newer)
    gate.searched(user, verb="riskassessment.submitted", at=now, terms={}, shown=page.rows)
    return render(request, "riskassessment/submitted.html", {"page": page})


@require_safe
def guidance(request: HttpRequest) -> HttpResponse:
    """The definition, the abuse models and what each indicator of the set in force means."""
    in_force = IndicatorSet.objects.in_force(timezone.localdate())
    indicators = in_force.indicators.order_by("group", "position")
    context = {"set": in_force, "indicators": indicators, "guidance": definitions()}
    return render(request, "riskassessment/guidance.html", context)


@require_POST
def start(request: HttpRequest, child_pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    child = gate.fetch(user, Child, permission=Permission.SCREENING_FILL_IN, at=now, pk=child_pk)
    try:
        return redirect("riskassessment:screening", services.start(by=user, at=now, child=child).pk)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("people:child", child.pk)


@require_safe
def screening(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft's task list, or a submitted screening to read and print."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, now)
    if record.is_draft:
        return render(request, "riskassessment/task_list.html", presenters.task_list(record, on=_today(now)))
    return render(request, "riskassessment/screening.html", presenters.reading(user, record))


@require_safe
def print_screening(request: HttpRequest, pk: int) -> HttpResponse:
    """The same to be printed, which is recorded as such (domain.md 35)."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, now)
    if record.is_draft:
        raise Http404
    gate.looked(user, record, at=now, how="print")
    context = presenters.reading(user, record) | {"printed_at": now}
    return render(request, "riskassessment/print_screening.html", context)


def save_section(request: HttpRequest, pk: int, section: Section) -> HttpResponse:
    """One page of a draft. Whatever can be kept is kept before anything is complained of."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, now, permission=Permission.SCREENING_FILL_IN)
    if not record.is_draft:
        messages.error(request, f"{record.reference} has been submitted and can no longer be changed.")
        return redirect("riskassessment:screening", record.pk)
    contents = selectors.contents(record)
    form = drafting.section_form(request, record, contents[section], now)
    context = presenters.section(record, form, contents, on=_today(now))
    if request.method == "POST":
        well_formed = form.is_valid()
        try:
            record = drafting.save_typed(form, user, record, now)
        except services.Stale as stale:
            context |= presenters.conflict(form, stale.theirs)
            return render(request, "riskassessment/save_section.html", context, status=409)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            later = "later" in request.POST
            stored = selectors.content(record, form.content.section)
            if not later:
                form.show(sections.lacks(stored, on=_today(now)))
            if well_formed and (later or form.is_valid()):
                return redirect("riskassessment:screening", record.pk)
            form.keep_saving_from(stored)
            context["saved"] = True
    return render(request, "riskassessment/save_section.html", context)


def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Check your answers: the suggested level and why, the practitioner's judgement, and submitting."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, now, permission=Permission.SCREENING_FILL_IN, lock=request.method == "POST")
    if not record.is_draft:
        return redirect("riskassessment:screening", record.pk)
    form = JudgementForm(typed(request), initial={"version": record.version})
    if request.method == "POST" and form.is_valid():
        try:
            record = services.submit(
                by=user,
                at=now,
                screening=record,
                seen=form.cleaned_data["version"],
                judged_level=form.level(),
                judged_reason=form.cleaned_data["judged_reason"],
            )
        except services.AlreadySubmitted:
            return redirect("riskassessment:screening", record.pk)
        except Refusal as refusal:
            form.refuse(str(refusal), version=record.version)
        else:
            messages.success(request, f"{record.reference} has been submitted")
            return redirect("riskassessment:screening", record.pk)
    return render(request, "riskassessment/submit.html", presenters.check(record, form, on=_today(now)))


@require_safe
def level_so_far(request: HttpRequest, pk: int) -> HttpResponse:
    """The suggested level as a piece of the page, for a page that stands open while answers change."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, now, permission=Permission.SCREENING_FILL_IN)
    context = {"suggestion": selectors.suggestion_so_far(record, on=_today(now))}
    return render(request, "riskassessment/_suggestion.html", context)


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """This screening beside the child's previous one."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, now)
    before = selectors.previous(user, record)
    if record.is_draft or before is None:
        raise Http404
    gate.looked(user, before, at=now)
    context = {"screening": record, "before": before, "changes": presenters.changes(before, record)}
    return render(request, "riskassessment/changes.html", context)


def countersign(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, now, permission=Permission.SCREENING_COUNTERSIGN)
    form = CountersignForm(typed(request))
    if request.method == "POST" and form.is_valid():
        agree, reason = form.cleaned_data["agree"] == "yes", form.cleaned_data["reason"]
        try:
            services.countersign(by=user, at=now, screening=record, agree=agree, reason=reason)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Countersigned" if agree else "Refused: the suggested level stands")
            return redirect("riskassessment:screening", record.pk)
    return render(request, "riskassessment/countersign.html", {"screening": record, "form": form})


def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once, then throws the draft away."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk, now, permission=Permission.SCREENING_FILL_IN)
    if request.method == "POST":
        try:
            services.discard(by=user, at=now, screening=record)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("riskassessment:screening", record.pk)
        messages.success(request, f"Draft {record.reference} was discarded")
        return redirect("riskassessment:screenings")
    return render(request, "riskassessment/discard.html", {"screening": record})


def _fetch(
    user: User, pk: int, at: datetime, *, permission: Permission = Permission.SCREENING_VIEW, lock: bool = False
) -> Screening:
    related = FILLED_IN_WITH if permission is Permission.SCREENING_FILL_IN else READ_WITH
    return gate.fetch(user, Screening, permission=permission, at=at, pk=pk, related=related, lock=lock)


def _today(at: datetime) -> date:
    return timezone.localdate(at)
