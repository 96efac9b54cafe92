"""What happened to how somebody signs in: recorded in the log, and told to them by e-mail without personal data."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import TextChoices

from accounts import gate
from accounts.models import User


class Happened(TextChoices):
    """The verb in the log, and the sentence of the e-mail."""

    APP_ADDED = "accounts.app_added", "An authenticator app was set up."
    APP_REMOVED = "accounts.app_removed", "The authenticator app was removed."
    PASSKEY_ADDED = "accounts.passkey_added", "A passkey was added."
    PASSKEY_REMOVED = "accounts.passkey_removed", "A passkey was removed."
    CODES_MADE = "accounts.codes_made", "New recovery codes were made; the old ones do not work any more."
    CODE_SPENT = "accounts.code_spent", "A recovery code was used to sign in."
    LOCKED_OUT = "accounts.locked_out", "Too many wrong passwords were tried from one place, which was shut out."
    PASSWORD_CHANGED = "accounts.password_changed", "Your password was changed."  # pragma: allowlist secret
    SIGN_ON_LINKED = "accounts.sign_on_linked", "Your agency’s sign-in was linked to your account."
    SIGN_ON_REMOVED = "accounts.sign_on_removed", "The link to your agency’s sign-in was removed."
    SECOND_FACTOR_RESET = (
        "accounts.second_factor_reset",
        "An administrator removed your second factor. You set up a new one when you next sign in.",
    )
    SESSION_ENDED = "accounts.session_ended", "You were signed out on another device."


def tell(user: User, what: Happened, *, at: datetime) -> None:
    """Record it, and send the e-mail once what happened is certain."""
    gate.happened(user, what.value, at=at)
    transaction.on_commit(lambda: mail(user, what), robust=True)


def mail(user: User, what: Happened) -> None:
    text = (
        f"{what.label}\n\n"
        f"This is about your account at {settings.PARTNERSHIP_NAME}. If it was you, you need do nothing. "
        "If it was not, tell the person in your agency who looks after accounts at once."
    )
    subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}How you sign in"
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
