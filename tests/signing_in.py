"""Signing somebody in for a test, as far as a real sign-in goes: password and passkey."""

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from accounts import proof
from accounts.models import User
from accounts.sessions import SessionStore


def sign_in(client: Client, user: User, *, seconds_ago: float = 0) -> None:
    """The session holds what allauth notes there when a passkey was shown (tests/accounts/test_passkeys.py).

    It is written as a sign-in leaves it: the steps of one take as long as three pages.
    """
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    proof.put(session, user, proof.SECOND_FACTOR, type="webauthn", at=time.time() - seconds_ago)
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)


def note(client: Client, user: User, **noted: object) -> None:
    """Add a proof to those of the session."""
    session = client.session
    before = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    proof.put(session, user, proof.SECOND_FACTOR)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [*before, noted]
    session.save()
