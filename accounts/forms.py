"""allauth's forms of the second factor, in our words and with what they lack."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.recovery_codes import forms as code_forms
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.utils import timezone

from accounts import second_factor
from accounts.telling import Happened, tell
from frontend.sign_in import OurWords

CODE = ("Code", "the code", "The 6 digits that your authenticator app shows now, or one of your recovery codes.")


class _OneUse(OurWords):
    """A code counts once, whatever became of the cache, and after too many wrong ones none does for a while."""

    words = {"code": CODE}

    def clean_code(self) -> str:
        form: Any = self
        at = timezone.now()
        if second_factor.too_many_wrong(form.user, at=at):
            raise forms.ValidationError(second_factor.TOO_MANY)
        try:
            return self._right_code()
        except forms.ValidationError:
            second_factor.count_wrong(form.user, at=at)
            raise

    def _right_code(self) -> str:
        form: Any = self
        code: str = super().clean_code()  # type: ignore[misc]
        if form.authenticator.type == second_factor.Kind.TOTP:
            secret = get_adapter().decrypt(form.authenticator.data["secret"])
            step = second_factor.step_of(secret, code)
            if step is None or not second_factor.use_step(form.user, step):
                raise get_adapter().validation_error("incorrect_code")
        else:
            tell(form.user, Happened.CODE_SPENT, at=timezone.now())
        return code


class CodeForm(_OneUse, factor_forms.AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(_OneUse, factor_forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class SetUpAppForm(OurWords, app_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The seed waits in the session, sealed there too, until its first code was right."""

    words = {"code": ("Code", "the code", "The 6 digits that the app shows now.")}
    secret: str

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        session, adapter = context.request.session, get_adapter()
        if self.is_bound and self.secret.startswith("s1:"):
            self.secret = adapter.decrypt(self.secret)
        session[SECRET_SESSION_KEY] = adapter.encrypt(self.secret)

    def clean_code(self) -> str:
        code: str = super().clean_code()
        step = second_factor.step_of(self.secret, code)
        if step is None or not second_factor.use_step(self.user, step):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AddPasskeyForm(OurWords, passkey_forms._BaseAddWebAuthnForm):  # type: ignore[misc]
    words = {"name": ("Name of the passkey", "a name", "So that you can tell it from others, such as “Work laptop”.")}


class PasskeyAgainForm(OurWords, passkey_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class RemoveAppForm(OurWords, app_forms.DeactivateTOTPForm):  # type: ignore[misc]
    pass


class NewCodesForm(OurWords, code_forms.GenerateRecoveryCodesForm):  # type: ignore[misc]
    pass
