"""What the quarterly report says of the committees: figures and words of a period, no records.

What was recorded after `at` is not in it, so that a report can be made again as it was. What was changed since is as
it is now: issued reports keep their own copy.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from figures.rules import Part, Period
from frontend.text import local_day
from governance.models import Action, Escalation, Matter, Meeting
from governance.rules import Code, EscalationState, MatterKind, MeetingState
from governance.selectors.meetings import count_by_code, register_of


@dataclass(frozen=True)
class Theme:
    """A theme, barrier or operational issue named at a meeting held on `day`."""

    day: date
    kind: MatterKind
    text: str


@dataclass(frozen=True)
class AgencyAttendance:
    """How an agency came to the meetings of a committee that were held in the period and at which it had a seat."""

    committee: str
    agency: str
    held: int
    attended: int
    deputy: int
    apology: int
    absent: int

    @property
    def percent(self) -> str:
        """In person or by a deputy, of those held (domain.md 24)."""
        return Part(self.attended + self.deputy, self.held).percent


@dataclass(frozen=True)
class Raised:
    """An escalation; `raised` is None while it is only proposed."""

    what: str
    evidence: str
    raised: date | None
    state: EscalationState
    answer: str
    ask: str


@dataclass(frozen=True)
class Asked:
    """An action of a committee, as it stood on the day of `at`."""

    committee: str
    what: str
    owner: str
    due: date
    finished: date | None
    overdue: bool
    outcome: str


def themes(period: Period, *, at: datetime) -> list[Theme]:
    """In the order of the meetings, themes before barriers before issues; one query."""
    rows = Matter.objects.filter(_held(period, "meeting__"), recorded_at__lte=at)
    order = list(MatterKind)
    found = [Theme(each.meeting.held_on, MatterKind(each.kind), each.text) for each in rows.select_related("meeting")]
    return sorted(found, key=lambda each: (each.day, order.index(each.kind), each.text))


def attendance(period: Period, *, at: datetime) -> list[AgencyAttendance]:
    """Each committee and agency; two queries."""
    rows = Meeting.objects.filter(_held(period), attended_at__lte=at).select_related("committee")
    by_committee: dict[str, list[Meeting]] = {}
    for meeting in rows.order_by("committee__body", "held_on", "pk"):
        by_committee.setdefault(meeting.committee.name, []).append(meeting)
    everyone = register_of([each for meetings in by_committee.values() for each in meetings])
    found = []
    for committee, meetings in by_committee.items():
        keys = {each.pk for each in meetings}
        for agency in everyone.agencies:
            codes = {key: code for key, code in agency.codes.items() if key in keys}
            if codes:
                counts = count_by_code(codes)
                found.append(AgencyAttendance(committee, agency.name, len(codes), *(counts[code] for code in Code)))
    return found


def escalations(period: Period, *, at: datetime) -> list[Raised]:
    """Those that were open at some time of the period, the oldest first; one query."""
    until = min(period.last, local_day(at))
    rows = Escalation.objects.filter(proposed_on__lte=until).filter(Q(ended_on=None) | Q(ended_on__gte=period.first))
    return [
        Raised(each.what, each.evidence, each.raised_on, EscalationState(each.state), each.answer, each.ask)
        for each in rows.exclude(state=EscalationState.SET_ASIDE).order_by("proposed_on", "pk")
    ]


def actions(period: Period, *, at: datetime) -> list[Asked]:
    """Those that were open at some time of the period, the first due first; one query."""
    today = min(period.last, local_day(at))
    rows = Action.objects.filter(added_on__lte=today).filter(Q(finished_on=None) | Q(finished_on__gte=period.first))
    rows = rows.select_related("owner", "meeting__committee").order_by("due_on", "pk")
    return [_asked(each, today) for each in rows]


def _asked(action: Action, today: date) -> Asked:
    finished = action.finished_on if action.finished_on and action.finished_on <= today else None
    overdue = finished is None and action.due_on < today
    committee, outcome = action.meeting.committee.name, action.outcome if finished else ""
    return Asked(committee, action.what, action.owner.full_name, action.due_on, finished, overdue, outcome)


def _held(period: Period, prefix: str = "") -> Q:
    days = Q(**{f"{prefix}held_on__gte": period.first, f"{prefix}held_on__lte": period.last})
    return days & ~Q(**{f"{prefix}state": MeetingState.CANCELLED})
