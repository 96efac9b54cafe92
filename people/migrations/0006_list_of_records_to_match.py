"""MASH's list of provisional records, the newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_form_sent_once")]

    operations = [
        migrations.AddIndex(
            model_name="child",
            index=models.Index(
                condition=models.Q(("provisional", True), ("same_as", None)),
                fields=["-added_at", "-id"],
                name="child_to_match",
            ),
        ),
    ]
