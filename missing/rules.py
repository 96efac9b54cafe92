"""Missing episodes and return interviews: the words, the order of moments, the counts. Pure: no database, no clock.

domain.md 10-17; strategy §7.2.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import TextChoices

RUNS_FOR = timedelta(hours=72)
"""From the return, or from when the child was found, to the interview (domain.md 11)."""


class EpisodeType(TextChoices):
    """SSDA903's codes. Figures count M alone (domain.md 16)."""

    MISSING = "M", "Missing"
    AWAY = "A", "Away from placement without authorisation"


class ReportedBy(TextChoices):
    POLICE = "police", "Police"
    PARENT = "parent", "Parent or family"
    CARER = "carer", "Foster carer"
    PLACEMENT = "placement", "Children’s home or other placement"
    SCHOOL = "school", "School or college"
    OTHER = "other", "Somebody else"


class RiskGrade(TextChoices):
    """The police's risk of a missing person (College of Policing; domain.md 10)."""

    NO_APPARENT = "no_apparent", "No apparent risk"
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class ReturnedTo(TextChoices):
    HOME = "home", "Home"
    PLACEMENT = "placement", "Placement"
    FAMILY = "family", "Other family"
    POLICE = "police", "Police protection or custody"
    HOSPITAL = "hospital", "Hospital"
    OTHER = "other", "Somewhere else"


class InterviewStatus(TextChoices):
    """domain.md 13."""

    NOT_OFFERED = "not_offered", "Not offered"
    OFFERED = "offered", "Offered"
    DECLINED = "declined", "Declined"
    ACCEPTED = "accepted", "Accepted"
    COMPLETED = "completed", "Completed"
    VOID = "void", "Void"


RUNNING = frozenset({InterviewStatus.OFFERED, InterviewStatus.ACCEPTED})
"""An interview that somebody is still to hold or to write down."""


class DeclinedBy(TextChoices):
    CHILD = "child", "The child"
    PARENT = "parent", "A parent"
    CARER = "carer", "A carer or the placement"


class PushFactor(TextChoices):
    """What a child runs from. Ours, after the statutory guidance of 2014."""

    CONFLICT = "conflict", "Conflict at home or in the placement"
    NEGLECT = "neglect", "Neglect or abuse"
    UNHAPPY_PLACEMENT = "unhappy_placement", "Unhappy in the placement, or a move"
    SCHOOL = "school", "School: bullying, exclusion, failing"
    MENTAL_HEALTH = "mental_health", "Mental health"
    SUBSTANCES = "substances", "Drugs or alcohol at home"
    NO_CONTACT = "no_contact", "No contact with family or friends"
    OTHER = "other", "Something else"


class PullFactor(TextChoices):
    """What a child is drawn to."""

    PEER = "peer", "Friends"
    FAMILY = "family", "Family"
    PARTNER = "partner", "Boyfriend or girlfriend"
    ADULT = "adult", "An adult or a group who exploit or groom"
    ONLINE = "online", "Somebody met online"
    SUBSTANCES = "substances", "Drugs or alcohol"
    GANG = "gang", "A gang, county lines"
    GIFTS = "gifts", "Money, gifts, a place to stay"
    OTHER = "other", "Something else"


class Harm(TextChoices):
    SEXUAL = "sexual", "Sexual abuse or exploitation"
    CRIMINAL = "criminal", "Criminal exploitation"
    PHYSICAL = "physical", "Physical harm"
    TRAFFICKED = "trafficked", "Moved or trafficked"
    SUBSTANCES = "substances", "Drugs or alcohol"
    SELF_HARM = "self_harm", "Self-harm"
    SLEPT_ROUGH = "slept_rough", "Slept rough or among strangers"
    OFFENDED = "offended", "Made to offend"


class LawfulBasis(TextChoices):
    """UK GDPR Articles 6 and 9 with DPA 2018 Schedule 1 paragraph 18, as practitioners know them."""

    PUBLIC_TASK = "public_task", "Public task: safeguarding a child (Children Act 1989, 2004)"
    LEGAL_OBLIGATION = "legal_obligation", "Legal obligation: the law requires it"
    VITAL_INTERESTS = "vital_interests", "Vital interests: to protect somebody’s life"
    LAW_ENFORCEMENT = "law_enforcement", "Law enforcement (DPA 2018 Part 3)"
    CONSENT = "consent", "Consent"


class Consent(TextChoices):
    """domain.md 36."""

    GIVEN = "given", "Asked, and given"
    REFUSED = "refused", "Asked, and refused"
    NOT_SOUGHT = "not_sought", "Not sought"


class Shared(TextChoices):
    SUMMARY = "summary", "The interview’s summary and actions"
    WHOLE = "whole", "The whole interview"
    SAFETY = "safety", "What is needed to keep the child safe now"


class Capacity(TextChoices):
    """In which an authority is told (domain.md 14, 21)."""

    RESPONSIBLE = "responsible", "Responsible authority"
    HOST = "host", "Host authority"


REPEATS_FOR_SCREENING = (3, timedelta(days=90))
REPEATS_FOR_MEETING = (3, timedelta(days=30))
"""So many episodes in a rolling time ask for a screening, or for a strategy meeting (domain.md 15; local rule, O)."""
OURS = "336"
"""Wolverhampton: another responsible authority is told (domain.md 14)."""
NATIONAL_MEAN = 63
"""Per cent of interviews within 72 hours, the mean of a 2023/24 survey by Missing People (domain.md 16)."""

MOMENTS = ("last_seen", "reported", "located", "returned")
"""The moments of an episode that can be corrected, in their order (domain.md 10)."""
MOMENT_WORDS = {
    "last_seen": "when the child was last seen",
    "reported": "when the child was reported missing",
    "located": "when the child was found",
    "returned": "when the child returned",
}


def out_of_order(moments: dict[str, datetime | None], *, now: datetime) -> tuple[str, str] | None:
    """The first moment that cannot be, and why; None where all are in order.

    Last seen ≤ reported, last seen ≤ found ≤ returned, none in the future (domain.md 10).
    """
    for name in MOMENTS:
        moment = moments.get(name)
        if moment and moment > now:
            return name, f"{_sentence(name)} must not be in the future"
    for earlier, later in (
        ("last_seen", "reported"),
        ("last_seen", "located"),
        ("last_seen", "returned"),
        ("located", "returned"),
    ):
        first, second = moments.get(earlier), moments.get(later)
        if first and second and second < first:
            return later, f"{_sentence(later)} must be the same as or after {MOMENT_WORDS[earlier]}"
    return None


def interview_starts(
    *, located_at: datetime | None, returned_at: datetime | None, held_at: datetime | None = None
) -> datetime | None:
    """The moment from which the 72 hours run: the return, and until that is known, when the child was found.

    An interview held after the child was found and before the return stands and is judged from the finding: the return
    was not known then (domain.md 11).
    """
    if held_at and returned_at and held_at < returned_at:
        return located_at or returned_at
    return returned_at or located_at


def how_long(since: datetime, at: datetime) -> str:
    """ "40 m", "5 h 12 m", "3 days 4 h": how long a child has been away, for a person who glances."""
    minutes = int((at - since).total_seconds() // 60)
    hours, days = minutes // 60, minutes // (60 * 24)
    if days > 1:
        return f"{days} days {hours % 24} h"
    return f"{hours} h {minutes % 60} m" if hours else f"{minutes} m"


def repeats(last_seen: Iterable[datetime], at: datetime, rule: tuple[int, timedelta]) -> bool:
    """Whether as many episodes began in the rolling time before `at` as the rule names (domain.md 15)."""
    count, days = rule
    return sum(1 for moment in last_seen if at - days < moment <= at) >= count


def out_of_area(responsible: str, host: str) -> bool:
    """Placed by us elsewhere, or placed here by others (domain.md 21)."""
    return responsible != OURS or host != OURS


def authorities_to_tell(responsible: str, host: str) -> Sequence[tuple[Capacity, str]]:
    """Who must be told of a return besides ourselves: the responsible authority and the host, where not ours."""
    concerned = ((Capacity.RESPONSIBLE, responsible), (Capacity.HOST, host))
    return [(capacity, authority) for capacity, authority in concerned if authority != OURS]


def _sentence(name: str) -> str:
    words = MOMENT_WORDS[name]
    return words[0].upper() + words[1:]
