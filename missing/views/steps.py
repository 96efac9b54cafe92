"""The page of one command on an episode: its question, and the command once it is answered."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend.held import typed
from missing import selectors, story
from missing.forms.steps import StepForm
from missing.models import Episode
from missing.steps import NotPossibleNow, Stale


def fetch(user: User, pk: int, permission: Permission, now: datetime) -> Episode:
    """The episode, its look recorded."""
    return gate.fetch(user, Episode, permission=permission, at=now, pk=pk, related=selectors.RELATED)


def step(
    request: HttpRequest,
    pk: int,
    service: Callable[..., Any],
    form_class: type[StepForm],
    *,
    done: str,
    permission: Permission = Permission.MISSING_RECORD,
    **context: Any,
) -> HttpResponse:
    """A page with one form; `context` is what its template needs besides."""
    user, now = cast(User, request.user), timezone.now()
    record = fetch(user, pk, permission, now)
    form = form_class(typed(request), episode=record, today=timezone.localdate(now))
    return carry_out(request, record, service, form, now=now, done=done, **context)


def carry_out(
    request: HttpRequest,
    record: Episode,
    service: Callable[..., Any],
    form: StepForm,
    *,
    now: datetime,
    done: str,
    **context: Any,
) -> HttpResponse:
    """A refusal leaves everything typed in the form, and shows what has happened where somebody else was first."""
    template = f"missing/{getattr(service, '__name__')}.html"  # noqa: B009
    user = cast(User, request.user)
    context |= {"episode": record, "form": form, "meanwhile": []}
    if request.method == "POST" and form.is_valid():
        try:
            service(by=user, at=now, episode=record, **form.arguments())
        except Refusal as refusal:
            fresh = selectors.complete(user, Episode.objects.select_related(*selectors.RELATED).get(pk=record.pk))
            form.refuse(refusal, fresh)
            overtaken = isinstance(refusal, Stale | NotPossibleNow)
            context |= {"episode": fresh, "meanwhile": story.told(fresh)[:3] if overtaken else []}
            return render(request, template, context, status=409)
        messages.success(request, done)
        return redirect("missing:episode", record.pk)
    return render(request, template, context)
