"""Meetings: agendas, who came, what is still to be done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import Agency, AgencyKind, User
from figures.rules import Part
from governance.models import Action, Attendance, Committee, Item, Meeting, Member, Paper
from governance.rules import PRESENT, Body, Code, MeetingState, best
from governance.selectors.committees import chair_of, committees, reads
from referrals.rules import missing_from_discussion

MEETING_KEY = ("held_on", "id")
ACTION_KEY = ("due_on", "id")
MEETINGS_SHOWN = 12


@dataclass(frozen=True)
class Presence:
    """How an agency or a person has come to the meetings at which they had a seat."""

    name: str
    codes: dict[int, Code]
    """Meeting → how they came."""

    @property
    def part(self) -> Part:
        return Part(sum(code in PRESENT for code in self.codes.values()), len(self.codes))


@dataclass(frozen=True)
class Personal(Presence):
    """One person: a deputy came for them, and they did not."""

    @property
    def part(self) -> Part:
        return Part(sum(code == Code.ATTENDED for code in self.codes.values()), len(self.codes))


@dataclass(frozen=True)
class Register:
    """The attendance of a committee: meetings from the oldest to the latest, agencies, people."""

    meetings: list[Meeting]
    agencies: list[Presence]
    people: list[Presence]


@dataclass(frozen=True)
class Overview:
    """A committee on the page of all of them."""

    committee: Committee
    chair: Member | None
    coming: Meeting | None
    last: Meeting | None
    open: int
    overdue: int


def meetings(committee: Committee) -> QuerySet[Meeting]:
    return Meeting.objects.filter(committee=committee)


def coming(committee: Committee) -> list[Meeting]:
    """What is planned, the next first; one that was held and whose minutes are not agreed is among them."""
    rows = meetings(committee).filter(state=MeetingState.PLANNED)
    return list(rows.order_by("held_on", "pk"))


def held(committee: Committee) -> QuerySet[Meeting]:
    """Those of which it is recorded who came, the latest first."""
    rows = meetings(committee).filter(attended_at__isnull=False).exclude(state=MeetingState.CANCELLED)
    return rows.order_by("-held_on", "-pk")


def semt_last_met(today: date) -> date | None:
    """The day of SEMT's last meeting before this one, of which it is recorded who came."""
    rows = Meeting.objects.filter(committee__body=Body.SEMT, held_on__lt=today, attended_at__isnull=False)
    return rows.exclude(state=MeetingState.CANCELLED).order_by("-held_on").values_list("held_on", flat=True).first()


def before(meeting: Meeting) -> Meeting | None:
    """The meeting whose minutes this one goes through."""
    rows = held(meeting.committee).filter(held_on__lt=meeting.held_on)
    return rows.first()


def agenda(meeting: Meeting) -> list[Item]:
    """Its items with their papers, without those that were withdrawn."""
    papers = Prefetch("papers", Paper.objects.select_related("added_by").order_by("pk"))
    rows = meeting.items.filter(withdrawn_at=None).select_related("proposed_by")
    return list(rows.prefetch_related(papers).order_by("number"))


def attendances(meeting: Meeting) -> list[Attendance]:
    rows = meeting.attendances.select_related("member__agency")
    return list(rows.order_by("-member__is_chair", "member__agency__name", "member__name", "pk"))


def lacking(attended: Iterable[Attendance]) -> list[str]:
    """The agencies without which a meeting is not quorate (domain.md 24): neither they nor a deputy came."""
    came = [AgencyKind(each.member.agency.kind) for each in attended if Code(each.code) in PRESENT]
    return missing_from_discussion(came)


def actions_for(committee: Committee) -> QuerySet[Action]:
    rows = Action.objects.filter(meeting__committee=committee)
    return rows.select_related("owner", "meeting__committee")


def carried(meeting: Meeting) -> list[Action]:
    """The actions of meetings before this one that were not finished when it was held, the first due first."""
    rows = actions_for(meeting.committee).filter(meeting__held_on__lt=meeting.held_on)
    still = rows.exclude(finished_on__lt=meeting.held_on)
    return list(still.order_by("due_on", "pk"))


def actions_of(user: User) -> QuerySet[Action]:
    """What committees still want of this person."""
    return Action.objects.filter(owner=user, finished_on=None).select_related("owner", "meeting__committee")


def open_actions(user: User) -> QuerySet[Action]:
    """What is still to be done for the committees that this person reads."""
    rows = Action.objects.filter(finished_on=None).select_related("owner", "meeting__committee")
    return rows if reads(user, Body.CMOG) else rows.exclude(meeting__committee__body=Body.CMOG)


def asked_at(meeting: Meeting) -> QuerySet[Action]:
    return meeting.actions.select_related("owner").order_by("due_on", "pk")


def being_minuted() -> Meeting | None:
    """The meeting of CMOG whose attendance is recorded and whose minutes are not agreed; the latest of them."""
    rows = Meeting.objects.filter(committee__body=Body.CMOG, state=MeetingState.PLANNED, attended_at__isnull=False)
    return rows.select_related("committee").order_by("-held_on", "-pk").first()


def overview(user: User, *, today: date) -> list[Overview]:
    """The committees that this person reads; two queries and three for each."""
    return [_overview(each, today) for each in committees(user)]


def register(committee: Committee, *, count: int = MEETINGS_SHOWN) -> Register:
    """Of the last `count` meetings that were held; two queries."""
    rows = list(held(committee)[:count])
    return register_of(sorted(rows, key=lambda each: (each.held_on, each.pk)))


def register_of(rows: Sequence[Meeting]) -> Register:
    attended = list(
        Attendance.objects.filter(meeting__in=rows)
        .select_related("member__agency")
        .order_by("member__agency__name", "member__name", "pk")
    )
    return Register(list(rows), _by_agency(attended), _by_person(attended))


def codes_of_agency(
    committee: Committee, agency: Agency, *, last: int, until: Meeting | None = None
) -> list[tuple[Meeting, Code]]:
    """How it came to the last meetings at which it had a seat, up to and with `until`, the latest first."""
    rows = held(committee).filter(attendances__member__agency=agency).distinct()
    rows = rows.filter(held_on__lte=until.held_on) if until else rows
    found = []
    for meeting in rows[:last]:
        codes = meeting.attendances.filter(member__agency=agency).values_list("code", flat=True)
        found.append((meeting, best(codes)))
    return found


def _overview(committee: Committee, today: date) -> Overview:
    still = actions_for(committee).filter(finished_on=None)
    counts = still.aggregate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today)))
    coming_next = next(iter(coming(committee)), None)
    return Overview(committee, chair_of(committee), coming_next, held(committee).first(), **counts)


def _by_agency(attended: Iterable[Attendance]) -> list[Presence]:
    """An agency with several seats came when one of them did."""
    names: dict[int, str] = {}
    found: dict[int, dict[int, list[str]]] = {}
    for each in attended:
        names[each.member.agency_id] = each.member.agency.name
        found.setdefault(each.member.agency_id, {}).setdefault(each.meeting_id, []).append(each.code)
    return [Presence(names[key], {pk: best(codes) for pk, codes in each.items()}) for key, each in found.items()]


def _by_person(attended: Iterable[Attendance]) -> list[Presence]:
    found: dict[int, tuple[Member, dict[int, Code]]] = {}
    for each in attended:
        found.setdefault(each.member_id, (each.member, {}))[1][each.meeting_id] = Code(each.code)
    return [Personal(f"{member.name}, {member.agency}", codes) for member, codes in found.values()]


def count_by_code(codes: Mapping[int, Code]) -> dict[Code, int]:
    return {code: sum(each == code for each in codes.values()) for code in Code}
