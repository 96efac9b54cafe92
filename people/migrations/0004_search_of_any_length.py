"""Let a name be as long as it likes when folded for searching: a single sign can become eighteen.

PostgreSQL changes the type of a generated column in place; Django would name the old value, which PostgreSQL refuses.
"""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models.functions import Concat

WIDENED = """
    alter table people_child alter column search_name type text, alter column search_aliases type text[]
"""
NARROWED = """
    alter table people_child
        alter column search_name type varchar(400), alter column search_aliases type varchar(200)[]
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_search_without_accents")]

    operations = [
        migrations.RunSQL(
            sql=WIDENED,
            reverse_sql=NARROWED,
            state_operations=[
                migrations.AlterField(
                    model_name="child",
                    name="search_name",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            Concat("given_name", models.Value(" "), "family_name"), function="people_folded"
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                migrations.AlterField(
                    model_name="child",
                    name="search_aliases",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("aliases"), function="people_folded_each"),
                        output_field=django.contrib.postgres.fields.ArrayField(
                            base_field=models.TextField(), size=None
                        ),
                    ),
                ),
            ],
        ),
    ]
