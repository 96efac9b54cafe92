"""The Celery application: `celery -A cse`."""

import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse.settings")

app = Celery("cse")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def sweep_at_once(**_: object) -> None:
    """Its first tick comes half a minute after its start: until then nobody would watch the deadlines."""
    app.send_task("deadlines.tasks.sweep", expires=30)
