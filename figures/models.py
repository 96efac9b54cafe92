"""What was counted, when: pages read these rows and never count themselves."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.scopes import Everybody
from audit.history import AppendOnly

CELL = ("measure", "first", "last", "row", "column")


class Counted(models.Model):
    """One measure, or cell of a breakdown, of one period as it was known from `counted_at` on.

    A cell that is gone is a count of 0. `row` and `column` are "" for a measure.
    """

    measure = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    row = models.CharField(max_length=120, default="", blank=True)
    column = models.CharField(max_length=120, default="", blank=True)
    of = models.PositiveIntegerField()
    whole = models.PositiveIntegerField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.measure} {self.first} to {self.last}"


class Figure(Counted):
    """What was known at the end of a day and has changed since: what a past day is looked at by."""

    need_to_know: ClassVar = Everybody()
    append_only = True

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="figure_of_a_period"),
            models.UniqueConstraint(fields=[*CELL, "counted_at"], name="figure_once_a_moment"),
        ]
        triggers = [AppendOnly()]


class Current(Counted):
    """What is known now; one row for each cell, which a later count changes."""

    need_to_know: ClassVar = Everybody()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="current_of_a_period"),
            models.UniqueConstraint(fields=CELL, name="current_once"),
        ]
        indexes = [models.Index(fields=["counted_at"], name="current_last_counted")]


class Mark(models.Model):
    """A row of `source`, a table, has changed: figures of what came after `since` may be others, of all if it is None.

    Written by triggers (figures.marks) in the transaction of the change, and gone once they were counted again.
    """

    need_to_know: ClassVar = Everybody()
    written_by_database = True

    source = models.CharField(max_length=60)
    since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.source} since {self.since}"
