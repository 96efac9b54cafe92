"""What shows that something was done: added, opened, withdrawn."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

import documents.selectors
from accounts import gate
from accounts.pages import ask
from delivery_plan import forms, services
from delivery_plan.models import Evidence, EvidenceFile
from delivery_plan.views.common import REPORT, allowed, back_to, led, may_answer, reader
from documents.serving import attachment
from frontend.held import typed

UNSCANNED = "This is the demonstration: files are not checked for viruses here. Use made-up files only."


def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, REPORT)
    found = led(user, pk, now)
    return ask(
        request,
        forms.EvidenceForm(typed(request), request.FILES or None),
        lambda given: services.add_evidence(by=user, at=now, action=found, **_with_file(**given)),
        caption=str(found),
        heading="Add evidence",
        back=back_to(found),
        beside=UNSCANNED if documents.selectors.are_not_scanned() else "",
    )


@require_safe
def download_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever reads the plan; a page that says why where it cannot be opened."""
    user, now = reader(request)
    file = get_object_or_404(EvidenceFile.objects.select_related("evidence__action"), pk=pk)
    if not documents.selectors.may_be_served(file):
        context = {"file": file, "back": back_to(file.evidence.action), "back_text": "Back to the action"}
        return render(request, "documents/download.html", context, status=409)
    gate.looked(user, file, at=now, how="download")
    return attachment(file)


def withdraw_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, REPORT)
    evidence = get_object_or_404(Evidence.objects.select_related("action__plan"), pk=pk)
    may_answer(user, evidence.action, now)
    return ask(
        request,
        forms.WithdrawForm(typed(request)),
        lambda given: services.withdraw_evidence(by=user, at=now, evidence=evidence, **given),
        caption=str(evidence.action),
        heading=f"Withdraw “{evidence.title}”",
        back=back_to(evidence.action),
        button="Withdraw it",
        beside="Nobody can open it afterwards, and this cannot be undone. Its title and your reason stay.",
    )


def _with_file(*, file: Any, token: Any, **given: Any) -> dict[str, Any]:
    """What was typed, with what is in the file that was chosen, if one was."""
    sent = {"name": file.name or "", "content": file.read(), "token": token} if file else None
    return {**given, "file": sent}
