"""The site's own Celery application, `celery -A cse.torture.app`, in a hurry and with the points to wait at.

Only the worker and the scheduler load it: the seconds of its schedule are shortened, and so is its patience.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from celery.signals import worker_ready
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.db.backends.signals import connection_created

from cse.celery import app as app
from cse.torture import points
from cse.torture.points import READY, Point

EVERY = 0.5  # seconds
OFTEN = 60  # what is ticked at least so often is ticked in a hurry
PATIENCE = 3  # seconds with a post office

app.conf.beat_schedule = {
    name: {**entry, "schedule": EVERY}
    for name, entry in app.conf.beat_schedule.items()
    if isinstance(entry["schedule"], float) and entry["schedule"] <= OFTEN
}
connection_created.connect(points.watch)


@worker_ready.connect
def say_so(**_: Any) -> None:
    Path(os.environ[READY]).touch()


class PostOffice(EmailBackend):
    """Django's own, with points before and after."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "timeout": PATIENCE})

    def send_messages(self, messages: Sequence[EmailMessage | EmailMultiAlternatives]) -> int:
        points.wait_at(Point.BEFORE_SEND)
        sent = super().send_messages(messages)
        points.wait_at(Point.AFTER_SEND)
        return sent
