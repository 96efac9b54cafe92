"""The pages of a document: add, download, withdraw."""

from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from documents import selectors, services
from documents.forms import AddForm, WithdrawForm
from documents.models import Document
from documents.serving import attachment
from frontend.held import typed
from people.models import Child


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
    user, now = cast(User, request.user), timezone.now()
    document = gate.fetch(user, Document, permission=Permission.DOCUMENT_VIEW, at=now, pk=pk, related=("child",))
    if not selectors.may_be_served(document):
        context = {
            "file": document,
            "back": reverse("people:child", args=[document.child_id]),
            "back_text": "The child’s record",
        }
        return render(request, "documents/download.html", context, status=409)
    gate.looked(user, document, at=now, how="download")
    return attachment(document)


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
