"""A concern about a child on its way through MASH: referral, grades, checks, discussion, decisions."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, Team, User
from accounts.scopes import HandledByTeam
from people.models import Child
from referrals.rules import OPEN, Grade, Outcome, State
from riskassessment.models import Screening


class Route(models.TextChoices):
    SCREENING = "screening", "From a screening"
    PROFESSIONAL = "professional", "From a professional"
    PUBLIC = "public", "From a child, a parent or the public"


class Relationship(models.TextChoices):
    """Who tells us, where they have no account."""

    SELF = "self", "I am the child or young person"
    PARENT = "parent", "Parent or carer"
    FAMILY = "family", "Another family member"
    FRIEND = "friend", "A friend"
    PUBLIC = "public", "A member of the public"
    PROFESSIONAL = "professional", "I work with the child"


class Referral(models.Model):
    """One concern received. The state moves only along `rules.NEXT`, under a row lock."""

    need_to_know = HandledByTeam()

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="referrals")
    route = models.CharField(max_length=12, choices=Route.choices)
    screening = models.OneToOneField(Screening, null=True, on_delete=models.PROTECT, related_name="referral")
    handling_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="referrals_received")
    origin_team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="referrals_made")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="referrals_made")
    referrer_name = models.CharField(max_length=120, blank=True)
    referrer_relationship = models.CharField(max_length=12, choices=Relationship.choices, blank=True)
    referrer_contact = models.CharField(max_length=200, blank=True)
    safe_contact = models.CharField(max_length=300, blank=True)
    concern = models.TextField()
    immediate_danger = models.BooleanField(default=False)
    trafficking_indicated = models.BooleanField(default=False)
    child_informed = models.BooleanField(null=True)
    received_at = models.DateTimeField()

    state = models.CharField(max_length=14, choices=State.choices, default=State.RECEIVED)
    grade = models.PositiveSmallIntegerField(choices=Grade.choices, default=Grade.UNGRADED)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="referrals_accepted")
    accepted_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    feedback = models.TextField(blank=True)
    feedback_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="received") | Q(accepted_by__isnull=False, accepted_at__isnull=False),
                name="referral_accepted_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "closed"]) | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="referral_decided_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_at__gte=F("received_at")),
                name="referral_decided_after_received",
            ),
        ]
        indexes = [
            models.Index(
                F("handling_team"),
                F("grade").desc(),
                F("received_at").desc(),
                F("id").desc(),
                condition=Q(state__in=OPEN),
                name="referral_queue",
            ),
            models.Index(fields=["child", "-received_at"], name="referral_by_child"),
            models.Index(fields=["origin_team", "-received_at", "-id"], name="referral_by_origin"),
            models.Index(fields=["handling_team", "-received_at", "-id"], name="referral_by_handler"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"R{self.pk:06d}"


class GradeChange(models.Model):
    """One grading, with its reason: the history of the BRAG grade (domain.md 18)."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="grade_changes")
    grade = models.PositiveSmallIntegerField(choices=Grade.choices)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.get_grade_display()} at {self.at:%d %B %Y %H:%M}"


class Check(models.Model):
    """What one agency was asked about the child, and what it knows."""

    need_to_know = HandledByTeam("referral__handling_team_id", "referral__handling_team_id", "referral__child_id")

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="checks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finding = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "agency"], name="check_once_per_agency")]

    def __str__(self) -> str:
        return f"check of {self.agency_id}"


class StrategyDiscussion(models.Model):
    """A strategy discussion: local authority, police and health took part, or it was none (domain.md 19)."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="strategy_discussion")
    held_at = models.DateTimeField()
    agencies = models.ManyToManyField(Agency, related_name="+")
    summary = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"strategy discussion on {self.held_at:%d %B %Y}"


class Decision(models.Model):
    """One decision with its reason; the last one is the referral's outcome."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.get_outcome_display()


class Grounds(models.TextChoices):
    WAITING = "", "Waiting"
    POSITIVE = "positive", "Positive"
    NEGATIVE = "negative", "Negative"


class NrmReferral(models.Model):
    """A referral to the National Referral Mechanism by a first responder, and its grounds decisions (domain.md 19)."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="nrm")
    first_responder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    reasonable_grounds = models.CharField(max_length=10, choices=Grounds.choices, blank=True)
    reasonable_grounds_on = models.DateField(null=True)
    conclusive_grounds = models.CharField(max_length=10, choices=Grounds.choices, blank=True)
    conclusive_grounds_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"NRM referral of {self.sent_on:%d %B %Y}"
