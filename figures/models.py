"""What was counted, when: pages read these rows and never count themselves."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.scopes import Everybody
from audit.history import AppendOnly


class Figure(models.Model):
    """One measure, or cell of a breakdown, of one period as it was known from `counted_at` on.

    A changed count is another row; a cell that is gone is a count of 0. `row` and `column` are "" for a measure.
    """

    need_to_know: ClassVar = Everybody()
    append_only = True

    measure = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    row = models.CharField(max_length=120, default="", blank=True)
    column = models.CharField(max_length=120, default="", blank=True)
    of = models.PositiveIntegerField()
    whole = models.PositiveIntegerField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="figure_of_a_period"),
            models.UniqueConstraint(
                fields=["measure", "first", "last", "row", "column", "counted_at"], name="figure_once_a_moment"
            ),
        ]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.measure} {self.first} to {self.last}"
