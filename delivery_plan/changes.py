"""What became otherwise in the plan since SEMT last met: its standing item begins with this page (domain.md 23, 25)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from audit.history import history_of
from delivery_plan.models import Action, Barrier, Milestone, Plan, Update
from delivery_plan.rules import UpdateState

AS_THEY_WERE: Any = history_of(Action)
NO_DAY = Value(date.min)


@dataclass(frozen=True)
class Changes:
    """What became otherwise from a day on: what was said with the newest first, actions by their number.

    Each update has `before`, how its action stood on that day; None where this plan had not rated it. `moved` are the
    actions that are due on another day, with the day that it was.
    """

    updates: list[Update]
    arisen: list[Barrier]
    lifted: list[Barrier]
    reached: list[Milestone]
    moved: list[tuple[Action, date]]
    added: list[Action]
    closed: list[Action]

    @property
    def any(self) -> bool:
        return any([self.updates, self.arisen, self.lifted, self.reached, self.moved, self.added, self.closed])


def since(plan: Plan, day: date) -> Changes:
    """Five queries."""
    actions = list(Action.objects.filter(plan=plan).order_by("number"))
    was = _due_before(plan, day)
    barriers = Barrier.objects.filter(action__plan=plan).select_related("action").order_by("-pk")
    touched = list(barriers.filter(Q(lifted_on=None, raised_on__gte=day) | Q(lifted_on__gte=day)))
    reached = Milestone.objects.filter(action__plan=plan, done_on__gte=day).select_related("action")
    return Changes(
        updates=list(_accepted(plan, day)),
        arisen=[each for each in touched if each.lifted_on is None],
        lifted=[each for each in touched if each.lifted_on],
        reached=list(reached.order_by("-done_on", "-pk")),
        moved=[(each, was[each.pk]) for each in actions if each.pk in was and each.due_on != was[each.pk]],
        added=[each for each in actions if each.added_on and each.added_on >= day and each.added_on > plan.adopted_on],
        closed=[each for each in actions if each.closed_on and each.closed_on >= day],
    )


def last_meeting(today: date) -> date | None:
    """When SEMT last met before this day; None where nobody knows."""
    return max((day for find in _MEETINGS if (day := find(today))), default=None)


def meetings_from(find: Callable[[date], date | None]) -> None:
    """Register how SEMT's last meeting before a day is found; for the room above that keeps the committees."""
    _MEETINGS.append(find)


_MEETINGS: list[Callable[[date], date | None]] = []


def _accepted(plan: Plan, day: date) -> QuerySet[Update]:
    accepted = Update.objects.filter(action__plan=plan, state=UpdateState.ACCEPTED)
    earlier = accepted.filter(action=OuterRef("action"), settled_at__date__lt=day).order_by("-settled_at", "-pk")
    rows = accepted.filter(settled_at__date__gte=day).annotate(before=Subquery(earlier.values("rag")[:1]))
    return rows.select_related("action", "drafted_by").order_by("-settled_at", "-pk")


def _due_before(plan: Plan, day: date) -> dict[int, date]:
    """When each action whose day was moved from this day on had been due before the first move."""
    rows = AS_THEY_WERE.objects.filter(plan=plan)
    earlier = rows.filter(id=OuterRef("id"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id").values("due_on")[:1]
    changed = rows.filter(pgh_created_at__date__gte=day, pgh_label="update").annotate(
        was=Coalesce(Subquery(earlier), NO_DAY), due=Coalesce("due_on", NO_DAY)
    )
    first = dict(changed.exclude(was=F("due")).order_by("-pgh_id").values_list("id", "was"))
    return {key: was for key, was in first.items() if was != NO_DAY.value}
