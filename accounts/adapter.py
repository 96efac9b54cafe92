"""allauth's hooks: accounts are made by administrators, never by visitors."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

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
