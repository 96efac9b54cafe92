"""The e-mails of notices: each at least once, under a name that stays the same, and none held up by another.

While one is sent, its number is locked (an advisory lock of PostgreSQL), not its row: whoever opens the notice in the
meantime waits for no mail server. A process that is killed lets go of the lock, and the e-mail is sent by the next.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from email.utils import parseaddr
from enum import Enum, auto
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.gate import command
from accounts.models import User
from accounts.roles import Permission
from deadlines import rules
from deadlines.models import Notice

BATCH = 100
WITHIN = 10  # seconds after which a run ends: a slow mail server must not keep the worker from its sweeps
OF_THE_SERVER = (SMTPAuthenticationError, SMTPConnectError, SMTPHeloError, SMTPSenderRefused)
OF_ONE_MESSAGE = (SMTPRecipientsRefused, SMTPResponseException)
logger = logging.getLogger(__name__)


class Outcome(Enum):
    SENT = auto()
    POSTPONED = auto()
    NOTHING = auto()
    STOP = auto()


def deliver(*, by: User, at: datetime) -> int:
    """E-mail the notices that wait and are in no digest; how many left.

    A message with which anything is wrong waits for its next try alone; a server that does not answer ends the run.
    """
    pks = _keys(_to_send(at).order_by("pk").values_list("pk", flat=True)[:BATCH])
    return _each(pks, lambda pk: _send(f"notice:{pk}", lambda: _one(pk, at), by=by, at=at))


def deliver_digests(*, by: User, at: datetime) -> int:
    """E-mail everyone who chose so what they were told until this morning, all in one; how many e-mails left.

    From 07:00 on (`rules.DIGEST_AT`), once a day: what turns up later comes with tomorrow's.
    """
    until = rules.last_digest(at)
    people = _keys(_in_digest(at, until).order_by("recipient").values_list("recipient", flat=True).distinct())
    return _each(people, lambda pk: _send(f"digest:{pk}", lambda: _digest(pk, at, until), by=by, at=at))


@command(Permission.SWEEP)
def sent(*, by: User, at: datetime, notices: Collection[Notice]) -> None:
    """The e-mail of these notices has left."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=at)


@transaction.atomic(savepoint=False)
def _keys(rows: QuerySet[Notice, int]) -> list[int]:
    """Read in a transaction, the only place where the database knows who asks."""
    return list(rows)


Letter = tuple[EmailMessage, Sequence[Notice]]


def _each(keys: Collection[int], send: Callable[[int], Outcome]) -> int:
    count, until = 0, monotonic() + WITHIN
    for key in keys:
        outcome = send(key)
        count += outcome == Outcome.SENT
        if outcome == Outcome.STOP or monotonic() > until:
            break
    return count


@transaction.atomic
def _send(lock: str, write: Callable[[], Letter | None], *, by: User, at: datetime) -> Outcome:
    """Send what `write` finds to be sent, unless somebody else is doing it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
        if not cursor.fetchone()[0]:
            return Outcome.NOTHING
    letter = write()
    if letter is None:
        return Outcome.NOTHING
    message, notices = letter
    try:
        message.send()
    except Exception as problem:  # whatever it is, the next message may be well
        logger.warning("The e-mail of notice %s did not leave: %s", notices[0].pk, type(problem).__name__)
        _postpone(notices, at)
        return Outcome.STOP if _of_the_server(problem) else Outcome.POSTPONED
    sent(by=by, at=at, notices=notices)
    return Outcome.SENT


def _of_the_server(problem: Exception) -> bool:
    """Whether the next message would meet the same: no connection, no answer in time, nobody let in."""
    return isinstance(problem, OF_THE_SERVER) or (
        isinstance(problem, OSError) and not isinstance(problem, OF_ONE_MESSAGE)
    )


def _postpone(notices: Sequence[Notice], at: datetime) -> None:
    """Tried again, less and less often."""
    tries = notices[0].tries + 1
    Notice.objects.filter(pk__in=[each.pk for each in notices]).update(
        tries=tries, next_try_at=rules.next_try(at, tries)
    )


def _waiting(at: datetime) -> QuerySet[Notice]:
    """Nobody who left is written to."""
    due = Q(next_try_at=None) | Q(next_try_at__lte=at)
    return Notice.objects.filter(due, sent_at=None, recipient__is_active=True)


def _to_send(at: datetime) -> QuerySet[Notice]:
    return _waiting(at).filter(in_digest=False)


def _in_digest(at: datetime, until: datetime) -> QuerySet[Notice]:
    todays = Notice.objects.filter(recipient=OuterRef("recipient"), in_digest=True, sent_at__gte=until)
    return _waiting(at).filter(~Exists(todays), in_digest=True, created_at__lt=until)


def _one(pk: int, at: datetime) -> Letter | None:
    notice = _to_send(at).filter(pk=pk).select_related("recipient").first()
    if notice is None:
        return None
    return _letter(notice.recipient, _name(notice), "something waits", [notice.text]), [notice]


def _digest(pk: int, at: datetime, until: datetime) -> Letter | None:
    notices = list(_in_digest(at, until).filter(recipient=pk).select_related("recipient").order_by("created_at", "pk"))
    if not notices:
        return None
    count = "1 notice waits" if len(notices) == 1 else f"{len(notices)} notices wait"
    name = f"digest-{pk}-{until:%Y-%m-%d}@{_domain()}"
    return _letter(notices[0].recipient, name, count, [f"- {each.text}" for each in notices]), notices


def _name(notice: Notice) -> str:
    """The same at each try. Its moment is in it: a database brought back from a backup gives numbers out again."""
    return f"notice-{notice.pk}@{notice.created_at:%Y%m%d%H%M%S}.{_domain()}"


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]


def _letter(to: User, name: str, what: str, lines: Sequence[str]) -> EmailMessage:
    return EmailMessage(
        subject=f"OFFICIAL-SENSITIVE: {what} for you",
        body="\n".join([*lines, "", "Sign in to read more."]),
        to=[to.email],
        headers={"Message-ID": f"<{name}>"},
    )
