"""What is done to a meeting: called, its agenda made, who came, minuted, agreed (domain.md 22–24)."""

from collections.abc import Mapping
from datetime import date, datetime, time

from accounts.gate import command, refuse
from accounts.models import User
from accounts.refusals import Changed, NotNow
from accounts.roles import Permission
from deadlines.services import bank_holidays
from frontend.text import date_in_words, local_day
from governance import selectors
from governance.models import Attendance, Committee, Item, Matter, Meeting, Paper
from governance.rules import STANDING, Code, MatterKind, MeetingState, Subject, calendar
from governance.services.common import must_be_open, must_chair, must_keep, must_sit
from governance.services.escalating import propose_for_absence
from governance.services.listing import step_down

KEEP = Permission.COMMITTEE_KEEP


@command(KEEP, on="committee")
def plan_meetings(
    *, by: User, at: datetime, committee: Committee, first: date, begins: time, place: str, count: int
) -> Committee:
    """Put `count` meetings in the calendar, as often as the committee meets, each with its standing items.

    A day on which nobody works is moved to the next working day. Raises NotNow.
    """
    must_keep(by, committee, at=at)
    days = calendar(first, committee.meets_every_months, count, bank_holidays())
    taken = selectors.meetings(committee).filter(held_on__in=days).exclude(state=MeetingState.CANCELLED)
    if there := taken.first():
        raise NotNow(f"There is a meeting on {date_in_words(there.held_on)} already")
    made = Meeting.objects.bulk_create(
        Meeting(committee=committee, held_on=day, begins=begins, place=place) for day in days
    )
    Item.objects.bulk_create(item for meeting in made for item in _standing(meeting))
    return committee


@command(KEEP, on="meeting", related=("committee",))
def move_meeting(*, by: User, at: datetime, meeting: Meeting, held_on: date, begins: time, place: str) -> Meeting:
    """Another day, time or place. Raises NotNow."""
    must_keep(by, meeting.committee, at=at)
    must_be_open(meeting)
    others = selectors.meetings(meeting.committee).filter(held_on=held_on).exclude(state=MeetingState.CANCELLED)
    if others.exclude(pk=meeting.pk).exists():
        raise NotNow(f"There is a meeting on {date_in_words(held_on)} already")
    if meeting.attended_at and held_on > local_day(at):
        raise NotNow("It has been recorded who came to this meeting, so it was not held in the future")
    meeting.held_on, meeting.begins, meeting.place = held_on, begins, place
    meeting.save(update_fields=["held_on", "begins", "place"])
    return meeting


@command(KEEP, on="meeting", related=("committee",))
def cancel_meeting(*, by: User, at: datetime, meeting: Meeting, reason: str) -> Meeting:
    """It is not held, and counts as no meeting. Raises NotNow."""
    must_keep(by, meeting.committee, at=at)
    must_be_open(meeting)
    if meeting.attended_at:
        raise NotNow("It has been recorded who came to this meeting, so it was held")
    meeting.state, meeting.cancelled_reason = MeetingState.CANCELLED, reason
    meeting.save(update_fields=["state", "cancelled_reason"])
    return meeting


@command(Permission.COMMITTEE_VIEW, on="meeting", related=("committee",))
def propose_item(*, by: User, at: datetime, meeting: Meeting, title: str) -> Item:
    """Put something on the agenda: by whoever has a seat. Raises NotNow."""
    must_sit(by, meeting.committee, at=at)
    must_be_open(meeting)
    item = Item(meeting=meeting, number=meeting.items.count() + 1, title=title, proposed_by=by)
    item.full_clean(exclude=["meeting", "proposed_by"])
    item.save()
    return item


@command(Permission.COMMITTEE_VIEW, on="item", related=("meeting__committee",))
def withdraw_item(*, by: User, at: datetime, item: Item) -> Item:
    """Take a proposed item off again; a standing one never. Raises NotNow."""
    _must_be_theirs(by, item, at=at)
    must_be_open(item.meeting)
    if item.subject:
        raise NotNow("A standing item is on every agenda")
    if item.minutes or item.decision:
        raise NotNow("This item has been minuted")
    item.withdrawn_at = at
    item.save(update_fields=["withdrawn_at"])
    return item


@command(Permission.COMMITTEE_VIEW, on="item", related=("meeting__committee",))
def add_paper(*, by: User, at: datetime, item: Item, title: str, text: str, link: str) -> Paper:
    """Something to read before it. Raises NotNow."""
    _must_be_theirs(by, item, at=at)
    must_be_open(item.meeting)
    paper = Paper(item=item, title=title, text=text, link=link, added_by=by, added_at=at)
    paper.full_clean(exclude=["item", "added_by"])
    paper.save()
    return paper


@command(KEEP, on="meeting", related=("committee",))
def record_attendance(*, by: User, at: datetime, meeting: Meeting, version: int, codes: Mapping[int, Code]) -> Meeting:
    """Member → how they came, of everybody who had a seat that day; said again, it is corrected.

    What the register of attendance then proposes is there as well (domain.md 24). Raises Changed, NotNow.
    """
    must_keep(by, meeting.committee, at=at)
    must_be_open(meeting)
    if meeting.version != version:
        raise Changed(meeting)
    if meeting.held_on > local_day(at):
        raise NotNow(f"This meeting is on {date_in_words(meeting.held_on)}: nobody has come yet")
    seated = {each.pk for each in selectors.members(meeting.committee, on=meeting.held_on)}
    if seated != codes.keys():
        raise NotNow("Who has a seat has changed meanwhile. Look at the page again")
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, member_id=key, code=code) for key, code in codes.items()],
        update_conflicts=True,
        unique_fields=["meeting", "member"],
        update_fields=["code"],
    )
    meeting.attendances.exclude(member__in=seated).delete()
    meeting.attended_at, meeting.version = meeting.attended_at or at, version + 1
    meeting.save(update_fields=["attended_at", "version"])
    propose_for_absence(meeting.committee, at=at)
    return meeting


@command(KEEP, on="item", related=("meeting__committee",))
def minute_item(*, by: User, at: datetime, item: Item, version: int, minutes: str, decision: str) -> Item:
    """What was said and decided. Raises Changed, NotNow."""
    must_keep(by, item.meeting.committee, at=at)
    must_be_open(item.meeting)
    if item.version != version:
        raise Changed(item)
    item.minutes, item.decision, item.version = minutes, decision, version + 1
    item.save(update_fields=["minutes", "decision", "version"])
    return item


@command(KEEP, on="meeting", related=("committee",))
def record_matter(*, by: User, at: datetime, meeting: Meeting, kind: MatterKind, text: str) -> Matter:
    """A theme, a barrier or an operational issue. Raises NotNow."""
    must_keep(by, meeting.committee, at=at)
    must_be_open(meeting)
    return Matter.objects.create(meeting=meeting, kind=kind, text=text, recorded_by=by, recorded_at=at)


@command(Permission.COMMITTEE_CHAIR, on="meeting", related=("committee",))
def agree_minutes(*, by: User, at: datetime, meeting: Meeting) -> Meeting:
    """The chair lets the minutes stand, and who was stepped down leaves CMOG's list. Raises NotNow, NotQuorate."""
    must_chair(by, meeting.committee, at=at)
    must_be_open(meeting)
    if meeting.attended_at is None:
        raise NotNow("Record who came before you agree the minutes")
    step_down(meeting, by=by, at=at)
    meeting.state, meeting.agreed_at, meeting.agreed_by = MeetingState.AGREED, at, by
    meeting.save()
    return meeting


def _standing(meeting: Meeting) -> list[Item]:
    return [
        Item(meeting=meeting, number=number, subject=subject, title=Subject(subject).label)
        for number, subject in enumerate(STANDING[meeting.committee.body], start=1)
    ]


def _must_be_theirs(by: User, item: Item, *, at: datetime) -> None:
    """Whoever proposed it, or keeps the committee."""
    if item.proposed_by_id != by.pk and not selectors.keeps(by, item.meeting.committee.body):
        refuse("governance.keep", by=by, at=at, subject=item)
