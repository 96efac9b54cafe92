"""The inbox."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from deadlines import selectors, services

SHOWN = 50


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    notices = selectors.inbox(cast(User, request.user))[:SHOWN]
    return render(request, "deadlines/inbox.html", {"notices": notices})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    services.read_all(by=cast(User, request.user), at=timezone.now())
    return redirect("deadlines:inbox")
