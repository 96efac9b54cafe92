"""What every response and every request goes through."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from frontend import held

Next = Callable[[HttpRequest], HttpResponse]
DEEDS = ("GET", "HEAD", "POST")


class NeverStore:
    """No page of ours is kept by a browser or a proxy; only static files and the brand's colours are."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response


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
