"""The plan as it stands: what is claimed, what the figures say, what stands in the way."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeGuard

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Prefetch, QuerySet
from django.db.models.functions import JSONObject

import figures.selectors
from accounts.models import User
from accounts.roles import Permission
from accounts.selectors import holders_of
from delivery_plan.models import Action, Barrier, Evidence, Milestone, Plan, PlanList, Update
from delivery_plan.rules import Rag, UpdateState, is_stale, next_update_on
from figures import measures
from figures.charts import Chart, Series
from figures.measures import Better, Measure, Value
from figures.published import is_small, sees_every_figure, suppressed
from figures.rules import Period
from figures.selectors import QUARTERS, Known, KnownByAgency
from figures.suppression import FOOTNOTE
from frontend.addresses import url
from frontend.findings import FollowUp
from frontend.text import local_day


@dataclass(frozen=True)
class Live:
    """The live measure of an action over the last quarters, as far as its reader may see them."""

    measure: Measure
    target: int | None
    periods: list[Period]
    values: list[Value | None]
    runs: Period
    """The quarter that is not over; the last of `periods`, for whoever may see it."""

    @property
    def latest(self) -> tuple[Period, Value] | None:
        """The last quarter that is over, because one that has just begun says little; the one that runs where that is
        all there is."""
        known = [(each, value) for each, value in zip(self.periods, self.values, strict=True) if _says(value)]
        over = [entry for entry in known if entry[0] != self.runs]
        return next(reversed(over or known), None)

    @property
    def is_hidden(self) -> bool:
        """Whether its latest figure may not be shown to this reader."""
        return self.latest is not None and self.latest[1].is_hidden

    @property
    def hides(self) -> bool:
        """Whether it may not show one of the others."""
        return any(value.is_hidden for value in self.values if value)

    @property
    def says_otherwise(self) -> bool:
        """Whether it may be seen and does not reach its target."""
        if self.latest is None or self.target is None:
            return False
        return self.latest[1].reaches(self.target, self.measure.better) is False

    @property
    def in_words(self) -> str:
        """`75% (60 of 80) in Q3 2026, target at least 90%`; `[c] in Q3 2026` where it may not be shown."""
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
    def footnote(self) -> str:
        """What `[c]` means, where it stands."""
        return FOOTNOTE if self.hides else ""

    @property
    def chart(self) -> Chart:
        numbers = [value.number if value else None for value in self.values]
        labels = [each.in_brief for each in self.periods]
        hidden = frozenset(place for place, value in enumerate(self.values) if value and value.is_hidden)
        series = [Series(self.measure.title, numbers)]
        return Chart(self.measure.title, labels, series, self.unit, self.target, hidden)


@dataclass(frozen=True)
class OfAgency:
    """What an agency did of a measure in the last quarter that is over, and in the one before it; None where nothing.

    `verdict` says whether its percentage reaches the target; empty where that is not to be judged.
    """

    agency: str
    before: Value | None
    latest: Value | None
    verdict: str


@dataclass(frozen=True)
class ByAgency:
    """A line for each agency, as far as its reader may see them: the numbers, or the verdicts alone."""

    before: Period
    latest: Period
    lines: list[OfAgency]
    in_numbers: bool


@dataclass(frozen=True)
class Line:
    """One action on the page of the plan; `waiting` is the update that waits for the chair, `returned` the one that was
    sent back, `next_on` the day by which the next is owed."""

    action: Action
    live: Live | None
    barriers: list[Barrier]
    waiting: Update | None
    returned: Update | None
    next_on: date
    overdue: bool
    stale: bool

    @property
    def stands(self) -> str | None:
        """Its rating, empty where it has none; None where it is closed."""
        return self.action.rag if self.action.closed_on is None else None

    @property
    def in_words(self) -> str:
        """`Green: on track, overdue, figures say otherwise`."""
        marks = {
            "figures say otherwise": self.contradicted,
            "overdue": self.overdue,
            "no update for a quarter": self.stale,
        }
        stands = "Closed" if self.action.closed_on else self.action.get_rag_display() or "Not rated"
        return ", ".join([stands, *(words for words, so in marks.items() if so)])

    @property
    def unled(self) -> bool:
        return self.action.is_open and self.action.lead is None

    @property
    def contradicted(self) -> bool:
        """Green is claimed, and the figure says otherwise."""
        return self.action.rag == Rag.GREEN and self.live is not None and self.live.says_otherwise


def current_plan() -> Plan | None:
    return Plan.objects.filter(superseded_on=None).first()


def plans() -> list[Plan]:
    """Every version, the newest first."""
    return list(Plan.objects.order_by("-adopted_on", "-pk"))


def lines(actions: Iterable[Action], *, at: datetime, for_: User | None = None) -> list[Line]:
    """What the plan's page says of each to this reader; the figures of all in two queries."""
    actions, today = list(actions), local_day(at)
    figures_of = live(actions, at=at, for_=for_)
    return [_line(each, figures_of.get(each.pk), today) for each in actions]


def actions() -> QuerySet[Action]:
    """With all that a line says of them: the barriers are those that stand, the updates those not yet accepted."""
    rows = Action.objects.select_related("plan", "lead_agency", "lead__team__agency", "carried_from__plan")
    waiting = Update.objects.exclude(state=UpdateState.ACCEPTED)
    rows = rows.prefetch_related(Prefetch("barriers", standing_barriers()), Prefetch("updates", waiting))
    return rows.order_by("number")


def standing_barriers() -> QuerySet[Barrier]:
    """The oldest first."""
    return Barrier.objects.filter(lifted_on=None).select_related("action").order_by("since_on", "pk")


def in_full() -> QuerySet[Action]:
    """With all that the page of one shows, each kind of it in one query: everything said of it, the newest first."""
    names = Action.supporting.through.objects.filter(action=OuterRef("pk")).order_by("agency__name")
    rows = Action.objects.select_related("plan", "lead_agency", "lead__team__agency", "carried_from__plan")
    barriers = Barrier.objects.order_by(F("lifted_on").desc(nulls_first=True), "since_on", "pk")
    evidence = Evidence.objects.select_related("added_by", "withdrawn_by", "file")
    updates = Update.objects.select_related("drafted_by", "settled_by").order_by("-changed_at", "-pk")
    others = Action.objects.filter(waited_for_by=OuterRef("pk")).order_by("number")
    told = others.values(told=JSONObject(pk="pk", number="number", text="text", closed_on="closed_on"))
    rows = rows.annotate(supported_by=ArraySubquery(names.values("agency__name")), waits_for=ArraySubquery(told))
    return rows.prefetch_related(
        Prefetch("barriers", barriers),
        Prefetch("updates", updates),
        Prefetch("milestones", Milestone.objects.order_by("due_on", "pk")),
        Prefetch("evidence", evidence.order_by("-added_at", "-pk")),
    )


def actions_of(plan: Plan) -> QuerySet[Action]:
    return actions().filter(plan=plan)


def led_by(user: User) -> QuerySet[Action]:
    plan = current_plan()
    return actions_of(plan).filter(lead=user, closed_on=None) if plan else Action.objects.none()


def live(actions: Iterable[Action], *, at: datetime, for_: User | None = None) -> Mapping[int, Live]:
    """The figures of those that name a measure: all of them for whoever may see the children behind them, for others
    what may be published of the quarters that are over. Two queries."""
    measured = _measured(actions)
    if not measured:
        return {}
    periods = _periods(at, for_)
    known = figures.selectors.known_at({each.key for each in measured.values()}, periods, at=at)
    return _live(measured, periods, known, at=at, for_=for_)


def in_detail(action: Action, *, at: datetime, for_: User) -> tuple[Line, ByAgency | None]:
    """What the page of one says to this reader; of its figures in two queries."""
    measured, periods = _measured([action]), _periods(at, for_)
    keys = {each.key for each in measured.values()}
    known, agencies = figures.selectors.with_agencies_at(keys, periods, at=at)
    found = _live(measured, periods, known, at=at, for_=for_).get(action.pk)
    by_agency = _by_agency(action, found.measure, agencies, at=at, for_=for_) if found else None
    return _line(action, found, local_day(at)), by_agency


def sees_past_figures(user: User, action: Action) -> bool:
    """What was known when an update was sent may differ by a child or two from what is known now, and so tell of them:
    it is not for whoever may not see them."""
    return sees_every_figure(user) or not measures.counts_children(action.measure)


def _measured(actions: Iterable[Action]) -> dict[Action, Measure]:
    return {each: found for each in actions if (found := measures.find(each.measure))}


def _periods(at: datetime, for_: User | None) -> list[Period]:
    """Eight quarters: with the one that runs, for whoever may see all."""
    runs = Period.quarter(local_day(at))
    known = list(runs.quarters_before(QUARTERS + 1))
    return known[1:] if sees_every_figure(for_) else known[:-1]


def _live(
    measured: Mapping[Action, Measure], periods: list[Period], known: Known, *, at: datetime, for_: User | None
) -> dict[int, Live]:
    runs, shown = Period.quarter(local_day(at)), known if sees_every_figure(for_) else suppressed(known)
    return {
        action.pk: Live(found, action.target, periods, [shown.get((found.key, each)) for each in periods], runs)
        for action, found in measured.items()
    }


def _by_agency(action: Action, measure: Measure, known: KnownByAgency, *, at: datetime, for_: User) -> ByAgency | None:
    """Which agency is behind; None where the measure cannot tell, or nothing was counted."""
    before, latest, _ = Period.quarter(local_day(at)).quarters_before(3)
    was, now = known.get((measure.key, before), {}), known.get((measure.key, latest), {})
    in_numbers = sees_every_figure(for_) or not measure.of_children
    lines = [
        OfAgency(each, was.get(each), now.get(each), _verdict(action, measure, now.get(each), in_numbers))
        for each in sorted(was.keys() | now.keys())
    ]
    return ByAgency(before, latest, lines, in_numbers) if lines else None


def _verdict(action: Action, measure: Measure, value: Value | None, in_numbers: bool) -> str:
    """A target is of the partnership's percentage, and so of each agency's; a number has none for one of them.

    Where the numbers may not be seen, neither may what tells of 1 to 4 whether they are many enough.
    """
    if action.target is None or value is None or value.whole is None:
        return ""
    if not in_numbers and is_small(value):
        return "Too few to say"
    return "Reaches the target" if value.reaches(action.target, measure.better) else "Does not reach the target"


def to_accept() -> QuerySet[Update]:
    """The updates that wait for the chair, the oldest first."""
    rows = Update.objects.filter(state=UpdateState.SUBMITTED, action__plan__superseded_on=None)
    return rows.select_related("action", "drafted_by").order_by("submitted_at", "pk")


def arisen_from(findings: Collection[str]) -> dict[str, list[FollowUp]]:
    """Finding → the actions that arose from it, each as it stands in the last plan that carried it on."""
    rows = Action.objects.filter(finding__in=findings, carried_to=None).select_related("plan")
    found: dict[str, list[FollowUp]] = {}
    for each in rows.order_by("plan", "number"):
        title = f"Action {each.number}" if each.is_open else f"Action {each.number} of {each.plan}, closed"
        found.setdefault(each.finding, []).append(FollowUp(title, url("delivery_plan:action", each.pk)))
    return found


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


def _says(value: Value | None) -> TypeGuard[Value]:
    return value is not None and (value.number is not None or value.is_hidden)


def _update_in(action: Action, state: UpdateState) -> Update | None:
    return next((each for each in action.updates.all() if each.state == state), None)


def _line(action: Action, live: Live | None, today: date) -> Line:
    return Line(
        action,
        live,
        [each for each in action.barriers.all() if each.lifted_on is None],
        _update_in(action, UpdateState.SUBMITTED),
        _update_in(action, UpdateState.RETURNED),
        next_update_on(action.updated_on, action.plan.adopted_on, action.update_every_months),
        overdue=action.is_open and action.due_on is not None and action.due_on < today,
        stale=action.is_open and is_stale(action.updated_on, action.plan.adopted_on, today),
    )
