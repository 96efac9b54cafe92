"""allauth's forms in our words."""

import pytest
from django.test import RequestFactory

from frontend.sign_in import ChangePasswordForm, ForgottenPasswordForm, NewPasswordForm, SignInForm


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
