"""A year of committees: twelve meetings of CMOG, four of SEMT, two of the board, by the commands that people use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.models import Agency, AgencyKind, User
from accounts.roles import Role
from accounts.selectors import members_with
from cse.demo import minutes
from cse.demo.delivery import one
from deadlines.rules import add_months
from figures.rules import Period
from frontend import keyset
from frontend.text import LONDON, local_day
from governance import selectors, services
from governance.models import Committee, Escalation, Meeting
from governance.rules import Body, Code, Decided, EscalationState, MeetingState, Subject

AFTERNOON = time(14)
PLACE = "Civic Centre, committee room 2"
CMOG_MONTHS, SEMT_MONTHS, LSCB_MONTHS = 12, (11, 8, 5, 2), (6, 3)
GONE_THROUGH = 12
STEPPED_DOWN_AT = frozenset({2, 5, 8})
"""Numbers of meetings of CMOG, the first being 0."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who does what."""

    inspector: User
    chief: User
    secretary: User
    partners: Sequence[User]
    """Everybody else in CMOG, by name."""


def tell(now: datetime) -> None:
    """Unless somebody has entered a committee."""
    if Committee.objects.exists():
        return
    cast = Cast(
        one(Role.CMOG_CHAIR),
        one(Role.SEMT_CHAIR),
        one(Role.CSE_COORDINATOR),
        list(members_with(Role.CMOG_MEMBER).select_related("team__agency").order_by("full_name", "pk")),
    )
    _board(cast, now)
    cmog = _cmog(cast, now)
    semt = _semt(cast, now)
    raised: dict[str, Any] = {"committee": cmog, **minutes.RAISED_BY_HAND}
    services.escalate(by=cast.inspector, at=now - timedelta(days=12), **raised)
    _review(cast, now)
    _to_come(cast, cmog, semt, now)


def _begin(by: User, body: Body, text: str, people: Iterable[User], chair: User, now: datetime) -> Committee:
    at = now - timedelta(days=400)
    rhythm: dict[str, Any] = {
        "meets_every_months": 1 if body == Body.CMOG else 3,
        "review_by": add_months(local_day(now), 2),
    }
    made = services.begin_committee(by=by, at=at, body=body, name=body.label, text=text, **rhythm)
    for person in people:
        if person.team:
            _seat(by, made, person.full_name, person.team.agency, at, person=person, is_chair=person == chair)
    return made


def _seat(by: User, committee: Committee, name: str, agency: Agency, at: datetime, **given: Any) -> None:
    deputy = minutes.DEPUTIES.get(agency.kind, "")
    seat = {"person": None, "deputy": deputy, "is_chair": False, "since_on": local_day(at), **given}
    services.seat_member(by=by, at=at, committee=committee, name=name, agency=agency, **seat)


def _cmog(cast: Cast, now: datetime) -> Committee:
    people = [cast.inspector, cast.secretary, *cast.partners]
    cmog = _begin(cast.inspector, Body.CMOG, minutes.TERMS[Body.CMOG], people, cast.inspector, now)
    for number in range(CMOG_MONTHS):
        day = _weekday(add_months(local_day(now), number - CMOG_MONTHS) - timedelta(days=3))
        _hold(cast, cmog, day, number)
        _see_to_the_board(cast, cmog)
    return cmog


def _hold(cast: Cast, cmog: Committee, day: date, number: int) -> None:
    by = cast.secretary
    meeting = _met(by, cmog, day, number)
    day, at = meeting.held_on, datetime.combine(meeting.held_on, time(16), LONDON)
    told = minutes.MONTHS[number]
    _minute(by, meeting, {Subject.THEMES: told.said, Subject.APOLOGIES: "The chair thanked those who had come."})
    for kind, text in told.matters:
        services.record_matter(by=by, at=at, meeting=meeting, kind=kind, text=text)
    for of, title, text in told.tabled:
        services.table_concern(by=by, at=at, meeting=meeting, kind=of, title=title, text=text)
    _say_again(cast, meeting, number, at)
    _go_through(cast, meeting, number, at)
    owner = cast.partners[number % len(cast.partners)]
    asked: dict[str, Any] = {"what": told.asked, "owner": owner, "due_on": day + timedelta(days=21)}
    action = services.add_action(by=by, at=at, meeting=meeting, **asked)
    if told.came_of_it:
        done = at + timedelta(days=17)
        services.finish_action(by=owner, at=done, action=action, outcome=told.came_of_it)
    services.agree_minutes(by=cast.inspector, at=at + timedelta(days=2), meeting=meeting)
    if number < CMOG_MONTHS - 1:
        later = at + timedelta(days=4)
        update = services.assemble_update(by=by, at=later, month=Period.month(day).first)
        services.agree_update(by=cast.inspector, at=later, update=update)


def _say_again(cast: Cast, meeting: Meeting, number: int, at: datetime) -> None:
    """One of what was tabled before: every fourth time it is over."""
    before = [each for each in selectors.concerns(meeting) if each.tabled_at_id != meeting.pk and not each.closed_on]
    if before:
        concern, closed = before[number % len(before)], number % 4 == 3
        text = "Nothing has been seen there for two months." if closed else "Patrols continue; two more notices served."
        services.note_concern(by=cast.secretary, at=at, meeting=meeting, concern=concern, text=text, closed=closed)


def _go_through(cast: Cast, meeting: Meeting, number: int, at: datetime) -> None:
    """The children who were on the list by then; at some meetings one of them is stepped down."""
    listed = selectors.listed(cast.inspector).filter(cmog_listed_at__lt=at)
    gravest = keyset.page(listed, selectors.LIST_KEY, size=GONE_THROUGH).rows
    for place, case in enumerate(gravest):
        leaves = number in STEPPED_DOWN_AT and place == GONE_THROUGH - 1
        services.discuss_child(
            by=cast.inspector,
            at=at,
            child=case.child,
            meeting=meeting,
            version=0,
            said=minutes.SAID[(number + place) % len(minutes.SAID)],
            decided=Decided.STEPS_DOWN if leaves else Decided.STAYS,
            reason="No concern from any agency for six months, and a trusted adult in place." if leaves else "",
        )


def _semt(cast: Cast, now: datetime) -> Committee:
    people = [cast.chief, cast.inspector, cast.secretary, *members_with(Role.SEMT_MEMBER).order_by("full_name", "pk")]
    semt = _begin(cast.chief, Body.SEMT, minutes.TERMS[Body.SEMT], people, cast.chief, now)
    for number, months in enumerate(SEMT_MONTHS):
        day = _weekday(add_months(local_day(now), -months) + timedelta(days=6))
        meeting = _met(cast.secretary, semt, day, number)
        _minute(cast.secretary, meeting, minutes.SEMT[number])
        at = datetime.combine(meeting.held_on, time(17), LONDON)
        asked: dict[str, Any] = {
            "what": minutes.ASKED_BY_SEMT[number],
            "owner": cast.inspector,
            "due_on": day + timedelta(days=45),
        }
        action = services.add_action(by=cast.secretary, at=at, meeting=meeting, **asked)
        if number < len(SEMT_MONTHS) - 1:
            done = at + timedelta(days=40)
            services.finish_action(by=cast.inspector, at=done, action=action, outcome="Done, and reported to SEMT.")
        services.agree_minutes(by=cast.chief, at=at + timedelta(days=3), meeting=meeting)
    return semt


def _board(cast: Cast, now: datetime) -> None:
    """Its members have no account here but one."""
    board = _begin(cast.chief, Body.LSCB, minutes.TERMS[Body.LSCB], [cast.chief], cast.inspector, now)
    at = now - timedelta(days=400)
    for place, (name, employer) in enumerate(minutes.BOARD):
        agency = Agency.objects.get(name=employer)
        _seat(cast.chief, board, name, agency, at, is_chair=place == 0)
    for number, months in enumerate(LSCB_MONTHS):
        day = _weekday(add_months(local_day(now), -months))
        meeting = _met(cast.chief, board, day, number + 2)
        _minute(cast.chief, meeting, minutes.BOARD_SAID)
        agreed = datetime.combine(meeting.held_on, time(18), LONDON)
        services.agree_minutes(by=cast.chief, at=agreed, meeting=meeting)


def _met(by: User, committee: Committee, day: date, number: int) -> Meeting:
    """A meeting of that day, and who came."""
    at = datetime.combine(day, time(15), LONDON)
    where: dict[str, Any] = {"first": day, "begins": AFTERNOON, "place": PLACE, "count": 1}
    services.plan_meetings(by=by, at=at - timedelta(days=30), committee=committee, **where)
    meeting = selectors.meetings(committee).get(state=MeetingState.PLANNED)
    at = max(at, datetime.combine(meeting.held_on, time(15), LONDON))
    members = selectors.members(committee, on=meeting.held_on)
    codes = {each.pk: _came(each.agency.kind, each.is_chair, place, number) for place, each in enumerate(members)}
    return services.record_attendance(by=by, at=at, meeting=meeting, version=1, codes=codes)


def _came(kind: str, is_chair: bool, place: int, number: int) -> Code:
    """The three of the quorum always, or their deputies; the charity twice not two times in a row."""
    if is_chair:
        return Code.ATTENDED
    if kind in {AgencyKind.LOCAL_AUTHORITY, AgencyKind.POLICE, AgencyKind.HEALTH}:
        return Code.DEPUTY if (place + number) % 5 == 0 else Code.ATTENDED
    if kind == AgencyKind.CHARITY:
        return (Code.APOLOGY, Code.ABSENT)[number % 2] if number in {4, 5, 10, 11} else Code.ATTENDED
    return (Code.ATTENDED, Code.ATTENDED, Code.ATTENDED, Code.DEPUTY, Code.APOLOGY)[(place + number) % 5]


def _minute(by: User, meeting: Meeting, said: Any) -> None:
    at = datetime.combine(meeting.held_on, time(16), LONDON)
    for item in selectors.agenda(meeting):
        if words := said.get(item.subject):
            text, decision = words if isinstance(words, tuple) else (words, "")
            services.minute_item(by=by, at=at, item=item, version=1, minutes=text, decision=decision)


def _see_to_the_board(cast: Cast, cmog: Committee) -> None:
    """The first escalation that the register proposes goes all the way; later ones wait for a decision."""
    first = Escalation.objects.filter(committee=cmog).order_by("proposed_on", "pk").first()
    if first is None or first.state != EscalationState.PROPOSED:
        return
    at = datetime.combine(first.proposed_on + timedelta(days=2), time(10), LONDON)
    ask, answer = "Name a deputy who can decide.", "The chief officer has named a deputy from next month."
    raised = services.raise_escalation(by=cast.inspector, at=at, escalation=first, what=first.what, ask=ask)
    services.accept_escalation(by=cast.chief, at=at + timedelta(days=20), escalation=raised)
    services.answer_escalation(by=cast.chief, at=at + timedelta(days=40), escalation=raised, answer=answer)
    closed: dict[str, Any] = {"at": at + timedelta(days=60), "outcome": "They have come since."}
    services.close_escalation(by=cast.inspector, escalation=raised, **closed)


def _review(cast: Cast, now: datetime) -> None:
    for told in minutes.REVIEWS:
        began = now - timedelta(days=told.days_ago)
        given: dict[str, Any] = {
            "kind": told.kind,
            "title": told.title,
            "looked_at": told.looked_at,
            "began_on": local_day(began),
        }
        review = services.begin_review(by=cast.secretary, at=began, agency=None, **given)
        for text, changed in told.findings:
            finding = services.add_finding(by=cast.secretary, at=began + timedelta(days=14), review=review, text=text)
            if changed:
                later = began + timedelta(days=60)
                services.record_change(by=cast.secretary, at=later, finding=finding, what_changed=changed)
        if told.summary:
            finished = began + timedelta(days=28)
            services.finish_review(by=cast.secretary, at=finished, review=review, summary=told.summary)


def _to_come(cast: Cast, cmog: Committee, semt: Committee, now: datetime) -> None:
    """The meeting that waits for its minutes, and those that are planned."""
    where: dict[str, Any] = {"begins": AFTERNOON, "place": PLACE}
    last = _weekday(local_day(now) - timedelta(days=1))
    services.plan_meetings(by=cast.secretary, at=now, committee=cmog, first=last, count=1, **where)
    ahead: dict[str, Any] = {"first": add_months(local_day(now), 1), "count": 3}
    services.plan_meetings(by=cast.secretary, at=now, committee=cmog, **ahead, **where)
    services.plan_meetings(by=cast.secretary, at=now, committee=semt, **ahead | {"count": 2}, **where)


def _weekday(day: date) -> date:
    """This day, or the last before it that is none of the weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
