"""The alarm that deadlines are not being watched. It needs neither Celery nor queue nor outbox: it looks itself.

Nobody is told of trouble twice in an hour, even if it comes and goes; who was told hears when it is over.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import Error, connection

from accounts.models import User
from accounts.roles import Role
from deadlines import selectors

TOLD_AGAIN_AFTER = timedelta(hours=1)
LOOKS_EVERY = timedelta(minutes=1)
NO_DATABASE = "Deadlines are not being watched: the database does not answer."
WELL_AGAIN = "Deadlines are being watched again. What fell due meanwhile has been told, marked as late."
logger = logging.getLogger(__name__)


class Alarm:
    """One long watch: what was told last, and to whom."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """`say` is given each sentence, for whoever stands beside."""
        self._say = say
        self._told_at: datetime | None = None
        self._lasts = False
        self._known: list[str] = []

    def look(self, *, at: datetime) -> str | None:
        """Look once, tell whoever must be told, and return what is wrong."""
        trouble = self._look()
        if trouble is None:
            if self._lasts:
                self._tell(WELL_AGAIN)
            self._lasts = False
        elif self._told_at is None or at - self._told_at >= TOLD_AGAIN_AFTER:
            self._tell(trouble)
            self._told_at, self._lasts = at, True
        return trouble

    def _look(self) -> str | None:
        try:
            self._known = _people()
            return selectors.trouble()
        except Error:
            connection.close()
            return NO_DATABASE

    def _tell(self, sentence: str) -> None:
        """People may be unknown while the database is away: then those it named last, and whom the settings name."""
        self._say(sentence)
        logger.error("%s", sentence)
        for address in dict.fromkeys([*self._known, *settings.ALARM_EMAILS]):
            try:
                _letter(sentence, address).send()
            except Exception as problem:  # the others are to hear of it, whatever is wrong with this one
                logger.warning("An alarm could not be e-mailed: %s", type(problem).__name__)


def _people() -> list[str]:
    """The addresses of those who can act: the CSE co-ordinators and the administrators."""
    people = User.objects.filter(is_active=True, roles__overlap=[Role.CSE_COORDINATOR, Role.ADMINISTRATOR])
    return list(people.order_by("pk").values_list("email", flat=True))


def _letter(sentence: str, address: str) -> EmailMessage:
    body = f"{sentence}\n\nLook at the running deadlines yourself until it is put right."
    body = sentence if sentence == WELL_AGAIN else body
    return EmailMessage(subject=f"OFFICIAL: {sentence}", body=body, to=[address])
