"""A form sent twice makes one record: each carries a mark of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_search_of_any_length")]

    operations = [
        migrations.AddField(
            model_name="child",
            name="token",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
    ]
