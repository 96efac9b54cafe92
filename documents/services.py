"""Adding a document, withdrawing it, and what the scanner said of it."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from documents import rules
from documents.models import UNSETTLED, Content, Document, Scan
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
    try:
        taken = rules.examine(content)
    except rules.NotAccepted as refusal:
        raise NotAccepted(str(refusal)) from refusal
    document = Document(
        child=child,
        title=title,
        kind=kind,
        name=rules.clean_name(name),
        media_type=taken.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=by,
        added_at=at,
        token=token,
    )
    document.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as again:
        raise AlreadyAdded("This document has already been added") from again
    Content.objects.create(document=document, data=content)
    return document


@command(Permission.DOCUMENT_ADD, on="document")
def withdraw(*, by: User, at: datetime, document: Document, reason: str) -> Document:
    """Serve it to nobody any more. It is not destroyed: what was relied on must be there for whoever asks why."""
    if document.withdrawn_at:
        raise AlreadyWithdrawn("This document has already been withdrawn")
    document.withdrawn_at, document.withdrawn_by, document.withdrawn_reason = at, by, reason
    document.full_clean(exclude=["child", "added_by"])
    document.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return document


def try_later(document: Document, *, at: datetime) -> None:
    """Note that the scanner is still away, so that others are tried first."""
    Document.objects.filter(pk=document.pk, scan=Scan.QUARANTINED).update(scan_tried_at=at)


@command(Permission.DOCUMENT_SCAN)
def settle(*, by: User, at: datetime, document_pk: int, scan: Scan, virus: str = "") -> Document:
    """Record what the scanner said, or that it could not be asked; a verdict once given stands."""
    document = Document.objects.select_for_update().get(pk=document_pk)
    if document.scan in UNSETTLED:
        document.scan, document.scan_tried_at, document.virus = scan, at, virus
        document.save(update_fields=["scan", "scan_tried_at", "virus"])
    return document
