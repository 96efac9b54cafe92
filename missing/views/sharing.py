"""Sharing with partners, what they read of it, the authorities to tell, and strategy meetings."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

import deadlines.selectors
import referrals.selectors
from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend.held import typed
from missing import selectors, services
from missing.forms import sharing as forms
from missing.models import Share
from missing.rules import authorities_to_tell
from missing.views.steps import carry_out, fetch


def share_with(request: HttpRequest, pk: int) -> HttpResponse:
    """Which partners get what, why, on what lawful basis and with what consent."""
    user, now = cast(User, request.user), timezone.now()
    record = fetch(user, pk, Permission.MISSING_RECORD, now)
    today, partners = timezone.localdate(now), selectors.partners(user)
    form = forms.ShareForm(typed(request), episode=record, partners=partners, today=today)
    done = "It is shared. The teams have been told, and are asked to acknowledge it within 24 hours."
    return carry_out(
        request,
        record,
        services.share_with,
        form,
        now=now,
        done=done,
        shares=selectors.shares_of(user, record),
    )


def decide_not_to_share(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision not to share is recorded too (domain.md 36)."""
    user, now = cast(User, request.user), timezone.now()
    record = fetch(user, pk, Permission.MISSING_RECORD, now)
    today, partners = timezone.localdate(now), selectors.partners(user)
    form = forms.NotShareForm(typed(request), episode=record, partners=partners, today=today)
    done = "The decision not to share is recorded."
    return carry_out(
        request,
        record,
        services.decide_not_to_share,
        form,
        now=now,
        done=done,
        shares=selectors.shares_of(user, record),
    )


@require_safe
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """What was shared with one team, for that team to read and acknowledge, and for others to see that it was."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk)
    context = {
        "share": record,
        "rows": selectors.shared_rows(record),
        "waiting": not record.decided_not_to and record.acknowledged_at is None,
        "theirs": record.team_id in user.team_ids,
        "clocks": referrals.selectors.clocks(deadlines.selectors.about([record])[record.pk], at=now),
    }
    return render(request, "missing/share.html", context)


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """One press of a button by a member of the team; who comes second is told who was first."""
    user, now = cast(User, request.user), timezone.now()
    record = _fetch(user, pk)
    try:
        services.acknowledge(by=user, at=now, share=record)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"You have acknowledged this for your team. {record.shared_by} has been told.")
    return redirect("missing:share", pk)


def tell_authority(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was told of the return in the responsible or the host authority."""
    user, now = cast(User, request.user), timezone.now()
    record = fetch(user, pk, Permission.MISSING_RECORD, now)
    concerned = authorities_to_tell(record.responsible_authority, record.host_authority)
    today = timezone.localdate(now)
    form = forms.TellAuthorityForm(typed(request), episode=record, concerned=concerned, today=today)
    done = "It is recorded that the authority was told."
    told = selectors.authorities_told(record)
    return carry_out(request, record, services.tell_authority, form, now=now, done=done, concerned=concerned, told=told)


def record_strategy_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """When the strategy meeting was held, by whom, and what was agreed."""
    user, now = cast(User, request.user), timezone.now()
    record = fetch(user, pk, Permission.MISSING_RECORD, now)
    agencies = referrals.selectors.agencies_for_discussion()
    form = forms.StrategyMeetingForm(typed(request), episode=record, agencies=agencies, today=timezone.localdate(now))
    return carry_out(
        request,
        record,
        services.record_strategy_meeting,
        form,
        now=now,
        done="The strategy meeting is recorded.",
        times=selectors.times_lately(record, at=now),
    )


def _fetch(user: User, pk: int) -> Share:
    return gate.fetch(
        user,
        Share,
        permission=Permission.MISSING_VIEW,
        at=timezone.now(),
        pk=pk,
        related=selectors.SHARE_RELATED,
    )
