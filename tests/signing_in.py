"""Signing somebody in for a test, as far as a real sign-in goes: password and passkey."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from accounts.models import User


def sign_in(client: Client, user: User, *, seconds_ago: float = 0) -> None:
    """The session holds what allauth notes there when a passkey was shown (tests/accounts/test_passkeys.py)."""
    client.force_login(user)
    note(client, user, method="mfa", type="webauthn", at=time.time() - seconds_ago)


def note(client: Client, user: User, **proof: object) -> None:
    """Add a proof to those of the session."""
    session = client.session
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [*session.get(AUTHENTICATION_METHODS_SESSION_KEY, []), proof]
    session.save()
