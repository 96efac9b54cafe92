"""The home page, the pages about the site, and its health."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

import deadlines.selectors
from accounts import gate
from cse import home as waiting
from frontend import held


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is overdue, what I started; for a visitor, the way in."""
    if not request.user.is_authenticated:
        return render(request, "cse/welcome.html")
    now = timezone.now()
    context = waiting.for_user(request.user, at=now)
    if named := waiting.named(context):
        waits = [line.child_id for line in context["waiting"]]
        gate.searched(request.user, verb="cse.home", at=now, terms={}, shown=named, children=waits)
    return render(request, "cse/home.html", context)


@transaction.non_atomic_requests  # it would fail before the view where the database is away
@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 where database and queue answer and the deadlines are watched, 503 where not; nothing else is told.

    For whoever watches the site from outside. A site that has just been started is well after its first sweep.
    """
    return _says(lambda: deadlines.selectors.trouble() is None)


@transaction.non_atomic_requests
@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 where the database and the queue answer: pages can be asked for, whoever else is at work."""
    return _says(lambda: True)


def _says(well: Callable[[], bool]) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        cache.get("health")
        healthy = well()
    except Exception:
        healthy = False
    return JsonResponse({"healthy": healthy}, status=200 if healthy else 503)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "cse/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "cse/privacy.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its token, most often because the session ended: keep what was typed, sign in again."""
    if request.path.startswith("/account/") or request.method != "POST":
        return render(request, "403_csrf.html", status=403)
    return held.again(request) if request.user.is_authenticated else held.sign_in_page(request)
