"""What a meeting asks of somebody, until it is finished (domain.md 23)."""

from datetime import date, datetime

from accounts.gate import command, refuse
from accounts.models import User
from accounts.refusals import Changed, NotNow
from accounts.roles import Permission
from frontend.text import local_day
from governance import clocks, selectors
from governance.models import Action, Meeting
from governance.services.common import must_be_open, must_keep

KEEP = Permission.COMMITTEE_KEEP


@command(KEEP, on="meeting", related=("committee",))
def add_action(*, by: User, at: datetime, meeting: Meeting, what: str, owner: User, due_on: date) -> Action:
    """Ask somebody for something by a day; they are reminded. Raises NotNow."""
    must_keep(by, meeting.committee, at=at)
    must_be_open(meeting)
    action = Action(meeting=meeting, what=what, owner=owner, due_on=due_on, added_by=by, added_on=local_day(at))
    action.full_clean(exclude=["meeting", "owner", "added_by"])
    action.save()
    clocks.keep_actions([action], at=at)
    return action


@command(KEEP, on="action", related=("meeting__committee", "owner__team"))
def change_action(
    *, by: User, at: datetime, action: Action, version: int, what: str, owner: User, due_on: date
) -> Action:
    """Another owner, or another day: until it is finished. Raises Changed, NotNow."""
    must_keep(by, action.meeting.committee, at=at)
    _must_be_unfinished(action)
    if action.version != version:
        raise Changed(action)
    action.what, action.owner, action.due_on, action.version = what, owner, due_on, version + 1
    action.save(update_fields=["what", "owner", "due_on", "version"])
    clocks.keep_actions([action], at=at)
    return action


@command(Permission.COMMITTEE_VIEW, on="action", related=("meeting__committee", "owner__team"))
def finish_action(*, by: User, at: datetime, action: Action, outcome: str) -> Action:
    """What came of it: said by its owner, or by who keeps the committee. Raises NotNow."""
    if action.owner_id != by.pk and not selectors.keeps(by, action.meeting.committee.body):
        refuse("governance.keep", by=by, at=at, subject=action)
    _must_be_unfinished(action)
    action.outcome, action.finished_on = outcome, local_day(at)
    action.save(update_fields=["outcome", "finished_on"])
    clocks.action_finished(action, at=at)
    return action


def _must_be_unfinished(action: Action) -> None:
    if action.finished_on:
        raise NotNow("This action has already been finished")
