"""A concern about a child on its way through MASH: referral, grades, checks, discussion, decisions."""

from collections.abc import Mapping

from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, Team, User
from accounts.scopes import HandledByTeam
from audit.history import recorded
from deadlines.rules import Kind
from people.models import Child
from referrals.rules import OPEN, STATE_FOR_REFERRER, Grade, Outcome, State, child_called, reference
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


SAID_BY: Mapping[str, str] = {
    Relationship.SELF: "The child",
    Relationship.PARENT: "A parent or carer",
    Relationship.FAMILY: "A family member",
    Relationship.FRIEND: "A friend",
    Relationship.PUBLIC: "A member of the public",
    Relationship.PROFESSIONAL: "Somebody who works with the child",
    "": "Somebody without an account",
}
"""Who told us, as a MASH officer reads it."""


@recorded()
class Referral(models.Model):
    """One concern received. The state moves only along `rules.NEXT`, under a row lock.

    `told_name`, `told_age` and `told_place` are what somebody without an account said of the child. `token` comes from
    the form the referral was made with, so that a form sent twice makes one. `public_reference` is what a person
    without an account is given: it says nothing, not even how many there are.
    """

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
    told_name = models.CharField(max_length=120, blank=True)
    told_age = models.CharField(max_length=40, blank=True)
    told_place = models.CharField(max_length=200, blank=True)
    concern = models.TextField()
    immediate_danger = models.BooleanField(default=False)
    danger_details = models.TextField(blank=True)
    trafficking_indicated = models.BooleanField(default=False)
    child_informed = models.BooleanField(null=True)
    parents_informed = models.BooleanField(null=True)
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
    token = models.UUIDField(null=True, unique=True, editable=False)
    public_reference = models.CharField(max_length=9, null=True, unique=True)

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
                include=["origin_team", "child"],  # so that the queue is counted without a look at its rows
                condition=Q(state__in=OPEN),
                name="referral_queue",
            ),
            models.Index(
                fields=["handling_team", "-received_at", "-id"], condition=Q(state="decided"), name="referral_to_tell"
            ),
            models.Index(fields=["child", "-received_at"], name="referral_by_child"),
            models.Index(fields=["origin_team", "-received_at", "-id"], name="referral_by_origin"),
            models.Index(fields=["handling_team", "-received_at", "-id"], name="referral_by_handler"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return reference(self.pk)

    @property
    def is_graded(self) -> bool:
        return self.grade != Grade.UNGRADED

    @property
    def state_for_referrer(self) -> str:
        return STATE_FOR_REFERRER[State(self.state)]

    @property
    def from_whom(self) -> str:
        return str(self.origin_team) if self.origin_team else SAID_BY[self.referrer_relationship]

    @property
    def child_name(self) -> str:
        return child_called(on_record=self.child.name, searched_as=self.child.search_name, told=self.told_name)

    @property
    def can_be_told(self) -> bool:
        """A professional has an account; somebody without one may have left a way to be reached."""
        return self.route != Route.PUBLIC or bool(self.referrer_contact)


@recorded()
class GradeChange(models.Model):
    """One grading, with its reason: the history of the BRAG grade (domain.md 18)."""

    part_of = "referral"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="grade_changes")
    grade = models.PositiveSmallIntegerField(choices=Grade.choices)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.get_grade_display()} at {self.at:%d %B %Y %H:%M}"


@recorded()
class HandOver(models.Model):
    """Who had the referral until `at`, and who has had it since."""

    part_of = "referral"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="hand_overs")
    from_officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    to_officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"to {self.to_officer_id} at {self.at:%d %B %Y %H:%M}"


@recorded()
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


@recorded()
class StrategyDiscussion(models.Model):
    """A strategy discussion: local authority, police and health took part, or it was none (domain.md 19)."""

    part_of = "referral"

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="strategy_discussion")
    held_at = models.DateTimeField()
    agencies = models.ManyToManyField(Agency, related_name="+")
    summary = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"strategy discussion on {self.held_at:%d %B %Y}"


@recorded()
class Decision(models.Model):
    """One decision with its reason; the last one is the referral's outcome."""

    part_of = "referral"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.get_outcome_display()


@recorded()
class FollowUp(models.Model):
    """What a decision asked for, once it has happened: the assessment, or the initial conference (domain.md 19)."""

    part_of = "referral"

    NAMES = ((Kind.ASSESSMENT.value, "Assessment"), (Kind.INITIAL_CONFERENCE.value, "Initial conference"))

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=30, choices=NAMES)
    held_on = models.DateField()
    outcome = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "kind"], name="follow_up_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.held_on:%d %B %Y}"


class Grounds(models.TextChoices):
    WAITING = "", "Waiting"
    POSITIVE = "positive", "Positive"
    NEGATIVE = "negative", "Negative"


@recorded()
class NrmReferral(models.Model):
    """A referral to the National Referral Mechanism by a first responder, and its grounds decisions (domain.md 19)."""

    part_of = "referral"

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="nrm")
    first_responder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    reasonable_grounds = models.CharField(max_length=10, choices=Grounds.choices, blank=True)
    reasonable_grounds_on = models.DateField(null=True)
    conclusive_grounds = models.CharField(max_length=10, choices=Grounds.choices, blank=True)
    conclusive_grounds_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(conclusive_grounds="") | Q(reasonable_grounds="positive"),
                name="nrm_conclusive_after_reasonable",
            ),
        ]

    def __str__(self) -> str:
        return f"NRM referral of {self.sent_on:%d %B %Y}"

    @property
    def next_grounds(self) -> str | None:
        """The column of the decision that is still to come: conclusive grounds only after positive reasonable ones."""
        if not self.reasonable_grounds:
            return "reasonable_grounds"
        waits = self.reasonable_grounds == Grounds.POSITIVE and not self.conclusive_grounds
        return "conclusive_grounds" if waits else None
