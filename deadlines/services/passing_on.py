"""What somebody leaves unopened, or cannot open while away, is passed on to somebody who can act."""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts import policy
from accounts import selectors as people_and_teams
from accounts.gate import command
from accounts.models import Team, User
from accounts.roles import Permission, Role
from deadlines import rules
from deadlines.models import Absence, Notice
from deadlines.services import notices

BATCH = 200
_KNOWN = Q(deadline=None) | Q(deadline__kind__in=list(rules.CLOCKS))  # another release's kind stays for that release
logger = logging.getLogger(__name__)


def pass_on(*, by: User, at: datetime) -> int:
    """Pass on what waits for someone who is away or is unopened for too long; how many notices were."""
    passed = 0
    while _any_wait(at):
        batch = pass_on_batch(by=by, at=at)
        passed += batch
        if not batch:  # another sweeper holds the rest
            break
    return passed


@transaction.atomic(savepoint=False)
def _any_wait(at: datetime) -> bool:
    return any(rows[:1] for rows in (_of_the_absent(at), _unopened(at)))


@command(Permission.SWEEP)
def pass_on_batch(*, by: User, at: datetime) -> int:
    """Some of them: each once, however often and by however many this is called."""
    away = Away(at)
    waiting = list(_locked(_of_the_absent(at)))
    for notice in waiting:
        _tell(notice, away.readers_for(notice), "is away", at)
    Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(escalate_at=None, passed_on_at=at)
    unopened = list(_locked(_unopened(at)))
    told = [notice.pk for notice in unopened if _still_matters(notice)]
    for notice in unopened:
        if notice.pk in told:
            _tell(notice, away.managers_for(notice), "has not opened it", at)
    Notice.objects.filter(pk__in=[notice.pk for notice in unopened]).update(escalate_at=None)
    Notice.objects.filter(pk__in=told).update(passed_on_at=at)
    return len(unopened) + len(waiting)


class Away:
    """Who is away at this moment, and who acts for whom: someone who is there, if anyone is."""

    def __init__(self, at: datetime) -> None:
        absences = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).select_related("delegate")
        self._at = at
        self._delegates = {each.person_id: each.delegate for each in absences}
        self._managers: dict[int, list[User]] = {}

    def readers_for(self, notice: Notice) -> list[User]:
        """Who stands in for someone who is away: the delegate, or the managers."""
        delegate = self._delegates.get(notice.recipient_id)
        there = delegate and delegate.is_active and delegate.pk not in self._delegates
        return self._who_can_open([delegate] if delegate and there else [], notice) or self.managers_for(notice)

    def managers_for(self, notice: Notice) -> list[User]:
        """Those of the team that owes what it is about, who can open it; of the recipient's where nothing is owed.

        Where that team has no other manager there: the CSE co-ordinators, or of what is about no child SEMT's chair.
        """
        person = notice.recipient
        team = notice.deadline.owner_team if notice.deadline else person.team
        there = self._who_can_open(self._there(self._managers_of(team) if team else [], person), notice)
        others = [each for each in self._at_last(notice) if each.pk != person.pk]
        opening = self._who_can_open(others, notice)
        return there or self._there(opening, person) or opening or others

    def _who_can_open(self, people: list[User], notice: Notice) -> list[User]:
        """Without those from whom the record is kept that the notice is about."""
        if notice.deadline is None or notice.deadline.child_id is None:
            return people
        kept = policy.kept_from([each.pk for each in people], [notice.deadline.child_id], at=self._at)
        return [each for each in people if (each.pk, notice.deadline.child_id) not in kept]

    def _managers_of(self, team: Team) -> list[User]:
        if team.pk not in self._managers:
            self._managers[team.pk] = [*people_and_teams.members_with(Role.TEAM_MANAGER, team=team)]
        return self._managers[team.pk]

    def _at_last(self, notice: Notice) -> list[User]:
        if notice.deadline and notice.deadline.clock.at_last is rules.Audience.SEMT:
            return self._chairs
        return self._coordinators

    @cached_property
    def _coordinators(self) -> list[User]:
        return [*people_and_teams.members_with(Role.CSE_COORDINATOR)]

    @cached_property
    def _chairs(self) -> list[User]:
        return [*people_and_teams.members_with(Role.SEMT_CHAIR)]

    def _there(self, people: Iterable[User], person: User) -> list[User]:
        return [each for each in people if each.pk != person.pk and each.pk not in self._delegates]


def _unopened(at: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(_KNOWN, read_at=None, escalate_at__lte=at).order_by("escalate_at", "pk")


def _of_the_absent(at: datetime) -> QuerySet[Notice]:
    """What came while they were away and still matters; what they had before is their manager's to ask for."""
    away = {"recipient__absences__starts_at__lte": at, "recipient__absences__ends_at__gt": at}
    since = {"created_at__gte": F("recipient__absences__starts_at")}
    matters = {"deadline__met_at": None, "deadline__voided_at": None}
    return Notice.objects.filter(_KNOWN, read_at=None, passed_on_at=None, **away, **since, **matters).order_by("pk")


def _locked(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    rows = rows.select_related("recipient__team", "deadline__owner_team", "origin")
    return rows.select_for_update(skip_locked=True, of=("self",))[:BATCH]


def _still_matters(notice: Notice) -> bool:
    return notice.deadline is None or notice.deadline.is_open


def _tell(notice: Notice, people: Iterable[User], why: str, at: datetime) -> None:
    """Each person once for the notice that it began with: it goes round no circle of people who are away."""
    origin = notice.origin or notice
    readers = [each for each in people if each.pk != origin.recipient_id]
    if not readers:
        logger.error("Notice %s cannot be passed on: nobody is there", notice.pk)
    notices.notify(
        readers,
        key=f"passed:{origin.pk}",
        text=f"{origin.text} – passed on to you: {notice.recipient} {why}"[:300],
        path=notice.path,
        at=at,
        deadline=notice.deadline,
        urgent=not notice.in_digest,
        unopened=notice.deadline.clock.unopened if notice.deadline else None,
        origin=origin,
    )
