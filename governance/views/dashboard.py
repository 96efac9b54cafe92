"""The pages of those who steer: at first the month, for CMOG's chair and members."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import gate
from accounts.models import User
from accounts.roles import Permission
from frontend import spreadsheet
from frontend.text import local_day
from governance import presenters, selectors
from governance.forms.dashboard import MonthForm


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """One month: what is unusual in it first, then the data pack, as known now or on a past day."""
    _, now = _allowed(request)
    form = _form(request, now)
    month, moment = form.chosen, form.moment(now)
    chapters = selectors.chapters(month, at=moment)
    context = {
        "form": form,
        "month": month,
        "moment": moment,
        "is_past": moment < now,
        "runs": month.ends > now,
        "chapters": chapters,
        "changes": [(line, presenters.sentence(line)) for line in presenters.changes(chapters)],
        "corrections": selectors.corrections(month, since=moment, at=now) if moment < now else [],
        "query": request.GET.urlencode(),
    }
    return render(request, "governance/dashboard.html", context)


@require_safe
def dashboard_csv(request: HttpRequest) -> HttpResponse:
    """Every table of the page in one file."""
    user, now = _allowed(request)
    form = _form(request, now)
    chapters = selectors.chapters(form.chosen, at=form.moment(now))
    gate.searched(user, verb="governance.dashboard_csv", at=now, terms=request.GET.dict())
    content = spreadsheet.as_csv(presenters.CSV_COLUMNS, presenters.csv_rows(chapters, form.chosen))
    return spreadsheet.download(f"dashboard_{form.chosen.first:%Y-%m}", content)


def _form(request: HttpRequest, now: datetime) -> MonthForm:
    form = MonthForm(request.GET.dict(), today=local_day(now))
    form.is_valid()
    return form


def _allowed(request: HttpRequest) -> tuple[User, datetime]:
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.DASHBOARD_VIEW, at=now)
    return user, now
