"""Evidence in the state that tests need, without the commands that lead there."""

from typing import Any
from uuid import uuid4

from delivery_plan.models import Evidence, EvidenceContent, EvidenceFile
from documents.models import Scan
from tests import factories


def evidence(**values: Any) -> Evidence:
    given = {"title": "Minutes of the meeting", "added_at": factories.NOON, **values}
    if "added_by" not in given:
        given["added_by"] = factories.user()
    return Evidence.objects.create(**given)


def evidence_file(*, content: bytes = b"Dear all", **values: Any) -> EvidenceFile:
    """One that was found clean."""
    given = {"name": "letter.txt", "media_type": "text/plain", "size": len(content), "sha256": "0" * 64, **values}
    made = EvidenceFile.objects.create(**{"token": uuid4(), "scan": Scan.CLEAN, **given})
    EvidenceContent.objects.create(file=made, data=content)
    return made
