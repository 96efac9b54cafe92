"""Committees, their meetings and who came (strategy §8, domain.md 22–24). Pure: no database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import TextChoices

from accounts.roles import Role
from deadlines.rules import add_months


class Body(TextChoices):
    """Which committee; how it is called today is the committee's own name."""

    LSCB = "lscb", "Local Safeguarding Children Board"
    SEMT = "semt", "Sexual Exploitation, Missing and Trafficked Committee"
    CMOG = "cmog", "CSE and Missing Operational Group"


ABBREVIATIONS: Mapping[str, str] = {"lscb": "LSCB", "semt": "SEMT", "cmog": "CMOG"}
MONTHS_BETWEEN: Mapping[str, int] = {"lscb": 3, "semt": 3, "cmog": 1}
"""As the strategy has it for CMOG (strategy §8); the committee may decide otherwise."""
CHAIRED_BY: Mapping[str, Role] = {"lscb": Role.SEMT_CHAIR, "semt": Role.SEMT_CHAIR, "cmog": Role.CMOG_CHAIR}
"""The board's own chair is no user of this site: SEMT's presents to it, and records what it answers."""
SECRETARY = Role.CSE_COORDINATOR
KEPT_FROM_CMOG = frozenset({Role.BOARD_READER})
"""Who reads what the other committees do, and not what is said of operations."""


class Subject(TextChoices):
    """What a standing item is about; an item that somebody proposed has none."""

    APOLOGIES = "apologies", "Apologies, and whether enough agencies are there"
    LAST_MINUTES = "last_minutes", "Minutes of the last meeting, and actions that are still open"
    CMOG_UPDATE = "cmog_update", "Update report from CMOG"
    PLAN = "plan", "Review of the delivery plan"
    CHILDREN = "children", "Children on the list"
    CONCERNS = "concerns", "Persons and locations of concern"
    INVESTIGATIONS = "investigations", "Groups and local investigations (police)"
    THEMES = "themes", "Themes, barriers and operational issues"
    ESCALATIONS = "escalations", "Escalations"
    REPORT = "report", "Quarterly report of SEMT’s chair"


FIRST = (Subject.APOLOGIES, Subject.LAST_MINUTES)
STANDING: Mapping[str, tuple[Subject, ...]] = {
    "lscb": (*FIRST, Subject.REPORT, Subject.ESCALATIONS),
    "semt": (*FIRST, Subject.PLAN, Subject.CMOG_UPDATE, Subject.ESCALATIONS),
    "cmog": (*FIRST, Subject.CHILDREN, Subject.CONCERNS, Subject.INVESTIGATIONS, Subject.THEMES),
}
"""On every agenda, and taken off none: SEMT's hold the plan and CMOG's update always (strategy §8, domain.md 23)."""


class MeetingState(TextChoices):
    PLANNED = "planned", "Planned"
    AGREED = "agreed", "Minutes agreed"
    CANCELLED = "cancelled", "Cancelled"


class Code(TextChoices):
    """domain.md 24."""

    ATTENDED = "Y", "Attended"
    DEPUTY = "D", "Sent a deputy"
    APOLOGY = "A", "Sent an apology"
    ABSENT = "N", "Did not attend"


PRESENT = frozenset({Code.ATTENDED, Code.DEPUTY})
ABSENCES_TO_ESCALATE = 2
"""So many in a row by an agency propose an escalation to the LSCB (domain.md 24)."""


def best(codes: Iterable[str]) -> Code:
    """How an agency stands that has several seats: as whoever of them did most."""
    order = list(Code)
    return min((Code(each) for each in codes), key=order.index)


def keeps_away(codes: Sequence[Code]) -> bool:
    """Whether an agency neither came nor sent a deputy to the last meetings; `codes` begin with the latest."""
    last = codes[:ABSENCES_TO_ESCALATE]
    return len(last) == ABSENCES_TO_ESCALATE and PRESENT.isdisjoint(last)


def calendar(first: date, months: int, count: int, holidays: Collection[date]) -> list[date]:
    """The days of `count` meetings, so many months apart: the next working day where one falls on none."""
    return [_working_day(add_months(first, months * number), holidays) for number in range(count)]


def _working_day(day: date, holidays: Collection[date]) -> date:
    while day.weekday() > 4 or day in holidays:
        day += timedelta(days=1)
    return day


class MatterKind(TextChoices):
    """What CMOG reports to SEMT (strategy §8)."""

    THEME = "theme", "Theme"
    BARRIER = "barrier", "Barrier"
    ISSUE = "issue", "Operational issue"


class EscalationState(TextChoices):
    PROPOSED = "proposed", "Proposed"
    RAISED = "raised", "Raised with the LSCB"
    ACCEPTED = "accepted", "Accepted by the LSCB"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"
    SET_ASIDE = "set_aside", "Set aside"


ENDED = frozenset({EscalationState.CLOSED, EscalationState.SET_ASIDE})
LEADS_TO: Mapping[EscalationState, frozenset[EscalationState]] = {
    EscalationState.PROPOSED: frozenset({EscalationState.RAISED, EscalationState.SET_ASIDE}),
    EscalationState.RAISED: frozenset({EscalationState.ACCEPTED}),
    EscalationState.ACCEPTED: frozenset({EscalationState.ANSWERED}),
    EscalationState.ANSWERED: frozenset({EscalationState.CLOSED}),
    EscalationState.CLOSED: frozenset(),
    EscalationState.SET_ASIDE: frozenset(),
}


class ConcernKind(TextChoices):
    PERSON = "person", "Person of concern"
    LOCATION = "location", "Location of concern"
    GROUP = "group", "Group"
    INVESTIGATION = "investigation", "Local investigation"


class Decided(TextChoices):
    """What CMOG decides about a child on its list (domain.md 22)."""

    STAYS = "stays", "The child stays on the list"
    STEPS_DOWN = "steps_down", "The child is stepped down from the list"


class UpdateState(TextChoices):
    DRAFT = "draft", "Draft"
    AGREED = "agreed", "Agreed"


class ReviewKind(TextChoices):
    """Frequent review of operations (strategy §3)."""

    CASE_AUDIT = "case_audit", "Case audit"
    LEARNING_REVIEW = "learning_review", "Learning review"


FEWEST_TOLD = 5
"""Smaller numbers of children may name one (domain.md 26)."""


def few(number: int) -> str:
    """`none`, `fewer than five`, `12`."""
    return "none" if number == 0 else "fewer than five" if number < FEWEST_TOLD else f"{number:,}"
