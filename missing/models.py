"""Missing episodes, the return interview that each must have, what came of it, and who was told (domain.md 10-15)."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from accounts.models import Agency, Team
from accounts.scopes import ThroughChild, UnlessAboutTeam
from audit.history import recorded
from missing import columns
from missing.rules import (
    Capacity,
    Consent,
    DeclinedBy,
    EpisodeType,
    Harm,
    InterviewStatus,
    LawfulBasis,
    PullFactor,
    PushFactor,
    ReportedBy,
    ReturnedTo,
    RiskGrade,
    Shared,
    interview_starts,
)
from people.codes import Authority, LookedAfter
from people.models import Child


class _MissingFor(Func):
    """The time in which the child was missing; open until the return is known."""

    function, output_field = "TSTZRANGE", DateTimeRangeField()


@recorded()
class Interview(models.Model):
    """The independent return interview, from its offer to what was learnt. It may cover several episodes.

    A prevention check never takes its place (domain.md 13). `places` holds one place a line, for the police's map.
    Once another offer took its place, or it was found to be recorded in error, the episodes it was for are those it is
    `formerly_of`.
    """

    need_to_know = ThroughChild()

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="interviews")
    status = models.CharField(max_length=12, choices=InterviewStatus.choices)
    not_offered_reason = columns.text(1000)

    offered_at = columns.moment()
    offered_offset = columns.offset()
    offered_by = columns.person()
    offered_to = models.CharField(max_length=120, blank=True)

    responded_at = columns.moment()
    responded_offset = columns.offset()
    declined_by = models.CharField(max_length=10, choices=DeclinedBy.choices, blank=True)
    declined_why = columns.text(1000)
    carer_account = columns.text()

    interviewer = columns.person("interviews")
    interviewer_name = models.CharField(max_length=120, blank=True)
    interviewer_role = models.CharField(max_length=120, blank=True)
    interviewer_employer = models.CharField(max_length=120, blank=True)
    independent = models.BooleanField(null=True, blank=True)
    not_independent_reason = columns.text(1000)

    conducted_at = columns.moment()
    conducted_offset = columns.offset()
    place = models.CharField(max_length=120, blank=True)
    present = models.CharField(max_length=200, blank=True)
    own_words = columns.text(10_000)
    push_factors = ArrayField(models.CharField(max_length=20, choices=PushFactor.choices), default=list, blank=True)
    pull_factors = ArrayField(models.CharField(max_length=20, choices=PullFactor.choices), default=list, blank=True)
    factors_notes = columns.text()
    who_with = columns.text()
    places = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    harm = ArrayField(models.CharField(max_length=20, choices=Harm.choices), default=list, blank=True)
    harm_notes = columns.text()
    risks = columns.text()
    needs = columns.text()
    completed_at = columns.moment()
    completed_by = columns.person()
    voided_at = columns.moment()
    voided_by = columns.person()
    void_reason = models.CharField(max_length=200, blank=True)
    formerly_of = models.ManyToManyField("missing.Episode", related_name="former_interviews")

    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=InterviewStatus.COMPLETED)
                | Q(conducted_at__isnull=False, completed_at__isnull=False, independent__isnull=False),
                name="interview_completed_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status=InterviewStatus.COMPLETED, independent=False) | ~Q(not_independent_reason=""),
                name="interview_not_independent_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=InterviewStatus.DECLINED) | (~Q(declined_by="") & ~Q(declined_why="")),
                name="interview_declined_says_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=InterviewStatus.NOT_OFFERED) | ~Q(not_offered_reason=""),
                name="interview_not_offered_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=InterviewStatus.VOID) | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="interview_void_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Return interview {self.reference}"

    @property
    def reference(self) -> str:
        return f"RI{self.pk:06d}"


@recorded()
class Episode(models.Model):
    """One time a child was missing, or away without authorisation. Episodes of a child do not overlap (domain.md 10).

    Each moment is an instant with the offset of the clock it was read from. The authorities and whether the child was
    looked after are kept as they were then: a later move of the child changes no figure.
    """

    need_to_know = ThroughChild()

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="episodes")
    episode_type = models.CharField(max_length=1, choices=EpisodeType.choices, default=EpisodeType.MISSING)
    responsible_authority = models.CharField(max_length=3, choices=Authority.choices)
    host_authority = models.CharField(max_length=3, choices=Authority.choices)
    looked_after = models.CharField(max_length=12, choices=LookedAfter.choices)

    last_seen_at = models.DateTimeField()
    last_seen_offset = models.SmallIntegerField()
    last_seen_where = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField()
    reported_offset = models.SmallIntegerField()
    reported_by = models.CharField(max_length=10, choices=ReportedBy.choices)
    reporter_name = models.CharField(max_length=120, blank=True)
    police_reference = models.CharField(max_length=40, blank=True)
    circumstances = columns.text()
    grade = models.CharField(max_length=12, choices=RiskGrade.choices, blank=True)

    located_at = columns.moment()
    located_offset = columns.offset()
    located_where = models.CharField(max_length=200, blank=True)
    located_by = models.CharField(max_length=120, blank=True)
    location_recorded_by = columns.person()
    returned_at = columns.moment()
    returned_offset = columns.offset()
    returned_to = models.CharField(max_length=10, choices=ReturnedTo.choices, blank=True)
    return_notes = columns.text()
    return_recorded_by = columns.person()

    interview = models.ForeignKey(Interview, null=True, blank=True, on_delete=models.PROTECT, related_name="episodes")
    reviewed_at = columns.moment()
    reviewed_by = columns.person()
    review = columns.text()
    voided_at = columns.moment()
    voided_by = columns.person()
    void_reason = models.CharField(max_length=200, blank=True)

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="episodes")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    token = models.UUIDField(null=True, unique=True, editable=False)

    all_shares: "list[Share]"
    """Its own and those of its interview that the reader may know, the newest first, once `selectors.complete` has read
    them."""

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="episodes_of_a_child_do_not_overlap",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (_MissingFor("last_seen_at", "returned_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None),
            ),
            models.CheckConstraint(condition=Q(reported_at__gte=F("last_seen_at")), name="episode_seen_then_reported"),
            models.CheckConstraint(
                condition=Q(located_at=None) | Q(located_at__gte=F("last_seen_at")), name="episode_seen_then_located"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("last_seen_at")), name="episode_seen_then_returned"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(located_at=None) | Q(returned_at__gte=F("located_at")),
                name="episode_located_then_returned",
            ),
        ]
        indexes = [
            models.Index(fields=["child", "-last_seen_at"], name="episode_by_child"),
            models.Index(fields=["returned_at", "id"], condition=Q(voided_at=None), name="episode_returned"),
            models.Index(fields=["last_seen_at", "id"], condition=Q(voided_at=None), name="episode_began"),
            models.Index(
                fields=["last_seen_at"], condition=Q(returned_at=None, voided_at=None), name="episode_still_missing"
            ),
            models.Index(fields=["interview"], condition=~Q(interview=None), name="episode_by_interview"),
        ]

    def __str__(self) -> str:
        return f"Missing episode {self.reference}"

    @property
    def reference(self) -> str:
        return f"M{self.pk:06d}"

    @property
    def is_open(self) -> bool:
        """The child is still missing."""
        return self.returned_at is None and self.voided_at is None

    @property
    def interview_starts_at(self) -> datetime | None:
        return interview_starts(located_at=self.located_at, returned_at=self.returned_at)

    @property
    def interview_held(self) -> datetime | None:
        interview = self.interview
        return interview.conducted_at if interview and interview.status == InterviewStatus.COMPLETED else None

    @property
    def interview_due_from(self) -> datetime | None:
        return interview_starts(located_at=self.located_at, returned_at=self.returned_at, held_at=self.interview_held)


@recorded()
class GradeChange(models.Model):
    """One grading of the risk, with its reason."""

    part_of = "episode"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="grade_changes")
    grade = models.CharField(max_length=12, choices=RiskGrade.choices)
    reason = columns.text(1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.episode_id}: {self.grade}"


@recorded()
class Correction(models.Model):
    """A moment that was first recorded wrongly; what it had been stays here (domain.md 12)."""

    part_of = "episode"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="corrections")
    moment = models.CharField(max_length=10)
    was_at = models.DateTimeField()
    was_offset = models.SmallIntegerField()
    became_at = models.DateTimeField()
    became_offset = models.SmallIntegerField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.episode_id}: {self.moment}"


@recorded()
class PreventionCheck(models.Model):
    """The police's "safe and well" visit; never the interview (domain.md 13)."""

    part_of = "episode"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="prevention_checks")
    conducted_at = models.DateTimeField()
    conducted_offset = models.SmallIntegerField()
    conducted_by = models.CharField(max_length=120)
    seen_alone = models.BooleanField()
    found = columns.text()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"check of {self.episode_id}"


@recorded()
class InterviewAction(models.Model):
    """What an interview asked for: done by whom, until when, and what came of it (domain.md 13)."""

    need_to_know = ThroughChild("interview__child_id")

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    owner_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="interview_actions")
    owner = columns.person("interview_actions")
    due_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    done_at = columns.moment()
    done_by = columns.person()
    outcome = columns.text(1000)

    def __str__(self) -> str:
        return f"Action {self.pk}"


@recorded()
class Share(models.Model):
    """What was shared from an episode with which partner, why and on what basis; or why it was not (domain.md 14, 36).

    `decided_not_to` holds the reason for not sharing; then nobody is given sight, nothing is acknowledged, and the team
    itself never reads it: it may be a suspicion of its own staff.
    """

    need_to_know = UnlessAboutTeam("decided_not_to", "team_id", "episode__child_id")

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="shares")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="shares")
    what = models.CharField(max_length=10, choices=Shared.choices, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    lawful_basis = models.CharField(max_length=20, choices=LawfulBasis.choices, blank=True)
    consent = models.CharField(max_length=12, choices=Consent.choices)
    consent_note = models.CharField(max_length=300, blank=True)
    decided_not_to = columns.text(1000)
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = columns.moment()
    acknowledged_by = columns.person()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_not_to="") | (~Q(what="") & ~Q(purpose="") & ~Q(lawful_basis="")),
                name="share_says_what_why_and_on_what_basis",
            ),
            models.CheckConstraint(
                condition=Q(consent=Consent.GIVEN) | ~Q(consent_note=""), name="share_without_consent_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Share {self.pk}"


@recorded()
class AuthorityTold(models.Model):
    """Another authority was told of the return: the responsible one or the host (domain.md 14, 21)."""

    part_of = "episode"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="authorities_told")
    capacity = models.CharField(max_length=12, choices=Capacity.choices)
    authority = models.CharField(max_length=3, choices=Authority.choices)
    told_at = models.DateTimeField()
    told_offset = models.SmallIntegerField()
    whom = models.CharField(max_length=120)
    how = models.CharField(max_length=120)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "capacity"], name="authority_told_once_in_each_capacity")
        ]

    def __str__(self) -> str:
        return f"{self.authority} of {self.episode_id}"


@recorded()
class StrategyMeeting(models.Model):
    """The meeting that repeat missing asks for (domain.md 15)."""

    part_of = "episode"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="strategy_meetings")
    held_at = models.DateTimeField()
    held_offset = models.SmallIntegerField()
    agencies = models.ManyToManyField(Agency, related_name="+")
    outcome = columns.text()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"meeting on {self.episode_id}"
