"""Who did and who saw what, when and why. Rows are only ever added (domain.md 35).

An `Event` is what somebody meant: the deed, the look, the refusal. What a deed made of each row stands in the row's
history (`audit.history`), under the number of the same transaction.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import F, Q


class Event(models.Model):
    """One deed, look or refusal.

    `child_id` is the child it is about, `shown_child_ids` the children whom a list or a file showed: numbers, not
    relations, because the log outlives what it tells of and stands below every room. What was written is in `Payload`,
    apart, so that lawful disposal can destroy it and leave the event (domain.md 37).
    `request_id` joins what one request did; there is none, and no `ip`, where a clock acts.
    """

    append_only = True

    at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    child_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    payload_sha256 = models.CharField(max_length=64, blank=True)
    shown_child_ids = ArrayField(models.BigIntegerField(), null=True)
    request_id = models.UUIDField(null=True)
    ip = models.GenericIPAddressField(null=True)
    transaction = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["shown_child_ids"], condition=~Q(shown_child_ids=None), name="event_shown_children"),
            BrinIndex(fields=["at"], autosummarize=True, name="event_at"),
            models.Index(fields=["child_id", "-at"], name="event_child_at"),
            models.Index(fields=["actor_id", "-at"], name="event_actor_at"),
            # Who asked for a record in vain: of which child it is was not told.
            models.Index(
                fields=["subject_type", "subject_id"],
                condition=Q(child_id=None, subject_id__isnull=False),
                name="event_subject_without_child",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}:{self.subject_id} by {self.actor_id}"


class Payload(models.Model):
    """What the fields held before and after, only those that changed; of a search, its terms and what it showed.

    Of every child, so the site's own role writes it and reads none of it; a worker does, to verify it.
    """

    append_only = True
    unread_by_site = True

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="payload")
    before = models.JSONField()
    after = models.JSONField()

    def __str__(self) -> str:
        return f"payload of event {self.event_id}"


class Seal(models.Model):
    """One link of the chain: `digest` covers the one before it and all `SealedRows` of this seal (audit.seals).

    `newest_transaction` was the newest that PostgreSQL had begun: when all up to it have ended, nothing can be added
    any more among the rows that were sealed.
    """

    append_only = True
    written_by_database = True

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True, unique=True)
    digest = models.CharField(max_length=64)
    newest_transaction = models.BigIntegerField()

    def __str__(self) -> str:
        return f"seal {self.pk} {self.digest}"


class SealedRows(models.Model):
    """The rows of one table that a seal covers: their keys, and in the same order the SHA-256 of each.

    Hashes, so that content can be destroyed lawfully and the chain still holds; one for each row, so that the bad one
    can be named. `columns` are those that the hashes cover: a column added later changes nothing.
    """

    append_only = True
    written_by_database = True

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="tables")
    table = models.CharField(max_length=63)
    columns = ArrayField(models.CharField(max_length=63))
    ids = ArrayField(models.BigIntegerField())
    last_id = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "table"], name="sealed_rows_once_per_table")]
        indexes = [models.Index(fields=["table", "last_id"], name="sealed_rows_by_table")]

    def __str__(self) -> str:
        return f"{len(self.ids)} of {self.table}"


class Destruction(models.Model):
    """A payload that was lawfully destroyed: on whose word and with whose consent, and why (domain.md 37)."""

    append_only = True
    written_by_database = True

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="destruction")
    asked_by_id = models.BigIntegerField()
    agreed_by_id = models.BigIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by_id=F("agreed_by_id")), name="destruction_needs_two_people"),
            models.CheckConstraint(condition=~Q(reason=""), name="destruction_says_why"),
        ]

    def __str__(self) -> str:
        return f"payload of event {self.event_id} destroyed"
