"""What is owed, by whom, and what they have been told."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet

from accounts import policy
from accounts import selectors as people_and_teams
from accounts.models import User
from accounts.roles import Permission, Role
from deadlines import rules
from deadlines.models import OPEN, Absence, Beat, Deadline, Notice
from deadlines.rules import Kind
from frontend.prepared import Prepared
from frontend.text import moment_in_words


def running(user: User) -> QuerySet[Deadline]:
    """The open promises that this person or their teams owe, the most urgent first.

    None about a child for a role that reads no child's record, whatever team it is in (domain.md 35).
    """
    rows = policy.visible(user, Deadline).filter(OPEN, kind__in=rules.kept_with(user.permissions))
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


def running_for(children: Collection[int], kind: Kind) -> Deadline | None:
    """The oldest open promise of this kind about these records of a child, whatever it began with."""
    rows = Deadline.objects.filter(OPEN, child__in=children, kind=kind)
    return rows.order_by("started_at", "pk").first()


def inbox(user: User) -> QuerySet[Notice]:
    """Everything this person was told, the newest first."""
    return policy.visible(user, Notice).order_by("-created_at", "-pk")


def leads_nowhere(user: User, notice: Notice) -> bool:
    """Whether the record that this notice is about was closed to the person since they were told."""
    if notice.deadline_id is None:
        return False
    return not Deadline.objects.filter(pk=notice.deadline_id).exclude(child__in=user.hidden_children).exists()


def unread_count(user: User) -> int:
    return _UNREAD.count(**policy.viewed_by(user))


def _unread() -> "QuerySet[Notice, Any]":
    """With the column that the index of unread notices holds, so that it alone is counted."""
    return policy.visible_to_viewer(Notice).filter(read_at=None).order_by().values("recipient")


_UNREAD = Prepared(_unread)


def absences(user: User, *, at: datetime) -> QuerySet[Absence]:
    """Who is or will be away: the person and, for a manager, the members of the team."""
    theirs = Q(person=user.pk) | Q(person__in=[person.pk for person in members(user)])
    rows = policy.visible(user, Absence).filter(theirs, ends_at__gt=at)
    return rows.select_related("person", "delegate").order_by("starts_at", "pk")


def members(user: User) -> list[User]:
    """Whose absence this person may record: their own, and as a manager that of the team's members."""
    theirs = Q(pk=user.pk)
    if Role.TEAM_MANAGER in user.roles:
        theirs |= Q(is_active=True, team__in=user.team_ids)
    return list(User.objects.filter(theirs).order_by("full_name", "pk"))


def stand_ins(user: User) -> list[User]:
    """Who may read the notices of this person's teams: those of the same teams who read records of children."""
    rows = people_and_teams.holders_of(Permission.CHILD_VIEW).filter(groups__in=user.team_ids).distinct()
    return list(rows.order_by("full_name", "pk"))


def trouble() -> str | None:
    """Why nobody may rely on the clocks just now, in a sentence; None while they are being watched (security.md 5).

    By the database's own clock, so that a worker whose clock is wrong cannot hide it. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(TROUBLE, [Beat.SWEEP, Beat.TICK])
        swept_at, seconds, skew = cursor.fetchone()
    if skew is not None and abs(skew) > rules.CLOCKS_MAY_DIFFER.total_seconds():
        return f"Deadlines are not being watched: the server's clock differs from the database's by {abs(skew):.0f} s."
    if swept_at is None:
        return "Deadlines are not being watched yet: this site has just been set up."
    if timedelta(seconds=abs(seconds)) > rules.UNWATCHED_AFTER:
        return f"Deadlines have not been watched since {moment_in_words(swept_at)}."
    return None


TROUBLE = """
    select sweep.beat_at, extract(epoch from clock_timestamp() - sweep.beat_at)::float8, tick.skew_seconds
    from (select) as always
    left join deadlines_heartbeat as sweep on sweep.name = %s
    left join deadlines_heartbeat as tick on tick.name = %s
"""
