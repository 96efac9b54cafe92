"""Find José when Jose is typed, and the other way round: names are searched in capitals and without accents."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models.functions import Concat

FUNCTIONS = r"""
    create function people_folded(name text) returns text
    language sql immutable strict parallel safe
    return pg_catalog.btrim(pg_catalog.upper(
        pg_catalog.regexp_replace(pg_catalog.normalize(name, 'NFKD'), '[\u0300-\u036f]', '', 'g')
    ));

    create function people_folded_each(names text[]) returns text[]
    language sql immutable strict parallel safe
    return array(select public.people_folded(one) from pg_catalog.unnest(names) as one);
"""
DROPPED = "drop function people_folded_each(text[]); drop function people_folded(text)"


class Migration(migrations.Migration):
    dependencies = [("people", "0002_search_by_other_names")]

    operations = [
        migrations.RunSQL(sql=FUNCTIONS, reverse_sql=DROPPED),
        migrations.RemoveIndex(model_name="child", name="child_search_name_trigram"),
        migrations.RemoveIndex(model_name="child", name="child_search_aliases"),
        migrations.RemoveField(model_name="child", name="search_name"),
        migrations.RemoveField(model_name="child", name="search_aliases"),
        migrations.RunSQL(
            sql="drop function people_upper_each(text[])",
            reverse_sql="""
                create function people_upper_each(names text[]) returns text[]
                language sql immutable strict parallel safe
                return array(select pg_catalog.upper(one) from pg_catalog.unnest(names) as one)
            """,
        ),
        migrations.AddField(
            model_name="child",
            name="search_name",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    Concat("given_name", models.Value(" "), "family_name"), function="people_folded"
                ),
                output_field=models.CharField(max_length=400),
            ),
        ),
        migrations.AddField(
            model_name="child",
            name="search_aliases",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("aliases"), function="people_folded_each"),
                output_field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(max_length=200), size=None
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="child",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_name"], name="child_search_name_trigram", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(fields=["search_name"], name="child_search_name"),
        ),
        migrations.AddIndex(
            model_name="child",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search_aliases"], name="child_search_aliases"),
        ),
    ]
