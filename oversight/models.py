"""What information governance is to look into."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.history import recorded
from oversight.rules import UNFINISHED, Verdict


@recorded()
class UnusualVolume(models.Model):
    """One person opened unusually many children's records on one day; what was found when somebody asked why."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    in_hour = models.PositiveIntegerField()
    in_day = models.PositiveIntegerField()
    usual = models.PositiveIntegerField()
    noticed_at = models.DateTimeField()
    found = models.TextField(blank=True)
    looked_into_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    looked_into_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="unusual_volume_once_a_day"),
            models.CheckConstraint(
                condition=Q(looked_into_at=None, looked_into_by=None, found="")
                | (Q(looked_into_at__isnull=False, looked_into_by__isnull=False) & ~Q(found="")),
                name="unusual_volume_looked_into_by_whom_and_found_what",
            ),
        ]
        indexes = [models.Index(fields=["-noticed_at"], name="unusual_volume_newest")]

    def __str__(self) -> str:
        return f"{self.in_day} records by {self.person_id} on {self.day}"


@recorded(exclude=["done", "heard_at"])
class Verification(models.Model):
    """Whether the log was what had been written, when somebody or the night asked: `done` of `steps` are verified.

    `seal` is the newest then; `told` how many seals were compared with those told outside. `faults` are what is not as
    it was written (audit.verifying.Fault), the first of them.
    """

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.WAITING)
    steps = models.PositiveBigIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField()
    seal = models.BigIntegerField(null=True, blank=True)
    told = models.PositiveBigIntegerField(default=0)
    faults = models.JSONField(default=list, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ended_at"], condition=Q(ended_at=None), nulls_distinct=False, name="verification_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=sorted(UNFINISHED))
                | (Q(ended_at__isnull=False) & ~Q(state__in=sorted(UNFINISHED))),
                name="verification_ends_with_its_state",
            ),
            models.CheckConstraint(
                condition=Q(state=Verdict.FAULTY) & ~Q(faults=[]) | ~Q(state=Verdict.FAULTY) & Q(faults=[]),
                name="verification_names_what_is_faulty",
            ),
            models.CheckConstraint(
                condition=Q(state=Verdict.CANCELLED, cancelled_by__isnull=False)
                | (~Q(state=Verdict.CANCELLED) & Q(cancelled_by=None)),
                name="verification_cancelled_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["-asked_at"], name="verification_newest")]

    def __str__(self) -> str:
        return f"verification asked for at {self.asked_at}: {self.state}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED
