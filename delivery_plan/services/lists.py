"""Actions from a file: what each row would change; recorded; undone.

A row is the action whose words it has. How an action stands is not taken from a file: whoever leads it says so, and the
chair accepts it (domain.md 25).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from accounts.gate import command
from accounts.models import Agency, User
from accounts.refusals import NotNow
from accounts.roles import Permission
from delivery_plan import clocks, selectors
from delivery_plan.models import Action, Plan, PlanList, PlanRow
from delivery_plan.rules import ListRow, Outcome, day_written, pillar_named, same_words
from frontend.lists import ListState
from frontend.text import local_day

TAKEN = ("lead_agency_id", "lead_id", "due_on", "success")
TAKEN_AS_FIELDS = ("lead_agency", "lead", "due_on", "success")
DOING = (Outcome.ADDS, Outcome.CHANGES)


@command(Permission.PLAN_CHAIR, on="plan")
def propose_list(*, by: User, at: datetime, plan: Plan, rows: Sequence[ListRow]) -> PlanList:
    """Keep the rows with what recording each would do. Nothing else changes. Raises NotNow."""
    _must_be_current(plan)
    made = PlanList.objects.create(plan=plan, proposed_by=by, proposed_at=at)
    read = _Reader(made)
    PlanRow.objects.bulk_create(_judged(made, [read(each) for each in rows]))
    return made


@command(Permission.PLAN_CHAIR, on="plan_list", related=("plan",))
def apply_list(*, by: User, at: datetime, plan_list: PlanList) -> PlanList:
    """Record what was shown, and only that: if the plan has changed since, nothing. Raises NotNow."""
    _must_be_current(plan_list.plan)
    if plan_list.state != ListState.PROPOSED:
        raise NotNow("This list has already been recorded")
    rows = list(plan_list.rows.order_by("number"))
    shown = [(row.outcome, row.was) for row in rows]
    if [(row.outcome, row.was) for row in _judged(plan_list, rows)] != shown:
        raise NotNow("The plan has changed since this was shown. Choose the file again")
    doing = [row for row in rows if row.outcome in DOING]
    if not doing:
        raise NotNow("There is nothing in this list to be recorded")
    clocks.keep(_recorded(plan_list.plan, doing, local_day(at)), at=at)
    plan_list.state, plan_list.applied_at = ListState.APPLIED, at
    plan_list.save(update_fields=["state", "applied_at"])
    return plan_list


@command(Permission.PLAN_CHAIR, on="plan_list", related=("plan",))
def undo_list(*, by: User, at: datetime, plan_list: PlanList) -> PlanList:
    """Take back what it recorded; what somebody has changed or said since stays as they left it. Raises NotNow."""
    _must_be_current(plan_list.plan)
    if plan_list.state != ListState.APPLIED:
        raise NotNow("This list is not recorded, so there is nothing to undo")
    rows = plan_list.rows.filter(outcome__in=DOING).select_related("action").order_by("-number")
    clocks.keep(list(_taken_back(rows, at)), at=at)
    plan_list.state, plan_list.undone_at = ListState.UNDONE, at
    plan_list.save(update_fields=["state", "undone_at"])
    return plan_list


class _Reader:
    """Turns what was written into what can be stored; what is wrong with it is said."""

    def __init__(self, made: PlanList) -> None:
        self._made = made
        self._agencies = {each.name.lower(): each for each in Agency.objects.all()}
        people = selectors.possible_leads()
        self._people = {each.full_name.lower(): each for each in people} | {each.email.lower(): each for each in people}
        self._numbered = {str(each.number): same_words(each.text) for each in made.plan.actions.all()}

    def __call__(self, row: ListRow) -> PlanRow:
        read = PlanRow(plan_list=self._made, number=row.line, text=row.text, success=row.success)
        read.pillar, read.section = pillar_named(row.pillar) or "", row.section[:20]
        read.lead_agency = self._agencies.get(row.lead_agency.lower())
        read.lead = self._people.get(row.lead.lower())
        faults = [
            (not row.text, "The action is missing"),
            (not row.pillar, "The pillar is missing"),
            (bool(row.pillar) and not read.pillar, f"No pillar is called “{row.pillar}”"),
            (len(row.section) > 20, "The section must be 20 characters or fewer"),
            (bool(row.lead_agency) and not read.lead_agency, f"No agency is called “{row.lead_agency}”"),
            (bool(row.lead) and not read.lead, f"Nobody who may lead an action is called “{row.lead}”"),
            (self._is_another(row), f"Action {row.number} of this plan has other words"),
        ]
        try:
            read.due_on = day_written(row.due_on)
        except ValidationError:
            faults.append((True, f"“{row.due_on}” is not a day like 30/06/2027"))
        read.why = ". ".join(said for wrong, said in faults if wrong)
        return read

    def _is_another(self, row: ListRow) -> bool:
        words = self._numbered.get(row.number)
        return words is not None and words != same_words(row.text)


def _judged(plan_list: PlanList, rows: list[PlanRow]) -> list[PlanRow]:
    """What recording each would do, as the plan is now."""
    known = {same_words(each.text): each for each in plan_list.plan.actions.all()}
    seen = set[str]()
    for row in rows:
        words = same_words(row.text)
        row.action = known.get(words)
        row.why = row.why or _objection(row, words in seen)
        row.was = _differs(row.action, row) if row.action and not row.why else {}
        row.outcome = _outcome(row)
        seen.add(words)
    return rows


def _objection(row: PlanRow, again: bool) -> str:
    if again:
        return "This action stands in the list more than once"
    if row.action and row.action.closed_on:
        return "This action has been closed"
    if row.action and row.action.pillar != row.pillar:
        return f"This action is one of the pillar {row.action.get_pillar_display()}"
    return ""


def _outcome(row: PlanRow) -> Outcome:
    if row.why:
        return Outcome.WRONG
    if row.action is None:
        return Outcome.ADDS
    return Outcome.CHANGES if row.was else Outcome.NOTHING


def _said(row: PlanRow) -> dict[str, Any]:
    """What the row says of its action, as columns; what it leaves empty it does not say."""
    return {name: value for name in TAKEN if (value := getattr(row, name))}


def _differs(action: Action, row: PlanRow) -> dict[str, Any]:
    """What would become another, as it is now."""
    changed = (name for name, value in _said(row).items() if getattr(action, name) != value)
    return {name: _stored(getattr(action, name)) for name in changed}


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _recorded(plan: Plan, rows: Iterable[PlanRow], today: date) -> list[Action]:
    """The actions of these rows, new and known, with what the rows say."""
    last = plan.actions.order_by("-number").values_list("number", flat=True).first() or 0
    actions = []
    for row in rows:
        if row.action is None:
            last += 1
            words = {"pillar": row.pillar, "section": row.section, "text": row.text}
            row.action = Action(plan=plan, number=last, added_on=today, version=0, **words)
        for name, value in _said(row).items():
            setattr(row.action, name, value)
        row.action.version += 1
        row.action.save()
        actions.append(row.action)
    PlanRow.objects.bulk_update(rows, ["action"])
    return actions


def _taken_back(rows: Iterable[PlanRow], at: datetime) -> Iterator[Action]:
    """Give back what was before, where it still is what the row made it. Yields the actions that stay."""
    for row in rows:
        action = row.action
        if action and row.outcome == Outcome.ADDS and _untouched(action):
            _forget(row, action, at)
        elif action:
            _give_back(action, row)
            yield action


def _untouched(action: Action) -> bool:
    """Nobody has set it up, said anything of it, or made another wait for it."""
    about = (action.updates, action.milestones, action.barriers, action.evidence, action.waited_for_by)
    return action.version == 1 and not any(each.exists() for each in about)


def _forget(row: PlanRow, action: Action, at: datetime) -> None:
    clocks.drop(action, at=at, reason="The list that added the action was undone")
    row.action = None
    row.save(update_fields=["action"])
    action.delete()


def _give_back(action: Action, row: PlanRow) -> None:
    made = _said(row)
    for name, before in row.was.items():
        if getattr(action, name) == made[name]:
            setattr(action, name, date.fromisoformat(before) if name == "due_on" and before else before)
    action.version += 1
    action.save(update_fields=[*TAKEN_AS_FIELDS, "version"])


def _must_be_current(plan: Plan) -> None:
    if plan.superseded_on:
        raise NotNow("This plan has been followed by another")
