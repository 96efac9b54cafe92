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
    """Of this plan, and of those that it has followed since. Five queries."""
    plans = Q(plan=plan) | Q(plan__superseded_on__gte=day)
    of_actions = Q(action__plan=plan) | Q(action__plan__superseded_on__gte=day)
    actions = list(Action.objects.filter(plans).select_related("plan").order_by("-plan", "number"))
    was = _due_before(plans, day)
    barriers = Barrier.objects.filter(of_actions).select_related("action__plan").order_by("-pk")
    arisen = Q(action__plan=plan, lifted_on=None, raised_on__gte=day)
    touched = list(barriers.filter(arisen | Q(lifted_on__gte=day)))
    reached = Milestone.objects.filter(of_actions, done_on__gte=day).select_related("action__plan")
    return Changes(
        updates=list(_accepted(of_actions, day)),
        arisen=[each for each in touched if each.lifted_on is None],
        lifted=[each for each in touched if each.lifted_on],
        reached=list(reached.order_by("-done_on", "-pk")),
        moved=[(each, was[each.pk]) for each in actions if each.pk in was and each.due_on != was[each.pk]],
        added=[each for each in actions if each.plan_id == plan.pk and _is_new(each, day)],
        closed=[each for each in actions if each.closed_on and each.closed_on >= day],
    )


def last_meeting(today: date) -> date | None:
    """When SEMT last met before this day; None where nobody knows."""
    return max((day for find in _MEETINGS if (day := find(today))), default=None)


def meetings_from(find: Callable[[date], date | None]) -> None:
    """Register how SEMT's last meeting before a day is found; for the room above that keeps the committees."""
    _MEETINGS.append(find)


_MEETINGS: list[Callable[[date], date | None]] = []


def _is_new(action: Action, day: date) -> bool:
    """Whether it was added since, and not with the first plan itself."""
    began_with_it = action.carried_from_id is None and action.added_on == action.plan.adopted_on
    return action.added_on is not None and action.added_on >= day and not began_with_it


def _accepted(of_actions: Q, day: date) -> QuerySet[Update]:
    accepted = Update.objects.filter(of_actions, state=UpdateState.ACCEPTED)
    earlier = accepted.filter(action=OuterRef("action"), settled_at__date__lt=day).order_by("-settled_at", "-pk")
    rows = accepted.filter(settled_at__date__gte=day).annotate(before=Subquery(earlier.values("rag")[:1]))
    return rows.select_related("action__plan", "drafted_by").order_by("-settled_at", "-pk")


def _due_before(plans: Q, day: date) -> dict[int, date]:
    """When each action whose day was moved from this day on had been due before the first move."""
    rows = AS_THEY_WERE.objects.filter(plans)
    earlier = rows.filter(id=OuterRef("id"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id").values("due_on")[:1]
    changed = rows.filter(pgh_created_at__date__gte=day, pgh_label="update").annotate(
        was=Coalesce(Subquery(earlier), NO_DAY), due=Coalesce("due_on", NO_DAY)
    )
    first = dict(changed.exclude(was=F("due")).order_by("-pgh_id").values_list("id", "was"))
    return {key: was for key, was in first.items() if was != NO_DAY.value}
