"""What every request of somebody signed in goes through: is the session used, was it opened with a second factor?"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from accounts import second_factor, step_up
from accounts.models import User
from accounts.sessions import SessionStore, is_use

Next = Callable[[HttpRequest], HttpResponse]
# Where the second factor is set up or asked for, and the way out.
SETTING_UP = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


class KeepsSessionInUse:
    """A session that somebody uses does not end for idleness (ASVS 7.3.1)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.session, SessionStore) and request.user.is_authenticated and is_use(request):
            request.session.used(timezone.now())
        return self.get_response(request)


class RequiresSecondFactor:
    """Without it nothing of the site is reached (ASVS 6.3.3): who has none is led to set one up, who has one to use it.

    Pages for everybody are shown as to a visitor.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        user = request.user
        if not isinstance(user, User) or second_factor.satisfied(request, user):
            return None
        if request.resolver_match and request.resolver_match.view_name in SETTING_UP:
            return None
        home = request.path == resolve_url(settings.LOGIN_REDIRECT_URL)
        if not getattr(view, "login_required", True) and not home:
            request.user = AnonymousUser()
            return None
        return step_up.ask(request) if second_factor.has_one(user) else redirect("mfa_index")
