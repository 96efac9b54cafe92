"""Children for whom MASH decided on early help, and what became of it (strategy §7.1, domain.md 19, 33)."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Agency
from accounts.scopes import ThroughChild
from audit.history import recorded
from people.models import Child
from prevention.models.registers import Service
from prevention.rules import HelpOutcome
from referrals.models import Referral


@recorded()
class EarlyHelp(models.Model):
    """One decision for early help: who gives it since when, and how it ended. Begun and ended are days."""

    need_to_know = ThroughChild()

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="early_help")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="early_help")
    decided_on = models.DateField()
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=HelpOutcome.choices, blank=True)
    outcome_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(begun_on=None, agency=None, service=None)
                | Q(agency__isnull=False, begun_on__gte=F("decided_on")),
                name="early_help_begun_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="", outcome_reason="")
                | (Q(ended_on__gte=F("decided_on")) & ~Q(outcome="") & ~Q(outcome_reason="")),
                name="early_help_ended_somehow",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(begun_on=None) | Q(ended_on__gte=F("begun_on")),
                name="early_help_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["-decided_on", "-id"], name="early_help_latest")]

    def __str__(self) -> str:
        return f"Early help {self.pk}"
