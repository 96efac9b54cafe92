"""What the scheduler ticks: ask the scanner about every file that waits.

A tick that is lost, or runs twice, changes nothing: what waits stands in PostgreSQL. While the scanner is away, files
wait in quarantine and are tried again; nobody is served them.
"""

import logging

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.gate import at_work
from accounts.models import User
from documents import clamd, selectors, services
from documents.models import Scan, StoredFile

AT_ONCE = 50
GIVES_UP_AFTER = 3
"""Failures in a row: then it is the scanner that is away, not one file that it cannot read."""

logger = logging.getLogger(__name__)


@shared_task
def scan() -> int:
    """How many got a verdict."""
    settled = failures = 0
    with at_work() as actor:
        for file in _waiting():
            if _settled(file, by=actor):
                settled, failures = settled + 1, 0
            elif (failures := failures + 1) >= GIVES_UP_AFTER:
                break
    return settled


@transaction.atomic(savepoint=False)
def _waiting() -> list[StoredFile]:
    """Read in a transaction, the only place where the database knows who asks."""
    return selectors.to_scan(AT_ONCE)


@transaction.atomic(savepoint=False)
def _content_of(file: StoredFile) -> bytes:
    return selectors.content_of(file)


def _settled(file: StoredFile, *, by: User) -> bool:
    """Whether there is a verdict on it now. The scanner is asked outside of any transaction: it takes its time."""
    verdict, virus = _verdict(file)
    if verdict == file.scan:
        with transaction.atomic(savepoint=False):
            services.try_later(file, at=timezone.now())
        return False
    services.settle(by=by, at=timezone.now(), file=file, scan=verdict, virus=virus)
    return verdict != Scan.QUARANTINED


def _called(file: StoredFile) -> tuple[str, int]:
    return file._meta.label_lower, file.pk


def _verdict(file: StoredFile) -> tuple[Scan, str]:
    if selectors.are_not_scanned():
        return Scan.NOT_SCANNED, ""
    if not settings.CLAMD_SOCKET:
        logger.error("%s %s waits: no scanner is named. Set CLAMD_SOCKET", *_called(file))
        return Scan.QUARANTINED, ""
    try:
        virus = clamd.virus_in(_content_of(file), settings.CLAMD_SOCKET)
    except clamd.Away as away:
        logger.error("%s %s waits: the scanner gave no verdict (%s)", *_called(file), away)
        return Scan.QUARANTINED, ""
    if virus:
        logger.warning("%s %s is refused: the scanner found %s", *_called(file), virus)
    return (Scan.INFECTED, virus) if virus else (Scan.CLEAN, "")
