"""Frequent review of operations: audits and learning reviews, and what changed through them (strategy §3)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, User
from accounts.scopes import Everybody
from audit.history import recorded
from governance.rules import ReviewKind


@recorded()
class Review(models.Model):
    """`looked_at` says which cases and how many, naming no child. What follows from it becomes actions of the plan."""

    need_to_know: ClassVar = Everybody()

    kind = models.CharField(max_length=15, choices=ReviewKind.choices)
    title = models.CharField(max_length=160)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    looked_at = models.TextField()
    began_on = models.DateField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finished_on = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_on=None, summary="") | (Q(finished_on__gte=F("began_on")) & ~Q(summary="")),
                name="review_finished_with_a_summary",
            )
        ]
        indexes = [models.Index(fields=["-began_on", "-id"], name="review_latest")]

    def __str__(self) -> str:
        return self.title


@recorded()
class Finding(models.Model):
    """What was found, and once it is known, what changed through it."""

    need_to_know: ClassVar = Everybody()

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    what_changed = models.TextField(blank=True)
    changed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="finding_numbered_once"),
            models.CheckConstraint(
                condition=Q(changed_on=None, what_changed="") | (Q(changed_on__isnull=False) & ~Q(what_changed="")),
                name="finding_changed_something",
            ),
        ]

    def __str__(self) -> str:
        return f"Finding {self.number} of review {self.review_id}"
