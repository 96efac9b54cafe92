"""What CMOG tells SEMT of a month: put together from its meetings, for the chair to edit (domain.md 22).

It names no child, and counts of 1 to 4 are words: the months of it lie side by side.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import QuerySet

from figures.rules import Period
from frontend.text import date_in_words, local_day
from governance.models import Action, Concern, ConcernNote, Escalation, Matter, Meeting, MonthlyUpdate
from governance.rules import PRESENT, Body, ConcernKind, EscalationState, MatterKind, MeetingState, UpdateState, few
from governance.selectors.meetings import before, register_of

UPDATE_KEY = ("month", "id")
SECTIONS: Mapping[str, str] = {
    "children": "Children on the list",
    "concerns": "Persons and locations of concern, groups, investigations",
    "themes": "Themes",
    "barriers": "Barriers",
    "issues": "Operational issues",
    "actions": "Actions",
    "attendance": "Agencies that were not there",
    "asks": "What SEMT is asked for",
}
NOTHING = "Nothing this month."


def updates() -> QuerySet[MonthlyUpdate]:
    return MonthlyUpdate.objects.select_related("agreed_by")


def agreed_between(first: date | None, last: date) -> list[MonthlyUpdate]:
    """The updates agreed after one meeting of SEMT and by the day of the next, the oldest first."""
    rows = MonthlyUpdate.objects.filter(state=UpdateState.AGREED, agreed_at__date__lte=last)
    rows = rows.filter(agreed_at__date__gt=first) if first else rows
    return list(rows.order_by("month"))


def updates_for(meeting: Meeting) -> list[MonthlyUpdate]:
    """What CMOG tells this meeting of SEMT: agreed since the one before."""
    if meeting.committee.body != Body.SEMT:
        return []
    last = before(meeting)
    return agreed_between(last.held_on if last else None, meeting.held_on)


def months_without(today: date, *, back: int = 3) -> list[Period]:
    """Of the last months and the one that runs, those of which there is no update, the latest first."""
    every = list(Period.month(today).months_before(back))
    there = set(MonthlyUpdate.objects.filter(month__in=[each.first for each in every]).values_list("month", flat=True))
    return [each for each in reversed(every) if each.first not in there]


def assembled(month: Period, *, at: datetime) -> dict[str, str]:
    """Each section as the month's records have it."""
    meetings = list(
        Meeting.objects.filter(committee__body=Body.CMOG, held_on__range=(month.first, month.last))
        .exclude(state=MeetingState.CANCELLED)
        .order_by("held_on")
    )
    matters = list(Matter.objects.filter(meeting__in=meetings).order_by("meeting__held_on", "pk"))
    named = {kind: [each.text for each in matters if each.kind == kind] for kind in MatterKind}
    return {
        "children": _listed(meetings) or "CMOG did not meet this month.",
        "concerns": _lines(_concerns(meetings, month)),
        "themes": _lines(named[MatterKind.THEME]),
        "barriers": _lines(named[MatterKind.BARRIER]),
        "issues": _lines(named[MatterKind.ISSUE]),
        "actions": _actions(min(month.last, local_day(at))),
        "attendance": _lines(_absences(meetings)),
        "asks": _lines(_asks(month)),
    }


def _listed(meetings: Iterable[Meeting]) -> str:
    return "\n".join(_of_meeting(each) for each in meetings)


def _of_meeting(meeting: Meeting) -> str:
    day = date_in_words(meeting.held_on)
    if meeting.state != MeetingState.AGREED:
        return f"The minutes of the meeting on {day} have not been agreed yet."
    return f"{day}: {of_list(meeting)}"


def of_list(meeting: Meeting, *, exact: bool = False) -> str:
    """What CMOG did with its list; `exact` for those alone who may see the children behind the numbers."""
    numbers = (meeting.children_listed, meeting.children_discussed, meeting.children_stepped_down)
    listed, discussed, left = (f"{each or 0:,}" if exact else few(each or 0) for each in numbers)
    return f"Children on the list: {listed}. Gone through: {discussed}. Stepped down: {left}."


def _concerns(meetings: list[Meeting], month: Period) -> list[str]:
    """Places, groups and investigations by name with what was said; persons by their number alone."""
    open_then = Concern.objects.filter(tabled_on__lte=month.last).exclude(closed_on__lt=month.first)
    persons = open_then.filter(kind=ConcernKind.PERSON).count()
    notes = ConcernNote.objects.filter(meeting__in=meetings).exclude(concern__kind=ConcernKind.PERSON)
    notes = notes.select_related("concern").order_by("concern__kind", "concern__title", "pk")
    said = [f"{each.concern.get_kind_display()}, {each.concern.title}: {each.text}" for each in notes]
    return ([f"Persons of concern: {persons}."] if persons else []) + said


def _actions(day: date) -> str:
    rows = Action.objects.filter(meeting__committee__body=Body.CMOG, added_on__lte=day)
    still = list(rows.exclude(finished_on__lte=day).order_by("due_on", "pk"))
    late = [each for each in still if each.due_on < day]
    said = [f"{len(still)} actions of CMOG are open, {len(late)} of them overdue."]
    return "\n".join([*said, *(f"- {each.what} (due {date_in_words(each.due_on)})" for each in late)])


def _absences(meetings: list[Meeting]) -> list[str]:
    days = {each.pk: date_in_words(each.held_on) for each in meetings}
    return [
        f"{agency.name}: {code.label.lower()} on {days[meeting]}"
        for agency in register_of(meetings).agencies
        for meeting, code in agency.codes.items()
        if code not in PRESENT
    ]


def _asks(month: Period) -> list[str]:
    rows = Escalation.objects.filter(committee__body=Body.CMOG, proposed_on__lte=month.last)
    rows = rows.exclude(ended_on__lt=month.first).exclude(state__in=[EscalationState.SET_ASIDE])
    return [f"{each.what}: {each.ask or 'proposed, not yet raised'}" for each in rows.order_by("proposed_on", "pk")]


def _lines(texts: list[str]) -> str:
    return "\n".join(f"- {each}" for each in texts) or NOTHING
