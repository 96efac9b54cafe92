"""What is raised with the board, and what it answers (strategy §8, domain.md 23, 24)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Agency, User
from accounts.scopes import Everybody
from audit.history import recorded
from governance.models.committees import Committee
from governance.models.meetings import Meeting
from governance.rules import EscalationState


@recorded()
class Escalation(models.Model):
    """`agency` and `after` (the last of the meetings it kept away from) where the register of attendance proposes it.

    `evidence` shows it, `ask` is what the board is asked for; each state has its day.
    """

    need_to_know: ClassVar = Everybody()

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="escalations")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=EscalationState.choices, default=EscalationState.PROPOSED)
    what = models.CharField(max_length=300)
    evidence = models.TextField()
    ask = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    proposed_on = models.DateField()
    raised_on = models.DateField(null=True, blank=True)
    raised_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "agency"],
                condition=~Q(state__in=["closed", "set_aside"]),
                name="escalation_one_open_per_agency",
            ),
            models.UniqueConstraint(fields=["agency", "after"], name="escalation_proposed_once"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "set_aside"])
                | (Q(raised_on__isnull=False, raised_by__isnull=False) & ~Q(ask="")),
                name="escalation_raised_with_an_ask",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "closed"]) | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="escalation_answered_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "set_aside"]) | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="escalation_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Escalation {self.pk}"
