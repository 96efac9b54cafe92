"""Whether searches by others tell of a team's records, and how the team is reached."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_histories"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="team",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="team",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="team",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="team",
            name="contact_email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="team",
            name="contact_phone",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="team",
            name="tells_of_records",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="teamhistory",
            name="contact_email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="teamhistory",
            name="contact_phone",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="teamhistory",
            name="tells_of_records",
            field=models.BooleanField(default=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="team",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."accounts_teamhistory" ("group_id", "agency_id", "name", "kind", "tells_of_records", "contact_phone", "contact_email", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."group_id", NEW."agency_id", NEW."name", NEW."kind", NEW."tells_of_records", NEW."contact_phone", NEW."contact_email", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="3344e1b4488e114c5fb13b4f15a2d5d0150bf702",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_f0193",
                    table="accounts_team",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="team",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."accounts_teamhistory" ("group_id", "agency_id", "name", "kind", "tells_of_records", "contact_phone", "contact_email", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."group_id", NEW."agency_id", NEW."name", NEW."kind", NEW."tells_of_records", NEW."contact_phone", NEW."contact_email", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="6557408dd54ff5b62ed5e3eafab1aa6a51e26cfe",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_1ae1a",
                    table="accounts_team",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="team",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."accounts_teamhistory" ("group_id", "agency_id", "name", "kind", "tells_of_records", "contact_phone", "contact_email", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."group_id", OLD."agency_id", OLD."name", OLD."kind", OLD."tells_of_records", OLD."contact_phone", OLD."contact_email", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="d7bf002c00c21752847ebcc9f2ff318958b408dd",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_ab792",
                    table="accounts_team",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tells_of_records", False),
                    models.Q(("contact_email", ""), ("contact_phone", ""), _negated=True),
                    _connector="OR",
                ),
                name="team_that_tells_can_be_reached",
            ),
        ),
    ]
