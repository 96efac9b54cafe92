"""The pages of the report: for its chair who writes it, and for those who read what was issued."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import gate, step_up
from accounts.models import User
from accounts.pages import press
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend.forms import with_value
from frontend.held import typed
from frontend.spreadsheet import MARKING
from frontend.text import local_day
from reports import assembling, forms, presenters, rules, selectors, services, sheets
from reports.models import Assembling, Draft, Drawing, Issued, Work

READ, WRITE = Permission.REPORT_VIEW, Permission.REPORT_WRITE
OF_DRAFT = ("assembly", "corrects", "changed_by")
W = TypeVar("W", bound=Work)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What was issued; for the chair also what is still to be written."""
    user, now = _allowed(request, READ)
    writes = WRITE in user.permissions
    context = {
        "places": selectors.places(rules.quarters_over(local_day(now))) if writes else [],
        "issued": list(selectors.issued()),
    }
    return render(request, "reports/reports.html", context)


@require_POST
def open_draft(request: HttpRequest) -> HttpResponse:
    user, now = _allowed(request, WRITE)
    quarter = forms.QuarterForm(request.POST, quarters=rules.quarters_over(local_day(now))).chosen
    if quarter is None:
        messages.warning(request, "Choose a quarter that is over.")
        return redirect("reports:reports")
    try:
        draft = services.open_draft(by=user, at=now, first=quarter.first)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("reports:reports")
    return redirect("reports:save_narrative", draft.pk)


def save_narrative(request: HttpRequest, pk: int) -> HttpResponse:
    """Every section with its field; what the records say of it can be read in the preview."""
    user, now, draft = _draft(request, pk)
    given = typed(request)
    form = forms.NarrativeForm(given, initial=presenters.written_of(draft), corrects=draft.corrects is not None)
    versions = None
    if request.method == "POST" and form.is_valid():
        version, words, why = form.cleaned_data["version"], form.words, form.what_changed
        try:
            services.save_narrative(by=user, at=now, draft=draft, version=version, words=words, what_changed=why)
        except services.Changed as refusal:
            versions = presenters.both(_open(refusal.theirs.pk), words | {"what_changed": why})
            newer = with_value(request.POST, "version", str(refusal.theirs.version))
            form = forms.NarrativeForm(newer, corrects=draft.corrects is not None)
            form.add_error(None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if "preview" in request.POST:
                return redirect("reports:preview", pk)
            messages.success(request, "The draft has been saved.")
            return redirect("reports:save_narrative", pk)
    context = {"form": form, "draft": draft, "versions": versions, "progress": _progress(draft)}
    return render(request, "reports/save_narrative.html", context)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it would be issued, and how far its figures are while they are put together."""
    _, _, draft = _draft(request, pk)
    context = {
        "draft": draft,
        "document": services.written(draft, draft.assembly) if draft.assembly else None,
        "progress": _progress(draft),
        "keep": "keep" in request.GET,
    }
    return render(request, "reports/preview.html", context)


@require_POST
def bring_up_to_date(request: HttpRequest, pk: int) -> HttpResponse:
    user, now, draft = _draft(request, pk)
    return press(
        request,
        lambda: services.bring_up_to_date(by=user, at=now, draft=draft),
        said="The figures and the plan are being put together as they are known now. What you have written stays.",
        onward=f"{reverse('reports:preview', args=[pk])}?keep=1",
    )


@require_POST
def cancel_assembly(request: HttpRequest, pk: int) -> HttpResponse:
    return _cancel(
        request, Assembling, pk, "The figures are not put together any more.", lambda work: ("preview", work.draft_id)
    )


@step_up.required_to_send
def sign_off(request: HttpRequest, pk: int) -> HttpResponse:
    """What to look at once more, and the button after which nothing is changed any more."""
    user, now, draft = _draft(request, pk)
    assembly, under_way = draft.assembly, selectors.is_being_assembled(draft)
    if assembly is None or under_way:
        messages.warning(request, rules.not_yet(has_figures=assembly is not None, under_way=under_way))
        return redirect("reports:preview", pk)
    form = forms.SignOffForm(typed(request), initial={"version": draft.version, "seen": assembly.pk})
    if request.method == "POST" and form.is_valid():
        try:
            issued = services.sign_off(by=user, at=now, draft=draft, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The report has been issued. Its PDF is being drawn.")
            return redirect("reports:issued", issued.pk)
    context = {
        "form": form,
        "draft": draft,
        "assembly": assembly,
        "few": presenters.few(draft, assembly),
        "exposed": selectors.exposed(assembly),
        "missing": [each.title for each in selectors.sections(assembly) if not each.is_collected],
    }
    return render(request, "reports/sign_off.html", context)


def discard(request: HttpRequest, pk: int) -> HttpResponse:
    user, now, draft = _draft(request, pk)
    if request.method != "POST":
        return render(request, "reports/discard.html", {"draft": draft})
    try:
        services.discard(by=user, at=now, draft=draft)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "The draft has been given up.")
    return redirect("reports:reports")


@require_safe
def issued(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as it was issued, and how far its PDF is."""
    user, _, report = _issued(request, pk)
    context = {
        "report": report,
        "document": selectors.document(report),
        "later": selectors.later_version(report),
        "progress": presenters.progress(selectors.drawing_of(report), rules.STEPS),
        "may_write": WRITE in user.permissions,
        "keep": "keep" in request.GET,
    }
    return render(request, "reports/issued.html", context)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = _allowed(request, WRITE)
    report = gate.fetch(user, Issued, permission=WRITE, at=now, pk=pk)
    try:
        draft = services.correct(by=user, at=now, issued=report)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("reports:issued", pk)
    return redirect("reports:save_narrative", draft.pk)


@require_safe
@step_up.required
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    user, now, report = _issued(request, pk)
    content = selectors.pdf_of(report)
    if content is None:
        raise Http404
    gate.looked(user, report, at=now, how="pdf")
    return _file(content, "application/pdf", _name(report, "pdf"))


@require_safe
@step_up.required
def xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Every table of the report, one to a sheet."""
    user, now, report = _issued(request, pk)
    gate.looked(user, report, at=now, how="xlsx")
    return _file(sheets.workbook(selectors.document(report)), XLSX, _name(report, "xlsx"))


@require_POST
def ask_for_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = _allowed(request, WRITE)
    report = gate.fetch(user, Issued, permission=WRITE, at=now, pk=pk)
    try:
        services.ask_for_pdf(by=user, at=now, issued=report)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("reports:issued", pk)


@require_POST
def cancel_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return _cancel(request, Drawing, pk, "The PDF is not drawn any more.", lambda work: ("issued", work.issued_id))


def _cancel(
    request: HttpRequest, kind: type[W], pk: int, said: str, onward: Callable[[W], tuple[str, int]]
) -> HttpResponse:
    """Stop the work, and lead on to the page of what it was for."""
    user, now = _allowed(request, WRITE)
    work = gate.fetch(user, kind, permission=WRITE, at=now, pk=pk)
    name, number = onward(work)
    return press(
        request,
        lambda: services.cancel(by=user, at=now, work=work),
        said=said,
        onward=reverse(f"reports:{name}", args=[number]),
    )


def _progress(draft: Draft) -> dict[str, Any] | None:
    return presenters.progress(selectors.assembling_of(draft), assembling.steps())


def _draft(request: HttpRequest, pk: int) -> tuple[User, datetime, Draft]:
    user, now = _allowed(request, WRITE)
    return user, now, gate.fetch(user, Draft, permission=WRITE, at=now, pk=pk, related=OF_DRAFT)


def _open(pk: int) -> Draft:
    return Draft.objects.select_related("changed_by").get(pk=pk)


def _issued(request: HttpRequest, pk: int) -> tuple[User, datetime, Issued]:
    user, now = _allowed(request, READ)
    return user, now, gate.fetch(user, Issued, permission=READ, at=now, pk=pk, related=("issued_by",))


def _name(report: Issued, suffix: str) -> str:
    return f"{MARKING}_quarterly_report_{report.first.year}_{report.quarter.in_brief[:2]}_v{report.number}.{suffix}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _allowed(request: HttpRequest, permission: Permission) -> tuple[User, datetime]:
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, permission, at=now)
    return user, now
