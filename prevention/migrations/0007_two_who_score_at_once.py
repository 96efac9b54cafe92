"""Two who score an agency, or moderate its scores, do not overwrite each other."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("prevention", "0006_courses_are_edited"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="score",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="score",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="score",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="score",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="scorehistory",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_scorehistory" ("id", "assessment_id", "standard_id", "score", "evidence", "moderated", "moderated_reason", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."assessment_id", NEW."standard_id", NEW."score", NEW."evidence", NEW."moderated", NEW."moderated_reason", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="027572ca610e1f29647cbdf7969b1f85af804b92",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_2072c",
                    table="prevention_score",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_scorehistory" ("id", "assessment_id", "standard_id", "score", "evidence", "moderated", "moderated_reason", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."assessment_id", NEW."standard_id", NEW."score", NEW."evidence", NEW."moderated", NEW."moderated_reason", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="6c98fcea713f7f89d4e0a610845ba18649e71ecf",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_dbf7d",
                    table="prevention_score",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_scorehistory" ("id", "assessment_id", "standard_id", "score", "evidence", "moderated", "moderated_reason", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."assessment_id", OLD."standard_id", OLD."score", OLD."evidence", OLD."moderated", OLD."moderated_reason", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="b50501abbed6157c5df3da70a175db0d9b224b12",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_5df56",
                    table="prevention_score",
                    when="AFTER",
                ),
            ),
        ),
    ]
