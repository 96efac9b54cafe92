"""Pillars, ratings, and when an action is stale (domain.md 25). Pure: no database, no clock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.forms import DateField

from deadlines.rules import add_months

STALE_AFTER_MONTHS = 3
"""An action without an accepted update for a quarter shows so (domain.md 25)."""
DAYS_TO_WRITE_AGAIN = 7
DAYS_TO_LIFT = 28
"""Ours: nobody publishes how long a barrier may stand before the chair hears of it."""


class Pillar(TextChoices):
    PREVENTION = "prevention", "Prevention"
    PROTECTION = "protection", "Protection"
    PROSECUTE = "prosecute", "Prosecute"


class Rag(TextChoices):
    RED = "red", "Red: off track"
    AMBER = "amber", "Amber: at risk"
    GREEN = "green", "Green: on track"


class UpdateState(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for the chair"
    RETURNED = "returned", "Sent back"
    ACCEPTED = "accepted", "Accepted"


class Outcome(TextChoices):
    """What recording one row of a list would do."""

    ADDS = "adds", "Adds an action"
    CHANGES = "changes", "Changes the action"
    NOTHING = "nothing", "Changes nothing: it is so already"
    WRONG = "wrong", "Cannot be recorded"


@dataclass(frozen=True)
class ListRow:
    """One row of a plan as it was written; `line` is its line in the file, `number` what it calls itself."""

    line: int
    number: str
    pillar: str
    section: str
    text: str
    lead_agency: str
    lead: str
    due_on: str
    success: str


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "no", "no.", "#"),
    "pillar": ("pillar", "priority"),
    "section": ("section",),
    "text": ("action", "actions"),
    "lead_agency": ("lead agency", "agency"),
    "lead": ("lead", "led by", "owner", "who leads it"),
    "due_on": ("due", "due date", "by when", "timescale"),
    "success": ("how one will know", "measure of success", "success", "outcome"),
}
NEEDED = ("pillar", "text")
_WRITTEN = DateField(input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"])


def same_words(text: str) -> str:
    """What two actions have in common that differ in spaces, capitals or a full stop."""
    return " ".join(text.lower().split()).rstrip(".")


def day_written(text: str) -> date | None:
    """2027-06-30, 30/06/2027 or 30 June 2027. Raises ValidationError."""
    day = _WRITTEN.clean(text.strip()) if text.strip() else None
    return day if isinstance(day, date) else None


def pillar_named(text: str) -> Pillar | None:
    return next((each for each in Pillar if text.strip().lower() in {each.value, str(each.label).lower()}), None)


def is_stale(last: date | None, adopted: date, today: date) -> bool:
    """Whether a quarter has gone by since the last accepted update, or since the plan began where there is none."""
    return add_months(last or adopted, STALE_AFTER_MONTHS) < today


def next_update_on(last: date | None, adopted: date, every_months: int) -> date:
    """As often as was set, and once a quarter at the least: then its lead is alerted (domain.md 25)."""
    return add_months(last or adopted, min(every_months, STALE_AFTER_MONTHS))


def leads_back(new: tuple[int, int], links: Collection[tuple[int, int]]) -> bool:
    """Whether `new`, an action and what it waits for, would close a circle with the links that are there."""
    waits_for: Mapping[int, list[int]] = {
        one: [other for each, other in links if each == one] for one in {each for each, _ in links}
    }
    start, seen, ahead = new[0], set[int](), [new[1]]
    while ahead:
        here = ahead.pop()
        if here == start:
            return True
        if here not in seen:
            seen.add(here)
            ahead += waits_for.get(here, [])
    return False
