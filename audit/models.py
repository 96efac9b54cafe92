"""Who did and who saw what, when and why. Rows are only ever added (domain.md 35)."""

from django.db import models


class Event(models.Model):
    """One deed, look or refusal.

    `child_id` is a number, not a relation: the log outlives what it tells of, and stands below every room.
    What was written is in `Payload`, apart, so that lawful disposal can destroy it and leave the event (domain.md 37).
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    child_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    payload_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["child_id", "-at"], name="event_child_at"),
            models.Index(fields=["actor_id", "-at"], name="event_actor_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}:{self.subject_id} by {self.actor_id}"


class Payload(models.Model):
    """What the fields held before and after, only those that changed."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="payload")
    before = models.JSONField()
    after = models.JSONField()

    def __str__(self) -> str:
        return f"payload of event {self.event_id}"
