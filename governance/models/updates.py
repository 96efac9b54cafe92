"""What CMOG tells SEMT each month (strategy §8, domain.md 22)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.scopes import Everybody
from audit.history import recorded
from governance.rules import UpdateState


@recorded()
class MonthlyUpdate(models.Model):
    """The update of one month, `month` being its first day: assembled, edited, and agreed by CMOG's chair.

    From then on it says what it said. It names no child, and counts of 1 to 4 are not in it.
    """

    need_to_know: ClassVar = Everybody()

    month = models.DateField(unique=True)
    state = models.CharField(max_length=6, choices=UpdateState.choices, default=UpdateState.DRAFT)
    children = models.TextField(blank=True)
    concerns = models.TextField(blank=True)
    themes = models.TextField(blank=True)
    barriers = models.TextField(blank=True)
    issues = models.TextField(blank=True)
    actions = models.TextField(blank=True)
    attendance = models.TextField(blank=True)
    asks = models.TextField(blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", agreed_at=None, agreed_by=None)
                | Q(state="agreed", agreed_at__isnull=False, agreed_by__isnull=False),
                name="update_agreed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="update_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"Update of {self.month:%B %Y}"
