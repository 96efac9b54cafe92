"""Every promise says when its times became known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0008_known_late_and_passed_on")]

    operations = [migrations.AlterField("deadline", "watched_from", models.DateTimeField())]
