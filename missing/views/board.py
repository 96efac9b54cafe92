"""The live board of missing children, as it stood when the page was made."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import gate
from accounts.models import User
from accounts.roles import Permission
from missing.forms.board import BoardForm
from missing.places import places
from missing.selectors import board as selectors
from missing.selectors.figures import teams

KEPT_FOR = 15
"""Minutes for which a page keeps itself up to date: an open screen must not stay signed in for ever."""


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Who is missing now, and every clock that runs for a missing child, broken ones first."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.MISSING_VIEW, at=now)
    form = BoardForm(request.GET, teams=teams())
    older, newer = _turned(request)
    clocks = selectors.clocks(user, form.filters(), older=older, newer=newer)
    missing = selectors.missing_page(user, size=selectors.IN_BRIEF)
    gate.searched(user, verb="missing.board", at=now, terms=request.GET.dict(), shown=[*missing.rows, *clocks.rows])
    context = {
        "places": places(user, "missing:board"),
        "filter": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "clocks": clocks,
        "lines": selectors.lines(clocks.rows, at=now),
        "missing": selectors.missing_lines(missing.rows, at=now),
        "more_missing": bool(missing.older),
        "made_at": now,
        "keep": _minutes_left(request),
        "kept_for": KEPT_FOR,
    }
    return render(request, "missing/board.html", context)


@require_safe
def missing_now(request: HttpRequest) -> HttpResponse:
    """Every child who is missing, whom this person may see."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.MISSING_VIEW, at=now)
    older, newer = _turned(request)
    page = selectors.missing_page(user, older=older, newer=newer)
    gate.searched(user, verb="missing.missing_now", at=now, terms=request.GET.dict(), shown=page.rows)
    context = {
        "places": places(user, "missing:missing_now"),
        "page": page,
        "missing": selectors.missing_lines(page.rows, at=now),
        "made_at": now,
    }
    return render(request, "missing/missing_now.html", context)


def _turned(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("older", ""), request.GET.get("newer", "")


def _minutes_left(request: HttpRequest) -> int:
    asked = request.GET.get("keep", "")
    return min(int(asked), KEPT_FOR) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
