"""CMOG's list: what is said of each child, and the minuted step-down from it (domain.md 22)."""

from datetime import datetime

import people.services
from accounts.gate import command
from accounts.models import User
from accounts.refusals import Changed, NotNow, Refusal
from accounts.roles import Permission
from governance import selectors
from governance.models import Concern, ConcernNote, Discussion, Meeting
from governance.rules import Body, ConcernKind, Decided
from governance.services.common import must_be_open, must_keep
from people.models import Child
from riskassessment.rules import Level
from riskassessment.selectors import level_of, screened_since

CMOG_CHILDREN, KEEP = Permission.CMOG_CHILDREN, Permission.COMMITTEE_KEEP


class NotQuorate(Refusal):
    """No child leaves the list by a meeting without the local authority, the police and health (domain.md 24)."""


@command(CMOG_CHILDREN, on="child")
def discuss_child(
    *,
    by: User,
    at: datetime,
    child: Child,
    meeting: Meeting,
    version: int,
    said: str,
    decided: Decided,
    reason: str,
) -> Discussion:
    """What was said and decided, on the child's record; until the minutes are agreed it may be said again.

    Raises Changed, NotNow, NotQuorate.
    """
    must_keep(by, meeting.committee, at=at)
    must_be_open(meeting)
    if meeting.committee.body != Body.CMOG:
        raise NotNow("Only CMOG goes through the children on its list")
    if meeting.attended_at is None:
        raise NotNow("Record who came to the meeting first")
    if decided == Decided.STEPS_DOWN:
        _must_be_quorate(meeting)
    there = Discussion.objects.filter(meeting=meeting, child=child).select_for_update().first()
    discussion = there or Discussion(meeting=meeting, child=child, version=0)
    if discussion.version != version:
        raise Changed(discussion)
    discussion.level, discussion.said, discussion.decided = level_of(child), said, decided
    discussion.reason = reason if decided == Decided.STEPS_DOWN else ""
    discussion.recorded_by, discussion.recorded_at, discussion.version = by, at, version + 1
    discussion.full_clean(exclude=["meeting", "child", "recorded_by"])
    discussion.save()
    return discussion


@command(KEEP, on="meeting", related=("committee",))
def table_concern(*, by: User, at: datetime, meeting: Meeting, kind: ConcernKind, title: str, text: str) -> Concern:
    """Something CMOG looks at from this meeting on. Raises NotNow."""
    _must_be_tabled(meeting, by=by, at=at)
    concern = Concern(kind=kind, title=title, tabled_at=meeting, tabled_on=meeting.held_on)
    concern.full_clean(exclude=["tabled_at"])
    concern.save()
    ConcernNote.objects.create(concern=concern, meeting=meeting, text=text, recorded_by=by, recorded_at=at)
    return concern


@command(KEEP, on="meeting", related=("committee",))
def note_concern(*, by: User, at: datetime, meeting: Meeting, concern: Concern, text: str, closed: bool) -> ConcernNote:
    """What this meeting was told of it; `closed` when it need not look at it again. Raises NotNow."""
    _must_be_tabled(meeting, by=by, at=at)
    if concern.closed_on:
        raise NotNow("This has been closed")
    if closed:
        concern.closed_on, concern.how_closed = meeting.held_on, text[:300]
        concern.full_clean(exclude=["tabled_at"])
        concern.save(update_fields=["closed_on", "how_closed"])
    return ConcernNote.objects.create(concern=concern, meeting=meeting, text=text, recorded_by=by, recorded_at=at)


def step_down(meeting: Meeting, *, by: User, at: datetime) -> None:
    """A part of agreeing the minutes: who was stepped down leaves the list, and CMOG sees their record no more.

    Whoever was screened since as SERIOUS or SIGNIFICANT stays: the meeting did not know of it.
    """
    if meeting.committee.body != Body.CMOG:
        return
    meeting.children_listed = selectors.listed(by).count()
    meeting.children_discussed = selectors.discussed(by, meeting).count()
    leaving = [each for each in selectors.stepping_down(by, meeting) if not _graver_since(each)]
    if leaving:
        _must_be_quorate(meeting)
    for discussion in leaving:
        discussion.stepped_down_at = at
        discussion.save(update_fields=["stepped_down_at"])
        people.services.take_off_cmog(discussion.child, by=by, at=at, reason="Stepped down by CMOG")
    meeting.children_stepped_down = len(leaving)


def _graver_since(discussion: Discussion) -> bool:
    level = level_of(discussion.child)
    screened = screened_since([discussion.child_id], discussion.recorded_at)
    return screened and level is not None and level >= Level.SIGNIFICANT


def _must_be_tabled(meeting: Meeting, *, by: User, at: datetime) -> None:
    must_keep(by, meeting.committee, at=at)
    must_be_open(meeting)
    if meeting.committee.body != Body.CMOG:
        raise NotNow("Only CMOG goes through persons, locations, groups and investigations")


def _must_be_quorate(meeting: Meeting) -> None:
    if lacking := selectors.lacking(selectors.attendances(meeting)):
        raise NotQuorate(
            f"A meeting that is not quorate steps nobody down. Neither there nor deputised: {', '.join(lacking)}"
        )
