"""Two records of one child: found to be so by MASH, and undone."""

from datetime import datetime

from django.db import OperationalError, transaction

from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from audit.acting import Beyond, beyond
from people.models import Child
from people.services.records import saved


class CannotMatch(Refusal):
    """These two records cannot be recorded as one child."""


@command(Permission.CHILD_MATCH, on="provisional")
def match(*, by: User, at: datetime, provisional: Child, existing: Child) -> Child:
    """Record that both are records of one child. Neither is changed otherwise, and no one comes to see more.

    Not even the version counts up: whoever holds only one of the records must not notice. Where `existing` is itself
    matched, the record it was matched with is meant. Undone by `unmatch` (domain.md 20).
    """
    with beyond(Beyond.MATCHING):
        existing = _locked_at_once(existing.same_as_id or existing.pk)
        others = provisional.also_recorded_as.exists()
    if provisional.same_as_id:
        raise CannotMatch("This record has already been matched. Undo that first")
    if existing.pk == provisional.pk:
        raise CannotMatch("A record cannot be matched with itself")
    if existing.same_as_id or others:
        raise CannotMatch(
            "Another record is already matched with this one. Match the other way round, or undo that first"
        )
    provisional.same_as = existing
    provisional.save(update_fields=["same_as"])
    return provisional


@command(Permission.CHILD_MATCH, on="provisional")
def unmatch(*, by: User, at: datetime, provisional: Child) -> Child:
    """Undo a match: the record stands as it did before."""
    if provisional.same_as_id is None:
        raise CannotMatch("This record is not matched with another")
    provisional.same_as = None
    provisional.save(update_fields=["same_as"])
    return provisional


@command(Permission.CHILD_MATCH, on="provisional")
def match_none(*, by: User, at: datetime, provisional: Child) -> Child:
    """None of the records we hold is about this child: the record is no longer provisional."""
    if provisional.same_as_id:
        raise CannotMatch("This record has already been matched. Undo that first")
    if not provisional.is_named:
        raise CannotMatch("Add the child's first name, last name and date of birth first")
    provisional.provisional = False
    if saved(provisional).provisional:
        raise CannotMatch("Another record has this NHS number or unique pupil number. Correct one of them first")
    return provisional


def _locked_at_once(pk: int) -> Child:
    """The record, locked without waiting: two officers who match crosswise would wait for each other for ever."""
    try:
        with transaction.atomic():
            return Child.objects.select_for_update(nowait=True).get(pk=pk)
    except OperationalError:
        raise CannotMatch("Somebody else is working on the other record at this moment. Try again") from None
