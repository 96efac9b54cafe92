"""Files, and the first kind of record that has one: a document on a child's record, a letter, report or photograph.

What is in a file stands in the database, in a table of its own that no list reads: it is saved with its record in
one transaction, lies in the same backup, is restored to the same moment, is kept from others by the same row-level
security, and no web server can be talked into serving a folder that does not exist. 10 MB is the most that is taken.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.scopes import ThroughChild
from audit.history import recorded
from documents.rules import suffix_of
from people.models import Child


class Kind(models.TextChoices):
    LETTER = "letter", "Letter or e-mail"
    REPORT = "report", "Report or assessment"
    MINUTES = "minutes", "Minutes or notes of a meeting"
    IMAGE = "image", "Photograph or screenshot"
    OTHER = "other", "Something else"


class Scan(models.TextChoices):
    WAITING = "waiting", "Being checked for viruses"
    QUARANTINED = "quarantined", "Waits until it can be checked for viruses"
    CLEAN = "clean", "Checked for viruses"
    INFECTED = "infected", "Refused: a virus was found"
    NOT_SCANNED = "not_scanned", "Not checked for viruses"


UNSETTLED = (Scan.WAITING, Scan.QUARANTINED)


class StoredFile(models.Model):
    """What is known of a file, for whichever record has one; what is in it stands in a table of its own, `content`.

    `name` is what the sender called the file, `media_type` what we found it to be, `token` that of the form. A model of
    files is registered with `documents.scanning.scanned`, or nobody is ever served one.
    """

    name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    token = models.UUIDField(unique=True, editable=False)
    scan = models.CharField(max_length=12, choices=Scan.choices, default=Scan.WAITING)
    scan_tried_at = models.DateTimeField(null=True, blank=True)
    virus = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How the file is called where no name may stand."""
        return f"D{self.pk:06d}"

    @property
    def suffix(self) -> str:
        return suffix_of(self.media_type)


def sound(what: str) -> list[models.BaseConstraint]:
    """What holds of every file."""
    return [
        models.CheckConstraint(condition=Q(size__gt=0), name=f"{what}_not_empty"),
        models.CheckConstraint(
            condition=(Q(scan="infected") & ~Q(virus="")) | (~Q(scan="infected") & Q(virus="")),
            name=f"{what}_virus_named_where_found",
        ),
    ]


def to_scan(what: str) -> models.Index:
    """Those that wait for the scanner."""
    waiting = Q(scan__in=["waiting", "quarantined"])
    return models.Index(fields=["scan_tried_at", "id"], condition=waiting, name=f"{what}_to_scan")


@recorded(exclude=["scan_tried_at"])
class Document(StoredFile):
    """A file on a child's record."""

    need_to_know: ClassVar = ThroughChild()

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            *sound("document"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="document_withdrawn_by_somebody_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["child", "-added_at", "-id"], name="document_of_child"),
            to_scan("document"),
        ]


class Content(models.Model):
    """What is in the file, read only to be scanned and to be downloaded."""

    part_of = "document"

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT, related_name="content")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"Content of {self.document_id}"
