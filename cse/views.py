"""The home page, the pages about the site, and its health."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

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
        gate.searched(request.user, verb="cse.home", at=now, terms={}, shown=named)
    return render(request, "cse/home.html", context)


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 where the database and the queue answer, 503 where one does not; nothing else is told."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        cache.get("health")
    except Exception:
        return JsonResponse({"healthy": False}, status=503)
    return JsonResponse({"healthy": True})


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
