"""The pages of one missing episode: what is known, what happened, what is to be done next."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import gate
from accounts.models import User
from accounts.roles import Permission
from missing.models import Episode

RELATED = ("child", "recorded_by", "team__agency", "interview", "reviewed_by")


@require_safe
def episode(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one episode, and what can be done with it now."""
    user, now = cast(User, request.user), timezone.now()
    record = fetch(user, pk, Permission.MISSING_VIEW, now)
    return render(request, "missing/episode.html", {"episode": record})


def fetch(user: User, pk: int, permission: Permission, now: datetime) -> Episode:
    return gate.fetch(user, Episode, permission=permission, at=now, pk=pk, related=RELATED)
