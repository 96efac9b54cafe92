"""Committees, what they are for, and who sits in them (strategy §8)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, User
from accounts.scopes import Everybody
from audit.history import recorded
from governance.rules import ABBREVIATIONS, Body


@recorded()
class Committee(models.Model):
    """One of the three, under the name that it has today. `review_by` is when its terms of reference are looked at.

    `version` counts changes, so that two who edit do not overwrite each other; so everywhere here.
    """

    need_to_know: ClassVar = Everybody()

    body = models.CharField(max_length=4, choices=Body.choices, unique=True)
    name = models.CharField(max_length=120)
    meets_every_months = models.PositiveSmallIntegerField()
    review_by = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(meets_every_months__gte=1, meets_every_months__lte=12), name="committee_meets_each_year"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def abbreviation(self) -> str:
        return ABBREVIATIONS[self.body]


@recorded()
class Terms(models.Model):
    """What the committee is for, from a day on. Never changed; the next version follows it."""

    need_to_know: ClassVar = Everybody()

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    what_changed = models.CharField(max_length=300, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "number"], name="terms_numbered_once")]

    def __str__(self) -> str:
        return f"Version {self.number} of the terms of reference"


@recorded()
class Member(models.Model):
    """A seat and who holds it, with an account on this site (`person`) or without one."""

    need_to_know: ClassVar = Everybody()

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="members")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    deputy = models.CharField(max_length=120, blank=True)
    is_chair = models.BooleanField(default=False)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["committee"], condition=Q(is_chair=True, until_on=None), name="member_one_chair"
            ),
            models.UniqueConstraint(
                fields=["committee", "agency", "name"], condition=Q(until_on=None), name="member_seated_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")), name="member_leaves_after_joining"
            ),
        ]

    def __str__(self) -> str:
        return self.name
