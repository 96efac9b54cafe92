"""Documents to be listed, served and scanned."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from documents.models import UNSETTLED, Document, Scan, StoredFile
from documents.scanning import MODELS
from people.models import Child

SHOWN = 50
NEVER = datetime.min.replace(tzinfo=UTC)


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


def may_be_served(file: Any) -> bool:
    """Not before it was found clean, and not after it was withdrawn (ASVS 5.4.3)."""
    harmless = file.scan == Scan.CLEAN or (file.scan == Scan.NOT_SCANNED and are_not_scanned())
    return harmless and file.withdrawn_at is None


def content_of(file: Any) -> bytes:
    return bytes(file.content.data)


def to_scan(limit: int) -> list[StoredFile]:
    """Those never tried first, then those whose last try is longest ago."""
    waiting = [each for model in MODELS for each in _first_to_scan(model)[:limit]]
    return sorted(waiting, key=lambda each: each.scan_tried_at or NEVER)[:limit]


def _first_to_scan(model: type[StoredFile]) -> QuerySet[StoredFile]:
    rows = model._default_manager.filter(scan__in=UNSETTLED)
    return rows.order_by(F("scan_tried_at").asc(nulls_first=True), "id")
