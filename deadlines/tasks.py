"""What the scheduler ticks. The truth is in PostgreSQL: a lost tick is made good by the next."""

import logging
from datetime import datetime
from enum import Enum, auto
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from celery import shared_task
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import selectors as people_and_teams
from deadlines import services
from deadlines.models import Notice

BATCH = 100
OF_ONE_MESSAGE = (SMTPRecipientsRefused, SMTPResponseException, ValueError)
logger = logging.getLogger(__name__)


@shared_task
def sweep() -> int:
    """Claim the stages that have come, and pass on what nobody opens."""
    actor, now = people_and_teams.system_actor(), timezone.now()
    services.beat(at=now)
    return services.sweep(by=actor, at=now) + services.pass_on(by=actor, at=now)


class Outcome(Enum):
    SENT = auto()
    POSTPONED = auto()
    STOP = auto()


@shared_task
def deliver() -> int:
    """E-mail the notices that wait. A row is locked while it is sent, so two workers never send the same one.

    An address that is refused waits for its next try, and the others go on; a server that does not answer ends it.
    """
    delivered = 0
    for _ in range(BATCH):
        outcome = _deliver_next()
        delivered += outcome == Outcome.SENT
        if outcome == Outcome.STOP:
            break
    return delivered


@transaction.atomic
def _deliver_next() -> Outcome:
    actor, now = people_and_teams.system_actor(), timezone.now()
    notice = _waiting(now).select_for_update(skip_locked=True, of=("self",)).select_related("recipient").first()
    if notice is None:
        return Outcome.STOP
    try:
        _email(notice).send()
    except (OSError, ValueError) as problem:  # smtplib's errors are OSErrors; an address may also not be encodable
        logger.warning("The e-mail of notice %s did not leave: %s", notice.pk, type(problem).__name__)
        services.postpone(by=actor, at=now, notice=notice)
        return Outcome.POSTPONED if isinstance(problem, OF_ONE_MESSAGE) else Outcome.STOP
    services.sent(by=actor, at=now, notices=[notice])
    return Outcome.SENT


def _waiting(now: datetime) -> QuerySet[Notice]:
    """Nobody who left is written to."""
    due = Q(next_try_at=None) | Q(next_try_at__lte=now)
    return Notice.objects.filter(due, sent_at=None, recipient__is_active=True).order_by("pk")


def _email(notice: Notice) -> EmailMessage:
    return EmailMessage(
        subject="OFFICIAL-SENSITIVE: something waits for you",
        body=f"{notice.text}\n\nSign in to read more.",
        to=[notice.recipient.email],
        headers={"Message-ID": f"<notice-{notice.pk}@cse.example.org>"},
    )
