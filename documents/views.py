"""The pages of a document: add, download, withdraw."""

from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from documents import selectors, services
from documents.forms import AddForm, WithdrawForm
from documents.models import Document
from frontend.held import typed
from frontend.spreadsheet import MARKING
from people.models import Child

NOTHING_RUNS_IN_IT = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def add(request: HttpRequest, child_pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    child = gate.fetch(user, Child, permission=Permission.DOCUMENT_ADD, at=now, pk=child_pk)
    form = AddForm(typed(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        file: UploadedFile[bytes] = values.pop("file")
        try:
            services.add(by=user, at=now, child=child, name=file.name or "", content=file.read(), **values)
        except services.AlreadyAdded:
            return redirect("people:child", child.pk)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The document has been added. It can be opened once it is checked for viruses.")
            return redirect("people:child", child.pk)
    context = {"form": form, "child": child, "unscanned": selectors.are_not_scanned()}
    return render(request, "documents/add.html", context)


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """As an attachment, of the kind that we found it to be, under a name that names nobody (ASVS 3.2.1, 5.4.1)."""
    user, now = cast(User, request.user), timezone.now()
    document = gate.fetch(user, Document, permission=Permission.DOCUMENT_VIEW, at=now, pk=pk, related=("child",))
    if not selectors.may_be_served(document):
        return render(request, "documents/download.html", {"document": document}, status=409)
    gate.looked(user, document, at=now, how="download")
    response = HttpResponse(selectors.content_of(document), content_type=document.media_type)
    response["Content-Disposition"] = f'attachment; filename="{MARKING}_{document.reference}{document.suffix}"'
    response["Content-Security-Policy"] = NOTHING_RUNS_IN_IT
    return response


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = cast(User, request.user), timezone.now()
    document = gate.fetch(user, Document, permission=Permission.DOCUMENT_ADD, at=now, pk=pk, related=("child",))
    form = WithdrawForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(by=user, at=now, document=document, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The document has been withdrawn. Nobody can open it any more.")
            return redirect("people:child", document.child_id)
    return render(request, "documents/withdraw.html", {"form": form, "document": document})
