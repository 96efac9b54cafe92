"""The returns on missing children: looked at first, then made, and always made whole (selectors.exports)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import gate, policy, step_up
from accounts.models import User
from accounts.roles import Permission
from frontend import held, spreadsheet
from missing import exports
from missing.exports import Entry, Finding
from missing.forms.figures import DayForm, YearForm
from missing.places import places
from missing.selectors import exports as selectors
from people.models import Child

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@step_up.required_to_send
def export_903(request: HttpRequest) -> HttpResponse:
    """SSDA903 `Missing` for a year from 1 April."""
    user, now = _allowed(request)
    form = YearForm(held.typed(request) or request.GET, today=timezone.localdate(now))
    context: dict[str, object] = {"form": form, "places": places(user, "missing:export_903")}
    if year := form.asked():
        entries = selectors.of_year(year)
        rows = exports.rows_903(entries, year)
        if request.method == "POST":
            _log(user, "missing.export_903", now, {"year": str(year.first.year)}, exports.in_care(entries))
            name = f"SSDA903_Missing_{year.first.year}-{year.last:%y}"
            return spreadsheet.download(name, spreadsheet.as_csv(exports.COLUMNS_903, rows))
        findings = exports.findings_903(entries)
        _log_checked(user, "missing.check_903", now, {"year": str(year.first.year)}, findings)
        context |= {"rows": len(rows), "year": year.first.year} | _checked(user, findings)
    return render(request, "missing/export_903.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up.required_to_send
def export_annex_a(request: HttpRequest) -> HttpResponse:
    """What List 8 of Ofsted's Annex A asks about being missing, for the twelve months up to a day."""
    user, now = _allowed(request)
    form = DayForm(held.typed(request) or request.GET, today=timezone.localdate(now))
    context: dict[str, object] = {"form": form, "places": places(user, "missing:export_annex_a")}
    if day := form.asked():
        entries = selectors.of_twelve_months(day)
        rows = exports.rows_annex_a(entries, day)
        if request.method == "POST":
            _log(user, "missing.export_annex_a", now, {"day": str(day)}, exports.in_care(entries))
            content = spreadsheet.as_csv(exports.COLUMNS_ANNEX_A, rows)
            return spreadsheet.download(f"Annex_A_List_8_missing_{day}", content)
        findings = exports.findings_annex_a(entries)
        _log_checked(user, "missing.check_annex_a", now, {"day": str(day)}, findings)
        context |= {"rows": len(rows), "day": day} | _checked(user, findings)
    return render(request, "missing/export_annex_a.html", context)


def _allowed(request: HttpRequest) -> tuple[User, datetime]:
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.MISSING_EXPORT, at=now)
    return user, now


def _log(user: User, verb: str, now: datetime, terms: dict[str, str], entries: Iterable[Entry]) -> None:
    """With every child that the file held, also those the person may not see on the site."""
    children = sorted({entry.record for entry in entries})
    gate.searched(user, verb=verb, at=now, terms=terms, shown=[Child(pk=pk) for pk in children])


def _log_checked(user: User, verb: str, now: datetime, terms: dict[str, str], findings: Sequence[Finding]) -> None:
    """With every child of whom something wrong is shown."""
    children = sorted({finding.child for finding in findings[:SHOWN]})
    gate.searched(user, verb=verb, at=now, terms=terms, shown=[Child(pk=pk) for pk in children])


def _checked(user: User, findings: Sequence[Finding]) -> dict[str, object]:
    """The findings, each with the record to put right where this person may open it."""
    shown = findings[:SHOWN]
    children = {finding.child for finding in shown}
    seen = set(policy.visible(user, Child).filter(pk__in=children).values_list("pk", flat=True))
    return {
        "findings": [(finding, finding.child in seen) for finding in shown],
        "refused": sum(1 for finding in findings if finding.refused),
        "more": max(len(findings) - SHOWN, 0),
    }
