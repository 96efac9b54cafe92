"""Where a child lives as a secret, and what searches by others are told of a team's records."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend.held import typed
from people import selectors, services
from people.forms.sight import SecretAddressForm, TellForm
from people.models import Child


def keep_address_secret(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    child = gate.fetch(user, Child, permission=Permission.CHILD_ADDRESS, at=now, pk=pk)
    people = selectors.who_may_see_address(child, apart_from=user, at=now)
    initial = {"reason": child.address_secret, "people": selectors.told_address(child)}
    form = SecretAddressForm(typed(request), initial=initial, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_address_secret(by=user, at=now, child=child, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Only the people you chose see where the child lives.")
            return redirect("people:child", child.pk)
    return render(request, "people/keep_address_secret.html", {"form": form, "child": child})


@require_POST
def show_address(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    child = gate.fetch(user, Child, permission=Permission.CHILD_ADDRESS, at=now, pk=pk)
    try:
        services.show_address(by=user, at=now, child=child)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Where the child lives is no longer a secret.")
    return redirect("people:child", child.pk)


def tell_of_records(request: HttpRequest) -> HttpResponse:
    """A manager says whether searches by others hear that the team has a record."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.SEARCH_TELL, at=now)
    team = user.team
    values = {"tells": team.tells_of_records, "phone": team.contact_phone, "email": team.contact_email} if team else {}
    form = TellForm(typed(request), initial=values)
    if request.method == "POST" and form.is_valid():
        try:
            if team is None:
                raise Refusal("You are not in a team yet. Ask an administrator to add you to one")
            services.tell_of_records(by=user, at=now, team=team, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your choice has been saved.")
            return redirect("people:tell_of_records")
    return render(request, "people/tell_of_records.html", {"form": form, "team": team})
