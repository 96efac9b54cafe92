"""The quarterly report: a draft while its chair writes it, and each version issued (strategy §8, domain.md 26).

What was issued is never changed: its row holds all that the report says, figures and words, and the true numbers that
it hid stand beside it for the reports to come. The PDF lies in the database as documents do (documents/models.py).

What takes its time is a worker's: what waits to be done stands here as well (`Work`), and is done by reports/tasks.py.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.scopes import Everybody
from audit.history import AppendOnly, recorded
from figures.rules import Period
from reports.rules import UNFINISHED, Progress


class Assembly(models.Model):
    """The sections of a quarter as they were assembled at a moment, and the true numbers of what they hide.

    `after` is how many reports had been issued then: the numbers were weighed against all of them.
    """

    append_only = True

    first = models.DateField()
    sections = models.JSONField()
    truth = models.JSONField()
    after = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"Figures of the quarter from {self.first}"


class Issued(models.Model):
    """A version of a report as its chair signed it off: `content` is all of it (reports.printed.Document).

    `serial` counts all of them, and no two are issued at once.
    """

    need_to_know: ClassVar = Everybody()
    append_only = True

    first = models.DateField()
    number = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField(unique=True)
    content = models.JSONField()
    what_changed = models.TextField(blank=True)
    assembly = models.OneToOneField(Assembly, on_delete=models.PROTECT, related_name="issued")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "number"], name="issued_numbered_once"),
            models.CheckConstraint(
                condition=Q(number=1, what_changed="") | (Q(number__gt=1) & ~Q(what_changed="")),
                name="issued_again_says_why",
            ),
        ]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"Report on {self.quarter.in_brief}, version {self.number}"

    @property
    def quarter(self) -> Period:
        return Period.quarter(self.first)


@recorded()
class Draft(models.Model):
    """What its chair writes: `words` by section. `corrects` is the version that it is to follow.

    `version` counts changes to the words, so that two who write do not overwrite each other. Until the first `assembly`
    is there the words can be written already.
    """

    need_to_know: ClassVar = Everybody()

    first = models.DateField()
    corrects = models.ForeignKey(Issued, null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    assembly = models.ForeignKey(Assembly, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts")
    words = models.JSONField(default=dict, blank=True)
    what_changed = models.TextField(blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first"], condition=Q(closed_at=None), name="draft_one_open_per_quarter")
        ]

    def __str__(self) -> str:
        return f"Draft of the report on {self.quarter.in_brief}"

    @property
    def quarter(self) -> Period:
        return Period.quarter(self.first)


class Work(models.Model):
    """What somebody asked for and a worker does, and at which step it is; when something was last heard of it."""

    need_to_know: ClassVar = Everybody()

    state = models.CharField(max_length=10, choices=Progress.choices, default=Progress.WAITING)
    step = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    heard_at = models.DateTimeField()

    class Meta:
        abstract = True


class Assembling(Work):
    """How far the figures of a draft are; `step` is one of reports.assembling.steps()."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="assemblings")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=Q(state__in=sorted(UNFINISHED)), name="assembling_one_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state__in=sorted(UNFINISHED)), name="assembling_to_do")
        ]

    def __str__(self) -> str:
        return f"Figures of draft {self.draft_id}"


class Drawing(Work):
    """How far the PDF of an issued report is; `step` is one of reports.rules.STEPS."""

    issued = models.ForeignKey(Issued, on_delete=models.PROTECT, related_name="drawings")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issued"], condition=~Q(state__in=["cancelled", "failed"]), name="drawing_one_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(state__in=sorted(UNFINISHED)), name="drawing_to_do")]

    def __str__(self) -> str:
        return f"PDF of {self.issued_id}"


class Pdf(models.Model):
    """The file itself, read only to be downloaded."""

    append_only = True

    issued = models.OneToOneField(Issued, primary_key=True, on_delete=models.PROTECT, related_name="pdf")
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"PDF of {self.issued_id}"
