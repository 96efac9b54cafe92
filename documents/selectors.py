"""Documents to be listed, served and scanned."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from documents.models import UNSETTLED, Content, Document, Scan
from people.models import Child

SHOWN = 50


def of_child(user: User, child: Child) -> QuerySet[Document]:
    """The child's documents that this person may see, the newest first, those withdrawn too."""
    rows = policy.visible(user, Document).filter(child=child)
    return rows.select_related("added_by", "withdrawn_by").order_by("-added_at", "-id")


def panel(user: User, child: Child, at: datetime) -> Mapping[str, Any]:
    """What the child's page shows: as much as fits on it, and how to add one."""
    found = list(of_child(user, child)[: SHOWN + 1])
    return {
        "documents": [(each, may_be_served(each)) for each in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "may_add": Permission.DOCUMENT_ADD in user.permissions,
        "unscanned": are_not_scanned(),
    }


def are_not_scanned() -> bool:
    """In the demonstration alone, where every child is made up, files are taken although nothing scans them."""
    return bool(settings.DEMONSTRATION and not settings.CLAMD_SOCKET)


def may_be_served(document: Document) -> bool:
    """Not before it was found clean, and not after it was withdrawn (ASVS 5.4.3)."""
    harmless = document.scan == Scan.CLEAN or (document.scan == Scan.NOT_SCANNED and are_not_scanned())
    return harmless and document.withdrawn_at is None


def content_of(document: Document) -> bytes:
    return bytes(Content.objects.values_list("data", flat=True).get(document=document))


def to_scan(limit: int) -> list[Document]:
    """Those never tried first, then those whose last try is longest ago."""
    rows = Document.objects.filter(scan__in=UNSETTLED)
    return list(rows.order_by(F("scan_tried_at").asc(nulls_first=True), "id")[:limit])
