"""Promises with a clock, what became of them, and the notices that chase them."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Team
from accounts.scopes import Addressee, Everybody, OwnedByTeam
from audit.history import recorded
from deadlines import rules
from deadlines.rules import BREACH, CLOCKS, Clock, Kind

OPEN = Q(met_at=None, voided_at=None)


@recorded(exclude=["next_fire_at"])
class Deadline(models.Model):
    """A promise to do something by `due_at`. PostgreSQL holds the truth; the sweep only reads it.

    `subject_type` and `subject_id` name the record it is about, which stands in a higher room. Where that is about no
    child, `subject_name` says how it is called. `met_at` is when the
    promise was kept, `recorded_at` when somebody said so: only the first decides whether it was in time. The sweep
    looks at `next_fire_at` alone, the moment of the first stage that nobody has claimed; None once all have been or
    the promise is closed. `watched_from` is when its times became known as they are: no stage is noticed before.
    """

    need_to_know = OwnedByTeam()

    kind = models.CharField(max_length=30, choices=[(kind.value, CLOCKS[kind].promise) for kind in Kind])
    child = models.ForeignKey(
        settings.CHILD_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="deadlines"
    )
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_name = models.CharField(max_length=120, blank=True)
    owner_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="deadlines")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="deadlines"
    )
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    watched_from = models.DateTimeField()
    next_fire_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=OPEN,
                name="deadline_one_open_per_kind_and_subject",
            ),
            models.CheckConstraint(
                condition=Q(met_at=None) | Q(voided_at=None), name="deadline_met_or_voided_not_both"
            ),
            models.CheckConstraint(
                condition=Q(child__isnull=False, subject_name="") | (Q(child=None) & ~Q(subject_name="")),
                name="deadline_about_a_child_or_named",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("started_at")), name="deadline_due_after_start"),
            models.CheckConstraint(condition=OPEN | Q(next_fire_at=None), name="deadline_closed_fires_no_more"),
            models.CheckConstraint(
                condition=Q(met_at=None, recorded_at=None) | Q(recorded_at__gte=F("met_at")),
                name="deadline_recorded_when_met_or_later",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=OPEN, name="deadline_open_by_due"),
            models.Index(fields=["next_fire_at"], condition=~Q(next_fire_at=None), name="deadline_to_fire"),
            models.Index(fields=["owner_team", "due_at"], condition=OPEN, name="deadline_open_by_team"),
            models.Index(fields=["subject_type", "subject_id"], name="deadline_subject"),
            models.Index(fields=["child"], condition=OPEN, name="deadline_open_by_child"),
            models.Index(
                fields=["due_at", "id"],
                condition=OPEN & Q(kind__in=sorted(kind.value for kind in rules.OF_MISSING)),
                name="deadline_open_of_missing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.due_at:%d %B %Y %H:%M}"

    @property
    def clock(self) -> Clock:
        return CLOCKS[Kind(self.kind)]

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.voided_at is None

    @property
    def was_late(self) -> bool:
        """Kept, but after it was due: it is both breached and met."""
        return self.met_at is not None and self.met_at > self.due_at

    @property
    def about(self) -> str:
        """What it is about, in words that may stand in an e-mail: a child's reference, or the name of the record."""
        return str(self.child) if self.child else self.subject_name

    @property
    def page(self) -> str:
        """The address where it is kept."""
        place = self.clock.leads_to
        return reverse(place.name, args=[self.child_id if place.of_child else self.subject_id])


@recorded()
class Move(models.Model):
    """A promise whose beginning was corrected: when it had been due until then (domain.md 12)."""

    part_of = "deadline"

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="moves")
    was_started_at = models.DateTimeField()
    was_due_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.deadline_id} moved"


class Stage(models.Model):
    """A moment of a deadline that has come: a warning or the breach. The unique row is the claim: once, for good.

    A stage that a correction has put off into the future is withdrawn: it stays here, and falls again.
    """

    part_of = "deadline"

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="stages")
    name = models.CharField(max_length=12)
    fell_at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "name"], condition=Q(withdrawn_at=None), name="stage_once")
        ]
        indexes = [models.Index(fields=["noticed_at"], condition=Q(name=BREACH), name="stage_breaches")]

    def __str__(self) -> str:
        return f"{self.name} of {self.deadline_id}"

    @classmethod
    def of(cls, deadline: Deadline, stage: rules.Stage, *, noticed_at: datetime) -> Self:
        """The claim on `stage`, not yet stored; late where nobody had been watching the clocks.

        What fell before anyone had typed it in, or before a correction, was not late: nobody could have noticed it.
        """
        fell_at = stage.falls_at(deadline.due_at)
        late = noticed_at - max(fell_at, deadline.watched_from) > rules.NOTICED_IN_TIME
        return cls(deadline=deadline, name=stage.name, fell_at=fell_at, noticed_at=noticed_at, late=late)


class Notice(models.Model):
    """A message to one person, in the application and by e-mail. `key` makes it one of its kind: it is the outbox too.

    An e-mail that waits for the daily digest is `in_digest`. `tries` counts the e-mails that did not leave, and
    `next_try_at` says when the next may be tried. If it is still unread at `escalate_at`, the manager is told, unless
    its deadline was closed in the meantime; `passed_on_at` says when somebody else was told instead, whose own notice
    names this one as its `origin`.
    """

    need_to_know = Addressee()

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    key = models.CharField(max_length=120, unique=True)
    text = models.CharField(max_length=300)
    path = models.CharField(max_length=200, blank=True)
    deadline = models.ForeignKey(Deadline, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    escalate_at = models.DateTimeField(null=True, blank=True)
    passed_on_at = models.DateTimeField(null=True, blank=True)
    origin = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="passed_on")
    in_digest = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(sent_at=None, in_digest=False), name="notice_to_send"),
            models.Index(
                fields=["recipient", "created_at"], condition=Q(sent_at=None, in_digest=True), name="notice_in_digest"
            ),
            models.Index(fields=["recipient", "-created_at"], name="notice_by_recipient"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["escalate_at"], condition=Q(read_at=None) & ~Q(escalate_at=None), name="notice_to_escalate"
            ),
            models.Index(fields=["deadline"], condition=~Q(deadline=None), name="notice_deadline"),
        ]

    def __str__(self) -> str:
        return self.text


class Absence(models.Model):
    """A time in which a person reads no notices, and who reads them instead: the delegate, or the team's manager.

    Why somebody is away is nobody's business here, so it is not asked.
    """

    need_to_know = Everybody()

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(delegate=None) | ~Q(delegate=F("person")), name="absence_delegate_is_another"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "ends_at"], name="absence_by_person"),
            models.Index(fields=["ends_at"], name="absence_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is away"


class Beat(models.TextChoices):
    TICK = "tick", "The scheduler ticked"
    SWEEP = "sweep", "A sweep came to its end"


class Heartbeat(models.Model):
    """A sign of life by the database's own clock, and how far the worker's differed: one row for each of `Beat`."""

    need_to_know = Everybody()

    name = models.CharField(max_length=20, choices=Beat.choices, primary_key=True)
    beat_at = models.DateTimeField()
    skew_seconds = models.FloatField()

    def __str__(self) -> str:
        return self.name
