"""Agencies' self-assessments against standards, scored by themselves and moderated (strategy §7.1, domain.md 33)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Agency, User
from accounts.scopes import Everybody
from audit.history import recorded
from prevention.rules import MOST_SCORE, AssessmentState


@recorded()
class Standard(models.Model):
    """What an agency judges itself by. A retired one keeps the scores that were given."""

    need_to_know: ClassVar = Everybody()

    number = models.PositiveSmallIntegerField(unique=True)
    text = models.CharField(max_length=300)
    retired_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Standard {self.number}"


@recorded()
class Assessment(models.Model):
    """One agency's, of one year and time: written, sent, moderated. One at a time is open for each agency."""

    need_to_know: ClassVar = Everybody()

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AssessmentState.choices, default=AssessmentState.DRAFT)
    begun_on = models.DateField()
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    moderated_on = models.DateField(null=True, blank=True)
    moderated_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=~Q(state="moderated"), name="assessment_one_open_per_agency"
            ),
            models.CheckConstraint(
                condition=~Q(state="moderated") | Q(moderated_on__isnull=False, moderated_by__isnull=False),
                name="assessment_moderated_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Assessment {self.pk}"


@recorded()
class Score(models.Model):
    """What the agency gives itself for a standard, why, and what the moderator makes of it.

    `version` counts changes, so that two who write do not overwrite each other.
    """

    need_to_know: ClassVar = Everybody()

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    evidence = models.TextField()
    moderated = models.PositiveSmallIntegerField(null=True, blank=True)
    moderated_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "standard"], name="score_once_per_standard"),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=MOST_SCORE)
                & (Q(moderated=None) | Q(moderated__gte=1, moderated__lte=MOST_SCORE)),
                name="score_of_one_to_four",
            ),
        ]

    def __str__(self) -> str:
        return f"Score {self.pk}"

    @property
    def settled(self) -> int:
        """The moderator's where there is one."""
        return self.score if self.moderated is None else self.moderated
