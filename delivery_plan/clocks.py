"""The promises of the plan: the action itself, the next word on it, what stands in the way (domain.md 25).

Each is derived from the records, here alone: after whatever changed them, and once an hour for what was missed. Nobody
owes an action that nobody leads yet.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import deadlines.services
from accounts.models import User
from deadlines.models import OPEN, Deadline
from deadlines.rules import Kind, end_of_day
from delivery_plan import selectors
from delivery_plan.models import Action
from delivery_plan.rules import DAYS_TO_LIFT, DAYS_TO_WRITE_AGAIN, UpdateState, next_update_on
from frontend.text import local_day

KINDS = (Kind.PLAN_ACTION, Kind.PLAN_UPDATE, Kind.PLAN_BARRIER)


def keep(actions: Iterable[Action], *, at: datetime) -> None:
    """Have the open promises about these actions be those which their records, read anew, call for."""
    actions = list(selectors.actions().filter(pk__in=[each.pk for each in actions]))
    rows = Deadline.objects.filter(
        OPEN, subject_type=Action._meta.label_lower, subject_id__in=[each.pk for each in actions], kind__in=KINDS
    )
    running = {(each.subject_id, Kind(each.kind)): each for each in rows}
    for action in actions:
        for kind, day in _wanted(action).items():
            _keep_one(action, kind, day, running.get((action.pk, kind)), at)


def kept(action: Action, kind: Kind, *, at: datetime) -> None:
    """The promise was kept: the update is sent, the action completed, the last barrier lifted."""
    deadlines.services.meet(kind, subject=action, at=at)


def drop(action: Action, *, at: datetime, reason: str) -> None:
    """The action is about to be no more, and nothing is owed for it."""
    for kind in KINDS:
        deadlines.services.void(kind, subject=action, at=at, reason=reason)


def heal(by: User, at: datetime) -> None:
    keep(Action.objects.filter(plan__superseded_on=None), at=at)


def _wanted(action: Action) -> dict[Kind, date | None]:
    """When each is due; None where it is not owed."""
    owed = action.lead is not None and action.lead.team is not None and action.closed_on is None
    owed = owed and action.plan.superseded_on is None
    dates = {
        Kind.PLAN_ACTION: action.due_on,
        Kind.PLAN_UPDATE: _next_update(action),
        Kind.PLAN_BARRIER: min(_barriers(action), default=None),
    }
    return {kind: day if owed else None for kind, day in dates.items()}


def _next_update(action: Action) -> date | None:
    """None while one waits for the chair; one that was sent back is due again in a week."""
    for update in action.updates.all():
        if update.state == UpdateState.SUBMITTED:
            return None
        if update.state == UpdateState.RETURNED and update.settled_at:
            return local_day(update.settled_at) + timedelta(days=DAYS_TO_WRITE_AGAIN)
    return next_update_on(action.updated_on, action.plan.adopted_on, action.update_every_months)


def _barriers(action: Action) -> Iterator[date]:
    return (barrier.since_on + timedelta(days=DAYS_TO_LIFT) for barrier in action.barriers.all())


def _keep_one(action: Action, kind: Kind, day: date | None, running: Deadline | None, at: datetime) -> None:
    due = end_of_day(day) if day else None
    if running and due and running.due_at == due and running.owner_id == action.lead_id:
        return
    if running:
        deadlines.services.void(kind, subject=action, at=at, reason="The action was changed")
    if due and action.lead and action.lead.team:
        deadlines.services.start(
            kind,
            subject=action,
            child=None,
            started_at=min(at, due),
            due_at=due,
            owner_team=action.lead.team,
            owner=action.lead,
            at=at,
        )
