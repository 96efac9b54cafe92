"""Campaigns, services and what is missing among them, resources in their versions (strategy §7.1, domain.md 33)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, User
from accounts.scopes import Everybody
from audit.history import recorded
from prevention.rules import Audience, Channel, ResourceKind


def audiences() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=14, choices=Audience.choices))


@recorded()
class Campaign(models.Model):
    """What was said to whom, by which ways, how many it reached, and what was learnt from it.

    `version` counts changes, so that two who edit do not overwrite each other; so everywhere here.
    """

    need_to_know: ClassVar = Everybody()

    title = models.CharField(max_length=120)
    audiences = audiences()
    channels = ArrayField(models.CharField(max_length=14, choices=Channel.choices))
    message = models.TextField(blank=True)
    lead_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reached = models.PositiveIntegerField(null=True, blank=True)
    evaluation = models.TextField(blank=True)
    evaluated_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(audiences=[]) & ~Q(channels=[]), name="campaign_to_somebody_somehow"),
            models.CheckConstraint(
                condition=Q(evaluated_on=None, evaluation="", reached=None)
                | (Q(evaluated_on__isnull=False, reached__isnull=False) & ~Q(evaluation="")),
                name="campaign_evaluated_whole",
            ),
        ]
        indexes = [models.Index(fields=["-starts_on", "-id"], name="campaign_latest")]

    def __str__(self) -> str:
        return self.title


@recorded()
class Service(models.Model):
    """What is there for children, families and those who work with them: who may have it, and how it is reached.

    `capacity` is how many at once, None where nobody has said. `owner` is reminded to review the entry by `review_by`.
    """

    need_to_know: ClassVar = Everybody()

    name = models.CharField(max_length=120)
    provider = models.CharField(max_length=120)
    audiences = audiences()
    offers = models.TextField()
    who_may = models.CharField(max_length=300, blank=True)
    referral_route = models.CharField(max_length=300)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    waiting = models.PositiveIntegerField(null=True, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    review_by = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(audiences=[]), name="service_for_somebody")]

    def __str__(self) -> str:
        return self.name


@recorded()
class Gap(models.Model):
    """What nobody offers, to whom, since when it is known, and how it was filled."""

    need_to_know: ClassVar = Everybody()

    what = models.CharField(max_length=300)
    audiences = audiences()
    found_on = models.DateField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    how_closed = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, how_closed="") | (Q(closed_on__gte=F("found_on")) & ~Q(how_closed="")),
                name="gap_closed_somehow",
            )
        ]

    def __str__(self) -> str:
        return f"Gap {self.pk} in services"


@recorded()
class Resource(models.Model):
    """The strategy, a definition, a procedure: its newest version holds. `owner` is reminded by `review_by`; `shown_at`
    names the places of `frontend.guides` whose pages lead to it."""

    need_to_know: ClassVar = Everybody()

    kind = models.CharField(max_length=12, choices=ResourceKind.choices)
    title = models.CharField(max_length=160)
    shown_at = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    review_by = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title


@recorded()
class ResourceVersion(models.Model):
    """What it says from a day on: the text itself, or where it can be read. Never changed; the next one follows it."""

    need_to_know: ClassVar = Everybody()

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    what_changed = models.CharField(max_length=300, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "number"], name="version_numbered_once"),
            models.CheckConstraint(condition=~Q(text="", link=""), name="version_says_something"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of a resource"
