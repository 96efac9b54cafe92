"""Role cards: sign in as one of the demonstration's people without a password.

Served only where `settings.DEMONSTRATION` says so (the embedded database, on this machine), only to this machine's own
browser, and only for people that the demonstration made.
"""

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import proof, sessions
from accounts.models import User
from cse.demo.partnership import PEOPLE, DemoPerson, email_of
from frontend import held

CARDS = {email_of(person): person for person in PEOPLE if person.card}


@dataclass(frozen=True)
class Card:
    user: User
    person: DemoPerson


@login_not_required
def cards(request: HttpRequest) -> HttpResponse:
    """The page of role cards. By POST it carries on what the sign-in page held."""
    _only_this_machine(request)
    people = {user.email: user for user in User.objects.filter(email__in=CARDS).select_related("team__agency")}
    context = {
        "cards": [Card(people[email], person) for email, person in CARDS.items() if email in people],
        "held": request.POST.get("held", ""),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "cse/cards.html", context)


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the card's person; anybody else is a stranger's 404."""
    _only_this_machine(request)
    user = get_object_or_404(User, email__in={request.POST.get("card")} & CARDS.keys(), is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    sessions.describe(request)
    proof.note(request, proof.ROLE_CARD)
    if token := request.POST.get("held"):
        held.keep(request, token, user_pk=user.pk)
    return _onward(request)


def confirm(request: HttpRequest) -> HttpResponse:
    """Where others prove again who they are (accounts.step_up), whoever came by a role card presses a button."""
    _only_this_machine(request)
    if not any(each["method"] == proof.ROLE_CARD for each in proof.strong(request)):
        raise Http404
    if request.method == "POST":
        proof.note(request, proof.ROLE_CARD)
        return _onward(request)
    return render(request, "cse/confirm.html", {"next": request.GET.get("next", "")})


def _onward(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if safe and target else "home")


def _only_this_machine(request: HttpRequest) -> None:
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    if not settings.DEMONSTRATION or forwarded or not ipaddress.ip_address(address or "::").is_loopback:
        raise Http404
