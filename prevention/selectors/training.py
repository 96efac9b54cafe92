"""Who has had training that counts, of how many (strategy §7.1, domain.md 33)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, When

from accounts.models import Agency, User
from accounts.roles import Permission
from audit.history import history_of
from deadlines.rules import end_of_day
from figures.rules import Part, added
from prevention.models import Attendance, Course, Headcount, Learner, Session, TrainingList
from prevention.rules import ENDS_SOON_WITHIN, WorkRole

SESSION_KEY = ("held_on", "id")
ENDING_KEY = ("ends_on", "id")


@dataclass(frozen=True)
class Cover:
    """One role in one agency: how many work there, how many of them have had training that counts.

    `people` is None where nobody has said how many there are; more trained than people is a count that is out of date.
    """

    agency: Agency
    role: WorkRole
    people: int | None
    counted_on: date | None
    trained: int
    ending: int

    @property
    def part(self) -> Part:
        """Never more than all; 0 of 0 where nobody has said how many there are."""
        return Part(min(self.trained, self.people or 0), self.people or 0)

    @property
    def too_many(self) -> bool:
        return self.people is not None and self.trained > self.people


def answers_for_all(user: User) -> bool:
    return Permission.PREVENTION_KEEP in user.permissions


def agency_of(user: User) -> Agency | None:
    return user.team.agency if user.team else None


def answers_for(user: User, agency: Agency | None) -> bool:
    """Those who keep the registers answer for every agency, and for what is held for all; a manager for their own."""
    if answers_for_all(user):
        return True
    own = agency_of(user)
    return Permission.PREVENTION_RECORD in user.permissions and own is not None and own == agency


def may_settle(user: User, training_list: TrainingList) -> bool:
    return answers_for_all(user) or training_list.proposed_by_id == user.pk


def coverage(day: date, *, course: Course | None = None) -> list[Cover]:
    """Each role in each agency as it was on this day, by the names of the agencies; of one course or of any.

    Who has changed their agency or role since is counted where they were then.
    """
    counted = {(each.agency_id, each.role): each for each in _headcounts(day)}
    trained = _trained(day, course)
    later = _trained(day, course, until=day + ENDS_SOON_WITHIN)
    keys = counted.keys() | trained.keys()
    agencies = Agency.objects.in_bulk({agency for agency, _ in keys})
    return sorted(
        (
            Cover(
                agencies[agency],
                WorkRole(role),
                counted[agency, role].people if (agency, role) in counted else None,
                counted[agency, role].counted_on if (agency, role) in counted else None,
                trained.get((agency, role), 0),
                trained.get((agency, role), 0) - later.get((agency, role), 0),
            )
            for agency, role in keys
        ),
        key=lambda each: (each.agency.name, list(WorkRole).index(each.role)),
    )


def whole(rows: Iterable[Cover]) -> Part:
    """All of them together, of those roles whose number is known."""
    return added(each.part for each in rows)


def by_agency(rows: Iterable[Cover]) -> dict[str, Part]:
    """The same for each agency."""
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for each in rows:
        found[each.agency.name].append(each.part)
    return {agency: added(parts) for agency, parts in found.items()}


def courses() -> QuerySet[Course]:
    """Those that are held first; with when each was last held, and how many sessions there were."""
    rows = Course.objects.annotate(held=Count("sessions"), last_on=Max("sessions__held_on"))
    return rows.order_by(F("withdrawn_on").desc(nulls_first=True), "title")


def sessions_of(course: Course) -> QuerySet[Session]:
    rows = Session.objects.filter(course=course).select_related("agency")
    return rows.annotate(attended=Count("attendances"))


def attendances(user: User, session: Session) -> QuerySet[Attendance]:
    """Who was there, as far as it is this person's to answer for."""
    rows = Attendance.objects.filter(session=session).select_related("learner__agency")
    return rows if answers_for_all(user) else rows.filter(learner__agency=agency_of(user))


def lists_of(user: User, session: Session) -> QuerySet[TrainingList]:
    rows = TrainingList.objects.filter(session=session).select_related("proposed_by").order_by("-proposed_at", "-pk")
    return rows if answers_for_all(user) else rows.filter(proposed_by=user)


def ending_soon(user: User, day: date) -> QuerySet[Learner]:
    """Those whose last training that counts ends within 60 days, or has ended, the earliest first."""
    mine = Attendance.objects.filter(learner=OuterRef("pk"))
    last = mine.exclude(session__valid_until=None).order_by("-session__valid_until")
    rows = Learner.objects.filter(left_on=None).select_related("agency")
    rows = rows if answers_for_all(user) else rows.filter(agency=agency_of(user))
    rows = rows.annotate(ends_on=Subquery(last.values("session__valid_until")[:1]))
    return rows.filter(~Exists(mine.filter(session__valid_until=None)), ends_on__lt=day + ENDS_SOON_WITHIN)


def _headcounts(day: date) -> QuerySet[Headcount]:
    """The last said of each role in each agency by this day."""
    rows = Headcount.objects.filter(counted_on__lte=day)
    return rows.order_by("agency", "role", "-counted_on").distinct("agency", "role")


def _trained(day: date, course: Course | None, *, until: date | None = None) -> dict[tuple[int, str], int]:
    """(agency, role) → how many have had training by this day that counts on it, and still on `until`."""
    counts = Attendance.objects.filter(session__held_on__lte=day)
    counts = counts.filter(Q(session__valid_until=None) | Q(session__valid_until__gte=until or day))
    if course:
        counts = counts.filter(session__course=course)
    stayed = Q(left_on=None) | Q(left_on__gt=day)
    learners = Learner.objects.filter(stayed, pk__in=counts.values("learner"))
    rows = _as_they_were(day, learners).filter(stayed)
    found = rows.values_list("agency_id", "role").annotate(people=Count("pk"))
    return {(agency, role): people for agency, role, people in found.order_by()}


def _as_they_were(day: date, learners: QuerySet[Learner]) -> QuerySet[Any]:
    """What was recorded of these people at the end of this day, from their histories: where they worked and as what.

    Of somebody who was typed in later, what was said first is the best that is known. A mistake that was put right
    later stands in the past as it stood then: nothing tells it from a change of work.
    """
    later = Q(pgh_created_at__gt=end_of_day(day))
    nearest = Case(When(later, then=F("pgh_id")), default=-F("pgh_id"))
    history: Any = history_of(Learner)
    states: QuerySet[Any] = history._default_manager.all()
    was = states.filter(id=OuterRef("pk")).order_by(Case(When(later, then=1), default=0), nearest).values("pk")[:1]
    return states.filter(pk__in=learners.annotate(was=Subquery(was)).values("was"))
