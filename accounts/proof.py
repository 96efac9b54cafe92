"""How the person of this session proved who they are: what was noted in the session when they did.

allauth notes each step of a sign-in there (password, code, passkey) with its moment; the role cards of the
demonstration note their own. So the question costs no query.
"""

import time
from typing import Any, cast

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts.models import User

Proof = dict[str, Any]
SECOND_FACTOR, SIGN_ON, ROLE_CARD = "mfa", "single_sign_on", "role_card"


def note(request: HttpRequest, method: str, **details: object) -> None:
    """Note that the person has just proved who they are."""
    record_authentication(request, request.user, method, **details)


def proofs(request: HttpRequest) -> list[Proof]:
    """Every proof of this session, the oldest first."""
    return of(request, request.user)


def of(request: HttpRequest, user: Any) -> list[Proof]:
    """The same for somebody who is not signed in yet."""
    return cast("list[Proof]", get_authentication_records(request, user))


def strong(request: HttpRequest) -> list[Proof]:
    """Those that count as a second factor: ours, one that the agency's sign-in proved; in the demonstration a card."""
    counts = {SECOND_FACTOR, SIGN_ON} | ({ROLE_CARD} if settings.DEMONSTRATION else set())
    return [proof for proof in proofs(request) if proof["method"] in counts]


def put(session: SessionBase, user: User, method: str, **details: object) -> None:
    """The same for a session that no request has made: for measuring pages as somebody who has signed in."""
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time(), **details}]


def take_back(request: HttpRequest, authenticator_pk: int) -> None:
    """What was proved with an authenticator that is gone counts no longer."""
    kept = [each for each in proofs(request) if each.get("id") != authenticator_pk]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
