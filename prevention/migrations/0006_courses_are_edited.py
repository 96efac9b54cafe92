"""Two who edit a course do not overwrite each other."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("prevention", "0005_where_resources_are_shown"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="course",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="course",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="course",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="course",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="coursehistory",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_coursehistory" ("id", "title", "subjects", "multi_agency", "valid_months", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."title", NEW."subjects", NEW."multi_agency", NEW."valid_months", NEW."withdrawn_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="9bea5a920023b81a139a70cd9ca57257d84f545a",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_fec97",
                    table="prevention_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_coursehistory" ("id", "title", "subjects", "multi_agency", "valid_months", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."title", NEW."subjects", NEW."multi_agency", NEW."valid_months", NEW."withdrawn_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="6ef0bd9f092df3bb138079db3a1ffa1f88590fb0",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_7ceb0",
                    table="prevention_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_coursehistory" ("id", "title", "subjects", "multi_agency", "valid_months", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."title", OLD."subjects", OLD."multi_agency", OLD."valid_months", OLD."withdrawn_on", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="d84a5c3f21326b957a9b6799deab57856a6cdb48",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_35042",
                    table="prevention_course",
                    when="AFTER",
                ),
            ),
        ),
    ]
