"""What the pages of the registers show, put into words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django.db.models import TextChoices
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Agency, User
from accounts.roles import Permission
from frontend.text import date_in_words
from prevention.models import Course, Score, TrainingRow
from prevention.rules import GRADES, Outcome, Subject, WorkRole
from prevention.selectors import Cover, whole

COLUMNS = ("Agency", "Role", "People", "Counted on", "Trained", "Coverage", "Ending within 60 days")
NOT_COUNTED = "Not counted"
PLACES = (
    ("Training", "prevention:training", ("training/",)),
    ("Campaigns", "prevention:campaigns", ("campaigns/",)),
    ("Services", "prevention:services", ("services/", "gaps/")),
    ("Early help", "prevention:early_help", ("early-help/",)),
    ("Self-assessments", "prevention:assessments", ("assessments/",)),
    ("Resources", "prevention:resources", ("resources/",)),
    ("Records", "prevention:records", ("records/",)),
)
SHOWN_TO = {"prevention:early_help": Permission.CHILD_VIEW, "prevention:records": Permission.PREVENTION_KEEP}


def places(request: HttpRequest) -> list[dict[str, Any]]:
    """The registers that this person may read; the one in which this page lies is marked."""
    user = cast(User, request.user)
    here = request.path.removeprefix(reverse("prevention:training")) or "training/"
    return [
        {"text": text, "href": reverse(name), "active": here.startswith(begins)}
        for text, name, begins in PLACES
        if SHOWN_TO.get(name, Permission.PREVENTION_VIEW) in user.permissions
    ]


def by_role(rows: Sequence[Cover]) -> list[tuple[str, str]]:
    """What of each role is covered across the agencies, and of all."""
    roles = [(str(role.label), [each for each in rows if each.role == role]) for role in WorkRole]
    return [(name, percent(group)) for name, group in roles if group] + [("All", percent(rows))]


def percent(rows: Iterable[Cover]) -> str:
    """`75% (6 of 8)`: percentages never stand alone."""
    part = whole(rows)
    return f"{part.percent} ({part.of:,} of {part.whole:,})" if part.whole else NOT_COUNTED


def outcomes(rows: Iterable[TrainingRow]) -> list[tuple[str, int]]:
    """How many rows do what, in the order of the outcomes."""
    found = Counter(row.outcome for row in rows)
    return [(str(each.label), found[each]) for each in Outcome if found[each]]


def taught(course: Course) -> list[str]:
    return [str(Subject(each).label) for each in course.subjects]


def were(rows: Iterable[TrainingRow]) -> dict[int, str]:
    """For each row that changes somebody's details, what they are before: `Before: role Nurse; agency Police`."""
    changing = [row for row in rows if row.was]
    agencies = Agency.objects.in_bulk({row.was["agency_id"] for row in changing if "agency_id" in row.was})
    return {row.pk: f"Before: {'; '.join(_were(row.was, agencies))}" for row in changing}


def _were(was: Mapping[str, Any], agencies: Mapping[int, Agency]) -> Iterator[str]:
    if "name" in was:
        yield f"name {was['name']}"
    if "agency_id" in was:
        yield f"agency {agencies[was['agency_id']].name}"
    if "role" in was:
        yield f"role {WorkRole(was['role']).label}"
    if "left_on" in was:
        yield f"left on {date_in_words(date.fromisoformat(was['left_on']))}"


def cells(row: Cover) -> list[str | int | None]:
    """One row of the spreadsheet, under COLUMNS."""
    counted_on = row.counted_on.isoformat() if row.counted_on else ""
    covered = row.part.percent if row.people else ""
    return [row.agency.name, str(row.role.label), row.people, counted_on, row.trained, covered, row.ending]


def scored_by_the_agency(score: Score) -> str:
    """What whoever moderates it reads before: the standard, the score that the agency gives itself, what shows it."""
    given = dict(GRADES)[str(score.score)].lower()
    return f"{score.standard.text}\n\nThe agency says that this is {given}. What shows it: {score.evidence}"


def labels(choices: type[TextChoices], values: Iterable[str]) -> str:
    return "; ".join(str(choices(each).label) for each in values)
