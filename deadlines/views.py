"""The inbox, how notices come to it, and who reads them while one is away."""

import re
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.services
from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from deadlines import selectors, services
from deadlines.forms import AT_ONCE, DAILY, AbsenceForm, DigestForm
from deadlines.models import Notice
from frontend import keyset
from frontend.held import typed
from frontend.text import local_day

UP_TO = re.compile(r"[0-9]{1,18}", re.ASCII)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    rows = selectors.inbox(cast(User, request.user))
    older, newer = (request.GET.get(side, "") for side in ("older", "newer"))
    page = keyset.page(rows, ("created_at", "id"), older=older, newer=newer)
    up_to = max((notice.pk for notice in page.rows), default=0)
    return render(request, "deadlines/inbox.html", {"page": page, "up_to": up_to})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """`up_to` is the newest notice that was on the page."""
    up_to = request.POST.get("up_to", "")
    if UP_TO.fullmatch(up_to):
        services.read_all(by=cast(User, request.user), at=timezone.now(), up_to=int(up_to))
    return redirect("deadlines:inbox")


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it as read, and lead to what it is about; where that was closed to them since, say so here."""
    user, now = cast(User, request.user), timezone.now()
    notice = gate.fetch(user, Notice, permission=Permission.NOTICE_READ, at=now, pk=pk)
    services.open_notice(by=user, at=now, notice=notice)
    if selectors.leads_nowhere(user, notice):
        messages.info(request, "You can no longer see the record that this notice is about. Others were told instead.")
        return redirect("deadlines:inbox")
    return redirect(notice.path or "deadlines:inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def choose_digest(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = DigestForm(typed(request), initial={"how": DAILY if user.daily_digest else AT_ONCE})
    if request.method == "POST" and form.is_valid():
        accounts.services.choose_digest(by=user, at=timezone.now(), daily=form.cleaned_data["how"] == DAILY)
        messages.success(request, "From now on your notices come as you chose.")
        return redirect("deadlines:inbox")
    return render(request, "deadlines/choose_digest.html", {"form": form})


@require_safe
def absences(request: HttpRequest) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    rows = list(selectors.absences(user, at=now))
    return render(request, "deadlines/absences.html", {"absences": rows, "now": now})


@require_http_methods(["GET", "HEAD", "POST"])
def record_absence(request: HttpRequest) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    people, colleagues = selectors.members(user), selectors.stand_ins(user)
    form = AbsenceForm(typed(request), own=user.pk, people=people, colleagues=colleagues, today=local_day(now))
    if request.method == "POST" and form.is_valid():
        try:
            services.record_absence(by=user, at=now, **form.given)
        except Refusal as refusal:
            form.refused(refusal)
        else:
            messages.success(request, "The absence has been recorded.")
            return redirect("deadlines:absences")
    return render(request, "deadlines/record_absence.html", {"form": form})


@require_POST
def end_absence(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    absence = get_object_or_404(selectors.absences(user, at=now), pk=pk)
    services.end_absence(by=user, at=now, absence=absence)
    messages.success(request, "The absence has been ended.")
    return redirect("deadlines:absences")
