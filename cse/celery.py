"""The Celery application: `celery -A cse`."""

import os
import sys

from celery import Celery
from celery.signals import beat_init, task_prerun
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse.settings")

app = Celery("cse")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# A task leaves its connection to the next, as a page does, and that one looks whether it is still good: Celery would
# close it before and after each task, which takes longer than most of them.
app.conf["CELERY_DB_REUSE_MAX"] = sys.maxsize
task_prerun.connect(close_old_connections)


@beat_init.connect
def sweep_at_once(**_: object) -> None:
    """Its first tick comes half a minute after its start: until then nobody would watch the deadlines."""
    app.send_task("deadlines.tasks.sweep", expires=30)
