"""The pages of one missing episode, one per step, and the episodes of a child."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend import keyset
from frontend.held import typed
from missing import selectors, services, story, todo
from missing.forms import episodes as forms
from missing.models import Episode
from missing.views.steps import fetch, step
from people.models import Child


@require_safe
def episode(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one episode, the clock of its interview, and what can be done now."""
    user, now = cast(User, request.user), timezone.now()
    record = selectors.complete(user, fetch(user, pk, Permission.MISSING_VIEW, now))
    context = _shown(record, user, selectors.clocks(record, at=now))
    return render(request, "missing/episode.html", context)


@require_safe
def print_episode(request: HttpRequest, pk: int) -> HttpResponse:
    """The same to be printed, which is recorded as such (domain.md 35)."""
    user, now = cast(User, request.user), timezone.now()
    record = selectors.complete(user, fetch(user, pk, Permission.MISSING_VIEW, now))
    gate.looked(user, record, at=now, how="print")
    context = _shown(record, user, selectors.clocks(record, at=now)) | {"printed_at": now}
    return render(request, "missing/print_episode.html", context)


@require_safe
def of_child(request: HttpRequest, child_pk: int) -> HttpResponse:
    """Every episode of a child, those recorded in error too, the newest first."""
    user, now = cast(User, request.user), timezone.now()
    child = gate.fetch(user, Child, permission=Permission.MISSING_VIEW, at=now, pk=child_pk)
    older, newer = (request.GET.get(side, "") for side in ("older", "newer"))
    page = keyset.page(selectors.of_child(user, child), selectors.NEWEST_FIRST, older=older, newer=newer)
    gate.searched(user, verb="missing.of_child", at=now, terms={"child": str(child)}, shown=page.rows)
    context = {"child": child, "page": page, "lines": selectors.lines(page.rows, at=now)}
    return render(request, "missing/of_child.html", context)


def report(request: HttpRequest, child_pk: int) -> HttpResponse:
    """A child is missing, or was. Whoever sends the form twice is led to what it made."""
    user, now = cast(User, request.user), timezone.now()
    child = gate.fetch(user, Child, permission=Permission.MISSING_RECORD, at=now, pk=child_pk)
    form = forms.ReportForm(typed(request), child=child, user=user, now=now)
    context: dict[str, Any] = {"child": child, "form": form, "still_missing": selectors.still_missing(user, child)}
    if request.method == "POST" and form.is_valid():
        try:
            record = services.report(by=user, at=now, child=child, **form.arguments())
        except services.AlreadyReported as earlier:
            return redirect("missing:episode", earlier.episode.pk)
        except Refusal as refusal:
            form.refuse(refusal)
            return render(request, "missing/report.html", context, status=409)
        messages.success(request, f"The report is recorded. Its reference is {record.reference}.")
        return redirect("missing:episode", record.pk)
    return render(request, "missing/report.html", context)


def grade(request: HttpRequest, pk: int) -> HttpResponse:
    return step(request, pk, services.grade, forms.GradeForm, done="The grade is saved.")


def record_location(request: HttpRequest, pk: int) -> HttpResponse:
    return step(
        request,
        pk,
        services.record_location,
        forms.RecordLocationForm,
        done="It is recorded where the child was found.",
    )


def record_return(request: HttpRequest, pk: int) -> HttpResponse:
    done = "The return is recorded. The return interview is due within 72 hours of it."
    return step(request, pk, services.record_return, forms.RecordReturnForm, done=done)


def record_check(request: HttpRequest, pk: int) -> HttpResponse:
    return step(request, pk, services.record_check, forms.RecordCheckForm, done="The prevention check is recorded.")


def correct_moment(request: HttpRequest, pk: int) -> HttpResponse:
    done = "It is corrected, and so are the clocks that run from it."
    return step(request, pk, services.correct_moment, forms.CorrectMomentForm, done=done)


def review(request: HttpRequest, pk: int) -> HttpResponse:
    return step(
        request,
        pk,
        services.review,
        forms.ReviewForm,
        done="The review is saved.",
        permission=Permission.MISSING_SETTLE,
    )


def void(request: HttpRequest, pk: int) -> HttpResponse:
    return step(
        request,
        pk,
        services.void,
        forms.VoidForm,
        done="The episode is marked as recorded in error.",
        permission=Permission.MISSING_SETTLE,
    )


def _shown(record: Episode, user: User, clocks: dict[str, Any]) -> dict[str, Any]:
    return clocks | {
        "episode": record,
        "story": story.told(record),
        "asked": todo.of(record, user, asked=True, running=clocks["running"]),
        "besides": todo.of(record, user, asked=False, running=clocks["running"]),
    }
