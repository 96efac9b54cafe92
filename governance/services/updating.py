"""CMOG's update to SEMT: assembled, edited, agreed by its chair (strategy §8, domain.md 22)."""

from datetime import date, datetime

from accounts.gate import command
from accounts.models import User
from accounts.refusals import Changed, NotNow
from accounts.roles import Permission
from figures.rules import Period
from frontend.text import local_day
from governance import selectors
from governance.models import Committee, MonthlyUpdate
from governance.rules import Body, UpdateState
from governance.services.common import must_chair, must_keep


@command(Permission.COMMITTEE_KEEP)
def assemble_update(*, by: User, at: datetime, month: date) -> MonthlyUpdate:
    """Begin the update of the month in which this day lies, with what its records say. Raises NotNow."""
    must_keep(by, _cmog(), at=at)
    period = Period.month(month)
    if period.first > local_day(at):
        raise NotNow("This month has not begun yet")
    if MonthlyUpdate.objects.filter(month=period.first).exists():
        raise NotNow("There is an update of this month already")
    said = selectors.assembled(period, at=at)
    return MonthlyUpdate.objects.create(month=period.first, drafted_by=by, changed_at=at, **said)


@command(Permission.COMMITTEE_KEEP, on="update")
def save_update(*, by: User, at: datetime, update: MonthlyUpdate, version: int, **said: str) -> MonthlyUpdate:
    """What each section says, until it is agreed. Raises Changed, NotNow."""
    must_keep(by, _cmog(), at=at)
    _must_be_draft(update)
    if update.version != version:
        raise Changed(update)
    for name in selectors.SECTIONS:
        setattr(update, name, said[name])
    update.drafted_by, update.changed_at, update.version = by, at, version + 1
    update.save()
    return update


@command(Permission.COMMITTEE_CHAIR, on="update")
def agree_update(*, by: User, at: datetime, update: MonthlyUpdate) -> MonthlyUpdate:
    """The chair lets SEMT have it; it says what it said from now on. Raises NotNow."""
    must_chair(by, _cmog(), at=at)
    _must_be_draft(update)
    update.state, update.agreed_at, update.agreed_by = UpdateState.AGREED, at, by
    update.save(update_fields=["state", "agreed_at", "agreed_by"])
    return update


def _cmog() -> Committee:
    return selectors.committee_of(Body.CMOG) or Committee(body=Body.CMOG)


def _must_be_draft(update: MonthlyUpdate) -> None:
    if update.state != UpdateState.DRAFT:
        raise NotNow("This update has been agreed, so it is not changed any more")
