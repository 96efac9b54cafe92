"""What the scheduler ticks for those who watch over the log.

A tick that is lost, or runs twice, changes nothing: what waits to be verified stands in PostgreSQL, one worker takes it
up, and the night's verification is asked for by whoever comes first after two o'clock.
"""

import logging
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.gate import at_work
from accounts.models import User
from accounts.refusals import NotNow
from audit import seals, verifying
from audit.verifying import Fault
from oversight import selectors, services
from oversight.models import Verification
from oversight.rules import MOST_FAULTS

NOTED_EVERY = 1
"""Seconds between two notes of how far a verification is, where it is asked too whether it was cancelled."""

logger = logging.getLogger(__name__)


class _Cancelled(Exception):
    pass


@shared_task
def watch() -> int:
    """Notice unusual volume; a lost tick is made good by the next."""
    with at_work() as actor:
        return services.watch(by=actor, at=timezone.now())


@shared_task
def verify() -> bool:
    """Verify the log where somebody asked for it, and once a night; whether it came to its end."""
    with at_work() as actor:
        now = timezone.now()
        if selectors.is_due(now):
            with suppress(NotNow):
                services.verify_nightly(by=actor, at=now)
        if not selectors.to_verify(now).exists():
            return False
        verification = services.take_up_verification(by=actor, at=now)
        return verification is not None and _verified(verification, by=actor)


def _verified(verification: Verification, *, by: User) -> bool:
    """Outside of any transaction, because it takes its time and others are to see how far it is."""
    told = seals.exported(Path(settings.SEAL_FILE)) if settings.SEAL_FILE else {}
    try:
        found = list(islice(verifying.faults(told, _Notes(verification)), MOST_FAULTS))
    except _Cancelled:
        return False
    except Exception:
        logger.exception("Verification %s of the audit log broke off", verification.pk)
        services.give_up_verification(by=by, at=timezone.now(), pk=verification.pk)
        return False
    _log(found)
    services.settle_verification(by=by, at=timezone.now(), pk=verification.pk, faults=found, told=len(told))
    return True


class _Notes:
    """Notes how far a verification is, now and then; raises _Cancelled."""

    def __init__(self, verification: Verification) -> None:
        self.verification = verification
        self.noted = 0.0

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.noted < NOTED_EVERY:
            return
        self.noted = time.monotonic()
        with transaction.atomic(savepoint=False):
            going = services.goes_on(self.verification, done, at=timezone.now())
        if not going:
            raise _Cancelled


def _log(found: list[Fault]) -> None:
    """For whoever runs the server, who reads no page of ours."""
    for fault in found:
        logger.critical("The audit log is not as it was written. %s", fault)
