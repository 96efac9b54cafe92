"""The pages that lead to a resource."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("prevention", "0004_early_help"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="resource",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="resource",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="resource",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="resource",
            name="shown_at",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="resourcehistory",
            name="shown_at",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resource",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_resourcehistory" ("id", "kind", "title", "shown_at", "owner_id", "review_by", "reviewed_on", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."kind", NEW."title", NEW."shown_at", NEW."owner_id", NEW."review_by", NEW."reviewed_on", NEW."withdrawn_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="60ef458afc10bab63c55a573921d475454ba7c01",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_6ca59",
                    table="prevention_resource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resource",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_resourcehistory" ("id", "kind", "title", "shown_at", "owner_id", "review_by", "reviewed_on", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."kind", NEW."title", NEW."shown_at", NEW."owner_id", NEW."review_by", NEW."reviewed_on", NEW."withdrawn_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="dda1d608ee28bb164aac95b54362e13b91b34b2c",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_03f7c",
                    table="prevention_resource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resource",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_resourcehistory" ("id", "kind", "title", "shown_at", "owner_id", "review_by", "reviewed_on", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."kind", OLD."title", OLD."shown_at", OLD."owner_id", OLD."review_by", OLD."reviewed_on", OLD."withdrawn_on", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="92cf75d17db479d7df25903aa1d6de24e8460abf",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_617aa",
                    table="prevention_resource",
                    when="AFTER",
                ),
            ),
        ),
    ]
