"""The pages of a record opened in an emergency: open, end, and the list and review of information governance."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import gate, step_up
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend.held import typed
from people import selectors, services
from people.forms.sight import EmergencyForm, ReviewForm
from people.models import Child

NOTHING = "There is no record with exactly these details that can be opened. Check each of them, or call MASH"


@step_up.required_to_send
def open_in_emergency(request: HttpRequest) -> HttpResponse:
    """Exact details and a reason; what was tried is recorded whatever comes of it. A miss says nothing of why."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.RECORD_BREAK_GLASS, at=now)
    form = EmergencyForm(typed(request), today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        reason, hours = form.cleaned_data["reason"], int(form.cleaned_data["hours"])
        try:
            opened = services.open_in_emergency(by=user, at=now, reason=reason, hours=hours, **form.exact)
        except services.SeenAlready as refusal:
            messages.info(request, str(refusal))
            return redirect("people:child", refusal.child_pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            shown = [Child(pk=opened.child_id)] if opened else []
            gate.searched(user, verb="people.open_in_emergency.asked", at=now, terms=form.exact, shown=shown)
            if opened:
                messages.success(request, "The record is open to you. Its owner and information governance were told.")
                return redirect("people:child", opened.child_id)
            form.add_error(None, NOTHING)
    return render(request, "people/open_in_emergency.html", {"form": form})


@require_POST
def end_emergency(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    child = gate.fetch(user, Child, permission=Permission.RECORD_BREAK_GLASS, at=now, pk=pk)
    services.end_emergency(by=user, at=now, child=child)
    messages.success(request, "You have closed the record again.")
    return redirect("home")


@require_safe
def emergencies(request: HttpRequest) -> HttpResponse:
    """Information governance: what waits for a review, then what was reviewed last. Names no child."""
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.SIGHT_GOVERN, at=now)
    waiting, reviewed = selectors.emergencies_to_review(), selectors.emergencies_reviewed()
    context = {"waiting": waiting, "reviewed": reviewed, "now": now, "me": user.pk}
    return render(request, "people/emergencies.html", context)


def review_emergency(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    gate.require(user, Permission.SIGHT_GOVERN, at=now)
    emergency = selectors.emergency_to_review(user, pk, at=now)
    form = ReviewForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.review_emergency(by=user, at=now, pk=emergency.pk, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The review has been recorded.")
            return redirect("people:emergencies")
    return render(request, "people/review_emergency.html", {"form": form, "emergency": emergency})
