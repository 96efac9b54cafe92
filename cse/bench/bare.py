"""The bare page `B`: one row read by its primary key, one small template.

It runs in the same gunicorn workers as the site and passes through Django's request handler, URL resolver and ORM,
and through nothing else: no middleware, no session, no user, no transaction around the request, no check of the
connection before use, no context processors. Everything the house adds to a page is therefore in the ratio.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test.utils import override_settings
from django.urls import get_resolver, path

PREFIX = "/bench/"
ALIAS = "bare"
TEMPLATE = """<!DOCTYPE html>
<html lang="en"><head><title>{{ person.full_name }}</title></head>
<body><h1>{{ person.full_name }}</h1><p>{{ person.job_title }}</p><p>{{ person.email }}</p></body></html>
"""


@transaction.non_atomic_requests(using="refusals")
@transaction.non_atomic_requests(using="default")
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_user_model()._default_manager.using(ALIAS).get(pk=pk)
    return HttpResponse(_template().render({"person": person}))


urlpatterns = [path("bench/<int:pk>/", bare)]

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def beside(site: Application) -> Application:
    """The site, with the bare page beside it."""
    plain = {**connections.settings["default"], "ATOMIC_REQUESTS": False, "CONN_HEALTH_CHECKS": False}
    connections.settings[ALIAS] = plain
    _template()
    with override_settings(MIDDLEWARE=[]):
        handler = _Handler()

    def choose(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        chosen = handler if environ["PATH_INFO"].startswith(PREFIX) else site
        return chosen(environ, start_response)

    return choose


class _Handler(WSGIHandler):
    """Resolves addresses in this module, and leaves the rest of the thread with the site's own."""

    def resolve_request(self, request: HttpRequest) -> Any:
        request.resolver_match = get_resolver(__name__).resolve(request.path_info)
        return request.resolver_match


@lru_cache
def _template() -> Any:
    """Compiled once, as Django's cached loader does."""
    return engines["django"].from_string(TEMPLATE)
