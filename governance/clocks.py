"""The promises of committees: to review terms of reference, to do what a meeting asked for (domain.md 23).

Each is derived from the records, here alone: after whatever changed them, and once an hour for what was missed.
"""

from collections.abc import Iterable
from datetime import date, datetime

import deadlines.services
from accounts.models import User
from deadlines.models import OPEN, Deadline
from deadlines.rules import Kind, end_of_day
from governance.models import Action, Committee
from governance.selectors.committees import chair_of

Owed = tuple[User | None, date | None]


def keep_committees(committees: Iterable[Committee], *, at: datetime) -> None:
    """The terms of reference are the chair's to review, where the chair has an account here."""
    for committee in committees:
        chair = chair_of(committee)
        _keep(Kind.TERMS_REVIEW, committee, (chair.person if chair else None, committee.review_by), at)


def keep_actions(actions: Iterable[Action], *, at: datetime) -> None:
    for action in actions:
        due = action.due_on if action.finished_on is None else None
        _keep(Kind.COMMITTEE_ACTION, action, (action.owner, due), at)


def terms_reviewed(committee: Committee, *, at: datetime) -> None:
    deadlines.services.meet(Kind.TERMS_REVIEW, subject=committee, at=at)


def action_finished(action: Action, *, at: datetime) -> None:
    deadlines.services.meet(Kind.COMMITTEE_ACTION, subject=action, at=at)


def heal(by: User, at: datetime) -> None:
    keep_committees(Committee.objects.all(), at=at)
    keep_actions(
        Action.objects.filter(finished_on=None).select_related("owner__team", "meeting__committee"),
        at=at,
    )


def _keep(kind: Kind, record: Committee | Action, owed: Owed, at: datetime) -> None:
    """Have the open promise about the record be the one that it calls for."""
    owner, day = owed
    due = end_of_day(day) if day and owner and owner.team else None
    running = Deadline.objects.filter(
        OPEN, kind=kind, subject_type=record._meta.label_lower, subject_id=record.pk
    ).first()
    if running and due and owner and running.due_at == due and running.owner_id == owner.pk:
        return
    if running:
        deadlines.services.void(kind, subject=record, at=at, reason="It was changed")
    if due and owner and owner.team:
        deadlines.services.start(
            kind,
            subject=record,
            child=None,
            started_at=min(at, due),
            due_at=due,
            owner_team=owner.team,
            owner=owner,
            at=at,
        )
