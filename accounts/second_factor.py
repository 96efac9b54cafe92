"""The second factor that everybody needs and administrators need as a passkey (ASVS 6.3.3); allauth's hooks for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import F
from django.http import HttpRequest

from accounts import proof, sealed
from accounts.models import CodeUse, User
from accounts.roles import Role

Kind = Authenticator.Type
TOO_MANY = "Too many wrong codes were tried. Use a passkey, or wait an hour and try again."
MOST_WRONG, WITHIN = 10, timedelta(hours=1)
PURPOSE = "second factor"
SEALED = ("secret", "seed")
"""What of an authenticator's data is sealed: the seed of an app, and that of the recovery codes."""


class Adapter(DefaultMFAAdapter):
    """Seeds are sealed; a passkey is named by when it was made; the name of the site is the partnership's."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That did not work. Enter the code that the app shows now, or a recovery code not yet used.",
        "cannot_delete_authenticator": "Add another one first: without it you could not sign in.",
    }

    def encrypt(self, text: str) -> str:
        return sealed.seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(encrypted_text, purpose=PURPOSE)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one that this person must have."""
        others = Authenticator.objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.filter(type__in=wanted(authenticator.user)).exists())

    def _get_site_name(self) -> str:
        return settings.PARTNERSHIP_NAME


def satisfied(request: HttpRequest, user: User) -> bool:
    """Whether this session was opened with the second factor that this person needs; asks the database nothing."""
    return any(_enough(each, user) for each in proof.strong(request))


def _enough(given: proof.Proof, user: User) -> bool:
    may_be_any = Role.ADMINISTRATOR not in user.roles or given["method"] == proof.ROLE_CARD
    return may_be_any or given.get("type") == Kind.WEBAUTHN


def wanted(user: User) -> Iterable[str]:
    """The kinds of which this person must have one."""
    return [Kind.WEBAUTHN] if Role.ADMINISTRATOR in user.roles else [Kind.WEBAUTHN, Kind.TOTP]


def has_one(user: User) -> bool:
    """Whether this person has a second factor of a kind they need."""
    return bool(Authenticator.objects.filter(user=user, type__in=wanted(user)).exists())


def must_be_theirs(request: HttpRequest, user: User) -> None:
    """A second factor is changed by who has shown it, or by who has none yet. Raises PermissionDenied."""
    if not satisfied(request, user) and has_one(user):
        raise PermissionDenied("Sign in with your second factor first.")


def step_of(secret: str, code: str) -> int | None:
    """The half minute of which this is the code; None for one that is not, or not any more."""
    steps = yield_hotp_counters_from_time()
    return next((step for step in steps if compare_user_code(actual=code, expected=_code_of(secret, step))), None)


def _code_of(secret: str, step: int) -> str:
    return str(format_hotp_value(hotp_value(secret, step)))


def use_step(user: User, step: int) -> bool:
    """Use up the code of this half minute and all before it, once; False to whoever comes second (ASVS 6.5.1).

    In one statement, so that of two requests at once one wins; and in the database, so that it outlives the cache.
    """
    with connection.cursor() as cursor:
        cursor.execute(_USE, {"user": user.pk, "step": step})
        return bool(cursor.rowcount)


def too_many_wrong(user: User, *, at: datetime) -> bool:
    """Whether so many wrong codes came after the right password that they are guesses."""
    return CodeUse.objects.filter(user=user, wrong__gte=MOST_WRONG, wrong_at__gt=at - WITHIN).exists()


def count_wrong(user: User, *, at: datetime) -> None:
    CodeUse.objects.filter(user=user, wrong_at__lte=at - WITHIN).update(wrong=0)
    CodeUse.objects.get_or_create(user=user)
    CodeUse.objects.filter(user=user).update(wrong=F("wrong") + 1, wrong_at=at)


_USE = """
insert into accounts_codeuse (user_id, step, wrong) values (%(user)s, %(step)s, 0)
on conflict (user_id) do update set step = excluded.step, wrong = 0 where accounts_codeuse.step < excluded.step
"""
