"""allauth's hooks: accounts are made by administrators, never by visitors."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts import proof, step_up
from frontend import held


class ClosedSignUp(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """What was typed before the session ended comes along (frontend.held)."""
        if token := request.POST.get("held"):
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
        second = [way for way in ways if way["id"].startswith("mfa")]
        return second or ways
