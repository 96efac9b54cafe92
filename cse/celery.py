"""The Celery application: `celery -A cse`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse.settings")

app = Celery("cse")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
