"""What every command of a committee asks first."""

from datetime import datetime

from accounts.gate import refuse
from accounts.models import User
from accounts.refusals import NotNow
from governance import selectors
from governance.models import Committee, Meeting
from governance.rules import MeetingState


def must_keep(by: User, committee: Committee, *, at: datetime) -> None:
    """Raises PermissionDenied, as the others here."""
    if not selectors.keeps(by, committee.body):
        refuse("governance.keep", by=by, at=at, subject=committee)


def must_chair(by: User, committee: Committee, *, at: datetime) -> None:
    if not selectors.chairs(by, committee.body):
        refuse("governance.chair", by=by, at=at, subject=committee)


def must_sit(by: User, committee: Committee, *, at: datetime) -> None:
    if not selectors.sits(by, committee):
        refuse("governance.sit", by=by, at=at, subject=committee)


def must_be_open(meeting: Meeting) -> None:
    """Its minutes are still being written. Raises NotNow."""
    if meeting.state == MeetingState.AGREED:
        raise NotNow("The minutes of this meeting have been agreed, so they are not changed any more")
    if meeting.state == MeetingState.CANCELLED:
        raise NotNow("This meeting was cancelled")
