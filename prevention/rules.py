"""Training, who is to have had it, until when it counts (domain.md 33). Pure: no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from deadlines.rules import add_months

ENDS_SOON_WITHIN = timedelta(days=60)
"""Ours: long enough to book the next course."""


class Subject(TextChoices):
    """What strategy §7.3 asks training to include, and what §7.1 asks of all who work with children."""

    SAFEGUARDING = "safeguarding", "Safeguarding and signs of exploitation"
    FORMS = "forms", "Screening and risk assessment forms"
    INTELLIGENCE = "intelligence", "Submitting intelligence"
    OFFENCES = "offences", "Relevant criminal offences"


class WorkRole(TextChoices):
    """Who works with children; residential providers and foster carers are named by strategy §7.1."""

    SOCIAL_WORKER = "social_worker", "Social worker"
    POLICE = "police", "Police officer or staff"
    HEALTH = "health", "Health professional"
    SCHOOL = "school", "School or college staff"
    RESIDENTIAL = "residential", "Residential care worker"
    FOSTER_CARER = "foster_carer", "Foster carer"
    YOUTH_WORKER = "youth_worker", "Youth worker"
    YOUTH_JUSTICE = "youth_justice", "Youth justice worker"
    OTHER = "other", "Other professional"


class Audience(TextChoices):
    """Whom campaigns and services are for (strategy §7.1)."""

    CHILDREN = "children", "Children and young people"
    PARENTS = "parents", "Parents"
    CARERS = "carers", "Carers"
    PROFESSIONALS = "professionals", "Professionals"
    BUSINESS = "business", "Business partners"


class Channel(TextChoices):
    SCHOOL = "school", "Schools and colleges"
    SOCIAL_MEDIA = "social_media", "Social media"
    PRINT = "print", "Posters and leaflets"
    PRESS = "press", "Press and radio"
    EVENT = "event", "Events and visits"
    ONLINE = "online", "Website and e-mail"


class ResourceKind(TextChoices):
    STRATEGY = "strategy", "Strategy"
    DEFINITION = "definition", "Definition"
    FRAMEWORK = "framework", "Regional framework"
    MODEL = "model", "Model of abuse"
    PROCEDURE = "procedure", "Procedure"


class AssessmentState(TextChoices):
    DRAFT = "draft", "Being written"
    SENT = "sent", "Waits to be moderated"
    MODERATED = "moderated", "Moderated"


class HelpOutcome(TextChoices):
    """How early help ended (ours: areas word it differently)."""

    NEEDS_MET = "needs_met", "Needs met"
    STEPPED_UP = "stepped_up", "Stepped up to social care"
    DECLINED = "declined", "Declined by the child or family"
    MOVED = "moved", "Moved away"
    NOT_MET = "not_met", "Ended, needs not met"


GRADES = (
    ("1", "Not in place"),
    ("2", "Partly in place"),
    ("3", "In place"),
    ("4", "In place, and known to work"),
)
"""Ours: nobody publishes a scale for this."""
MEETS, MOST_SCORE = 3, 4


class Outcome(TextChoices):
    """What recording one row of a list would do."""

    ADDS_PERSON = "adds_person", "Adds the person and their attendance"
    ADDS = "adds", "Adds their attendance"
    CHANGES = "changes", "Adds their attendance and changes their details"
    NOTHING = "nothing", "Changes nothing: already recorded"
    WRONG = "wrong", "Cannot be recorded"


ADDING = frozenset({Outcome.ADDS_PERSON, Outcome.ADDS, Outcome.CHANGES})


@dataclass(frozen=True)
class ListRow:
    """One row of a training list as it was written; `number` is its line in the file."""

    number: int
    name: str
    reference: str
    agency: str
    role: str


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full name"),
    "reference": ("email or reference", "email", "e-mail", "email address", "reference", "staff number"),
    "agency": ("agency", "organisation", "employer"),
    "role": ("role", "job role"),
}


def valid_until(held_on: date, months: int | None) -> date | None:
    """The last day on which it counts; None where it never ends."""
    return add_months(held_on, months) if months else None


def clean_reference(text: str) -> str:
    """One person, one spelling: an e-mail address or a staff number in lower case."""
    return text.strip().lower()


def role_named(text: str) -> WorkRole | None:
    """By its label or its key, however it is spelt."""
    wanted = text.strip().lower()
    return next((each for each in WorkRole if wanted in {str(each.label).lower(), each.value}), None)
