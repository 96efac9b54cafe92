"""What every response and every request goes through."""

from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import get_adapter
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from audit.acting import acting_as
from audit.asking import asked_from
from frontend import held, throttle
from frontend.throttle import Limit
from frontend.views import page_without_request

Next = Callable[[HttpRequest], HttpResponse]
DEEDS = ("GET", "HEAD", "POST")
NOTHING_OF_THE_DEVICE = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "idle-detection"),
        *("magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
    )
)


class SafeHeaders:
    """On whatever is answered, static files and refusals too (ASVS 3.4); the outermost, so that none escapes it.

    No page of ours is kept by a browser or a proxy; only static files and the brand's colours are. Whose session has
    ended has nothing of it left in the browser (ASVS 14.3.1).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Content-Security-Policy", _policy())
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", NOTHING_OF_THE_DEVICE)
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        session = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if session is not None and session["max-age"] == 0:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


@lru_cache
def _policy() -> str:
    """One for all pages, so it is put together once, and not for each answer as the package's own middleware does."""
    return build_policy()


class NotTooLarge:
    """What is sent is refused by its size before any of it is read (ASVS 5.2.1).

    Without a length there is no body: the server reads none, whatever is said to be transferred in chunks.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with_files = str(request.META.get("CONTENT_TYPE", "")).startswith("multipart/")
        most = settings.MOST_BYTES_WITH_FILES if with_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            return page_without_request("400.html", status=HTTPStatus.BAD_REQUEST)
        if int(length) > most:
            return page_without_request("413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)


class AtAHumanPace:
    """Nobody reads `PAGES_PER_MINUTE` pages a minute; a program that copies the records does (ASVS 2.4.1).

    Counted by person, over all their sessions, before anything of theirs is read from the database. What was typed into
    a form that comes too soon is kept for when the page is opened again.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = Limit("pages", settings.PAGES_PER_MINUTE, 60)
        who = request.session.get(SESSION_KEY)
        if who is None or not throttle.too_many(limit, str(who)):
            return self.get_response(request)
        onward = held.for_later(request) if request.method == "POST" else request.get_full_path()
        page = page_without_request("429.html", status=HTTPStatus.TOO_MANY_REQUESTS, onward=onward)
        page.headers["Retry-After"] = str(limit.per_seconds)
        return page


class KnowsWhoAsks:
    """What one request does is recorded under one number, with the address it comes from (ASVS 16.2.1).

    The address is a proxy's word only where the settings say that there is a proxy (`ALLAUTH_TRUSTED_PROXY_COUNT`).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with asked_from(_address(request)):
            return self.get_response(request)


def _address(request: HttpRequest) -> str | None:
    """None where it is not an address, as on a socket of this machine."""
    try:
        return str(ip_address(get_adapter().get_client_ip(request)))
    except (ValueError, PermissionDenied, ImproperlyConfigured):
        return None


class LooksAndForms:
    """A page is looked at or a form is sent; nothing else is done to an address (ASVS 4.1.4)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in DEEDS:
            return HttpResponseNotAllowed(DEEDS)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            page = render(request, "405.html", status=response.status_code)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response


class ActsAsWhoSignedIn:
    """Every transaction of the request is told whose it is (audit.acting)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_as(request.user.pk):
            return self.get_response(request)


class SignInKeepingWhatWasTyped(LoginRequiredMiddleware):
    """Every page asks for a sign-in unless its view says otherwise; a form sent after the session ended is held."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.method == "POST":
            return held.sign_in_page(request)
        return super().handle_no_permission(request, view_func)


class RemembersWhoTyped:
    """A form held over a sign-in goes back to the person who typed it (frontend.held)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        held.remember_typist(request, response)
        return response
