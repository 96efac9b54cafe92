"""Indicator sets (data, with a date from which they hold), screenings made on them, and the answers."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When

from accounts.models import Team, User
from accounts.scopes import DraftOfTeam, Everybody
from audit.history import recorded
from people.models import Child
from riskassessment.rules import Group, Level, Presence

LONG_TEXT = 10_000


class IndicatorSetManager(models.Manager["IndicatorSet"]):
    def in_force(self, on: date) -> "IndicatorSet":
        """The newest set whose day has come. Raises IndicatorSet.DoesNotExist."""
        return self.filter(in_force_from__lte=on).order_by("in_force_from", "version").reverse()[:1].get()


class IndicatorSet(models.Model):
    """A version of the two lists and the rule that goes with them (domain.md 1, 3)."""

    need_to_know = Everybody()

    version = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    in_force_from = models.DateField()
    rule = models.JSONField()
    objects = IndicatorSetManager()

    def __str__(self) -> str:
        return f"{self.name} (version {self.version})"


class Indicator(models.Model):
    """One line of a list, verbatim, with our local guidance on what it means."""

    need_to_know = Everybody()

    indicator_set = models.ForeignKey(IndicatorSet, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=10)
    group = models.CharField(max_length=12, choices=Group.choices)
    position = models.PositiveSmallIntegerField()
    wording = models.CharField(max_length=300)
    meaning = models.TextField()
    meaning_source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator_set", "code"], name="indicator_code_once_per_set"),
            models.UniqueConstraint(
                fields=["indicator_set", "group", "position"], name="indicator_position_once_per_list"
            ),
        ]

    def __str__(self) -> str:
        return self.wording


class AbuseModel(models.TextChoices):
    """strategy §4, domain.md 8."""

    INAPPROPRIATE_RELATIONSHIP = "inappropriate_relationship", "Inappropriate relationship"
    BOYFRIEND_OR_PEER = "boyfriend_or_peer", "Boyfriend model and peer exploitation"
    ORGANISED = "organised", "Organised exploitation and trafficking"
    ONLINE_GROOMING = "online_grooming", "Online grooming"


class Exchanged(models.TextChoices):
    """What the child received or was promised (strategy §1, domain.md 8)."""

    ACCOMMODATION = "accommodation", "Accommodation"
    DRUGS = "drugs", "Drugs or alcohol"
    AFFECTION = "affection", "Affection"
    GIFTS = "gifts", "Gifts"
    MONEY = "money", "Money"
    OTHER = "other", "Something else"


class YesNoUnknown(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class Countersignature(models.TextChoices):
    """Where a judgement below the suggested level stands (domain.md 4)."""

    NOT_NEEDED = "", "Not needed"
    WAITING = "waiting", "Waiting for a countersignature"
    AGREED = "agreed", "Countersigned"
    REFUSED = "refused", "Refused"


@recorded()
class Screening(models.Model):
    """One screening of one child, a draft until `submitted_at`, locked from then on by a trigger (domain.md 4, 6).

    Suggested level, judged level, reason and the versions they rest on are stored apart. `effective_level` is the one
    that counts elsewhere: the judged level, except while a lower judgement is not countersigned.
    """

    need_to_know = DraftOfTeam()

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="screenings")
    indicator_set = models.ForeignKey(IndicatorSet, on_delete=models.PROTECT, related_name="screenings")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="screenings")
    author_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="screenings")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    other_indicator = models.TextField(blank=True)
    exchanged = ArrayField(models.CharField(max_length=20, choices=Exchanged.choices), default=list, blank=True)
    child_gained = models.TextField(blank=True)
    perpetrator_gained = models.TextField(blank=True)
    through_technology = models.CharField(max_length=10, choices=YesNoUnknown.choices, blank=True)
    technology_details = models.TextField(blank=True)
    physical_contact = models.CharField(max_length=10, choices=YesNoUnknown.choices, blank=True)
    abuse_models = ArrayField(models.CharField(max_length=30, choices=AbuseModel.choices), default=list, blank=True)
    immediate_danger = models.BooleanField(null=True)
    danger_details = models.TextField(blank=True)
    childs_words = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    further_action = models.TextField(blank=True)

    suggested_level = models.PositiveSmallIntegerField(choices=Level.choices, null=True)
    suggested_because = models.TextField(blank=True)
    rule_version = models.CharField(max_length=20, blank=True)
    judged_level = models.PositiveSmallIntegerField(choices=Level.choices, null=True)
    judged_reason = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    countersignature = models.CharField(max_length=10, choices=Countersignature.choices, blank=True)
    countersigned_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    countersigned_at = models.DateTimeField(null=True)
    countersign_reason = models.TextField(blank=True)

    effective_level = models.GeneratedField(
        expression=Case(
            When(countersignature__in=["waiting", "refused"], then=F("suggested_level")), default=F("judged_level")
        ),
        output_field=models.PositiveSmallIntegerField(choices=Level.choices, null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "author_team"], condition=Q(submitted_at=None), name="screening_one_draft_per_team"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None)
                | Q(suggested_level__isnull=False, judged_level__isnull=False, submitted_by__isnull=False),
                name="screening_submitted_with_levels",
            ),
            models.CheckConstraint(
                condition=~Q(countersignature__in=["agreed", "refused"])
                | Q(countersigned_by__isnull=False, countersigned_at__isnull=False),
                name="screening_countersigned_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by=None) | ~Q(countersigned_by=F("submitted_by")),
                name="screening_countersigned_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["child", "-submitted_at"], name="screening_by_child"),
            models.Index(
                fields=["author_team", "-changed_at"], condition=Q(submitted_at=None), name="screening_drafts"
            ),
            models.Index(fields=["-submitted_at"], name="screening_submitted"),
            models.Index(
                fields=["submitted_at"], condition=Q(countersignature="waiting"), name="screening_to_countersign"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"S{self.pk:06d}"

    @property
    def effective(self) -> Level:
        """The effective level of a submitted screening."""
        return Level(self.effective_level or 0)

    @property
    def is_draft(self) -> bool:
        return self.submitted_at is None


@recorded()
class Answer(models.Model):
    """What was answered to one indicator: presence and, where present, evidence, source and date (domain.md 2)."""

    part_of = "screening"

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="answers")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=10, choices=Presence.choices)
    evidence = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    observed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["screening", "indicator"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.presence}"


class PhraseUse(models.Model):
    """How often a prompted phrase was left in a submitted screening, by month: counted, never against a person.

    domain.md 39. No relation to a screening or a user, on purpose.
    """

    need_to_know = Everybody()

    phrase = models.CharField(max_length=40)
    month = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phrase", "month"], name="phrase_once_a_month")]

    def __str__(self) -> str:
        return f"{self.phrase} in {self.month:%B %Y}"
