"""Adding a document, withdrawing it, and what the scanner said of it."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from documents import rules
from documents.models import UNSETTLED, Document, Scan, StoredFile
from people.models import Child


class NotAccepted(Refusal):
    """The file is too large, of another kind, or made to do harm."""


class AlreadyAdded(Refusal):
    """The same form was sent before."""


class AlreadyWithdrawn(Refusal):
    """Somebody was faster."""


@command(Permission.DOCUMENT_ADD, on="child")
def add(
    *, by: User, at: datetime, child: Child, title: str, kind: str, name: str, content: bytes, token: UUID
) -> Document:
    """Put a file on the child's record; nobody is served it before it was scanned. Raises NotAccepted, AlreadyAdded."""
    document = Document(child=child, title=title, kind=kind, added_by=by, added_at=at)
    store(document, name=name, content=content, token=token)
    return document


def store(file: StoredFile, *, name: str, content: bytes, token: UUID) -> None:
    """Keep what is in the file, and its record with what we found it to be. Raises NotAccepted, AlreadyAdded."""
    try:
        taken = rules.examine(content)
    except rules.NotAccepted as refusal:
        raise NotAccepted(str(refusal)) from refusal
    file.name, file.media_type, file.token = rules.clean_name(name), taken.media_type, token
    file.size, file.sha256 = len(content), hashlib.sha256(content).hexdigest()
    file.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            file.save()
    except IntegrityError as again:
        raise AlreadyAdded("This file has already been added") from again
    kept: Any = type(file)._meta.fields_map["content"]
    kept.related_model.objects.create(**{kept.field.name: file, "data": content})


@command(Permission.DOCUMENT_ADD, on="document")
def withdraw(*, by: User, at: datetime, document: Document, reason: str) -> Document:
    """Serve it to nobody any more. It is not destroyed: what was relied on must be there for whoever asks why."""
    if document.withdrawn_at:
        raise AlreadyWithdrawn("This document has already been withdrawn")
    document.withdrawn_at, document.withdrawn_by, document.withdrawn_reason = at, by, reason
    document.full_clean(exclude=["child", "added_by"])
    document.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return document


def try_later(file: StoredFile, *, at: datetime) -> None:
    """Note that the scanner is still away, so that others are tried first."""
    type(file)._default_manager.filter(pk=file.pk, scan=Scan.QUARANTINED).update(scan_tried_at=at)


@command(Permission.DOCUMENT_SCAN)
def settle(*, by: User, at: datetime, file: StoredFile, scan: Scan, virus: str = "") -> StoredFile:
    """Record what the scanner said, or that it could not be asked; a verdict once given stands."""
    file = type(file)._default_manager.select_for_update().get(pk=file.pk)
    if file.scan in UNSETTLED:
        file.scan, file.scan_tried_at, file.virus = scan, at, virus
        file.save(update_fields=["scan", "scan_tried_at", "virus"])
    return file
