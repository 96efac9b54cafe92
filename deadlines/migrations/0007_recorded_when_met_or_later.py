"""A promise that was kept says when that was recorded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0006_name_stages_by_when_they_fall")]

    operations = [
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("met_at", None), ("recorded_at", None)),
                    ("recorded_at__gte", models.F("met_at")),
                    _connector="OR",
                ),
                name="deadline_recorded_when_met_or_later",
            ),
        ),
    ]
