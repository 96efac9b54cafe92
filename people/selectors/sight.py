"""Who sees a record, who is kept from it, and who answers for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.http import Http404

from accounts import policy
from accounts.models import GrantKind, Team, User
from accounts.roles import Permission, Role
from accounts.selectors import holders_of, members_with
from audit.acting import Beyond, beyond
from people import rules
from people.models import Child, Emergency, Exclusion, Involvement, LiftProposal, RestrictedTime
from people.rules import Particulars
from people.selectors.records import case_holders, case_of, staffs, staffs_any

REVIEWED_LATELY = 50
ENDED_BY_HAND = frozenset({GrantKind.SHARE, GrantKind.MISSING, GrantKind.RESTRICTED, GrantKind.BREAK_GLASS})
"""The team that added the record, MASH, CMOG, who holds the case or an interview keep sight as long as they do so."""


def who_holds(case: Involvement, *, at: datetime) -> list[User]:
    """Who hears of what happens, of those who can open it: those named who are still here; else the team's managers;
    else the whole team; else, of a restricted record, who keeps sight of it."""
    for people in _holders(case):
        if there := not_kept_from(case.child_id, people, at=at):
            return there
    return keepers(case.child_id, at=at)


def _holders(case: Involvement) -> Iterator[Iterable[User]]:
    """One after the other: who comes later is asked for only when none of these may know."""
    yield [user for user in (case.key_worker, case.coordinator) if user and user.is_active]
    yield members_with(Role.TEAM_MANAGER, team=case.team)
    yield holders_of(Permission.CHILD_VIEW, team=case.team)


def not_kept_from(child_pk: int, people: Iterable[User], *, at: datetime) -> list[User]:
    """Without those from whom the record is kept: it is restricted, or they are excluded."""
    asked = list(people)
    kept = policy.kept_from([user.pk for user in asked], [child_pk], at=at)
    return [user for user in asked if (user.pk, child_pk) not in kept]


def keepers(child_pk: int, *, at: datetime) -> list[User]:
    """Who keeps sight of a restricted record."""
    people = [person for person, _ in policy.keepers([child_pk], at=at)]
    return list(User.objects.filter(pk__in=people, is_active=True).order_by("full_name", "pk"))


def answers_for(user: User, child: Child) -> bool:
    """Whether this person says who is kept from a record: managers of the team that holds the case, or that added the
    record where there is none; MASH and the co-ordinators for any."""
    case = case_of(child)
    return staffs(user, case.team) if case else child.added_by_team_id in user.team_ids or staffs_any(user)


def in_emergency(user: User, child: Child) -> bool:
    """Whether this person sees the record only because they opened it in an emergency."""
    return any(each["child"] == child.pk for each in user.emergencies) and not known_otherwise(user, child)


def known_otherwise(user: User, child: Child) -> bool:
    teams = policy.group_grants().filter(content_object_id=child.pk, group__in=user.team_ids, expires_at=None)
    return not child.restriction and teams.exists()


def sees_address(user: User, child: Child) -> bool:
    """Whether this person, who sees the record, is also shown where the child lives (domain.md 34).

    Where a looked-after child is placed has its permission on top of sight; where the record says that it is a secret,
    a grant by name on that child as well. One mechanism for what stands apart in a record: a victim's address and a
    suspect's identity, which no room keeps yet, get a permission of a role and a guardian permission of their own.
    """
    if not child.is_looked_after and not child.address_secret:
        return True
    if Permission.CHILD_ADDRESS not in user.permissions:
        return False
    named = policy.address_grants().filter(content_object_id=child.pk, user=user, expires_at=None)
    return not child.address_secret or named.exists()


def teams_that_tell(terms: Particulars) -> list[Team]:
    """The teams that let a search by somebody without sight know of their record of exactly this child."""
    called = rules.search_key(terms.name) if terms.given_name and terms.family_name else None
    asked = [terms.nhs_number or None, terms.upn or None, called, terms.date_of_birth]
    with connection.cursor() as cursor:
        cursor.execute("select people_teams_that_tell(%s, %s, %s, %s)", asked)
        keys = [key for (key,) in cursor.fetchall()]
    return list(Team.objects.filter(pk__in=keys).select_related("agency").order_by("agency__name", "name"))


@dataclass(frozen=True)
class Sight:
    """Who sees a record: a team or a person, because of what, since when, by whom, until when."""

    who: Team | User
    kind: str
    why: str
    since: datetime
    by: str
    until: datetime | None
    ended_by_hand: bool
    """Its end is somebody's decision: what was shared, and what one person sees of a restricted record."""


def team_sights(child: Child, *, at: datetime) -> list[Sight]:
    """The live sight of teams, the oldest first; of a restricted record it counts again once that is lifted."""
    rows = policy.group_grants().filter(_live(at), content_object_id=child.pk).select_related("granted_by")
    rows = rows.order_by("granted_at", "pk")
    teams = Team.objects.select_related("agency").in_bulk([row.group_id for row in rows])
    return [_sight(teams[row.group_id], row) for row in rows if row.group_id in teams]


def personal_sights(child: Child, *, at: datetime) -> list[Sight]:
    rows = policy.user_grants().filter(_live(at), content_object_id=child.pk).select_related("user", "granted_by")
    return [_sight(row.user, row) for row in rows.order_by("granted_at", "pk")]


def told_address(child: Child) -> list[User]:
    """Who sees where the child lives, where that is a secret."""
    people = policy.address_grants().filter(content_object_id=child.pk, expires_at=None).values("user_id")
    return list(User.objects.filter(pk__in=people, is_active=True).order_by("full_name", "pk"))


def who_may_keep_sight(child: Child, *, apart_from: User, at: datetime) -> list[User]:
    """Who sees the record now and reads records by their role."""
    people = list(case_holders().exclude(pk=apart_from.pk))
    known = policy.who_know([each.pk for each in people], [child.pk], at=at)
    return [each for each in people if (each.pk, child.pk) in known]


def who_may_see_address(child: Child, *, apart_from: User, at: datetime) -> list[User]:
    people = who_may_keep_sight(child, apart_from=apart_from, at=at)
    return [each for each in people if Permission.CHILD_ADDRESS in each.permissions]


def seeing_team(child: Child, pk: int) -> Team | None:
    rows = policy.group_grants().filter(content_object_id=child.pk, expires_at=None).values("group_id")
    return Team.objects.select_related("agency").filter(pk=pk, group_id__in=rows).first()


def seeing_person(child: Child, pk: int) -> User | None:
    rows = policy.user_grants().filter(content_object_id=child.pk).values("user_id")
    return User.objects.filter(pk=pk, pk__in=rows).first()


def restricted_since(child: Child) -> RestrictedTime | None:
    rows = RestrictedTime.objects.filter(child=child, lifted_at=None).select_related("restricted_by")
    return rows.first() if child.restriction else None


def exclusions(child: Child) -> list[Exclusion]:
    """Who is kept from the record now."""
    rows = child.exclusions.filter(ended_at=None).select_related("person", "recorded_by")
    return list(rows.order_by("recorded_at", "pk"))


def lift_proposal(child: Child) -> LiftProposal | None:
    """The wish to lift the restriction that nobody has answered."""
    rows = LiftProposal.objects.filter(restricted_time__child=child, restricted_time__lifted_at=None, agreed=None)
    return rows.select_related("proposed_by").first()


@beyond(Beyond.GOVERNANCE)
def governed(user: User, pk: int) -> Child:
    """For information governance: a record of which nothing is shown but its reference. Raises Http404."""
    child = Child.objects.filter(pk=pk).exclude(exclusions__person=user, exclusions__ended_at=None).first()
    if child is None:
        raise Http404
    return child


@beyond(Beyond.GOVERNANCE)
def emergencies_to_review() -> list[Emergency]:
    """What was opened in an emergency and nobody has reviewed, the oldest first."""
    rows = Emergency.objects.filter(justified=None).select_related("person", "child__added_by_team__agency")
    return list(rows.order_by("opened_at", "pk"))


@beyond(Beyond.GOVERNANCE)
def emergencies_reviewed() -> list[Emergency]:
    """What was reviewed last."""
    rows = Emergency.objects.exclude(justified=None).select_related("person", "reviewed_by", "child")
    return list(rows.order_by("-reviewed_at", "-pk")[:REVIEWED_LATELY])


@beyond(Beyond.GOVERNANCE)
def emergency_to_review(user: User, pk: int, *, at: datetime) -> Emergency:
    """One that has ended and waits; not one's own. Raises Http404."""
    ended = Q(until__lte=at) | Q(ended_at__lte=at)
    rows = Emergency.objects.filter(ended, pk=pk, justified=None).exclude(person=user).select_related("person", "child")
    if (emergency := rows.first()) is None:
        raise Http404
    return emergency


def _live(at: datetime) -> Q:
    return Q(expires_at=None) | Q(expires_at__gt=at)


def _sight(who: Team | User, grant: Any) -> Sight:
    kind = GrantKind(grant.kind)
    by_hand = kind in ENDED_BY_HAND
    return Sight(who, kind.label, grant.reason, grant.granted_at, str(grant.granted_by), grant.expires_at, by_hand)
