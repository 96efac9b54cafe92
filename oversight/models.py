"""What information governance is to look into."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.history import recorded


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
