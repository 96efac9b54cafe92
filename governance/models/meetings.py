"""Meetings: agenda, who came, what was said, decided and is to be done (domain.md 22–24)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.scopes import Everybody
from audit.history import recorded
from governance.models.committees import Committee, Member
from governance.rules import Code, MatterKind, MeetingState, Subject


@recorded()
class Meeting(models.Model):
    """One meeting. `begins` is London's clock on `held_on`; it counts as held once it is recorded who came.

    What CMOG did with its list is counted when the minutes are agreed (`children_…`), because who reads the number may
    not see the children. `version` is that of the attendance.
    """

    need_to_know: ClassVar = Everybody()

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    begins = models.TimeField()
    place = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    attended_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    children_listed = models.PositiveIntegerField(null=True, blank=True)
    children_discussed = models.PositiveIntegerField(null=True, blank=True)
    children_stepped_down = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "held_on"], condition=~Q(state="cancelled"), name="meeting_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") ^ Q(cancelled_reason=""), name="meeting_cancelled_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | Q(attended_at__isnull=False, agreed_at__isnull=False, agreed_by__isnull=False),
                name="meeting_agreed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["committee", "-held_on"], name="meeting_of_committee")]

    def __str__(self) -> str:
        return f"Meeting {self.pk}"


@recorded()
class Item(models.Model):
    """A point of the agenda: standing, or proposed by somebody; its minutes, and what was decided."""

    need_to_know: ClassVar = Everybody()

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=14, choices=Subject.choices, blank=True)
    title = models.CharField(max_length=200)
    proposed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="item_numbered_once"),
            models.UniqueConstraint(fields=["meeting", "subject"], condition=~Q(subject=""), name="item_standing_once"),
            models.CheckConstraint(
                condition=Q(subject="") | Q(withdrawn_at=None), name="item_standing_is_not_withdrawn"
            ),
            models.CheckConstraint(
                condition=~Q(subject="") | Q(proposed_by__isnull=False), name="item_standing_or_proposed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@recorded()
class Paper(models.Model):
    """What is read before an item: the text itself, or where it can be read."""

    need_to_know: ClassVar = Everybody()

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text="", link=""), name="paper_says_something")]

    def __str__(self) -> str:
        return self.title


@recorded()
class Attendance(models.Model):
    """Whether a member came, sent a deputy or an apology (domain.md 24)."""

    need_to_know: ClassVar = Everybody()

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")
    code = models.CharField(max_length=1, choices=Code.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once_a_meeting")]

    def __str__(self) -> str:
        return f"Attendance {self.pk}"


@recorded()
class Matter(models.Model):
    """A theme, a barrier or an operational issue that a meeting names (strategy §8). It names no child."""

    need_to_know: ClassVar = Everybody()

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="matters")
    kind = models.CharField(max_length=7, choices=MatterKind.choices)
    text = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Matter {self.pk}"


@recorded()
class Action(models.Model):
    """What a meeting asked of somebody by a day. It stands on the agenda of each meeting until it is finished."""

    need_to_know: ClassVar = Everybody()

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="meeting_actions")
    due_on = models.DateField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()
    finished_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_on=None, outcome="") | (Q(finished_on__gte=F("added_on")) & ~Q(outcome="")),
                name="meeting_action_finished_somehow",
            )
        ]
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(finished_on=None), name="meeting_action_open")]

    def __str__(self) -> str:
        return f"Action {self.pk} of {self.meeting.committee.abbreviation}"
