"""Promises with a clock, what became of them, and the notices that chase them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Team
from accounts.scopes import Addressee, OwnedByTeam
from deadlines.rules import CLOCKS, Clock, Kind


class Deadline(models.Model):
    """A promise to do something by `due_at`. PostgreSQL holds the truth; the sweep only reads it.

    `subject_type` and `subject_id` name the record it is about, which stands in a higher room.
    """

    need_to_know = OwnedByTeam()

    kind = models.CharField(max_length=30, choices=[(kind.value, CLOCKS[kind].promise) for kind in Kind])
    child = models.ForeignKey(settings.CHILD_MODEL, on_delete=models.PROTECT, related_name="deadlines")
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    owner_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="deadlines")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="deadlines"
    )
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=Q(met_at=None, voided_at=None),
                name="deadline_one_open_per_kind_and_subject",
            ),
            models.CheckConstraint(
                condition=Q(met_at=None) | Q(voided_at=None), name="deadline_met_or_voided_not_both"
            ),
            models.CheckConstraint(condition=Q(due_at__gte=models.F("started_at")), name="deadline_due_after_start"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(met_at=None, voided_at=None), name="deadline_open_by_due"),
            models.Index(
                fields=["owner_team", "due_at"],
                condition=Q(met_at=None, voided_at=None),
                name="deadline_open_by_team",
            ),
            models.Index(fields=["subject_type", "subject_id"], name="deadline_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.due_at:%d %B %Y %H:%M}"

    @property
    def clock(self) -> Clock:
        return CLOCKS[Kind(self.kind)]


class Stage(models.Model):
    """A moment of a deadline that has come: a warning or the breach. The unique row is the claim: once, for good."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="stages")
    name = models.CharField(max_length=12)
    fell_at = models.DateTimeField()
    noticed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deadline", "name"], name="stage_once")]

    def __str__(self) -> str:
        return f"{self.name} of {self.deadline_id}"


class Notice(models.Model):
    """A message to one person, in the application and by e-mail. `key` makes it one of its kind.

    `tries` counts the e-mails that did not leave, and `next_try_at` says when the next may be tried.
    """

    need_to_know = Addressee()

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    key = models.CharField(max_length=120, unique=True)
    text = models.CharField(max_length=300)
    path = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(sent_at=None), name="notice_to_send"),
            models.Index(fields=["recipient", "-created_at"], name="notice_by_recipient"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text
