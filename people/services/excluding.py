"""A person who must not know of a child, whatever else would let them (domain.md 34). They are not told."""

from datetime import datetime

import deadlines.services
from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from audit.acting import Beyond, beyond
from people import selectors
from people.models import Child, Exclusion
from people.services.restricting import must_answer_for, must_still_be_answered_for


class HoldsTheCase(Refusal):
    """Whoever holds the case is replaced before they are kept from it."""


class ExcludedAlready(Refusal):
    """Once is enough."""


class NoSuchRecord(Refusal):
    """Information governance names a record by its reference."""


@command(Permission.RECORD_RESTRICT, on="child")
def exclude(*, by: User, at: datetime, child: Child, person: User, reason: str) -> Exclusion:
    """Keep this person from the record: no team, no role, no emergency opens it to them from now on.

    Raises NotYourRecord, HoldsTheCase, ExcludedAlready and NobodyAnswers.
    """
    must_answer_for(by, child)
    return _excluded(child, person, reason=reason, by=by, at=at)


@command(Permission.SIGHT_GOVERN)
def exclude_from(*, by: User, at: datetime, reference: int, person: User, reason: str) -> Exclusion:
    """The same by information governance, who see no record. Raises NoSuchRecord too."""
    with beyond(Beyond.GOVERNANCE):
        child = Child.objects.select_for_update().filter(pk=reference).first()
        if child is None:
            raise NoSuchRecord("There is no record with this reference")
        return _excluded(child, person, reason=reason, by=by, at=at)


@command(Permission.RECORD_RESTRICT, on="exclusion", related=("child",))
def end_exclusion(*, by: User, at: datetime, exclusion: Exclusion) -> Exclusion:
    """Nothing keeps this person from the record any more but what keeps everybody."""
    must_answer_for(by, exclusion.child)
    if exclusion.ended_at is None:
        exclusion.ended_at, exclusion.ended_by = at, by
        exclusion.save(update_fields=["ended_at", "ended_by"])
    return exclusion


def _excluded(child: Child, person: User, *, reason: str, by: User, at: datetime) -> Exclusion:
    case = selectors.case_of(child)
    if case and person.pk in (case.key_worker_id, case.coordinator_id):
        raise HoldsTheCase(f"{person} holds the case. Name somebody else for it first")
    if child.exclusions.filter(person=person, ended_at=None).exists():
        raise ExcludedAlready(f"{person} is kept from this record already")
    must_still_be_answered_for(child, without=person, at=at)
    child.emergencies.filter(person=person, ended_at=None, until__gt=at).update(ended_at=at)
    deadlines.services.hand_on(child=child, former=person, to=None, at=at)
    return Exclusion.objects.create(child=child, person=person, reason=reason, recorded_by=by, recorded_at=at)
