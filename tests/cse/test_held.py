"""A form sent after the session ended comes back to the person who typed it, and to nobody else."""

import re
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from riskassessment.models import Screening
from tests import factories
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "three words unlike"
TYPED = "Typed before the session ended"


@pytest.fixture
def draft(worker: User) -> Screening:
    return factories.screening(author=worker)


@pytest.fixture
def page(draft: Screening) -> str:
    return reverse("riskassessment:save_section", args=[draft.pk, "analysis"])


def with_password(user: User) -> User:
    """And with an authenticator app, whose recovery codes are used here."""
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def browser_after_session_of(user: User) -> Client:
    """A browser in which this person was signed in until just now."""
    browser = Client()
    sign_in(browser, user)
    browser.get("/")
    del browser.cookies[settings.SESSION_COOKIE_NAME]
    return browser


def sign_in_over(browser: Client, refused: Any, user: User) -> str:
    """Sign in on the page that holds the form; returns where it leads, as HTML."""
    text = refused.content.decode()
    fields = dict(re.findall(r'name="(held|next)" value="([^"]+)"', text))
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, **fields})
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    return str(browser.post(reverse("mfa_authenticate"), {"code": code}, follow=True).content.decode())


class TestSessionEnded:
    def test_what_was_typed_comes_back_once(self, worker: User, page: str) -> None:
        browser = browser_after_session_of(with_password(worker))
        refused = browser.post(page, {"analysis": TYPED})
        assert refused.status_code == 401
        assert TYPED not in refused.content.decode()
        assert TYPED in sign_in_over(browser, refused, worker)
        assert TYPED not in browser.get(page).content.decode()

    def test_nobody_else_who_signs_in_there_reads_it(self, worker: User, page: str) -> None:
        colleague = with_password(factories.user(team=worker.team))
        browser = browser_after_session_of(worker)
        assert TYPED not in sign_in_over(browser, browser.post(page, {"analysis": TYPED}), colleague)

    def test_it_does_not_lie_readable_in_the_session(self, worker: User, page: str) -> None:
        browser = browser_after_session_of(with_password(worker))
        refused = browser.post(page, {"analysis": TYPED})
        fields = dict(re.findall(r'name="(held|next)" value="([^"]+)"', refused.content.decode()))
        browser.post(reverse("account_login"), {"login": worker.email, "password": PASSWORD, **fields})
        assert fields["held"] in str(dict(browser.session))
        assert TYPED not in str(dict(browser.session))

    def test_a_stranger_without_a_session_ever_is_only_asked_to_sign_in(self, page: str) -> None:
        refused = Client().post(page, {"analysis": TYPED})
        assert refused.status_code == 401
        assert 'name="held"' not in refused.content.decode()

    def test_a_mere_button_leads_back_to_the_page_it_stood_on(self, worker: User, draft: Screening) -> None:
        browser = browser_after_session_of(worker)
        start = reverse("riskassessment:start", args=[draft.child_id])
        refused = browser.post(start, headers={"referer": f"http://testserver/children/{draft.child_id}/"})
        assert f'name="next" value="/children/{draft.child_id}/"' in refused.content.decode()


class TestStaleTab:
    def test_a_page_from_before_another_sign_in_comes_back_with_what_was_typed(self, worker: User, page: str) -> None:
        browser = Client(enforce_csrf_checks=True)
        sign_in(browser, worker)
        back = browser.post(page, {"analysis": TYPED, "csrfmiddlewaretoken": "of another session"}, follow=True)
        assert TYPED in back.content.decode()
        assert "nothing was sent" in back.content.decode()

    def test_a_password_is_never_held(self, worker: User) -> None:
        browser = Client(enforce_csrf_checks=True)
        refused = browser.post(reverse("account_login"), {"login": worker.email, "password": "secret words here"})
        assert refused.status_code == 403
        assert 'name="held"' not in refused.content.decode()


class TestNoPageHere:
    def test_a_buttons_address_says_so(self, worker: User, draft: Screening, browser_of: Any) -> None:
        answer = browser_of(worker).get(reverse("riskassessment:start", args=[draft.child_id]))
        assert answer.status_code == 405
        assert "belongs to a button" in answer.content.decode()
