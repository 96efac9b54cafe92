"""The promises of the plan: the action, its milestones, the next word on it, what stands in the way (domain.md 25).

Each is derived from the records, here alone: after whatever changed them, and once an hour for what was missed. Nobody
owes an action that nobody leads yet.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

import deadlines.services
from accounts.models import User
from deadlines.models import OPEN, Deadline
from deadlines.rules import Kind, end_of_day
from delivery_plan import selectors
from delivery_plan.models import Action, Milestone
from delivery_plan.rules import DAYS_TO_LIFT, DAYS_TO_WRITE_AGAIN, UpdateState, next_update_on
from frontend.text import local_day

KINDS = (Kind.PLAN_ACTION, Kind.PLAN_UPDATE, Kind.PLAN_BARRIER)
Subject = Action | Milestone
Running = Mapping[tuple[Kind, int], Deadline]


def keep(actions: Iterable[Action], *, at: datetime) -> None:
    """Have the open promises about these actions be those which their records, read anew, call for."""
    rows = selectors.actions().filter(pk__in=[each.pk for each in actions])
    actions = list(rows.prefetch_related("milestones"))
    running = _running(actions)
    for action in actions:
        for kind, subject, day in _wanted(action):
            _keep_one(action, kind, subject, day, running.get((kind, subject.pk)), at)


def kept(subject: Subject, kind: Kind, *, at: datetime) -> None:
    """The promise was kept: the update sent, the action completed, its milestone reached, its last barrier lifted."""
    deadlines.services.meet(kind, subject=subject, at=at)


def drop(action: Action, *, at: datetime, reason: str) -> None:
    """The action is about to be no more, and nothing is owed for it."""
    for kind in KINDS:
        deadlines.services.void(kind, subject=action, at=at, reason=reason)


def heal(by: User, at: datetime) -> None:
    keep(Action.objects.filter(plan__superseded_on=None), at=at)


def _running(actions: Iterable[Action]) -> Running:
    """The open promises about these actions and their milestones."""
    subjects = {
        Action._meta.label_lower: [each.pk for each in actions],
        Milestone._meta.label_lower: [each.pk for action in actions for each in action.milestones.all()],
    }
    found = (Deadline.objects.filter(OPEN, subject_type=label, subject_id__in=pks) for label, pks in subjects.items())
    return {(Kind(each.kind), each.subject_id): each for rows in found for each in rows}


def _wanted(action: Action) -> Iterator[tuple[Kind, Subject, date | None]]:
    """When each is due; None where it is not owed."""
    owed = action.lead is not None and action.lead.team is not None and action.is_open
    yield Kind.PLAN_ACTION, action, action.due_on if owed else None
    yield Kind.PLAN_UPDATE, action, _next_update(action) if owed else None
    yield Kind.PLAN_BARRIER, action, min(_barriers(action), default=None) if owed else None
    for milestone in action.milestones.all():
        yield Kind.PLAN_MILESTONE, milestone, milestone.due_on if owed and not milestone.done_on else None


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


def _keep_one(
    action: Action, kind: Kind, subject: Subject, day: date | None, running: Deadline | None, at: datetime
) -> None:
    due = end_of_day(day) if day else None
    if running and due and running.due_at == due and running.owner_id == action.lead_id:
        return
    if running:
        deadlines.services.void(kind, subject=subject, at=at, reason="The action was changed")
    if due and action.lead and action.lead.team:
        deadlines.services.start(
            kind,
            subject=subject,
            child=None,
            started_at=min(at, due),
            due_at=due,
            owner_team=action.lead.team,
            owner=action.lead,
            at=at,
        )
