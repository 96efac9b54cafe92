"""allauth's forms in our words (ACCOUNT_FORMS). What they do is left as it is."""

from typing import Any

from allauth.account import forms as allauth_forms

from frontend.forms import Summarised

CHOOSING = "Use at least 14 characters. Three words that do not belong together are easy to remember."


class OurWords(Summarised):
    """Label, the noun of its sentence and hint, by field."""

    words: dict[str, tuple[str, str, Any]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        for name, (label, noun, hint) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages |= {"required": f"Enter {noun}", "invalid": f"Enter {noun}, like name@example.com"}


class SignInForm(OurWords, allauth_forms.LoginForm):  # type: ignore[misc]
    words = {"login": ("Email address", "your email address", ""), "password": ("Password", "your password", "")}


class PasswordAgainForm(OurWords, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": ("Password", "your password", "")}


class ForgottenPasswordForm(OurWords, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    words = {"email": ("Email address", "your email address", "")}


class NewPasswordForm(OurWords, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    words = {
        "password1": ("New password", "a new password", CHOOSING),
        "password2": ("Type the new password again", "the new password again", ""),
    }


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": ("Current password", "your current password", ""),
        "password1": ("New password", "a new password", CHOOSING),
        "password2": ("Type the new password again", "the new password again", ""),
    }
