"""The session of whoever is signed in, read by a prepared query."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


class TestSessionStore:
    def test_a_key_that_no_session_can_have_is_a_visitor(self, client: Client) -> None:
        """The quotes let a cookie hold a NUL, which PostgreSQL does not take."""
        client.cookies[settings.SESSION_COOKIE_NAME] = r"\000aaaaaaaaaaa"
        client.cookies[settings.SESSION_COOKIE_NAME].set(settings.SESSION_COOKIE_NAME, "", r'"\000aaaaaaaaaaa"')
        assert client.get("/").status_code == 200

    def test_is_gone_once_signed_out(self, client: Client, worker: User) -> None:
        client.force_login(worker)
        key = client.session.session_key
        assert key
        assert SessionStore(key).load()
        client.logout()
        assert not SessionStore(key).load()
