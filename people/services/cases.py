"""The case that is open on a child's record: who holds it, and when it ends."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce

import deadlines.services
from accounts import policy
from accounts.gate import command
from accounts.models import GrantKind, Team, TeamKind, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from accounts.services import end_team_sight, let_person_know, let_team_know, let_teams_know
from audit.acting import Beyond, beyond
from people import selectors
from people.models import Child, Involvement


class CaseAlreadyOpen(Refusal):
    """One child, one open case."""


class CaseClosed(Refusal):
    """The case was closed in the meantime."""


class NotYourCase(Refusal):
    """A manager has a say in the cases of their own teams; MASH and the CSE co-ordinators in all."""


class CannotHoldCase(Refusal):
    """This person's role does not let them read children's records."""


@command(Permission.CASE_CHANGE, on="child")
def open_case(
    *, by: User, at: datetime, child: Child, team: Team, key_worker: User | None = None, coordinator: User | None = None
) -> Involvement:
    """Open the child's case; its team, key worker and co-ordinator come to know the child. Raises NotYourCase."""
    return _begun(child, team=team, key_worker=key_worker, coordinator=coordinator, by=by, at=at)


@command(Permission.CASE_CHANGE, on="child")
def begin_case(*, by: User, at: datetime, child: Child, team: Team) -> Involvement:
    """Open the case on the record that MASH matched `child` with, or on `child` where there is none.

    For the commands of higher rooms. The case's team comes to know the record the case stands on; whoever begins it
    needs to know `child` alone, and comes to see no more by it.
    """
    if child.same_as_id is None:
        return _begun(child, team=team, key_worker=None, coordinator=None, by=by, at=at)
    with beyond(Beyond.ONE_CHILD):
        held = Child.objects.select_for_update().get(pk=child.same_as_id)
        return _begun(held, team=team, key_worker=None, coordinator=None, by=by, at=at)


@command(Permission.CASE_CHANGE, on="case")
def name_key_worker(*, by: User, at: datetime, case: Involvement, key_worker: User) -> Involvement:
    """Name another key worker, who comes to know the child and owes what the former one did, whose own sight ends."""
    _own_case(by, case.team)
    _still_open(case)
    former = case.key_worker
    case.key_worker = key_worker
    case.save(update_fields=["key_worker"])
    if former and former not in (key_worker, case.coordinator):
        _end_sight(case.child, former, by=by, at=at)
    if former:
        deadlines.services.hand_on(child=case.child, former=former, to=key_worker, at=at)
    _let_hold(case.child, key_worker, "key worker", by=by, at=at)
    return case


@command(Permission.CASE_CHANGE, on="case")
def close_case(*, by: User, at: datetime, case: Involvement) -> Involvement:
    """Close the case. Its people's own sight ends with it; the team's remains, and what is still owed is the team's.

    Reviews fall away: the next screening starts them again.
    """
    _own_case(by, case.team)
    _still_open(case)
    case.closed_at = at
    case.save(update_fields=["closed_at"])
    for holder in filter(None, {case.key_worker, case.coordinator}):
        _end_sight(case.child, holder, by=by, at=at)
        deadlines.services.hand_on(child=case.child, former=holder, to=None, at=at)
    deadlines.services.void_reviews(child=case.child, at=at, reason="The case was closed")
    return case


@beyond(Beyond.ONE_CHILD)
def hold_cases(children: Collection[int]) -> None:
    """Lock the open cases of these children, on whichever record they stand, as a command on a case does first."""
    firsts = Child.objects.filter(pk__in=children).values(first=Coalesce("same_as_id", "pk"))
    rows = Involvement.objects.filter(Q(child__in=firsts) | Q(child__same_as__in=firsts), closed_at=None)
    list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def list_at_cmog(child: Child, *, by: User, at: datetime) -> Involvement | None:
    """Put the child's open case on the CMOG list, where it stays with its first date (domain.md 6, 22).

    CMOG comes to know the child. None where no case is open. Called by the commands of higher rooms, inside their
    transaction.
    """
    case = Involvement.objects.select_for_update().filter(child=child, closed_at=None).first()
    if case is None:
        return None
    if case.cmog_listed_at is None:
        case.cmog_listed_at = at
        case.save(update_fields=["cmog_listed_at"])
    let_cmog_know(child, by=by, at=at)
    return case


def let_cmog_know(child: Child, *, by: User, at: datetime) -> None:
    """Give CMOG sight of a record of a child whom it lists."""
    cmog = Team.objects.filter(kind=TeamKind.CMOG).values_list("pk", flat=True)
    let_teams_know(child, cmog, kind=GrantKind.CMOG, reason="Listed at CMOG", by=by, at=at)


def take_off_cmog(child: Child, *, by: User, at: datetime, reason: str) -> Involvement | None:
    """Take the child's open case off the CMOG list, and end the sight that CMOG had through it (domain.md 22, 34).

    None where it is not listed. Called by the commands of higher rooms, inside their transaction.
    """
    case = Involvement.objects.select_for_update().filter(child=child, closed_at=None).first()
    if case is None or case.cmog_listed_at is None:
        return None
    case.cmog_listed_at = None
    case.save(update_fields=["cmog_listed_at"])
    listed = policy.group_grants().filter(content_object_id=child.pk, kind=GrantKind.CMOG)
    for team in Team.objects.filter(pk__in=listed.values("group_id")):
        end_team_sight(child, team, by=by, at=at, reason=reason)
    return case


def _begun(
    child: Child, *, team: Team, key_worker: User | None, coordinator: User | None, by: User, at: datetime
) -> Involvement:
    _own_case(by, team)
    if selectors.case_of(child):
        raise CaseAlreadyOpen("This child already has an open case")
    let_team_know(child, team, kind=GrantKind.CASE, reason="The team holds the case", by=by, at=at)
    for holder, role in ((key_worker, "key worker"), (coordinator, "co-ordinator")):
        if holder:
            _let_hold(child, holder, role, by=by, at=at)
    return Involvement.objects.create(
        child=child, opened_at=at, team=team, key_worker=key_worker, coordinator=coordinator
    )


def _own_case(by: User, team: Team) -> None:
    if not selectors.staffs(by, team):
        raise NotYourCase(f"This is for {team} to decide, for MASH or for a CSE co-ordinator")


def _still_open(case: Involvement) -> None:
    if not case.is_open:
        raise CaseClosed("This case has been closed")


def _let_hold(child: Child, holder: User, role: str, *, by: User, at: datetime) -> None:
    if Permission.CHILD_VIEW not in holder.permissions:
        raise CannotHoldCase(f"{holder} cannot hold a case: their role does not let them read children's records")
    if child.exclusions.filter(person=holder, ended_at=None).exists():
        raise CannotHoldCase(f"{holder} cannot hold this case: they are kept from this record")
    let_person_know(child, holder, kind=GrantKind.CASE, reason=f"Named as {role}", by=by, at=at)


def _end_sight(child: Child, holder: User, *, by: User, at: datetime) -> None:
    """The personal grant runs out now; what the person sees through a team stays, or of a restricted record by name."""
    grants = policy.user_grants().filter(content_object_id=child.pk, user=holder)
    if grants.exclude(kind__in=[GrantKind.RESTRICTED, GrantKind.BREAK_GLASS]).exists():
        let_person_know(child, holder, kind=GrantKind.CASE, reason="No longer holds the case", by=by, at=at, until=at)
