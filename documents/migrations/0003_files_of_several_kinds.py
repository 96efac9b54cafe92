"""The columns of a file stand before those of a document: the history is written in that order."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_histories"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="document",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="document",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="document",
            name="history_delete",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."documents_documenthistory" ("id", "name", "media_type", "size", "sha256", "token", "scan", "virus", "child_id", "title", "kind", "added_by_id", "added_at", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."name", NEW."media_type", NEW."size", NEW."sha256", NEW."token", NEW."scan", NEW."virus", NEW."child_id", NEW."title", NEW."kind", NEW."added_by_id", NEW."added_at", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="c9fe1908cb54bd29f5d143571a7abaa0b2a7c9a1",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_2be67",
                    table="documents_document",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."child_id" IS DISTINCT FROM (NEW."child_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."media_type" IS DISTINCT FROM (NEW."media_type") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."scan" IS DISTINCT FROM (NEW."scan") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."token" IS DISTINCT FROM (NEW."token") OR OLD."virus" IS DISTINCT FROM (NEW."virus") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason"))',
                    func='INSERT INTO public."documents_documenthistory" ("id", "name", "media_type", "size", "sha256", "token", "scan", "virus", "child_id", "title", "kind", "added_by_id", "added_at", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."name", NEW."media_type", NEW."size", NEW."sha256", NEW."token", NEW."scan", NEW."virus", NEW."child_id", NEW."title", NEW."kind", NEW."added_by_id", NEW."added_at", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="9ac983c55c63b4d641feb4b6aa885697abb4d71c",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_bed36",
                    table="documents_document",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."documents_documenthistory" ("id", "name", "media_type", "size", "sha256", "token", "scan", "virus", "child_id", "title", "kind", "added_by_id", "added_at", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."name", OLD."media_type", OLD."size", OLD."sha256", OLD."token", OLD."scan", OLD."virus", OLD."child_id", OLD."title", OLD."kind", OLD."added_by_id", OLD."added_at", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="41b47ee860e1ea97c53dac27e8c6aabdf9863194",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_5d327",
                    table="documents_document",
                    when="AFTER",
                ),
            ),
        ),
    ]
