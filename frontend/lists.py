"""Lists from files, wherever one is taken: its rows are found by their headings; what each would change is shown
before anything is recorded; what was recorded can be taken back."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, TextChoices

from frontend import sheets
from frontend.fields import FileField

MOST_ROWS = 1_000
Row = tuple[int, dict[str, str]]
"""The line in the file, and what stands in it under each heading."""


class ListState(TextChoices):
    PROPOSED = "proposed", "Not recorded yet"
    APPLIED = "applied", "Recorded"
    UNDONE = "undone", "Undone"


class NotAList(Exception):
    """The table is no such list; `str` is the sentence why."""


class FileList(models.Model):
    """A list as its room keeps it: who chose the file, and whether it was recorded or undone."""

    state = models.CharField(max_length=8, choices=ListState.choices, default=ListState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


def in_one_state(name: str) -> models.CheckConstraint:
    """The constraint that every `FileList` has, under a name of its own."""
    return models.CheckConstraint(
        condition=Q(state="proposed", applied_at=None, undone_at=None)
        | Q(state="applied", applied_at__isnull=False, undone_at=None)
        | Q(state="undone", applied_at__isnull=False, undone_at__isnull=False),
        name=name,
    )


class RowsField(FileField):
    """A file, cleaned to its rows. `columns` are the names by which each heading is known, `needed` those that must be
    there; of the others a row holds nothing where the file has none."""

    def __init__(self, *args: Any, columns: Mapping[str, Sequence[str]], needed: Collection[str], **options: Any):
        self.columns, self.needed = columns, needed
        super().__init__(*args, hint=f"{sheets.ACCEPTED}, 2 MB at most", **options)

    def clean(self, data: Any, initial: Any = None) -> list[Row]:
        file = super().clean(data, initial)
        try:
            return rows_of(sheets.read(file.read()), self.columns, self.needed)
        except (sheets.NotATable, NotAList) as refusal:
            raise ValidationError(str(refusal)) from refusal


def rows_of(table: Sequence[Sequence[str]], columns: Mapping[str, Sequence[str]], needed: Collection[str]) -> list[Row]:
    """The rows below the line of headings. Raises NotAList."""
    if not table:
        raise NotAList("The file has no rows")
    places = _places(table[0], columns, needed)
    numbered = [(number, line) for number, line in enumerate(table[1:], start=2) if any(line)]
    if not numbered:
        raise NotAList("The file has headings and no rows below them")
    if len(numbered) > MOST_ROWS:
        raise NotAList(f"The file must have {MOST_ROWS:,} rows or fewer")
    return [(number, {name: _cell(line, place) for name, place in places.items()}) for number, line in numbered]


def _cell(line: Sequence[str], place: int) -> str:
    return line[place] if 0 <= place < len(line) else ""


def _places(headings: Sequence[str], columns: Mapping[str, Sequence[str]], needed: Collection[str]) -> dict[str, int]:
    found = [each.strip().lower() for each in headings]
    places = {name: next((found.index(each) for each in known if each in found), -1) for name, known in columns.items()}
    missing = [columns[name][0].capitalize() for name in columns if name in needed and places[name] < 0]
    if missing:
        wanted = [columns[name][0].capitalize() for name in columns if name in needed]
        raise NotAList(
            f"The first row must have the headings {', '.join(wanted[:-1])} and {wanted[-1]}. "
            f"Not found: {', '.join(missing)}"
        )
    return places
