"""Coming in by an agency's own sign-in (cse/sign_on.py): allauth's hooks for it.

Nobody gets an account by it, and nobody is found by their e-mail address: who somebody is, is the agency's sign-in and
the number they have there (ASVS 6.8.1), linked before by themselves, signed in otherwise, or by an administrator.
"""

import time
from typing import Any, NoReturn, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone

from accounts import proof
from accounts.models import User
from accounts.telling import Happened, tell

AGAIN = "again"
MOST_SECONDS = 120
"""How old a fresh sign-in at the agency may be, the way back included, and the clocks a little apart."""


class Adapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return resolve_url("mfa_index")

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let through who is linked and of this agency, and who is about to link themselves."""
        sociallogin.email_addresses = []
        linking = sociallogin.state.get("process") == AuthProcess.CONNECT
        who = request.user if linking else sociallogin.user if sociallogin.is_existing else None
        if not isinstance(who, User):
            _stop(request, "Your account here is not linked to your agency’s sign-in yet.")
        if who.team is None or who.team.agency.name != sociallogin.account.get_provider().name:
            _stop(request, "That is not the sign-in of your agency.")
        if started := sociallogin.state.get(AGAIN):
            raise ImmediateHttpResponse(_confirmed(request, sociallogin, who, started))
        if not linking and _proves_second_factor(sociallogin):
            record_authentication(request, who, proof.SIGN_ON)

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **options: Any) -> None:
        """allauth tells of a link that was made."""
        tell(user, Happened.SIGN_ON_LINKED, at=timezone.now())


class SecondFactorStage(AuthenticateStage):
    """Our second factor is asked for, unless the agency's sign-in has just proved one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        given = proof.of(request, self.login.user)
        proved = given and any(each["method"] == proof.SIGN_ON for each in given)
        return not proved and bool(super()._should_handle(request))


def openid_connect_ids() -> list[str]:
    """Only these can be told to ask again."""
    return [place.id for place in settings.SIGN_ON.places if place.kind == "openid_connect"]


def ask_again(request: HttpRequest, provider_id: str, onward: str) -> HttpResponse:
    """To the agency's sign-in, which is to ask for everything anew, and back."""
    provider = get_adapter().get_provider(request, provider_id)
    asked = {"prompt": "login", "max_age": "0"}
    return cast(
        HttpResponse,
        provider.redirect(
            request, AuthProcess.REDIRECT, next_url=onward, auth_params=asked, **{AGAIN: int(time.time())}
        ),
    )


def _confirmed(request: HttpRequest, sociallogin: SocialLogin, who: User, started: int) -> HttpResponse:
    """Only by the same person, asked since then, with a second factor where the agency is to prove one."""
    token = _token(sociallogin)
    fresh = float(token.get("auth_time", 0)) >= started - MOST_SECONDS / 2
    in_time = time.time() - started < MOST_SECONDS * 3
    if who != request.user or not (fresh and in_time and _proves_second_factor(sociallogin)):
        _stop(request, "Your agency’s sign-in did not confirm that it is you.")
    proof.note(request, proof.SIGN_ON)
    return redirect(sociallogin.get_redirect_url(request) or "home")


def _proves_second_factor(sociallogin: SocialLogin) -> bool:
    wanted = sociallogin.account.get_provider().app.settings.get("second_factor", {})
    token = _token(sociallogin)
    methods = token.get("amr", [])
    by_method = isinstance(methods, list) and bool(set(wanted.get("amr", [])) & set(map(str, methods)))
    return by_method or token.get("acr") in wanted.get("acr", [])


def _token(sociallogin: SocialLogin) -> dict[str, Any]:
    """What an OpenID Connect provider signed; SAML has none, so it proves no second factor."""
    extra = sociallogin.account.extra_data
    return cast("dict[str, Any]", extra.get("id_token") or {}) if isinstance(extra, dict) else {}


def _stop(request: HttpRequest, reason: str) -> NoReturn:
    raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", {"reason": reason}, status=403))
