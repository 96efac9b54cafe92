"""Training: what is taught, when it was held, who was there, and how many ought to have been (strategy §7.1, §7.3)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, User
from accounts.scopes import Everybody
from audit.history import recorded
from frontend.lists import FileList, in_one_state
from prevention.rules import Outcome, Subject, WorkRole


@recorded()
class Course(models.Model):
    """`valid_months` is how long attendance counts, None for ever; a change holds for sessions added from then on.

    `version` counts changes, so that two who edit do not overwrite each other.
    """

    need_to_know: ClassVar = Everybody()

    title = models.CharField(max_length=120, unique=True)
    subjects = ArrayField(models.CharField(max_length=12, choices=Subject.choices))
    multi_agency = models.BooleanField()
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(subjects=[]), name="course_about_something"),
            models.CheckConstraint(
                condition=Q(valid_months=None) | Q(valid_months__gte=1), name="course_valid_a_while"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@recorded()
class Session(models.Model):
    """A course held on a day: by one agency for its own people, or for all (`agency` None).

    `valid_until` is the last day on which having been there counts.
    """

    need_to_know: ClassVar = Everybody()

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("held_on")), name="session_counts_for_a_while"
            )
        ]
        indexes = [models.Index(fields=["course", "-held_on", "-id"], name="session_of_course")]

    def __str__(self) -> str:
        return f"Session {self.pk} of a course"


@recorded()
class Headcount(models.Model):
    """How many worked in a role for an agency on a day: the whole of which training covers a part."""

    need_to_know: ClassVar = Everybody()

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=WorkRole.choices)
    counted_on = models.DateField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "role", "counted_on"], name="headcount_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"Headcount {self.pk}"


@recorded()
class Learner(models.Model):
    """Somebody who works with children, account or not; `reference` is their e-mail address or staff number."""

    need_to_know: ClassVar = Everybody()

    name = models.CharField(max_length=120)
    reference = models.CharField(max_length=254, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=WorkRole.choices)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "role"], name="learner_of_agency")]

    def __str__(self) -> str:
        return f"Learner {self.pk}"


@recorded()
class TrainingList(FileList):
    """A file with who was at a session: first what it would change, then recorded, then perhaps undone."""

    need_to_know: ClassVar = Everybody()

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="lists")

    class Meta:
        constraints = [in_one_state("list_in_one_state")]

    def __str__(self) -> str:
        return f"Training list {self.pk}"


@recorded()
class TrainingRow(models.Model):
    """One line of a list; `was` is what its recording changed in the details of somebody known, to be undone."""

    need_to_know: ClassVar = Everybody()

    training_list = models.ForeignKey(TrainingList, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=254, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=WorkRole.choices, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    why = models.CharField(max_length=400, blank=True)
    was = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["training_list", "number"], name="row_once_per_list")]

    def __str__(self) -> str:
        return f"Row {self.number} of a training list"


@recorded()
class Attendance(models.Model):
    """Somebody was there; `came_with` is the row of the list that said so."""

    need_to_know: ClassVar = Everybody()

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="attendances")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    came_with = models.ForeignKey(TrainingRow, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "learner"], name="attendance_once")]

    def __str__(self) -> str:
        return f"Attendance {self.pk}"
