"""The plan as it stands: what is claimed, what the figures say, what stands in the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeGuard

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Prefetch, QuerySet

import figures.selectors
from accounts.models import User
from accounts.roles import Permission
from accounts.selectors import holders_of
from delivery_plan.models import Action, Barrier, Evidence, Milestone, Plan, PlanList, Update
from delivery_plan.rules import Rag, UpdateState, is_stale
from figures import measures
from figures.charts import Chart, Series
from figures.measures import Better, Measure, Value
from figures.rules import Period
from frontend.text import local_day


@dataclass(frozen=True)
class Live:
    """The live measure of an action over the last quarters, the one that runs being the last."""

    measure: Measure
    target: int | None
    periods: list[Period]
    values: list[Value | None]

    @property
    def latest(self) -> tuple[Period, Value] | None:
        """The last quarter that is over, because one that has just begun says little; the one that runs where that is
        all there is."""
        known = [(each, value) for each, value in zip(self.periods, self.values, strict=True) if _says(value)]
        over = [entry for entry in known if entry[0] != self.periods[-1]]
        return next(reversed(over or known), None)

    @property
    def says_otherwise(self) -> bool:
        """Whether it is known and does not reach its target."""
        if self.latest is None or self.target is None:
            return False
        return self.latest[1].reaches(self.target, self.measure.better) is False

    @property
    def in_words(self) -> str:
        """`75% (6 of 8) in Q3 2026, target at least 90%`."""
        said = f"{self.latest[1].in_full} in {self.latest[0].in_brief}" if self.latest else measures.in_words(None)
        return said + (f", target {self.target_in_words}" if self.target is not None else "")

    @property
    def target_in_words(self) -> str:
        bound = "at least" if self.measure.better is Better.MORE else "at most"
        return f"{bound} {self.target:,}{self.unit}"

    @property
    def unit(self) -> str:
        return "%" if any(value and value.whole is not None for value in self.values) else ""

    @property
    def chart(self) -> Chart:
        numbers = [value.number if value else None for value in self.values]
        labels = [each.in_brief for each in self.periods]
        return Chart(self.measure.title, labels, [Series(self.measure.title, numbers)], self.unit, self.target)


@dataclass(frozen=True)
class Line:
    """One action on the page of the plan."""

    action: Action
    live: Live | None
    barriers: list[Barrier]
    waiting: Update | None
    overdue: bool
    stale: bool

    @property
    def contradicted(self) -> bool:
        """Green is claimed, and the figure says otherwise."""
        return self.action.rag == Rag.GREEN and self.live is not None and self.live.says_otherwise


def current_plan() -> Plan | None:
    return Plan.objects.filter(superseded_on=None).first()


def plans() -> list[Plan]:
    """Every version, the newest first."""
    return list(Plan.objects.order_by("-adopted_on", "-pk"))


def lines(actions: Iterable[Action], *, at: datetime) -> list[Line]:
    """What the plan's page says of each; the figures of all in one query."""
    actions, today = list(actions), local_day(at)
    figures_of = live(actions, at=at)
    return [_line(each, figures_of.get(each.pk), today) for each in actions]


def actions() -> QuerySet[Action]:
    """With all that a line says of them: the barriers are those that stand, the updates those not yet accepted."""
    standing = Barrier.objects.filter(lifted_on=None).select_related("action").order_by("since_on", "pk")
    rows = Action.objects.select_related("plan", "lead_agency", "lead__team__agency", "carried_from__plan")
    return rows.prefetch_related(
        Prefetch("barriers", standing), Prefetch("updates", Update.objects.exclude(state=UpdateState.ACCEPTED))
    ).order_by("number")


def in_full() -> QuerySet[Action]:
    """With all that the page of one shows, each kind of it in one query: everything said of it, the newest first."""
    names = Action.supporting.through.objects.filter(action=OuterRef("pk")).order_by("agency__name")
    rows = Action.objects.select_related("plan", "lead_agency", "lead__team__agency", "carried_from__plan")
    barriers = Barrier.objects.order_by(F("lifted_on").desc(nulls_first=True), "since_on", "pk")
    updates = Update.objects.select_related("drafted_by", "settled_by").order_by("-changed_at", "-pk")
    return rows.annotate(supported_by=ArraySubquery(names.values("agency__name"))).prefetch_related(
        Prefetch("barriers", barriers),
        Prefetch("updates", updates),
        Prefetch("milestones", Milestone.objects.order_by("due_on", "pk")),
        Prefetch("evidence", Evidence.objects.select_related("added_by").order_by("-added_at", "-pk")),
        Prefetch("depends_on", Action.objects.order_by("number")),
    )


def actions_of(plan: Plan) -> QuerySet[Action]:
    return actions().filter(plan=plan)


def led_by(user: User) -> QuerySet[Action]:
    plan = current_plan()
    return actions_of(plan).filter(lead=user, closed_on=None) if plan else Action.objects.none()


def live(actions: Iterable[Action], *, at: datetime) -> Mapping[int, Live]:
    """The figures of those that name a measure; one query."""
    measured = {each: found for each in actions if (found := measures.find(each.measure))}
    if not measured:
        return {}
    periods = figures.selectors.quarters(at)
    known = figures.selectors.known_at({each.key for each in measured.values()}, periods, at=at)
    return {
        action.pk: Live(found, action.target, periods, [known.get((found.key, each)) for each in periods])
        for action, found in measured.items()
    }


def may_report(user: User, action: Action) -> bool:
    """The person who leads it, or the chair."""
    return action.lead_id == user.pk or Permission.PLAN_CHAIR in user.permissions


def possible_leads() -> list[User]:
    """Those who may report, by name."""
    people = holders_of(Permission.PLAN_REPORT).exclude(team=None).select_related("team__agency")
    return list(people.order_by("full_name", "pk"))


def lists_of(plan: Plan) -> QuerySet[PlanList]:
    """The lists from files, the latest first."""
    return PlanList.objects.filter(plan=plan).select_related("proposed_by").order_by("-proposed_at", "-pk")


def dependencies(plan: Plan) -> list[tuple[int, int]]:
    """(action, what it waits for) of the whole plan."""
    links = Action.depends_on.through.objects.filter(from_action__plan=plan)
    return list(links.values_list("from_action_id", "to_action_id"))


def open_update(action: Action) -> Update | None:
    """The one that has not been accepted yet."""
    return Update.objects.filter(action=action).exclude(state=UpdateState.ACCEPTED).first()


def changes_since(plan: Plan, day: date) -> QuerySet[Update]:
    """The updates accepted from this day on, the newest first."""
    rows = Update.objects.filter(action__plan=plan, state=UpdateState.ACCEPTED, settled_at__date__gte=day)
    return rows.select_related("action", "drafted_by").order_by("-settled_at", "-pk")


def _says(value: Value | None) -> TypeGuard[Value]:
    return value is not None and value.number is not None


def _line(action: Action, live: Live | None, today: date) -> Line:
    return Line(
        action,
        live,
        [each for each in action.barriers.all() if each.lifted_on is None],
        next((each for each in action.updates.all() if each.state == UpdateState.SUBMITTED), None),
        overdue=action.is_open and action.due_on is not None and action.due_on < today,
        stale=action.is_open and is_stale(action.updated_on, action.plan.adopted_on, today),
    )
