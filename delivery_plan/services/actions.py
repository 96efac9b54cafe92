"""What is done to the plan: by its chair, and by those who lead its actions."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, TypedDict
from uuid import UUID

import documents.services
from accounts.gate import command, refuse
from accounts.models import Agency, User
from accounts.refusals import Changed, NotNow, Refusal
from accounts.roles import Permission
from deadlines.rules import Kind
from delivery_plan import clocks, selectors
from delivery_plan.models import Action, Barrier, Evidence, EvidenceFile, Milestone, Plan, Update
from delivery_plan.rules import Pillar, Rag, UpdateState, leads_back
from delivery_plan.selectors import Live
from delivery_plan.strategy import ACTIONS
from frontend.text import local_day


class NewFile(TypedDict):
    """A file as it was sent, with the mark of its form."""

    name: str
    content: bytes
    token: UUID


SET_UP = ("lead_agency", "lead", "due_on", "success", "measure", "target", "update_every_months")
CARRIED = (*SET_UP, "pillar", "section", "text", "rag", "rag_reason", "despite", "updated_on", "finding", "added_on")


class SaysOtherwise(Refusal):
    """Green, although the live measure does not reach its target, and no reason why (domain.md 25)."""


class Circle(Refusal):
    """An action would wait for itself."""


@command(Permission.PLAN_CHAIR)
def begin(*, by: User, at: datetime, title: str, starts_on: date, ends_on: date, carried: Collection[Action]) -> Plan:
    """Begin the next plan with these actions of the current one; the others are closed with it, and stay readable.

    The first plan has the strategy's actions, word for word (strategy §7).
    """
    today = local_day(at)
    before = selectors.current_plan()
    if before:
        _supersede(before, title, carried, today, at)
    plan = Plan.objects.create(title=title, starts_on=starts_on, ends_on=ends_on, adopted_on=today)
    if before:
        _carry_over(plan, carried)
    else:
        Action.objects.bulk_create(
            Action(plan=plan, number=number, pillar=pillar, section=section, text=text, added_on=today)
            for number, (pillar, section, text) in enumerate(ACTIONS, start=1)
        )
    clocks.keep(plan.actions.all(), at=at)
    return plan


@command(Permission.PLAN_CHAIR)
def add_action(
    *, by: User, at: datetime, plan: Plan, pillar: Pillar, text: str, section: str = "", finding: str = ""
) -> Action:
    """Add an action to the plan; `finding` is the key of what it arises from (frontend.findings). Raises NotNow."""
    if finding and plan.actions.filter(finding=finding, closed_on=None).exists():
        raise NotNow("An action of the plan already arises from this")
    last = plan.actions.order_by("-number").values_list("number", flat=True).first() or 0
    words = {"pillar": pillar, "section": section, "text": text, "finding": finding}
    return Action.objects.create(plan=plan, number=last + 1, added_on=local_day(at), **words)


@command(Permission.PLAN_CHAIR, on="action", related=("plan",))
def set_up(
    *,
    by: User,
    at: datetime,
    action: Action,
    version: int,
    supporting: Iterable[Agency],
    depends_on: Iterable[Action],
    **changes: Any,
) -> Action:
    """Say who leads it, by when, and how one will know. Raises Changed, Circle, NotNow."""
    _must_be_open(action)
    if action.version != version:
        raise Changed(action)
    depends_on = list(depends_on)
    links = selectors.dependencies(action.plan)
    if any(leads_back((action.pk, other.pk), links) for other in depends_on):
        raise Circle("An action cannot wait for one that waits for it")
    for name in SET_UP:
        setattr(action, name, changes[name])
    action.version += 1
    action.full_clean(exclude=["plan", "carried_from"])
    action.save(update_fields=[*SET_UP, "version"])
    action.supporting.set(supporting)
    action.depends_on.set(depends_on)
    clocks.keep([action], at=at)
    return action


@command(Permission.PLAN_CHAIR, on="action")
def close(*, by: User, at: datetime, action: Action, reason: str) -> Action:
    """It is done, or will not be: nothing is owed for it any more."""
    if action.closed_on:
        raise NotNow("This action has already been closed")
    clocks.kept(action, Kind.PLAN_ACTION, at=at)
    action.closed_on, action.closed_reason = local_day(at), reason
    action.save(update_fields=["closed_on", "closed_reason"])
    clocks.keep([action], at=at)
    return action


@command(Permission.PLAN_REPORT, on="action", related=("plan",))
def save_update(
    *, by: User, at: datetime, action: Action, version: int, text: str, rag: str, rag_reason: str, despite: str
) -> Update:
    """Keep what the lead has written so far; nobody is told. Raises Changed, NotNow."""
    _must_lead(by, action, at=at)
    update = selectors.open_update(action)
    if update is None:
        update = Update(action=action, version=0, state=UpdateState.DRAFT)
    elif update.state == UpdateState.SUBMITTED:
        raise NotNow("An update of this action waits for the chair. It can be changed once it was sent back.")
    if update.version != version:
        raise Changed(update)
    update.text, update.rag, update.rag_reason, update.despite = text, rag, rag_reason, despite
    update.drafted_by, update.changed_at, update.version = by, at, version + 1
    update.full_clean(exclude=["action", "drafted_by"])
    update.save()
    return update


@command(Permission.PLAN_REPORT, on="update", related=("action__plan", "action__lead__team"))
def submit_update(*, by: User, at: datetime, update: Update) -> Update:
    """Send it to the chair, with what the live measure says now to whoever reads the plan. Raises NotNow,
    SaysOtherwise."""
    action = update.action
    _must_lead(by, action, at=at)
    if update.state not in {UpdateState.DRAFT, UpdateState.RETURNED}:
        raise NotNow("This update has already been sent")
    published = selectors.live([action], at=at).get(action.pk)
    if update.rag == Rag.GREEN and not update.despite:
        _must_agree(published, selectors.live([action], at=at, for_=by).get(action.pk))
    update.state, update.submitted_at = UpdateState.SUBMITTED, at
    update.figure = published.in_words if published else ""
    update.settled_by = update.settled_at = None
    update.settled_reason = ""
    update.save()
    clocks.kept(action, Kind.PLAN_UPDATE, at=at)
    return update


@command(Permission.PLAN_CHAIR, on="update", related=("action__plan", "action__lead__team"))
def accept_update(*, by: User, at: datetime, update: Update) -> Update:
    """What it claims stands on the action from now on. Raises NotNow."""
    _settle(update, UpdateState.ACCEPTED, by=by, at=at)
    action = update.action
    action.rag, action.rag_reason, action.despite = update.rag, update.rag_reason, update.despite
    action.updated_on = local_day(at)
    action.save(update_fields=["rag", "rag_reason", "despite", "updated_on"])
    clocks.keep([action], at=at)
    return update


@command(Permission.PLAN_CHAIR, on="update", related=("action__plan", "action__lead__team"))
def return_update(*, by: User, at: datetime, update: Update, reason: str) -> Update:
    """Send it back to its lead, who writes it again. Raises NotNow."""
    _settle(update, UpdateState.RETURNED, by=by, at=at, reason=reason)
    clocks.keep([update.action], at=at)
    return update


@command(Permission.PLAN_REPORT, on="action", related=("plan",))
def raise_barrier(
    *, by: User, at: datetime, action: Action, what: str, since_on: date, who_can_lift: str, raised_to: str
) -> Barrier:
    """Say what stands in the way."""
    _must_lead(by, action, at=at)
    said = {"what": what, "since_on": since_on, "who_can_lift": who_can_lift, "raised_to": raised_to}
    barrier = Barrier(action=action, raised_by=by, raised_on=local_day(at), **said)
    barrier.full_clean(exclude=["action", "raised_by"])
    barrier.save()
    clocks.keep([action], at=at)
    return barrier


@command(Permission.PLAN_REPORT, on="barrier", related=("action__plan", "action__lead__team"))
def lift_barrier(*, by: User, at: datetime, barrier: Barrier, lifted_on: date, how_lifted: str) -> Barrier:
    """It stands in the way no more. Raises NotNow."""
    _must_lead(by, barrier.action, at=at)
    if barrier.lifted_on:
        raise NotNow("This barrier has already been lifted")
    if lifted_on < barrier.since_on:
        raise NotNow("The day it was lifted must be the same as or after the day it arose")
    barrier.lifted_on, barrier.how_lifted = lifted_on, how_lifted
    barrier.save(update_fields=["lifted_on", "how_lifted"])
    if not barrier.action.barriers.filter(lifted_on=None).exists():
        clocks.kept(barrier.action, Kind.PLAN_BARRIER, at=at)
    clocks.keep([barrier.action], at=at)
    return barrier


@command(Permission.PLAN_CHAIR, on="action", related=("plan",))
def add_milestone(*, by: User, at: datetime, action: Action, text: str, due_on: date) -> Milestone:
    """Set a step on the way; whoever leads the action owes it. Raises NotNow."""
    _must_be_open(action)
    milestone = Milestone.objects.create(action=action, text=text, due_on=due_on)
    clocks.keep([action], at=at)
    return milestone


@command(Permission.PLAN_CHAIR, on="milestone", related=("action__plan",))
def change_milestone(
    *, by: User, at: datetime, milestone: Milestone, version: int, text: str, due_on: date
) -> Milestone:
    """Say otherwise what it is, or when it is due. Raises Changed, NotNow."""
    _must_be_open(milestone.action)
    if milestone.done_on:
        raise NotNow("This milestone has already been reached")
    if milestone.version != version:
        raise Changed(milestone)
    milestone.text, milestone.due_on, milestone.version = text, due_on, version + 1
    milestone.save(update_fields=["text", "due_on", "version"])
    clocks.keep([milestone.action], at=at)
    return milestone


@command(Permission.PLAN_REPORT, on="milestone", related=("action__plan",))
def reach_milestone(*, by: User, at: datetime, milestone: Milestone) -> Milestone:
    """It was reached today. Raises NotNow."""
    _must_lead(by, milestone.action, at=at)
    if milestone.done_on:
        raise NotNow("This milestone has already been reached")
    milestone.done_on = local_day(at)
    milestone.save(update_fields=["done_on"])
    clocks.kept(milestone, Kind.PLAN_MILESTONE, at=at)
    return milestone


@command(Permission.PLAN_REPORT, on="action", related=("plan",))
def add_evidence(
    *, by: User, at: datetime, action: Action, title: str, link: str, file: NewFile | None = None
) -> Evidence:
    """Say what shows that something was done, and where it can be read: nobody is served a file before it was scanned.

    Raises NotAccepted, AlreadyAdded (both of documents.services), NotNow.
    """
    _must_lead(by, action, at=at)
    evidence = Evidence(action=action, title=title, link=link, added_by=by, added_at=at)
    evidence.full_clean(exclude=["action", "added_by"])
    evidence.save()
    if file:
        documents.services.store(EvidenceFile(evidence=evidence), **file)
    return evidence


@command(Permission.PLAN_REPORT, on="evidence", related=("action__plan",))
def withdraw_evidence(*, by: User, at: datetime, evidence: Evidence, reason: str) -> Evidence:
    """Nobody can open it any more, also where its action is closed; that it was there stays. Raises NotNow."""
    _must_answer_for(by, evidence.action, at=at)
    if evidence.withdrawn_at:
        raise NotNow("This evidence has already been withdrawn")
    evidence.withdrawn_at, evidence.withdrawn_by, evidence.withdrawn_reason = at, by, reason
    evidence.full_clean(exclude=["action", "added_by"])
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return evidence


def _must_lead(by: User, action: Action, *, at: datetime) -> None:
    """The person who leads it, or the chair, while it is open. Raises PermissionDenied, NotNow."""
    _must_answer_for(by, action, at=at)
    _must_be_open(action)


def _must_answer_for(by: User, action: Action, *, at: datetime) -> None:
    if not selectors.may_report(by, action):
        refuse("delivery_plan.report", by=by, at=at, subject=action)


def _must_agree(published: Live | None, theirs: Live | None) -> None:
    """Green by a figure that says so. Of one that may not be shown, nobody is told whether it does: then, too, there
    must be a reason. Raises SaysOtherwise."""
    if theirs and theirs.says_otherwise:
        raise SaysOtherwise(f"Say why this is green although the figures say {theirs.in_words}")
    if published and published.is_hidden and published.target is not None:
        raise SaysOtherwise("Say why this is green: so few were counted that most readers may not see the figure")


def _must_be_open(action: Action) -> None:
    if not action.is_open:
        raise NotNow("This action has been closed, or is carried on in a later plan")


def _settle(update: Update, state: UpdateState, *, by: User, at: datetime, reason: str = "") -> None:
    if update.state != UpdateState.SUBMITTED:
        raise NotNow("This update does not wait for the chair any more")
    update.state, update.settled_by, update.settled_at, update.settled_reason = state, by, at, reason
    update.save(update_fields=["state", "settled_by", "settled_at", "settled_reason"])


def _supersede(before: Plan, title: str, carried: Collection[Action], today: date, at: datetime) -> None:
    left = before.actions.filter(closed_on=None).exclude(pk__in=[each.pk for each in carried])
    left.update(closed_on=today, closed_reason=f"Not carried over into {title}")
    before.superseded_on = today
    before.save(update_fields=["superseded_on"])
    clocks.keep(before.actions.all(), at=at)


def _carry_over(plan: Plan, carried: Collection[Action]) -> None:
    """Each as it stands, with its open barriers, the milestones ahead, the update that is being written or waits, and
    what it waits for of these; what was said of it stays with the plan before."""
    made: dict[int, Action] = {}
    for number, old in enumerate(sorted(carried, key=lambda each: each.number), start=1):
        copied = {name: getattr(old, name) for name in CARRIED}
        new = Action.objects.create(plan=plan, number=number, carried_from=old, **copied)
        new.supporting.set(old.supporting.all())
        for barrier in old.barriers.filter(lifted_on=None):
            barrier.pk, barrier.action = None, new
            barrier.save(force_insert=True)
        for milestone in old.milestones.filter(done_on=None):
            milestone.pk, milestone.action = None, new
            milestone.save(force_insert=True)
        old.updates.exclude(state=UpdateState.ACCEPTED).update(action=new)
        made[old.pk] = new
    for old in carried:
        made[old.pk].depends_on.set(made[each.pk] for each in old.depends_on.all() if each.pk in made)
