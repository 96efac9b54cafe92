"""The queue, what happened to a referral, what can be done with it, and what its referrer may read of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet, prefetch_related_objects

import people.selectors
from accounts import policy
from accounts import selectors as people_and_teams
from accounts.models import Agency, Team, TeamKind, User
from accounts.roles import Permission, Role
from deadlines.models import Deadline
from deadlines.rules import CLOCKS, Kind, time_left
from frontend import keyset
from frontend.prepared import Among, Prepared
from frontend.text import day_in_brief, local_day
from people.models import Child, Involvement
from people.rules import CHILDHOOD_ENDS, age_on, called
from referrals.models import SAID_BY, Check, Referral
from referrals.rules import (
    FIRST_RESPONDERS,
    OPEN,
    OPENS_CASE,
    POSSIBLE,
    STRATEGY_DISCUSSION_NEEDS,
    TOLD_TO_REFERRER,
    Grade,
    Outcome,
    State,
    child_called,
    reference,
)

COUNTED_TO = 1000
BY_DANGER = ("grade", "received_at", "id")
BY_DATE = ("received_at", "id")
# What a line of the queue shows, read as plain rows: the records of five tables cost more than all else on the page.
SHOWN_IN_QUEUE = (
    *("id", "grade", "received_at", "state", "immediate_danger", "outcome"),
    *("told_name", "child_id", "child__given_name", "child__family_name", "child__search_name"),
    *("referrer_relationship", "origin_team__name", "origin_team__agency__name", "accepted_by__full_name"),
)
# Django's get_…_display makes the whole mapping anew for each row.
GRADE_NAMES, STATE_NAMES, OUTCOME_NAMES = dict(Grade.choices), dict(State.choices), dict(Outcome.choices)
CHECKS = Prefetch("checks", Check.objects.select_related("agency", "asked_by").order_by("asked_at", "pk"))


@dataclass(frozen=True)
class Filters:
    """What a MASH officer asks the queue for; empty means everything that is open."""

    state: str = ""
    grade: Grade | None = None
    holder: str = ""
    outcome: str = ""
    reference: str = ""

    @property
    def states(self) -> tuple[str, ...]:
        """An outcome is asked for among what is decided; a reference, wherever it stands."""
        if self.state:
            return (self.state,)
        if self.reference:
            return tuple(State)
        return (State.DECIDED, State.CLOSED) if self.outcome else OPEN

    @property
    def key(self) -> tuple[str, ...]:
        """What is open stands by danger, what is decided by date."""
        return BY_DANGER if set(self.states) <= set(OPEN) else BY_DATE


@dataclass(frozen=True)
class TimeLeft:
    """One open promise, in the server's words."""

    promise: str
    text: str
    urgency: str
    """overdue, soon or nothing."""


@dataclass(frozen=True)
class Line:
    """A referral in the words of the queue, with its running clocks, the one that is due first at the top."""

    pk: int
    reference: str
    child_id: int
    child: str
    grade: str
    state: str
    outcome: str
    immediate_danger: bool
    holder: str
    from_whom: str
    received_at: datetime
    received: str
    clocks: list[TimeLeft]

    @property
    def in_log(self) -> str:
        """As the log calls the referral."""
        return f"{Referral._meta.label_lower}:{self.pk}"


@dataclass(frozen=True)
class Tracked:
    """What the referrer may read, and nothing else: no grade, no check, no reason."""

    pk: int
    reference: str
    child_name: str
    made_at: datetime
    made_by: str
    status: str
    acknowledged_at: datetime | None
    outcome: str
    decided_at: datetime | None
    feedback: str
    feedback_at: datetime | None


def queue(user: User, filters: Filters) -> QuerySet[Referral]:
    """The referrals that MASH handles, as far as this person may see them; `filters.key` is their order."""
    return _queue(policy.visible(user, Referral), filters, me=user.pk)


def queue_page(user: User, filters: Filters, *, older: str = "", newer: str = "") -> keyset.Page[Any]:
    """One page of `queue` as rows for `lines`."""
    if filters.reference:
        return keyset.page(_shown(queue(user, filters)), filters.key, older=older, newer=newer)
    return _pages(filters).page(older=older, newer=newer, given=policy.viewed_by(user))


def total(user: User, filters: Filters) -> str:
    """How many `queue` holds, counted no further than a thousand."""
    if filters.reference:
        count = queue(user, filters)[: COUNTED_TO + 1].count()
    else:
        count = _counted(filters, COUNTED_TO + 1).count(**policy.viewed_by(user))
    return f"more than {COUNTED_TO:,}" if count > COUNTED_TO else f"{count:,}"


def _queue(rows: QuerySet[Referral], filters: Filters, *, me: Any) -> QuerySet[Referral]:
    mash = Team.objects.filter(kind=TeamKind.MASH).values("pk")[:1]  # none on a new site: an empty queue
    rows = rows.filter(handling_team=mash, state__in=filters.states)
    if filters.grade is not None:
        rows = rows.filter(grade=filters.grade)
    if filters.holder:
        rows = rows.filter(accepted_by=me if filters.holder == "mine" else None)
    if filters.outcome:
        rows = rows.filter(outcome=filters.outcome)
    if filters.reference:
        rows = rows.filter(_called(filters.reference))
    return rows


def _shown(rows: QuerySet[Referral]) -> Any:
    return rows.values_list(*SHOWN_IN_QUEUE, named=True)


def _for_viewer(filters: Filters) -> QuerySet[Referral]:
    return _queue(policy.visible_to_viewer(Referral), filters, me=policy.VIEWER)


@lru_cache(maxsize=256)
def _pages(filters: Filters) -> keyset.PreparedPages[Any]:
    """One for each choice of filters; a reference is typed, and there is no end of them."""
    return keyset.PreparedPages(lambda: _shown(_for_viewer(filters)), filters.key)


@lru_cache(maxsize=256)
def _counted(filters: Filters, limit: int) -> Prepared[Any]:
    return Prepared(lambda: _for_viewer(filters).order_by().values("pk")[:limit])


def lines(rows: Sequence[Any], *, at: datetime) -> list[Line]:
    """The rows in words, with their clocks; one query."""
    running: dict[int, list[TimeLeft]] = {row.id: [] for row in rows}
    for pk, kind, due_at in _RUNNING.ask(referrals=list(running)):
        running[pk].append(_time_left(Kind(kind), due_at, at))
    today = local_day(at)
    return [_line(row, running[row.id], today) for row in rows]


def _line(row: Any, clocks: list[TimeLeft], today: date) -> Line:
    on_record = called(row.child__given_name, row.child__family_name)
    team = f"{row.origin_team__name}, {row.origin_team__agency__name}" if row.origin_team__name else ""
    return Line(
        pk=row.id,
        reference=reference(row.id),
        child_id=row.child_id,
        child=child_called(on_record=on_record, searched_as=row.child__search_name, told=row.told_name),
        grade=GRADE_NAMES[row.grade],
        state=STATE_NAMES[row.state],
        outcome=OUTCOME_NAMES.get(row.outcome, ""),
        immediate_danger=row.immediate_danger,
        holder=row.accepted_by__full_name or "Nobody yet",
        from_whom=team or SAID_BY[row.referrer_relationship],
        received_at=row.received_at,
        received=day_in_brief(row.received_at, today=today),
        clocks=clocks,
    )


_RUNNING = Prepared(
    lambda: (
        Deadline.objects.filter(
            Among(F("subject_id"), "referrals"),
            subject_type=Referral._meta.label_lower,
            met_at=None,
            voided_at=None,
        )
        .order_by("due_at")
        .values_list("subject_id", "kind", "due_at")
    )
)


def clocks(running: list[Deadline], *, at: datetime) -> list[TimeLeft]:
    return [_time_left(Kind(each.kind), each.due_at, at) for each in running]


def waiting_for(user: User, *, at: datetime) -> list[Line]:
    """For a MASH officer's home page: the most pressing of what they have and of what nobody has yet."""
    if Permission.REFERRAL_TRIAGE not in user.permissions:
        return []
    rows = queue(user, Filters()).filter(Q(accepted_by=user) | Q(accepted_by=None))
    return lines(keyset.page(_shown(rows), BY_DANGER, size=10).rows, at=at)


def made_by_team(user: User) -> QuerySet[Referral]:
    """What this person's team referred, the newest first (`BY_DATE`)."""
    rows = policy.visible(user, Referral).filter(origin_team=user.team_id).exclude(origin_team=None)
    return rows.select_related("child", "made_by").defer("concern").order_by("-received_at", "-pk")


def tracked(referral: Referral) -> Tracked:
    told = referral.state in (State.DECIDED, State.CLOSED)
    return Tracked(
        pk=referral.pk,
        reference=referral.reference,
        child_name=referral.child_name,
        made_at=referral.received_at,
        made_by=str(referral.made_by),
        status=referral.state_for_referrer,
        acknowledged_at=referral.acknowledged_at,
        outcome=TOLD_TO_REFERRER[Outcome(referral.outcome)] if told else "",
        decided_at=referral.decided_at if told else None,
        feedback=referral.feedback,
        feedback_at=referral.feedback_at,
    )


def is_adult(child: Child, *, at: datetime) -> bool:
    """Whether this was no child any more on the local day; who has no known date of birth may be one."""
    born = child.date_of_birth
    return born is not None and age_on(born, local_day(at)) >= CHILDHOOD_ENDS


def of_child(user: User, child: Child) -> QuerySet[Referral]:
    """The referrals about this very record that the person may see, the newest first."""
    rows = policy.visible(user, Referral).filter(child=child)
    return rows.select_related("child", "origin_team__agency").order_by("-received_at", "-pk")


def complete(referral: Referral) -> Referral:
    """The referral with everything that hangs on it, read in a fixed number of queries."""
    prefetch_related_objects(
        [referral],
        CHECKS,
        "grade_changes__by",
        "decisions__by",
        "hand_overs__from_officer",
        "hand_overs__to_officer",
        "hand_overs__by",
        "strategy_discussion__recorded_by",
        "strategy_discussion__agencies",
        "nrm__first_responder",
        "follow_ups__recorded_by",
    )
    return referral


def with_checks(referral: Referral) -> Referral:
    """The referral with what the agencies know."""
    prefetch_related_objects([referral], CHECKS)
    return referral


def sent_with(token: UUID) -> Referral | None:
    """What the form with this token has already made."""
    return Referral.objects.filter(token=token).first()


def possible(referral: Referral, *, owed: Collection[str] = ()) -> list[str]:
    """The commands that the referral's state allows now and that still have something to do.

    `owed` are the kinds of its open promises: what a decision asked for is recorded while it is one.
    """
    nrm = getattr(referral, "nrm", None)
    done = {
        "acknowledge": bool(referral.acknowledged_at) or not referral.can_be_told,
        "decide": not referral.is_graded,
        "record_discussion": hasattr(referral, "strategy_discussion"),
        "refer_to_nrm": nrm is not None,
        "record_grounds": nrm is None or nrm.next_grounds is None,
        "record_check": True,  # stands beside each check
        "record_assessment": Kind.ASSESSMENT not in owed,
        "record_conference": Kind.INITIAL_CONFERENCE not in owed,
    }
    return [verb for verb, states in POSSIBLE.items() if referral.state in states and not done.get(verb)]


def officers(referral: Referral) -> QuerySet[User]:
    """Who may take this referral over."""
    others = people_and_teams.members_with(Role.MASH, team=referral.handling_team)
    return others.exclude(pk=referral.accepted_by_id or 0).order_by("full_name", "pk")


def agencies_for_discussion() -> list[Agency]:
    """Every agency, those without which it is no strategy discussion first."""
    return sorted(people_and_teams.agencies(), key=lambda agency: agency.kind not in STRATEGY_DISCUSSION_NEEDS)


def first_responders() -> QuerySet[Agency]:
    return people_and_teams.agencies().filter(kind__in=FIRST_RESPONDERS)


def teams_for_a_case() -> QuerySet[Team]:
    rows = Team.objects.filter(kind=TeamKind.PRACTICE).select_related("agency")
    return rows.order_by("agency__name", "name")


def case_for(referral: Referral) -> Involvement | None:
    """The open case of the child, on the record MASH matched it with where there is one."""
    return people.selectors.case_of_whole(referral.child)


def case_without_key_worker(user: User, referral: Referral) -> Involvement | None:
    """The open case that a decision led to, where nobody holds it yet and this person may see it."""
    if referral.outcome not in OPENS_CASE:
        return None
    cases = policy.visible(user, Involvement).filter(child=referral.child.same_as_id or referral.child_id)
    return cases.filter(closed_at=None, key_worker=None).select_related("team__agency").first()


def panel(user: User, child: Child, at: datetime) -> dict[str, object]:
    """What the section "Referrals" of the child's page shows."""
    return {
        "referrals": list(of_child(user, child)),
        "triages": Permission.REFERRAL_TRIAGE in user.permissions,
    }


def _called(reference: str) -> Q:
    """R000123 as we call it, or ABCD-EFGH as it was given to somebody without an account."""
    text = reference.strip().upper()
    number = text.removeprefix("R")
    either = Q(public_reference=text)
    return either | Q(pk=int(number)) if number.isascii() and number.isdigit() and len(number) <= 18 else either


def _time_left(kind: Kind, due_at: datetime, at: datetime) -> TimeLeft:
    clock, left = CLOCKS[kind], due_at - at
    urgency = "soon" if clock.warns and left <= max(clock.warns) else ""
    return TimeLeft(clock.promise, time_left(due_at, at), "overdue" if left < timedelta(0) else urgency)
