"""A promise may be the partnership's own, about no child: an action of its plan, a document to review."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_searches_that_tell"),
        ("deadlines", "0011_histories"),
        ("people", "0013_tries_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="deadline",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="deadline",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="deadline",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="deadline",
            name="subject_name",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="deadlinehistory",
            name="subject_name",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="deadline",
            name="child",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deadlines",
                to="people.child",
            ),
        ),
        migrations.AlterField(
            model_name="deadlinehistory",
            name="child",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.child",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."deadlines_deadlinehistory" ("id", "kind", "child_id", "subject_type", "subject_id", "subject_name", "owner_team_id", "owner_id", "started_at", "due_at", "watched_from", "met_at", "recorded_at", "voided_at", "void_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."kind", NEW."child_id", NEW."subject_type", NEW."subject_id", NEW."subject_name", NEW."owner_team_id", NEW."owner_id", NEW."started_at", NEW."due_at", NEW."watched_from", NEW."met_at", NEW."recorded_at", NEW."voided_at", NEW."void_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="296b9d0504d579c079ae212ad985508786bb10c2",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_2e65f",
                    table="deadlines_deadline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition='WHEN (OLD."child_id" IS DISTINCT FROM (NEW."child_id") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."met_at" IS DISTINCT FROM (NEW."met_at") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."owner_team_id" IS DISTINCT FROM (NEW."owner_team_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."subject_id" IS DISTINCT FROM (NEW."subject_id") OR OLD."subject_name" IS DISTINCT FROM (NEW."subject_name") OR OLD."subject_type" IS DISTINCT FROM (NEW."subject_type") OR OLD."void_reason" IS DISTINCT FROM (NEW."void_reason") OR OLD."voided_at" IS DISTINCT FROM (NEW."voided_at") OR OLD."watched_from" IS DISTINCT FROM (NEW."watched_from"))',
                    func='INSERT INTO public."deadlines_deadlinehistory" ("id", "kind", "child_id", "subject_type", "subject_id", "subject_name", "owner_team_id", "owner_id", "started_at", "due_at", "watched_from", "met_at", "recorded_at", "voided_at", "void_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."kind", NEW."child_id", NEW."subject_type", NEW."subject_id", NEW."subject_name", NEW."owner_team_id", NEW."owner_id", NEW."started_at", NEW."due_at", NEW."watched_from", NEW."met_at", NEW."recorded_at", NEW."voided_at", NEW."void_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="4181522584d5bb70f328d652e6d4eebac1ea05c3",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_f2659",
                    table="deadlines_deadline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."deadlines_deadlinehistory" ("id", "kind", "child_id", "subject_type", "subject_id", "subject_name", "owner_team_id", "owner_id", "started_at", "due_at", "watched_from", "met_at", "recorded_at", "voided_at", "void_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."kind", OLD."child_id", OLD."subject_type", OLD."subject_id", OLD."subject_name", OLD."owner_team_id", OLD."owner_id", OLD."started_at", OLD."due_at", OLD."watched_from", OLD."met_at", OLD."recorded_at", OLD."voided_at", OLD."void_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="62329c26ec09e77ddbd48a03aa8fa88797a8f557",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_3e894",
                    table="deadlines_deadline",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("child__isnull", False), ("subject_name", "")),
                    models.Q(("child", None), models.Q(("subject_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="deadline_about_a_child_or_named",
            ),
        ),
    ]
