"""The inbox."""

import re
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from deadlines import selectors, services
from frontend import keyset

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
