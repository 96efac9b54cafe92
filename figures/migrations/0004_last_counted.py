"""When a figure last changed is read on each look at the month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0003_current_beside_history"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="current",
            index=models.Index(fields=["counted_at"], name="current_last_counted"),
        ),
    ]
