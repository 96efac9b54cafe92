"""When a promise's times became known, what a passed-on notice began with, and who is away now by index."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def forwards(apps: Any, schema_editor: Any) -> None:
    apps.get_model("deadlines", "Deadline").objects.filter(watched_from=None).update(watched_from=F("started_at"))


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0007_recorded_when_met_or_later")]

    operations = [
        migrations.AddField("deadline", "watched_from", models.DateTimeField(null=True)),
        migrations.RunPython(forwards, migrations.RunPython.noop),
        migrations.AddField(
            "notice",
            "origin",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="passed_on",
                to="deadlines.notice",
            ),
        ),
        migrations.AddIndex("absence", models.Index(fields=["ends_at"], name="absence_by_end")),
        migrations.AlterField(
            "heartbeat",
            "name",
            models.CharField(
                choices=[("tick", "The scheduler ticked"), ("sweep", "A sweep came to its end")],
                max_length=20,
                primary_key=True,
                serialize=False,
            ),
        ),
    ]
