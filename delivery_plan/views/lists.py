"""Actions from a file: chosen, looked at row by row, recorded, taken back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.pages import press
from delivery_plan import forms, presenters, selectors, services
from delivery_plan.models import PlanList
from delivery_plan.views.common import CHAIR, allowed
from frontend.held import typed


def propose_list(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    current = selectors.current_plan()
    if current is None:
        return redirect("delivery_plan:plan")
    form = forms.ListForm(typed(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = services.propose_list(by=user, at=now, plan=current, **form.cleaned_data)
        return redirect("delivery_plan:plan_list", made.pk)
    context = {"form": form, "plan": current, "lists": list(selectors.lists_of(current))}
    return render(request, "delivery_plan/propose_list.html", context)


@require_safe
def plan_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What recording it would change, row by row, or what it has changed."""
    allowed(request, CHAIR)
    found = _list(pk)
    rows = list(found.rows.select_related("lead_agency", "lead").order_by("number"))
    context = {"list": found, "rows": rows, "counts": presenters.outcomes(rows), "was": presenters.were(rows)}
    return render(request, "delivery_plan/plan_list.html", context)


@require_POST
def apply_list(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    found = _list(pk)
    return press(
        request,
        lambda: services.apply_list(by=user, at=now, plan_list=found),
        said="The list has been recorded.",
        onward=reverse("delivery_plan:plan_list", args=[pk]),
    )


@require_POST
def undo_list(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    found = _list(pk)
    return press(
        request,
        lambda: services.undo_list(by=user, at=now, plan_list=found),
        said="What the list recorded has been taken back.",
        onward=reverse("delivery_plan:plan_list", args=[pk]),
    )


def _list(pk: int) -> PlanList:
    return get_object_or_404(PlanList.objects.select_related("plan", "proposed_by"), pk=pk)
