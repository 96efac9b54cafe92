"""What was written before the engine: stages get the names of their moments, closed promises when that was said."""

from typing import Any

from django.db import migrations
from django.db.models import F

WARNED = {
    "1h": ["referral_red"],
    "4h": ["mash_decision", "referral_amber"],
    "24h": ["referral_green"],
    "72h": ["review_serious", "review_significant", "review_at_risk", "initial_conference", "assessment"],
}


def forwards(apps: Any, schema_editor: Any) -> None:
    deadline, stage = apps.get_model("deadlines", "Deadline"), apps.get_model("deadlines", "Stage")
    for name, kinds in WARNED.items():
        stage.objects.filter(name="warn-1", deadline__kind__in=kinds).update(name=name)
    deadline.objects.exclude(met_at=None).filter(recorded_at=None).update(recorded_at=F("met_at"))
    # The first sweep looks at each open one and says when it falls next.
    deadline.objects.filter(met_at=None, voided_at=None).update(next_fire_at=F("started_at"))


def backwards(apps: Any, schema_editor: Any) -> None:
    apps.get_model("deadlines", "Stage").objects.filter(name__in=WARNED).update(name="warn-1")


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0005_the_engine")]

    operations = [migrations.RunPython(forwards, backwards)]
