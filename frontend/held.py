"""What somebody typed when their session had ended, carried through the sign-in and back into the form.

It travels in the sign-in page itself, encrypted with the site's key: nothing is stored for a stranger, and the next
person at the machine cannot read it. After the sign-in it waits in the new session for its page to ask for it.
"""

import base64
import hashlib
import json

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

KEEPS_FOR_SECONDS = 60 * 60
SESSION_KEY = "held"


def sign_in_page(request: HttpRequest) -> HttpResponse:
    """The sign-in page with the posted form held inside it."""
    from frontend.sign_in import SignInForm

    text = json.dumps({"path": request.get_full_path(), "body": _body(request)})
    context = {
        "form": SignInForm(request=request),
        "held": _cipher().encrypt(text.encode()).decode(),
        "next": request.get_full_path(),
    }
    return render(request, "account/login.html", context, status=401)


def keep(request: HttpRequest, token: str) -> None:
    """Move what the sign-in page carried into the new session; what is not ours or too old is dropped."""
    try:
        request.session[SESSION_KEY] = json.loads(_cipher().decrypt(token.encode(), ttl=KEEPS_FOR_SECONDS))
    except InvalidToken:
        return


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form should be bound to: what was posted, or what was typed here before a sign-in, or nothing."""
    return request.POST if request.method == "POST" else take(request)


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed into this very page before the sign-in, once."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != request.get_full_path():
        return None
    del request.session[SESSION_KEY]
    return QueryDict(kept["body"])


def _body(request: HttpRequest) -> str:
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    return typed.urlencode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"held form" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
