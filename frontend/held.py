"""What somebody typed when their session had ended, carried through the sign-in and back into the form.

It travels in the sign-in page itself, encrypted with the site's key: nothing is stored for a stranger. It is given
back to the person who typed it and to nobody else who signs in on the same machine: a signed cookie that outlives the
session says whose browser it was. Afterwards it waits, still encrypted, in the new session until its page asks for it.
"""

import base64
import hashlib
import json
from typing import Any, cast
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

KEEPS_FOR_SECONDS = 60 * 60
SESSION_KEY = "held"
COOKIE = "__Host-typist" if settings.SESSION_COOKIE_SECURE else "typist"
NEVER_HELD = frozenset(
    {"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "code", "credential"}
)


def sign_in_page(request: HttpRequest) -> HttpResponse:
    """The sign-in page with the posted form held inside it; a mere button leads back to the page it stood on."""
    from frontend.sign_in import SignInForm

    token = _token(request, _typist(request))
    onward = request.get_full_path() if token else _came_from(request)
    context = {"form": SignInForm(request=request), "held": token, "next": onward}
    return render(request, "account/login.html", context, status=401)


def again(request: HttpRequest) -> HttpResponse:
    """For somebody signed in whose page was too old to be accepted: the same page once more, with what they typed."""
    onward = hold(request)
    messages.warning(request, "This page was open too long, so nothing was sent. Check it and send it again.")
    return redirect(onward)


def hold(request: HttpRequest) -> str:
    """Keep what somebody signed in has just sent until its page is looked at again; returns where that is."""
    token = request.session[SESSION_KEY] = _token(request, cast(Any, request.user).pk)
    return request.get_full_path() if token else _came_from(request)


def for_later(request: HttpRequest) -> str:
    """Keep what somebody signed in has sent, for when they open the page again; returns where that is."""
    token = _token(request, _typist(request))
    if token:
        request.session[SESSION_KEY] = token
    return request.get_full_path() if token else _came_from(request)


def keep(request: HttpRequest, token: str, *, user_pk: int) -> None:
    """Take what the sign-in page carried into the new session, if it is this person's own and not too old."""
    kept = _open(token)
    if kept is None:
        messages.warning(request, "What you typed before was kept for an hour and is gone now.")
    elif kept["who"] == user_pk:
        request.session[SESSION_KEY] = token


def remember_typist(request: HttpRequest, response: HttpResponse) -> None:
    """Mark the browser with who is signed in."""
    signed_in = getattr(request.user, "is_authenticated", False)  # the API calls a visitor None
    if not signed_in or _typist(request) == request.user.pk:
        return
    response.set_signed_cookie(
        COOKIE,
        str(request.user.pk),
        salt=COOKIE,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form should be bound to: what was posted, or what was typed here before a sign-in, or nothing."""
    return request.POST if request.method == "POST" else take(request)


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed into this very page before, once."""
    kept = _open(request.session.get(SESSION_KEY) or "")
    if not kept or kept["path"] != request.get_full_path():
        return None
    del request.session[SESSION_KEY]
    return QueryDict(kept["body"])


def _token(request: HttpRequest, who: int | None) -> str:
    """What was typed, encrypted; empty where nothing was or nobody can say by whom."""
    body = request.POST.copy()
    for name in NEVER_HELD & body.keys():
        del body[name]
    if not body or who is None:
        return ""
    text = json.dumps({"who": who, "path": request.get_full_path(), "body": body.urlencode()})
    return _cipher().encrypt(text.encode()).decode()


def _open(token: str) -> dict[str, Any] | None:
    try:
        return json.loads(_cipher().decrypt(token.encode(), ttl=KEEPS_FOR_SECONDS))  # type: ignore[no-any-return]
    except InvalidToken:
        return None


def _typist(request: HttpRequest) -> int | None:
    value = request.get_signed_cookie(COOKIE, default="", salt=COOKIE)
    return int(value) if value else None


def _came_from(request: HttpRequest) -> str:
    """The page of ours that the button stood on."""
    referrer = urlsplit(request.headers.get("Referer", ""))
    return referrer.path if referrer.netloc == request.get_host() else "/"


def _cipher() -> Fernet:
    key = hashlib.sha256(b"held form" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
