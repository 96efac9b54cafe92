"""What is owed, by whom, and what they have been told."""

from collections.abc import Collection

from django.db.models import Model, QuerySet

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from deadlines.models import OPEN, Deadline, Notice
from deadlines.rules import Kind


def running(user: User) -> QuerySet[Deadline]:
    """The open promises that this person or their teams owe, the most urgent first.

    None for a role that reads no child's record, whatever team it is in (domain.md 35).
    """
    if Permission.CHILD_VIEW not in user.permissions:
        return Deadline.objects.none()
    rows = policy.visible(user, Deadline).filter(met_at=None, voided_at=None)
    return rows.select_related("child", "owner").order_by("due_at", "pk")


def about(subjects: Collection[Model]) -> dict[int, list[Deadline]]:
    """The open promises about records of one model, by the record's key; one query."""
    found: dict[int, list[Deadline]] = {subject.pk: [] for subject in subjects}
    if not found:
        return found
    label = next(iter(subjects))._meta.label_lower
    rows = Deadline.objects.filter(subject_type=label, subject_id__in=found, met_at=None, voided_at=None)
    for deadline in rows.order_by("due_at"):
        found[deadline.subject_id].append(deadline)
    return found


def running_for(child: Model, kind: Kind) -> Deadline | None:
    """The oldest open promise of this kind about the child, whatever record it began with."""
    rows = Deadline.objects.filter(OPEN, child_id=child.pk, kind=kind)
    return rows.order_by("started_at", "pk").first()


def inbox(user: User) -> QuerySet[Notice]:
    """Everything this person was told, the newest first."""
    return policy.visible(user, Notice).order_by("-created_at", "-pk")


def unread_count(user: User) -> int:
    return policy.visible(user, Notice).filter(read_at=None).count()
