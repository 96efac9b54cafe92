"""A milestone's words and day can be changed; two who do it at once see both."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("delivery_plan", "0002_lists_from_files"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="milestone",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="milestone",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="milestone",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="milestone",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="milestonehistory",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_milestonehistory" ("id", "action_id", "text", "due_on", "done_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."text", NEW."due_on", NEW."done_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="0e3172ce6a795cac4fb7d206a9319095e96aff49",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_92077",
                    table="delivery_plan_milestone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."delivery_plan_milestonehistory" ("id", "action_id", "text", "due_on", "done_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."text", NEW."due_on", NEW."done_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="f97cd6bf7732dc678f43d34edb3eb4f4dff3c95f",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_0fa8b",
                    table="delivery_plan_milestone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_milestonehistory" ("id", "action_id", "text", "due_on", "done_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."action_id", OLD."text", OLD."due_on", OLD."done_on", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="ba4a13a53a3c5b0ea991e362404f5a45ede50859",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_ee2c6",
                    table="delivery_plan_milestone",
                    when="AFTER",
                ),
            ),
        ),
    ]
