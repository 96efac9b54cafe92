"""Unusual volume: noticed, told to information governance and the manager, looked into. The log, verified."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

import deadlines.services
from accounts.gate import command
from accounts.models import User
from accounts.refusals import NotNow, Refusal
from accounts.roles import Permission, Role
from accounts.selectors import holders_of, members_with
from audit import verifying
from audit.verifying import Fault
from frontend.text import local_day
from oversight import rules, selectors
from oversight.models import UnusualVolume, Verification
from oversight.rules import MOST_FAULTS, UNFINISHED, Verdict


class NotByThemselves(Refusal):
    """Nobody looks into what they themselves did."""


class AlreadyLookedInto(Refusal):
    """What was found stays as it was written."""


def watch(*, by: User, at: datetime) -> int:
    """Raise an alert for each person who has opened unusually many records; how many there were."""
    found = selectors.unusual(rules.Limits(**settings.UNUSUAL_VOLUME), at=at)
    for person, volume in found:
        raise_alert(by=by, at=at, person=User.objects.select_related("team").get(pk=person), volume=volume)
    return len(found)


@command(Permission.AUDIT_WATCH)
def raise_alert(*, by: User, at: datetime, person: User, volume: rules.Volume) -> UnusualVolume:
    """Tell information governance and the person's manager, once per person and day; no child is named."""
    alert, new = UnusualVolume.objects.get_or_create(
        person=person,
        day=local_day(at),
        defaults={"in_hour": volume.in_hour, "in_day": volume.in_day, "usual": volume.usual, "noticed_at": at},
    )
    if new:
        key = f"unusual-volume:{alert.pk}"
        text = f"{person.full_name} opened the records of {volume.in_day} children within a day, more than usual."
        officers = holders_of(Permission.AUDIT_READ)
        path = reverse("oversight:alert", args=[alert.pk])
        deadlines.services.notify(officers, key=key, text=text, path=path, at=at, urgent=True)
        if person.team:
            managers = members_with(Role.TEAM_MANAGER, team=person.team).exclude(pk=person.pk)
            managers = managers.exclude(pk__in=officers.values("pk"))
            deadlines.services.notify(managers, key=key, text=text, path="", at=at, urgent=True)
    return alert


@command(Permission.AUDIT_READ)
def look_into(*, by: User, at: datetime, alert: UnusualVolume, found: str) -> UnusualVolume:
    """Record what was found when somebody asked why. Raises AlreadyLookedInto, NotByThemselves."""
    locked = UnusualVolume.objects.select_for_update().get(pk=alert.pk)
    if locked.looked_into_at:
        raise AlreadyLookedInto("Somebody else has looked into this. What they found is on the page.")
    if locked.person_id == by.pk:
        raise NotByThemselves("This is about what you did yourself. Somebody else must look into it.")
    locked.found, locked.looked_into_by, locked.looked_into_at = found, by, at
    locked.save(update_fields=["found", "looked_into_by", "looked_into_at"])
    return locked


@command(Permission.AUDIT_READ)
def verify(*, by: User, at: datetime) -> Verification:
    """Have the whole log verified by a worker. Raises NotNow while another verification is under way."""
    return _asked(by, at)


@command(Permission.AUDIT_WATCH)
def verify_nightly(*, by: User, at: datetime) -> Verification:
    """The same without anybody asking. Raises NotNow."""
    return _asked(by, at)


def _asked(by: User, at: datetime) -> Verification:
    try:
        with transaction.atomic():
            return Verification.objects.create(asked_by=by, asked_at=at, heard_at=at)
    except IntegrityError as other:
        raise NotNow("The log is being verified already") from other


@command(Permission.AUDIT_READ)
def cancel_verification(*, by: User, at: datetime, pk: int) -> Verification:
    """Whoever is at it stops at its next step. Raises NotNow."""
    verification = Verification.objects.select_for_update().get(pk=pk)
    if not verification.is_unfinished:
        raise NotNow("This verification has ended already")
    verification.cancelled_by = by
    return _ended(verification, Verdict.CANCELLED, at)


@command(Permission.AUDIT_WATCH)
def take_up_verification(*, by: User, at: datetime) -> Verification | None:
    """Begin with the one that waits, or anew with one whose worker is lost; None where another was faster."""
    verification = selectors.to_verify(at).select_for_update(skip_locked=True).first()
    if verification is None:
        return None
    newest = selectors.last_seal()
    verification.state, verification.heard_at = Verdict.RUNNING, at
    verification.steps, verification.done = verifying.steps(), 0
    verification.seal = newest.pk if newest else None
    verification.save(update_fields=["state", "heard_at", "steps", "done", "seal"])
    return verification


def goes_on(verification: Verification, done: int, *, at: datetime) -> bool:
    """Note how far it is; False where it was cancelled meanwhile."""
    running = Verification.objects.filter(pk=verification.pk, state=Verdict.RUNNING)
    return bool(running.update(done=done, heard_at=at))


@command(Permission.AUDIT_WATCH)
def settle_verification(*, by: User, at: datetime, pk: int, faults: Sequence[Fault], told: int) -> Verification:
    """Keep what was found, and raise the alarm where something is not as it was written.

    `told` is with how many seals told outside the chain was compared. A verification that was cancelled in the last
    moment stays so, unless something was found.
    """
    verification = Verification.objects.select_for_update().get(pk=pk)
    if verification.state not in UNFINISHED and not faults:
        return verification
    verification.told, verification.faults = told, [asdict(fault) for fault in faults]
    verification.done, verification.cancelled_by = verification.steps, None
    _ended(verification, Verdict.FAULTY if faults else Verdict.INTACT, at)
    if faults:
        many = f"{MOST_FAULTS} faults or more" if len(faults) >= MOST_FAULTS else f"{len(faults)} found"
        text = f"The audit log is not as it was written ({many}). Change nothing on the server. Read what to do"
        _alarm(verification, text, at)
    return verification


@command(Permission.AUDIT_WATCH)
def give_up_verification(*, by: User, at: datetime, pk: int) -> Verification:
    """It broke off: nobody knows whether the log is as it was written, and information governance is told so."""
    verification = Verification.objects.select_for_update().get(pk=pk)
    if verification.is_unfinished:
        _ended(verification, Verdict.FAILED, at)
        _alarm(verification, "The audit log could not be verified. Ask whoever runs the server why", at)
    return verification


def _ended(verification: Verification, state: Verdict, at: datetime) -> Verification:
    verification.state, verification.ended_at, verification.heard_at = state, at, at
    verification.save()
    return verification


def _alarm(verification: Verification, text: str, at: datetime) -> None:
    key, path = f"verification:{verification.pk}", reverse("oversight:verification")
    deadlines.services.notify(holders_of(Permission.AUDIT_READ), key=key, text=text, path=path, at=at, urgent=True)
