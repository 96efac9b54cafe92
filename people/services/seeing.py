"""Who has sight of a record, and the end of it; where a child lives; whether a search tells of a record."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from accounts import policy
from accounts.gate import command
from accounts.models import GrantKind, Team, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from accounts.services import end_team_sight, let_person_know
from deadlines.models import OPEN, Deadline
from people import selectors
from people.models import Child
from people.services.records import NotYourTeam
from people.services.restricting import must_answer_for, must_still_be_answered_for


class MustKeepSight(Refusal):
    """Without this sight nobody would answer for the record, or something owed could not be done."""


class CannotBeReached(Refusal):
    """Whoever is told of a record must be told whom to ask."""


def _seeing(child: Child) -> dict[str, Any]:
    """Which teams and people have sight, for the log."""
    lasting = {"content_object_id": child.pk, "expires_at": None}
    teams = policy.group_grants().filter(**lasting).values_list("group_id", flat=True)
    people = policy.user_grants().filter(**lasting).values_list("user_id", flat=True)
    return {"teams_that_see": sorted(teams), "people_who_see": sorted(people)}


@command(Permission.SIGHT_END, on="child", parts=_seeing)
def end_sight(*, by: User, at: datetime, child: Child, team: Team, reason: str) -> Child:
    """End what a team sees of the record because it was shared with them, or because the child had been missing.

    By the team that gave it, or whoever answers for the record. Raises NotYourRecord and MustKeepSight.
    """
    grant = policy.group_grants().filter(content_object_id=child.pk, group_id=team.pk, expires_at=None).first()
    if grant is None:
        return child
    if grant.granted_by.team_id not in by.team_ids:
        must_answer_for(by, child)
    if grant.kind not in selectors.ENDED_BY_HAND:
        raise MustKeepSight(f"{team} keeps sight of this record: {grant.get_kind_display().lower()}")
    if Deadline.objects.filter(OPEN, child=child, owner_team=team).exists():
        raise MustKeepSight(f"{team} still owes something about this child. That must be done or passed on first")
    end_team_sight(child, team, by=by, at=at, reason=reason)
    return child


@command(Permission.SIGHT_END, on="child", parts=_seeing)
def end_sight_of_person(*, by: User, at: datetime, child: Child, person: User, reason: str) -> Child:
    """End what one person sees of a restricted record, or in an emergency. Raises NotYourRecord and NobodyAnswers."""
    must_answer_for(by, child)
    live = policy.user_grants().filter(content_object_id=child.pk, user=person, kind__in=selectors.ENDED_BY_HAND)
    grant = live.exclude(expires_at__lte=at).first()
    if grant is None:
        raise MustKeepSight(f"{person} sees this record by holding the case or an interview. Name somebody else for it")
    if grant.kind == GrantKind.RESTRICTED:
        must_still_be_answered_for(child, without=person, at=at)
        case = selectors.case_of(child)
        if case and person.pk in (case.key_worker_id, case.coordinator_id):
            raise MustKeepSight(f"{person} holds the case. Name somebody else for it first")
    child.emergencies.filter(person=person, ended_at=None, until__gt=at).update(ended_at=at)
    if grant.kind == GrantKind.BREAK_GLASS:
        grant.delete()  # it was the person's own, as its constraint says; what it was stays as the emergency
    else:
        live.update(expires_at=at, reason=reason, granted_by=by)
    return child


def _addressed(child: Child) -> dict[str, Any]:
    grants = policy.address_grants().filter(content_object_id=child.pk, expires_at=None)
    return {"see_address": sorted(grants.values_list("user_id", flat=True))}


@command(Permission.CHILD_ADDRESS, on="child", parts=_addressed)
def keep_address_secret(*, by: User, at: datetime, child: Child, reason: str, people: Collection[User]) -> Child:
    """Only these people, and whoever says so, see from now on where the child lives (domain.md 34).

    Only somebody who sees it can do so. Raises MustKeepSight for who has no sight of the record.
    """
    _must_see_address(by, child)
    told = {by, *people}
    known = policy.who_know([each.pk for each in told], [child.pk], at=at)
    for person in told:
        if (person.pk, child.pk) not in known or Permission.CHILD_ADDRESS not in person.permissions:
            raise MustKeepSight(f"{person} has no sight of this record, or their role may not see where a child lives")
    child.address_secret = reason
    child.version += 1
    child.save(update_fields=["address_secret", "version"])
    policy.address_grants().filter(content_object_id=child.pk).exclude(user__in=told).update(
        expires_at=at, granted_by=by
    )
    for person in told:
        let_person_know(child, person, kind=GrantKind.ADDRESS, reason=reason, by=by, at=at, what="view_address")
    return child


@command(Permission.CHILD_ADDRESS, on="child", parts=_addressed)
def show_address(*, by: User, at: datetime, child: Child) -> Child:
    """The address is a secret no more: whoever sees the record and whose role may sees where the child lives."""
    _must_see_address(by, child)
    child.address_secret = ""
    child.version += 1
    child.save(update_fields=["address_secret", "version"])
    policy.address_grants().filter(content_object_id=child.pk).update(expires_at=at, granted_by=by)
    return child


@command(Permission.SEARCH_TELL)
def tell_of_records(*, by: User, at: datetime, team: Team, tells: bool, phone: str = "", email: str = "") -> Team:
    """Let a search by somebody without sight say that this team has a record of exactly that child, or not.

    Raises NotYourTeam and CannotBeReached.
    """
    if team.pk not in by.team_ids:
        raise NotYourTeam("You can only decide for your own team")
    if tells and not phone and not email:
        raise CannotBeReached("Enter a phone number or an e-mail address at which the team is reached")
    locked = Team.objects.select_for_update().get(pk=team.pk)
    locked.tells_of_records, locked.contact_phone, locked.contact_email = tells, phone, email
    locked.save(update_fields=["tells_of_records", "contact_phone", "contact_email"])
    return locked


def _must_see_address(by: User, child: Child) -> None:
    if not selectors.sees_address(by, child):
        raise MustKeepSight("You do not see where this child lives, so you cannot decide who does")
