"""Find children by the other names they go by, whatever the case of the letters."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
                create function people_upper_each(names text[]) returns text[]
                language sql immutable strict parallel safe
                return array(select pg_catalog.upper(one) from pg_catalog.unnest(names) as one)
            """,
            reverse_sql="drop function people_upper_each(text[])",
        ),
        migrations.RemoveIndex(model_name="child", name="child_aliases"),
        migrations.AddField(
            model_name="child",
            name="search_aliases",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("aliases"), function="people_upper_each"),
                output_field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(max_length=80), size=None
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="child",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search_aliases"], name="child_search_aliases"),
        ),
    ]
