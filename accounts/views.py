"""Where people look after how they sign in: second factor, sessions. allauth's views where it has them."""

from typing import Any, cast

from allauth.account import views as account_views
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as passkey_views
from allauth.mfa.webauthn.internal import auth
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import proof, second_factor, services, sessions, single_sign_on, step_up, telling
from accounts.models import User
from accounts.second_factor import Kind
from accounts.telling import Happened

STILL_NEEDED = "Add another one first: without it you could not sign in."


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _changed(request: HttpRequest, what: Happened) -> None:
    """A second factor came or went: other sessions end, and the key of this one is made anew (ASVS 7.2.4, 7.4.3)."""
    user = _user(request)
    sessions.end(user, except_key=request.session.session_key)
    request.session.cycle_key()
    telling.tell(user, what, at=timezone.now())


class _Theirs:
    """Changed by who has shown their second factor, or has none yet."""

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        second_factor.must_be_theirs(request, _user(request))
        return cast(HttpResponseBase, super().dispatch(request, *args, **options))  # type: ignore[misc]


class SetUpApp(_Theirs, app_views.ActivateTOTPView):  # type: ignore[misc]
    def get_context_data(self, **options: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**options)
        return context | {"secret": context["form"].secret}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        proof.note(self.request, proof.SECOND_FACTOR, type=Kind.TOTP, id=self._made().pk)
        _changed(self.request, Happened.APP_ADDED)
        return response

    def _made(self) -> Authenticator:
        return Authenticator.objects.get(user=_user(self.request), type=Kind.TOTP)


class RemoveApp(_Theirs, app_views.DeactivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        pk = self.authenticator.pk
        response: HttpResponse = super().form_valid(form)
        proof.take_back(self.request, pk)
        _changed(self.request, Happened.APP_REMOVED)
        return response


class AddPasskey(_Theirs, passkey_views.AddWebAuthnView):  # type: ignore[misc]
    """One that the device keeps and unlocks by itself, so that it opens the door without a password too."""

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**options)
        return context | {"js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        made = Authenticator.objects.filter(user=_user(self.request), type=Kind.WEBAUTHN).latest("pk")
        proof.note(self.request, proof.SECOND_FACTOR, type=Kind.WEBAUTHN, id=made.pk)
        _changed(self.request, Happened.PASSKEY_ADDED)
        return response


class RemovePasskey(_Theirs, passkey_views.RemoveWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = self.get_object()
        if not get_adapter().can_delete_authenticator(authenticator):
            messages.error(self.request, STILL_NEEDED)
            return redirect("mfa_index")
        pk = authenticator.pk
        response: HttpResponse = super().form_valid(form)
        proof.take_back(self.request, pk)
        _changed(self.request, Happened.PASSKEY_REMOVED)
        return response


class ShowCodes(_Theirs, code_views.ViewRecoveryCodesView):  # type: ignore[misc]
    pass


class MakeCodes(_Theirs, code_views.GenerateRecoveryCodesView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        telling.tell(_user(self.request), Happened.CODES_MADE, at=timezone.now())
        return response


class SignInWithPasskey(passkey_views.LoginWebAuthnView):  # type: ignore[misc]
    """Leads on to where the person was going, as the password does."""

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        asked = self.request.POST.get("next", "")
        safe = bool(asked) and account_views.get_adapter().is_safe_url(asked)
        login = passkey_views.Login(user=authenticator.user, redirect_url=asked if safe else None)
        return cast(HttpResponse, passkey_views.flows.perform_passwordless_login(self.request, authenticator, login))


class Factors(base_views.IndexView):  # type: ignore[misc]
    """How this person signs in, and what they lack."""

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        user = _user(self.request)
        context: dict[str, Any] = super().get_context_data(**options)
        return context | {
            "satisfied": second_factor.satisfied(self.request, user),
            "needs_passkey": list(second_factor.wanted(user)) == [Kind.WEBAUTHN],
            "has_password": user.has_usable_password(),
            "links": SocialAccount.objects.filter(user=user).order_by("pk"),
            "places": [each for each in settings.SIGN_ON.places if user.team and each.agency == user.team.agency.name],
        }


@require_http_methods(["GET", "HEAD", "POST"])
def sign_on_again(request: HttpRequest) -> HttpResponse:
    """For who has no second factor here: their agency's sign-in is to ask for everything anew."""
    onward = request.POST.get("next") or request.GET.get("next", "")
    if request.method != "POST":
        return render(request, "account/sign_on_again.html", {"next": onward})
    account = get_object_or_404(SocialAccount, user=_user(request), provider__in=single_sign_on.openid_connect_ids())
    safe = account_views.get_adapter().is_safe_url(onward)
    return single_sign_on.ask_again(request, account.provider, onward if safe else "/")


@login_not_required
def no_single_logout(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Who signs out at the agency signs out here too, by hand: an unsigned address must not do it."""
    raise Http404


@require_POST
@step_up.required
def unlink_sign_on(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(SocialAccount, user=_user(request), pk=pk)
    try:
        services.unlink_sign_on(by=_user(request), at=timezone.now(), pk=pk)
    except services.NoOtherWay as refusal:
        messages.error(request, str(refusal))
    return redirect("mfa_index")


@require_safe
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in (ASVS 7.5.2)."""
    user, now = _user(request), timezone.now()
    rows = sessions.live(user, at=now).order_by("-seen_at")
    return render(request, "account/sessions.html", {"rows": rows, "this": request.session.session_key})


@require_POST
@step_up.required
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    services.end_session(by=_user(request), at=timezone.now(), number=number)
    messages.success(request, "That device is signed out.")
    return redirect("my_sessions")


@require_POST
@step_up.required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    services.end_other_sessions(by=_user(request), at=timezone.now(), key=request.session.session_key or "")
    messages.success(request, "Every other device is signed out.")
    return redirect("my_sessions")


@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest) -> HttpResponse:
    """How many seconds a session has left if nobody does anything. A POST is somebody doing something."""
    seen_at = cast(sessions.SessionStore, request.session).seen_at
    return JsonResponse({"left": sessions.seconds_left(seen_at, at=timezone.now())})


set_up_app = step_up.required(SetUpApp.as_view())
remove_app = step_up.required(RemoveApp.as_view())
add_passkey = step_up.required(AddPasskey.as_view())
remove_passkey = step_up.required(RemovePasskey.as_view())
make_codes = step_up.required(MakeCodes.as_view())
show_codes = step_up.required(ShowCodes.as_view())
sign_in_with_passkey = SignInWithPasskey.as_view()
factors = Factors.as_view()
