"""A restricted record: only people with a grant by name see it, and two people lift that (domain.md 34, ASVS 2.3.5)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import deadlines.services
from accounts import policy
from accounts.gate import command
from accounts.models import GrantKind, User
from accounts.refusals import Refusal
from accounts.roles import Permission, Role
from accounts.services import let_person_know
from people import selectors
from people.codes import Restriction
from people.models import Child, LiftProposal, RestrictedTime

ANSWERING = (Role.CSE_COORDINATOR, Role.TEAM_MANAGER)
"""Who is chased for what falls due on a record that nobody else may open (deadlines.audience)."""


class NotYourRecord(Refusal):
    """The case's managers, MASH and the co-ordinators decide who is kept from a record, and not in an emergency."""


class RestrictedAlready(Refusal):
    """A record is restricted for one reason at a time."""


class NotRestricted(Refusal):
    """The restriction was lifted in the meantime, or nobody has proposed it."""


class CannotKeepSight(Refusal):
    """Whoever keeps sight has it, or is let in by name; their role reads records, and they are not kept from it."""


class NobodyAnswers(Refusal):
    """A deadline is never lost because nobody may see the child."""


class ByAnother(Refusal):
    """Two people lift a restriction."""


def _keepers(child: Child) -> dict[str, Any]:
    """Who keeps sight, for the log."""
    grants = policy.user_grants().filter(content_object_id=child.pk, kind=GrantKind.RESTRICTED)
    return {"keep_sight": sorted(grants.filter(expires_at=None).values_list("user_id", flat=True))}


@command(Permission.RECORD_RESTRICT, on="child", parts=_keepers)
def restrict(
    *, by: User, at: datetime, child: Child, kind: Restriction, reason: str, keep: Collection[User] = ()
) -> Child:
    """Close the record to every team. Whoever restricts it, whoever holds the case and those in `keep` still see it.

    Among them must be a CSE co-ordinator or a team manager, who answers for what falls due. Raises NotYourRecord,
    RestrictedAlready, CannotKeepSight and NobodyAnswers.
    """
    must_answer_for(by, child)
    if child.restriction:
        raise RestrictedAlready("This record is restricted already")
    keeping = _keeping(child, {by, *keep}, at=at)
    child.restriction = kind
    child.save(update_fields=["restriction"])
    RestrictedTime.objects.create(child=child, kind=kind, reason=reason, restricted_by=by, restricted_at=at)
    for person in keeping:
        let_person_know(child, person, kind=GrantKind.RESTRICTED, reason=reason, by=by, at=at)
    text = f"{child.reference} is a restricted record now. You still see it; most people do not"
    _tell(child, keeping - {by}, "restricted", text, at=at)
    return child


@command(Permission.RECORD_RESTRICT, on="child", parts=_keepers)
def let_keep_sight(*, by: User, at: datetime, child: Child, person: User, reason: str) -> Child:
    """Let one more person see a restricted record. Raises NotYourRecord, NotRestricted and CannotKeepSight."""
    must_answer_for(by, child)
    _running(child)
    if Permission.CHILD_VIEW not in person.permissions or not _free(child, [person]):
        raise CannotKeepSight(f"{person} cannot be given sight of this record")
    let_person_know(child, person, kind=GrantKind.RESTRICTED, reason=reason, by=by, at=at)
    _tell(child, {person}, f"let-in:{at:%Y%m%d%H%M%S}", f"You were given sight of {child.reference}", at=at)
    return child


@command(Permission.RECORD_RESTRICT, on="child")
def propose_lifting(*, by: User, at: datetime, child: Child, reason: str) -> LiftProposal:
    """Ask that the restriction be lifted: another person who may answers (ASVS 2.3.5)."""
    must_answer_for(by, child)
    restricted = _running(child)
    if restricted.proposals.filter(agreed=None).exists():
        raise RestrictedAlready("Somebody has proposed that already. Another person must answer first")
    proposal = LiftProposal.objects.create(restricted_time=restricted, reason=reason, proposed_by=by, proposed_at=at)
    others = {each for each in selectors.keepers(child.pk, at=at) if Permission.RECORD_RESTRICT in each.permissions}
    text = f"{by} proposes to lift the restriction of {child.reference}. Agree or refuse"
    _tell(child, others - {by}, f"lift:{proposal.pk}", text, at=at)
    return proposal


@command(Permission.RECORD_RESTRICT, on="child", parts=_keepers)
def answer_lifting(*, by: User, at: datetime, child: Child, agreed: bool, reason: str) -> Child:
    """Agree to lift the restriction, and every team sees the record again as before; or refuse.

    Raises NotRestricted, and ByAnother to whoever proposed it.
    """
    must_answer_for(by, child)
    restricted = _running(child)
    proposal = restricted.proposals.select_for_update().filter(agreed=None).first()
    if proposal is None:
        raise NotRestricted("Nobody proposes to lift this restriction any more")
    if proposal.proposed_by_id == by.pk:
        raise ByAnother("Another person must agree: you proposed it yourself")
    proposal.agreed, proposal.answer_reason, proposal.answered_by, proposal.answered_at = agreed, reason, by, at
    proposal.save(update_fields=["agreed", "answer_reason", "answered_by", "answered_at"])
    if agreed:
        _lift(child, restricted, by=by, at=at)
    said = "lifted" if agreed else "not lifted"
    text = f"The restriction of {child.reference} was {said}, as {by} decided"
    _tell(child, {proposal.proposed_by}, f"lift-answered:{proposal.pk}", text, at=at)
    return child


def must_answer_for(by: User, child: Child) -> None:
    """Raises NotYourRecord."""
    if not selectors.answers_for(by, child) or selectors.in_emergency(by, child):
        raise NotYourRecord(
            "This is for a manager of the team that holds the case to decide, for MASH or for a CSE co-ordinator"
        )


def must_still_be_answered_for(child: Child, *, without: User, at: datetime) -> None:
    """Raises NobodyAnswers where a restricted record would be left without anyone to chase."""
    if child.restriction and not _answering(each for each in selectors.keepers(child.pk, at=at) if each != without):
        raise NobodyAnswers("Let another CSE co-ordinator or team manager keep sight of this record first")


def _keeping(child: Child, wanted: set[User], *, at: datetime) -> set[User]:
    """With those who hold the case. Raises CannotKeepSight and NobodyAnswers."""
    case = selectors.case_of(child)
    holders = {each for each in (case.key_worker, case.coordinator) if each and each.is_active} if case else set()
    known = policy.who_know([each.pk for each in wanted], [child.pk], at=at)
    for person in wanted:
        if (person.pk, child.pk) not in known or Permission.CHILD_VIEW not in person.permissions:
            raise CannotKeepSight(f"{person} does not see this record now")
    keeping = wanted | set(_free(child, holders))
    if not _answering(keeping):
        raise NobodyAnswers("Select a CSE co-ordinator or a team manager too, who answers for what falls due")
    return keeping


def _answering(people: Any) -> bool:
    return any(role in person.roles for person in people for role in ANSWERING)


def _free(child: Child, people: Collection[User]) -> list[User]:
    """Without those who are kept from the record."""
    excluded = set(child.exclusions.filter(ended_at=None).values_list("person_id", flat=True))
    return [person for person in people if person.pk not in excluded]


def _running(child: Child) -> RestrictedTime:
    restricted = RestrictedTime.objects.filter(child=child, lifted_at=None).first()
    if restricted is None:
        raise NotRestricted("This record is not restricted any more")
    return restricted


def _lift(child: Child, restricted: RestrictedTime, *, by: User, at: datetime) -> None:
    """The grants by name that came with it end; whoever holds the case keeps theirs."""
    child.restriction = Restriction.NONE
    child.save(update_fields=["restriction"])
    restricted.lifted_at = at
    restricted.save(update_fields=["lifted_at"])
    case = selectors.case_of(child)
    holders = (case.key_worker_id, case.coordinator_id) if case else ()
    kept = policy.user_grants().filter(content_object_id=child.pk, kind=GrantKind.RESTRICTED, expires_at=None)
    for grant in kept.select_related("user"):
        kind, until = (GrantKind.CASE, None) if grant.user_id in holders else (GrantKind.RESTRICTED, at)
        let_person_know(child, grant.user, kind=kind, reason="The restriction was lifted", by=by, at=at, until=until)


def _tell(child: Child, people: Collection[User], key: str, text: str, *, at: datetime) -> None:
    path = f"/children/{child.pk}/"
    deadlines.services.notify(people, key=f"{key}:{child.pk}:{at:%Y%m%d%H%M%S}", text=text, path=path, at=at)
