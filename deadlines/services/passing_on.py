"""What somebody leaves unopened, or cannot open while away, is passed on to somebody who can act."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, QuerySet

from accounts import selectors as people_and_teams
from accounts.gate import command
from accounts.models import User
from accounts.roles import Permission, Role
from deadlines.models import Absence, Notice
from deadlines.services import notices

BATCH = 200


def pass_on(*, by: User, at: datetime) -> int:
    """Pass on what is unopened for too long or waits for someone who is away; how many notices were."""
    passed = 0
    while any(rows[:1] for rows in (_unopened(at), _of_the_absent(at))):
        batch = pass_on_batch(by=by, at=at)
        passed += batch
        if not batch:  # another sweeper holds the rest
            break
    return passed


@command(Permission.SWEEP)
def pass_on_batch(*, by: User, at: datetime) -> int:
    """Some of them: each once, however often and by however many this is called."""
    unopened = list(_locked(_unopened(at)))
    for notice in unopened:
        if notice.deadline is None or notice.deadline.is_open:
            _tell(notice, _managers(notice.recipient), "has not opened it", at)
    Notice.objects.filter(pk__in=[notice.pk for notice in unopened]).update(escalate_at=None, passed_on_at=at)
    waiting = list(_locked(_of_the_absent(at)))
    delegates = _delegates({notice.recipient_id for notice in waiting}, at)
    for notice in waiting:
        delegate = delegates[notice.recipient_id]
        _tell(notice, [delegate] if delegate else _managers(notice.recipient), "is away", at)
    Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(escalate_at=None, passed_on_at=at)
    return len(unopened) + len(waiting)


def _unopened(at: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(read_at=None, escalate_at__lte=at).order_by("escalate_at", "pk")


def _of_the_absent(at: datetime) -> QuerySet[Notice]:
    """What came while they were away; what they had before is their manager's to ask for."""
    away = {"recipient__absences__starts_at__lte": at, "recipient__absences__ends_at__gt": at}
    since = {"created_at__gte": F("recipient__absences__starts_at")}
    return Notice.objects.filter(read_at=None, passed_on_at=None, **away, **since).order_by("pk")


def _locked(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    rows = rows.select_related("recipient__team", "deadline")
    return rows.select_for_update(skip_locked=True, of=("self",))[:BATCH]


def _delegates(people: Iterable[int], at: datetime) -> dict[int, User | None]:
    """Who stands in for each; None where they named nobody or the one they named has left."""
    rows = Absence.objects.filter(person__in=people, starts_at__lte=at, ends_at__gt=at).select_related("delegate")
    return {each.person_id: each.delegate if each.delegate and each.delegate.is_active else None for each in rows}


def _managers(person: User) -> list[User]:
    """Those of the person's team; the CSE co-ordinators where it has no other manager."""
    team = [*people_and_teams.members_with(Role.TEAM_MANAGER, team=person.team).exclude(pk=person.pk)]
    return team or [*people_and_teams.members_with(Role.CSE_COORDINATOR).exclude(pk=person.pk)]


def _tell(notice: Notice, people: Iterable[User], why: str, at: datetime) -> None:
    notices.notify(
        people,
        key=f"passed:{notice.pk}",
        text=f"{notice.text} – passed on to you: {notice.recipient} {why}"[:300],
        path=notice.path,
        at=at,
        deadline=notice.deadline,
        urgent=not notice.in_digest,
        unopened=notice.deadline.clock.unopened if notice.deadline else None,
    )
