"""The brand stylesheet and the pages shown when something went wrong.

``cse/urls.py`` names them: ``handler400 = "frontend.views.bad_request"`` and so on.
"""

import logging
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from frontend import brand

logger = logging.getLogger(__name__)

LAST_RESORT = (
    '<!DOCTYPE html><html lang="en"><title>Sorry, there is a problem</title>'
    "<h1>Sorry, there is a problem</h1><p>Try again later. If a child is in immediate danger, call 999.</p></html>"
)


@login_not_required
@cache_control(public=True, max_age=31536000, immutable=True)
@require_safe
def brand_stylesheet(request: HttpRequest) -> HttpResponse:
    return HttpResponse(brand.stylesheet(), content_type="text/css")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page_without_request("400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The refusal's own words are shown: services word them for the user."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request, so without a database, a session or a user: any of them may be what broke."""
    return page_without_request("500.html", status=500)


def page_without_request(template: str, *, status: int, **context: Any) -> HttpResponse:
    """A page for which nothing is read: no session, no user, no database."""
    try:
        return HttpResponse(loader.render_to_string(template, context), status=status)
    except Exception:
        logger.exception("The page %s could not be rendered", template)
        return HttpResponse(LAST_RESORT, status=status)
