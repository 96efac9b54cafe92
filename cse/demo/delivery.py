"""A delivery plan two months into its year, by the commands that its people use, and the figures it is measured by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import deadlines.services
import figures.selectors
import figures.services
from accounts.gate import at_work
from accounts.models import User
from accounts.roles import Permission, Role
from accounts.selectors import holders_of
from cse.demo.partnership import CARDS
from deadlines.models import Notice
from delivery_plan import selectors, services
from delivery_plan.models import Action, Plan
from delivery_plan.rules import Rag
from figures.rules import year_begins
from frontend.text import local_day

BEGAN_DAYS_AGO = 75


@dataclass(frozen=True, slots=True)
class Told:
    """What the lead of an action says of it; `due` in days from now, a negative one is past."""

    number: int
    rag: Rag
    why: str
    done: str
    due: int
    success: str = ""
    measure: str = ""
    target: int | None = None
    despite: str = ""
    barrier: str = ""
    accepted: bool = True
    milestones: tuple[tuple[str, int], ...] = ()
    """What is to be reached, and in how many days from now; the first has been."""
    evidence: str = ""


STORY = (
    Told(
        *(2, Rag.GREEN, "Three schools of four have held the assembly.", "Posters are in every taxi office.", 60),
        success="Every secondary school has held the assembly",
        milestones=(("Assemblies are agreed with three schools", -30), ("The fourth school has held its own", 40)),
        evidence="How the assembly was received, in the words of 212 pupils",
    ),
    Told(
        *(4, Rag.AMBER, "Foster carers are booked for the new year.", "The school course ran four times.", 120),
        success="All who work with children have had the course",
        measure="training.coverage",
        target=80,
        barrier="The venue for foster carers has no evening slots",
    ),
    Told(
        *(8, Rag.GREEN, "Interviews are allocated on the day of return.", "A second interviewer has begun.", 30),
        success="Nine of ten interviews are held within 72 hours",
        measure="missing.in_time",
        target=90,
        despite="Two placements far away answered late; both have agreed on a contact since.",
    ),
    Told(
        *(9, Rag.AMBER, "Some children went missing again while their plans were being made.", "Plans are shared.", 90),
        success="Fewer children go missing again",
        measure="missing.repeat",
        target=30,
    ),
    Told(
        *(14, Rag.RED, "The analyst post is vacant.", "The post has been advertised twice.", -10),
        success="A profile each quarter",
        milestones=(("The post is graded", -40), ("The analyst has begun", -5)),
        barrier="The post of the analyst cannot be filled at its grade",
    ),
    Told(
        *(16, Rag.GREEN, "Officers have had the briefing.", "Forms sent in have doubled.", 45),
        success="Intelligence from every agency",
        accepted=False,
    ),
)


def tell(now: datetime) -> None:
    """Begin the plan and tell its story, unless there is one; the figures of eight quarters are counted."""
    if selectors.current_plan():
        return
    chair = one(Role.SEMT_CHAIR)
    began = now - timedelta(days=BEGAN_DAYS_AGO)
    first = year_begins(local_day(now))
    ends = first.replace(year=first.year + 1) - timedelta(days=1)
    title = f"Delivery plan {first.year} to {ends.year}"
    plan = services.begin(by=chair, at=began, title=title, starts_on=first, ends_on=ends, carried=[])
    _count(began)
    leads = _leads()
    for place, told in enumerate(STORY):
        _tell(plan, told, leads[place % len(leads)], chair, began, now)
    with at_work() as actor:
        for days in range(BEGAN_DAYS_AGO, -1, -1):
            deadlines.services.sweep(by=actor, at=now - timedelta(days=days))
    _count(now)
    Notice.objects.filter(sent_at=None).update(sent_at=now)


def _count(at: datetime) -> None:
    with at_work() as actor:
        periods = [*figures.selectors.quarters(at), *figures.selectors.months(at)]
        figures.services.recount(by=actor, at=at, periods=periods)


def _tell(plan: Plan, told: Told, lead: User, chair: User, began: datetime, now: datetime) -> None:
    action = plan.actions.get(number=told.number)
    action = services.set_up(by=chair, at=began, action=action, **_set_up(told, lead, now))
    written = now - timedelta(days=20 - told.number)
    words = {"text": told.done, "rag": told.rag, "rag_reason": told.why, "despite": told.despite}
    draft = services.save_update(by=lead, at=written, action=action, version=0, **words)
    sent = services.submit_update(by=lead, at=written, update=draft)
    _tell_of_the_way(action, told, lead, chair, began, now)
    if told.accepted:
        services.accept_update(by=chair, at=written + timedelta(days=1), update=sent)
    if told.barrier:
        words = {"what": told.barrier, "who_can_lift": "The partnership's treasurer", "raised_to": "The chair of SEMT"}
        services.raise_barrier(by=lead, at=written, action=action, since_on=local_day(written), **words)


def _tell_of_the_way(action: Action, told: Told, lead: User, chair: User, began: datetime, now: datetime) -> None:
    """Its milestones, of which the first was reached, and what shows that something was done."""
    for place, (text, days) in enumerate(told.milestones):
        day = local_day(now + timedelta(days=days))
        milestone = services.add_milestone(by=chair, at=began, action=action, text=text, due_on=day)
        if place == 0:
            services.reach_milestone(by=lead, at=now + timedelta(days=days), milestone=milestone)
    if told.evidence:
        content = f"{told.evidence}\n\nNine of ten would know whom to tell.\n".encode()
        file = services.NewFile(name="assembly.txt", content=content, token=uuid5(NAMESPACE_URL, told.evidence))
        services.add_evidence(by=lead, at=now, action=action, title=told.evidence, link="", file=file)


def _set_up(told: Told, lead: User, now: datetime) -> dict[str, Any]:
    return {
        "version": 1,
        "supporting": [],
        "depends_on": [],
        "update_every_months": 3,
        "lead": lead,
        "lead_agency": lead.team.agency if lead.team else None,
        "due_on": local_day(now + timedelta(days=told.due)),
        "success": told.success,
        "measure": told.measure,
        "target": told.target,
    }


def _leads() -> list[User]:
    """Managers and co-ordinators, in the order of their names."""
    people = holders_of(Permission.PLAN_REPORT).exclude(team=None).select_related("team__agency")
    return list(people.filter(roles__overlap=[Role.TEAM_MANAGER, Role.CSE_COORDINATOR]).order_by("full_name", "pk"))


def one(role: Role) -> User:
    """The one of this role whom a newcomer may sign in as."""
    return User.objects.get(roles__contains=[role], full_name__in=[person.name for person in CARDS])
