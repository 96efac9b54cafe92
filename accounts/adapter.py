"""allauth's hooks: accounts are made by administrators, never by visitors."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts import lockout, proof, second_factor, sessions, step_up
from accounts.telling import Happened, tell
from frontend import held

WAITS = "held_at_sign_in"
PASSKEY = "mfa_reauthenticate:webauthn"
WAYS = {
    PASSKEY: {"description": "Use a passkey"},
    "mfa_reauthenticate": {"description": "Use an authenticator app or a recovery code"},
}


class ClosedSignUp(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.single_sign_on.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse | None:
        """What was typed before the session ended waits until the second factor was shown as well."""
        if token := request.POST.get("held"):
            request.session[WAITS] = token
        response: HttpResponse | None = super().pre_login(request, user, **options)
        return response

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        sessions.describe(request)
        lockout.tell_of_attempts(user)

    def set_password(self, user: Any, password: str) -> None:
        """Other sessions end of themselves: each holds a digest of the password under which it was opened."""
        super().set_password(user, password)
        tell(user, Happened.PASSWORD_CHANGED, at=timezone.now())

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """What was typed before the session ended comes along (frontend.held)."""
        if token := request.session.pop(WAITS, ""):
            held.keep(request, token, user_pk=user.pk)
        response: HttpResponse = super().post_login(request, user, **options)
        return response

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """allauth asks before it changes a second factor: by our one measure of what is recent."""
        return not step_up.fresh(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """With the second factor; with the password only while there is no other; with a button after a role card."""
        if any(each["method"] == proof.ROLE_CARD for each in proof.strong(context.request)):
            return [{"id": "demo", "description": "Confirm", "url": reverse("demo_confirm")}]
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        second = [way | WAYS[way["id"]] for way in ways if way["id"] in WAYS]
        keys = [way for way in second if way["id"] == PASSKEY]
        if keys and second_factor.Kind.TOTP not in second_factor.wanted(user):
            return keys
        return keys + [way for way in second if way["id"] != PASSKEY] or ways or self._by_sign_on(user)

    def _by_sign_on(self, user: Any) -> list[dict[str, Any]]:
        """For who has neither password nor second factor here: their agency's sign-in, which asks again."""
        known = {place.id for place in settings.SIGN_ON.places if place.kind == "openid_connect"}
        if not SocialAccount.objects.filter(user=user, provider__in=known).exists():
            return []
        return [{"id": "sign_on", "description": "Use your agency’s sign-in", "url": reverse("sign_on_again")}]
