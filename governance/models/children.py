"""What CMOG tables: children on its list, and what the police and partners tell of (domain.md 22)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.scopes import Everybody, ThroughChild
from audit.history import recorded
from governance.models.meetings import Meeting
from governance.rules import ConcernKind, Decided
from people.models import Child
from riskassessment.rules import Level


@recorded()
class Discussion(models.Model):
    """What was said of a child at a meeting, on the child's record: only who sees the child reads it.

    A step-down takes effect when the minutes are agreed (`stepped_down_at`). `level` is what it was then.
    """

    need_to_know: ClassVar = ThroughChild()

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="discussions")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="discussions")
    level = models.PositiveSmallIntegerField(choices=Level.choices, null=True, blank=True)
    said = models.TextField()
    decided = models.CharField(max_length=10, choices=Decided.choices)
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    stepped_down_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "child"], name="discussion_once_a_meeting"),
            models.CheckConstraint(
                condition=Q(decided="stays", stepped_down_at=None) | (Q(decided="steps_down") & ~Q(reason="")),
                name="discussion_steps_down_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["child", "-recorded_at"], name="discussion_of_child")]

    def __str__(self) -> str:
        return f"Discussion {self.pk}"


@recorded()
class Concern(models.Model):
    """A person, location, group or investigation that CMOG looks at until it is closed.

    Called by a reference of the police's or the name of a place: who a suspect is stands in no committee's papers.
    """

    need_to_know: ClassVar = Everybody()

    kind = models.CharField(max_length=13, choices=ConcernKind.choices)
    title = models.CharField(max_length=120)
    tabled_at = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="concerns")
    tabled_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    how_closed = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, how_closed="") | (Q(closed_on__gte=F("tabled_on")) & ~Q(how_closed="")),
                name="concern_closed_somehow",
            )
        ]

    def __str__(self) -> str:
        return f"Concern {self.pk}"


@recorded()
class ConcernNote(models.Model):
    """What a meeting was told of it, and what is done to disrupt it."""

    need_to_know: ClassVar = Everybody()

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="notes")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="concern_notes")
    text = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Note {self.pk} of concern {self.concern_id}"
