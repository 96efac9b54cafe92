"""The pages of those who steer: at first the month, for CMOG's chair and members."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from markupsafe import Markup

from accounts import gate
from accounts.models import User
from accounts.roles import Permission
from figures.measures import find
from figures.rules import Period
from figures.selectors import MONTHS, last_counted
from frontend import spreadsheet
from frontend.text import local_day
from governance import presenters, selectors
from governance.forms.dashboard import MonthForm
from governance.selectors import Chapter, Correction

LATER = datetime.max.replace(tzinfo=UTC)
"""Than anything that was counted."""


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """One month: what is unusual in it first, then the data pack, as known now or on a past day."""
    _, now = _allowed(request)
    form = _form(request, now)
    month, moment = form.chosen, form.moment(now)
    context = {
        "form": form,
        "month": month,
        "moment": moment,
        "is_past": moment < now,
        "runs": month.ends > now,
        "read": _known_then(month, moment, now) if moment < now else _known_now(month, now),
        "query": request.GET.urlencode(),
    }
    return render(request, "governance/dashboard.html", context)


def _known_now(month: Period, now: datetime) -> str:
    return written(month, last_counted() or month.starts, over=month.ends <= now)


@lru_cache(maxsize=MONTHS)
def written(month: Period, counted_at: datetime, *, over: bool) -> str:
    """Once for each state of the figures, and for everybody: it is most of what the page costs.

    What is counted while it is written may be in it: `counted_at` says when to write it anew, not what it knows.
    """
    return _written(month, selectors.chapters(month, at=LATER, over=over), None)


def _known_then(month: Period, moment: datetime, now: datetime) -> str:
    return _written(month, _chapters(month, moment), selectors.corrections(month, since=moment, at=now))


def _chapters(month: Period, moment: datetime) -> list[Chapter]:
    return selectors.chapters(month, at=moment, over=month.ends <= moment)


def _written(month: Period, chapters: list[Chapter], corrections: list[Correction] | None) -> str:
    context = {
        "month": month,
        "chapters": chapters,
        "tables": [table for chapter in chapters for table in chapter.tables if table.lines],
        "uncollected": presenters.uncollected(chapters),
        "behind": presenters.lists_behind(chapters, month),
        "changes": [(line, presenters.sentence(line)) for line in presenters.changes(chapters)],
        "corrections": corrections,
    }
    return Markup(render_to_string("governance/_month.html", context))  # nosec B704 # noqa: S704 (escaped in there)


@require_safe
def trends(request: HttpRequest) -> HttpResponse:
    """Thirteen months of every figure, each as a picture, a table and a sentence."""
    _, now = _allowed(request)
    form = _form(request, now)
    moment = form.moment(now)
    context = {
        "month": form.chosen,
        "moment": moment,
        "is_past": moment < now,
        "chapters": _chapters(form.chosen, moment),
        "query": request.GET.urlencode(),
    }
    return render(request, "governance/trends.html", context)


@require_safe
def behind(request: HttpRequest, key: str) -> HttpResponse:
    """What stands behind a figure of a month, as far as this person may see it, and how much more there is."""
    user, now = _allowed(request)
    measure = find(key)
    if measure is None or measure.behind is None:
        raise Http404
    period = _form(request, now).chosen
    older, newer = (request.GET.get(side, "") for side in ("older", "newer"))
    found = selectors.behind(user, measure.behind, period, at=now, older=older, newer=newer)
    gate.searched(
        user, verb="governance.behind", at=now, terms={"key": key, **request.GET.dict()}, shown=found.page.rows
    )
    context = {"title": measure.behind.title, "period": period, "month": f"{period.first:%Y-%m}", "behind": found}
    return render(request, "governance/behind.html", context)


@require_safe
def dashboard_csv(request: HttpRequest) -> HttpResponse:
    """Every table of the page in one file."""
    user, now = _allowed(request)
    form = _form(request, now)
    chapters = _chapters(form.chosen, form.moment(now))
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
