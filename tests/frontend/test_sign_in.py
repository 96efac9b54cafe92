"""allauth's forms in our words."""

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory
from django.urls import reverse

from frontend.sign_in import ChangePasswordForm, ForgottenPasswordForm, NewPasswordForm, SignInForm
from tests import factories
from tests.signing_in import sign_in


class TestOurWords:
    def test_a_missing_answer_is_asked_for_by_name(self, rf: RequestFactory) -> None:
        form = SignInForm({}, request=rf.post("/"))
        assert form.errors == {"login": ["Enter your email address"], "password": ["Enter your password"]}
        assert 'href="#id_login"' in form.error_summary()

    def test_an_address_that_is_none_is_told_by_example(self) -> None:
        form = ForgottenPasswordForm({"email": "name@"})
        assert form.errors["email"] == ["Enter your email address, like name@example.com"]

    @pytest.mark.parametrize("kind", [NewPasswordForm, ChangePasswordForm])
    def test_no_label_or_hint_is_the_library_s(self, kind: type[NewPasswordForm]) -> None:
        html = str(kind())
        assert "Type the new password again" in html
        assert "<ul" not in html
        assert "placeholder" not in html

    def test_browsers_may_fill_in_what_they_know(self, rf: RequestFactory) -> None:
        html = str(SignInForm(request=rf.get("/")))
        assert 'autocomplete="email"' in html
        assert 'autocomplete="current-password"' in html


@pytest.mark.django_db
class TestPages:
    def test_a_wrong_password_keeps_what_was_typed_before_the_session_ended(self, client: Client) -> None:
        typed = {"login": "ada@example.org", "password": "wrong", "held": "gAAAA", "next": "/screenings/7/"}
        html = client.post(reverse("account_login"), typed).content.decode()
        assert "<title>Error: Sign in" in html
        assert 'name="held" value="gAAAA"' in html
        assert 'name="next" value="/screenings/7/"' in html
        assert 'value="ada@example.org"' in html
        assert "wrong" not in html

    def test_the_way_to_a_new_password(self, client: Client, mailoutbox: list[EmailMessage]) -> None:
        user = factories.user(email="ada@example.org")
        asked = client.post(reverse("account_reset_password"), {"email": user.email}, follow=True)
        assert "Check your email" in asked.content.decode()
        link = re.search(r"http\S+", mailoutbox[0].body)
        assert link
        form = client.get(link[0], follow=True)
        assert "Save the new password" in form.content.decode()
        new = {"password1": "otter violin gravel", "password2": "otter violin gravel"}
        done = client.post(form.redirect_chain[-1][0], new, follow=True)
        assert "Your password has been changed" in done.content.decode()
        again = client.get(link[0], follow=True)
        assert "This link does not work" in again.content.decode()

    def test_a_stranger_is_not_told_who_has_an_account(self, client: Client, mailoutbox: list[EmailMessage]) -> None:
        asked = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True)
        assert "Check your email" in asked.content.decode()
        assert "no account has this email address" in mailoutbox[0].body

    @pytest.mark.parametrize(
        ("name", "heading"),
        [("account_signup", "Accounts are made for you"), ("account_inactive", "Your account is closed")],
    )
    def test_pages_for_those_who_have_none(self, client: Client, name: str, heading: str) -> None:
        assert f'<h1 class="govuk-heading-l">{heading}</h1>' in client.get(reverse(name)).content.decode()

    @pytest.mark.parametrize("name", ["account_change_password", "account_logout"])
    def test_pages_for_those_who_have_one(self, client: Client, name: str) -> None:
        user = factories.user()
        user.set_password("otter violin gravel")
        user.save()
        sign_in(client, user)
        assert client.get(reverse(name)).status_code == 200
