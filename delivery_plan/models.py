"""The delivery plan: its versions, its actions, and what is said of them (strategy §7, domain.md 25)."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, User
from accounts.scopes import Everybody
from audit.history import recorded
from delivery_plan.rules import Outcome, Pillar, Rag, UpdateState
from documents.models import StoredFile, sound, to_scan
from frontend.lists import FileList, in_one_state


@recorded()
class Plan(models.Model):
    """One version. The current one is not superseded; an older one stays readable with all that was said of it."""

    need_to_know: ClassVar = Everybody()

    title = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    adopted_on = models.DateField()
    superseded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="plan_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["superseded_on"],
                condition=Q(superseded_on=None),
                nulls_distinct=False,
                name="plan_one_current",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@recorded()
class Action(models.Model):
    """What the strategy says is to be done, word for word, who leads it, and how one will know.

    `rag`, its reason and `despite` are those of the last accepted update; `despite` says why it is green although the
    live measure is not. `measure` is a key of `figures.measures`, `target` in its unit. `carried_from` is the same
    action in the plan before; `added_on` is when it came into the first of them. `finding` is the key of what it arose
    from (frontend.findings). `version` counts changes to the set-up, so that two who edit do not overwrite each other.
    """

    need_to_know: ClassVar = Everybody()

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    pillar = models.CharField(max_length=12, choices=Pillar.choices)
    section = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    lead_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_actions")
    supporting = models.ManyToManyField(Agency, blank=True, related_name="+")
    depends_on = models.ManyToManyField("self", blank=True, symmetrical=False, related_name="waited_for_by")
    due_on = models.DateField(null=True, blank=True)
    success = models.TextField(blank=True)
    measure = models.CharField(max_length=60, blank=True)
    target = models.PositiveIntegerField(null=True, blank=True)
    update_every_months = models.PositiveSmallIntegerField(default=3)
    rag = models.CharField(max_length=6, choices=Rag.choices, blank=True)
    rag_reason = models.TextField(blank=True)
    despite = models.TextField(blank=True)
    updated_on = models.DateField(null=True, blank=True)
    carried_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.TextField(blank=True)
    finding = models.CharField(max_length=80, blank=True)
    added_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="action_numbered_once"),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_reason="") | (Q(closed_on__isnull=False) & ~Q(closed_reason="")),
                name="action_closed_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(target=None) | ~Q(measure=""), name="action_target_of_a_measure"),
            models.CheckConstraint(
                condition=Q(update_every_months__gte=1, update_every_months__lte=12), name="action_updated_each_year"
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.number} of the delivery plan"

    @property
    def is_open(self) -> bool:
        """Neither closed nor of a plan that another has followed: something can still be said of it."""
        return self.closed_on is None and self.plan.superseded_on is None


@recorded()
class Milestone(models.Model):
    """A step on the way, with a day of its own; `version` counts changes to what it is and when it is due."""

    need_to_know: ClassVar = Everybody()

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="milestones")
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"A milestone of action {self.action.number}"


@recorded()
class Update(models.Model):
    """What the lead says of the action: drafted, sent to the chair, accepted or sent back. One at a time is open.

    `figure` is what the live measure said when it was sent, in words.
    """

    need_to_know: ClassVar = Everybody()

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    state = models.CharField(max_length=10, choices=UpdateState.choices, default=UpdateState.DRAFT)
    text = models.TextField()
    rag = models.CharField(max_length=6, choices=Rag.choices)
    rag_reason = models.TextField()
    despite = models.TextField(blank=True)
    figure = models.CharField(max_length=120, blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action"], condition=~Q(state="accepted"), name="update_one_open_per_action"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "accepted"]) | Q(submitted_at__isnull=False),
                name="update_submitted_at_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["action", "-changed_at"], name="update_of_action")]

    def __str__(self) -> str:
        return f"Update of {self.action_id}"


@recorded()
class Barrier(models.Model):
    """What stands in the way: since when, who can lift it, whom it was raised to, how it was lifted.

    `raised_on` is when it was said, which may be long after `since_on`.
    """

    need_to_know: ClassVar = Everybody()

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="barriers")
    what = models.CharField(max_length=300)
    since_on = models.DateField()
    who_can_lift = models.CharField(max_length=120)
    raised_to = models.CharField(max_length=120, blank=True)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField(null=True, blank=True)
    lifted_on = models.DateField(null=True, blank=True)
    how_lifted = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_on=None, how_lifted="") | (Q(lifted_on__gte=F("since_on")) & ~Q(how_lifted="")),
                name="barrier_lifted_somehow",
            )
        ]
        indexes = [models.Index(fields=["action"], condition=Q(lifted_on=None), name="barrier_standing")]

    def __str__(self) -> str:
        return f"A barrier of action {self.action.number}"


@recorded()
class Evidence(models.Model):
    """What shows that something was done: where it can be read, the figure itself, or a file."""

    need_to_know: ClassVar = Everybody()

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    link = models.URLField(max_length=500, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="evidence_withdrawn_by_somebody_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"Evidence for action {self.action.number}"


@recorded(exclude=["scan_tried_at"])
class EvidenceFile(StoredFile):
    """The file of a piece of evidence: of no child, so that whoever reads the plan may open it."""

    need_to_know: ClassVar = Everybody()

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="file")

    class Meta:
        constraints = sound("evidence")
        indexes: ClassVar = [to_scan("evidence")]

    @property
    def reference(self) -> str:
        return f"E{self.pk:06d}"

    @property
    def withdrawn_at(self) -> datetime | None:
        return self.evidence.withdrawn_at

    @property
    def withdrawn_reason(self) -> str:
        return self.evidence.withdrawn_reason


class EvidenceContent(models.Model):
    """What is in the file, read only to be scanned and to be downloaded."""

    need_to_know: ClassVar = Everybody()

    file = models.OneToOneField(EvidenceFile, primary_key=True, on_delete=models.PROTECT, related_name="content")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"Content of {self.file_id}"


@recorded()
class PlanList(FileList):
    """A file with actions: first what it would change, then recorded, then perhaps undone."""

    need_to_know: ClassVar = Everybody()

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lists")

    class Meta:
        constraints = [in_one_state("plan_list_in_one_state")]

    def __str__(self) -> str:
        return f"List {self.pk} of actions"


@recorded()
class PlanRow(models.Model):
    """One line of a list. `action` is the one that it changes or has added; `was` what recording it changes there, as
    it is before, to be undone. What the file leaves empty is left as it is."""

    need_to_know: ClassVar = Everybody()

    plan_list = models.ForeignKey(PlanList, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    pillar = models.CharField(max_length=12, choices=Pillar.choices, blank=True)
    section = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    lead_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    success = models.TextField(blank=True)
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    why = models.TextField(blank=True)
    was = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan_list", "number"], name="plan_row_once_per_list")]

    def __str__(self) -> str:
        return f"Row {self.number} of a list of actions"
