"""When an action was added and a barrier was raised: what changed since SEMT met is told by it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("delivery_plan", "0004_evidence_as_files"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="action",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="action",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="action",
            name="history_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="barrier",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="barrier",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="barrier",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="action",
            name="added_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="actionhistory",
            name="added_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="barrier",
            name="raised_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="barrierhistory",
            name="raised_on",
            field=models.DateField(blank=True, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="action",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_actionhistory" ("id", "plan_id", "number", "pillar", "section", "text", "lead_agency_id", "lead_id", "due_on", "success", "measure", "target", "update_every_months", "rag", "rag_reason", "despite", "updated_on", "carried_from_id", "closed_on", "closed_reason", "finding", "added_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."plan_id", NEW."number", NEW."pillar", NEW."section", NEW."text", NEW."lead_agency_id", NEW."lead_id", NEW."due_on", NEW."success", NEW."measure", NEW."target", NEW."update_every_months", NEW."rag", NEW."rag_reason", NEW."despite", NEW."updated_on", NEW."carried_from_id", NEW."closed_on", NEW."closed_reason", NEW."finding", NEW."added_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="042b54f007e84c5eeebc69415e36061c12660b31",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_b5889",
                    table="delivery_plan_action",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="action",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."delivery_plan_actionhistory" ("id", "plan_id", "number", "pillar", "section", "text", "lead_agency_id", "lead_id", "due_on", "success", "measure", "target", "update_every_months", "rag", "rag_reason", "despite", "updated_on", "carried_from_id", "closed_on", "closed_reason", "finding", "added_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."plan_id", NEW."number", NEW."pillar", NEW."section", NEW."text", NEW."lead_agency_id", NEW."lead_id", NEW."due_on", NEW."success", NEW."measure", NEW."target", NEW."update_every_months", NEW."rag", NEW."rag_reason", NEW."despite", NEW."updated_on", NEW."carried_from_id", NEW."closed_on", NEW."closed_reason", NEW."finding", NEW."added_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="12af6d77c13daa624b0004c5f9c70d6521011705",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_c3986",
                    table="delivery_plan_action",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="action",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_actionhistory" ("id", "plan_id", "number", "pillar", "section", "text", "lead_agency_id", "lead_id", "due_on", "success", "measure", "target", "update_every_months", "rag", "rag_reason", "despite", "updated_on", "carried_from_id", "closed_on", "closed_reason", "finding", "added_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."plan_id", OLD."number", OLD."pillar", OLD."section", OLD."text", OLD."lead_agency_id", OLD."lead_id", OLD."due_on", OLD."success", OLD."measure", OLD."target", OLD."update_every_months", OLD."rag", OLD."rag_reason", OLD."despite", OLD."updated_on", OLD."carried_from_id", OLD."closed_on", OLD."closed_reason", OLD."finding", OLD."added_on", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="9f7ca186278b18c92789f09980c13ec09ddeff2c",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_b45c5",
                    table="delivery_plan_action",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="barrier",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_barrierhistory" ("id", "action_id", "what", "since_on", "who_can_lift", "raised_to", "raised_by_id", "raised_on", "lifted_on", "how_lifted", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."what", NEW."since_on", NEW."who_can_lift", NEW."raised_to", NEW."raised_by_id", NEW."raised_on", NEW."lifted_on", NEW."how_lifted", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="2f803133dd7475d7b26cd02d2c6e5f845900fa89",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_52e4a",
                    table="delivery_plan_barrier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="barrier",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."delivery_plan_barrierhistory" ("id", "action_id", "what", "since_on", "who_can_lift", "raised_to", "raised_by_id", "raised_on", "lifted_on", "how_lifted", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."what", NEW."since_on", NEW."who_can_lift", NEW."raised_to", NEW."raised_by_id", NEW."raised_on", NEW."lifted_on", NEW."how_lifted", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="de4736ed5f05a4cc18be9046c63f878b5762f9b4",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_65c18",
                    table="delivery_plan_barrier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="barrier",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_barrierhistory" ("id", "action_id", "what", "since_on", "who_can_lift", "raised_to", "raised_by_id", "raised_on", "lifted_on", "how_lifted", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."action_id", OLD."what", OLD."since_on", OLD."who_can_lift", OLD."raised_to", OLD."raised_by_id", OLD."raised_on", OLD."lifted_on", OLD."how_lifted", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="d33203cd93cbd97bd9a6fb8354a32176ede0d793",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_ed9c3",
                    table="delivery_plan_barrier",
                    when="AFTER",
                ),
            ),
        ),
    ]
