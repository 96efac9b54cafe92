"""Who tries many wrong passwords for one account from one place is shut out there, for a while (ASVS 6.1.1).

There alone: the owner of the account comes in from elsewhere. It is the same for an address that has no account.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts import gate, selectors
from accounts.models import User
from accounts.telling import Happened, tell


def account(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The address that was typed, as attempts are counted by it."""
    return str((credentials or {}).get("email") or "").lower()


def place(request: HttpRequest) -> str:
    """Nowhere, for a request that came over no network."""
    return str(get_adapter().get_client_ip(request)) if request.META.get("REMOTE_ADDR") else ""


def page(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """Shut out. Recorded, where there is such an account; nothing on the page says whether there is."""
    if user := selectors.person(account(request, credentials)):
        gate.happened(user, f"{Happened.LOCKED_OUT}.refused", at=timezone.now())
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked_out.html", {"minutes": minutes}, status=429)


def too_many(request: HttpRequest) -> HttpResponse:
    """From one place more was tried within a minute than allauth lets through (ACCOUNT_RATE_LIMITS)."""
    answer = render(request, "account/too_many.html", {"onward": request.get_full_path()}, status=429)
    answer.headers["Retry-After"] = "60"
    return answer


def tell_of_attempts(user: User) -> None:
    """Whoever comes in while somebody else is shut out is told of it."""
    now = timezone.now()
    recent = AccessAttempt.objects.filter(
        username=user.email.lower(), attempt_time__gt=now - settings.AXES_COOLOFF_TIME
    )
    places = recent.values("ip_address").annotate(wrong=Sum("failures_since_start"))
    if places.filter(wrong__gte=settings.AXES_FAILURE_LIMIT).exists():
        tell(user, Happened.LOCKED_OUT, at=now)
