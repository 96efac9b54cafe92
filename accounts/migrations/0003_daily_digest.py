"""Whether somebody gets the e-mails of their notices once a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_named_actors"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="daily_digest",
            field=models.BooleanField(default=False),
        ),
    ]
