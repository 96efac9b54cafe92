"""Who is to review an entry by when: services and resources (domain.md 33).

Derived from the records, here alone: after whatever changed them, and once an hour for what was missed.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

import deadlines.services
from accounts.models import User
from deadlines.models import OPEN, Deadline
from deadlines.rules import Kind, end_of_day
from prevention.models import Resource, Service

Reviewed = Service | Resource
KINDS: Mapping[type[Reviewed], Kind] = {Service: Kind.SERVICE_REVIEW, Resource: Kind.RESOURCE_REVIEW}


def keep(model: type[Reviewed], records: Iterable[Reviewed], *, at: datetime) -> None:
    """Have the open promises about these records of a kind be those that they call for."""
    records = list(records)
    kind, label = KINDS[model], model._meta.label_lower
    rows = Deadline.objects.filter(OPEN, subject_type=label, kind=kind, subject_id__in=[each.pk for each in records])
    running = {each.subject_id: each for each in rows}
    for record in records:
        _keep_one(kind, record, running.get(record.pk), at)


def kept(record: Reviewed, *, at: datetime) -> None:
    """It has been reviewed; the next review is due on another day."""
    deadlines.services.meet(KINDS[type(record)], subject=record, at=at)


def heal(by: User, at: datetime) -> None:
    for model in KINDS:
        keep(model, model._default_manager.select_related("owner__team"), at=at)


def _keep_one(kind: Kind, record: Reviewed, running: Deadline | None, at: datetime) -> None:
    owed = record.withdrawn_on is None and record.owner.team is not None
    due = end_of_day(record.review_by)
    if running and owed and running.due_at == due and running.owner_id == record.owner_id:
        return
    if running:
        deadlines.services.void(kind, subject=record, at=at, reason="The entry was changed")
    if owed and record.owner.team:
        deadlines.services.start(
            kind,
            subject=record,
            child=None,
            started_at=min(at, due),
            due_at=due,
            owner_team=record.owner.team,
            owner=record.owner,
            at=at,
        )
