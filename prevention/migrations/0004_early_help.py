"""Children for whom MASH decided on early help, and what became of it."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_searches_that_tell"),
        ("people", "0013_tries_stay"),
        ("prevention", "0003_self_assessments"),
        ("referrals", "0007_count_the_queue_with_row_security"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlyHelp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decided_on", models.DateField()),
                ("begun_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("needs_met", "Needs met"),
                            ("stepped_up", "Stepped up to social care"),
                            ("declined", "Declined by the child or family"),
                            ("moved", "Moved away"),
                            ("not_met", "Ended, needs not met"),
                        ],
                        max_length=12,
                    ),
                ),
                ("outcome_reason", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="EarlyHelpHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("decided_on", models.DateField()),
                ("begun_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("needs_met", "Needs met"),
                            ("stepped_up", "Stepped up to social care"),
                            ("declined", "Declined by the child or family"),
                            ("moved", "Moved away"),
                            ("not_met", "Ended, needs not met"),
                        ],
                        max_length=12,
                    ),
                ),
                ("outcome_reason", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="traininglist",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="traininglist",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="traininglist",
            name="history_delete",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="traininglist",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_traininglisthistory" ("id", "state", "proposed_by_id", "proposed_at", "applied_at", "undone_at", "session_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."state", NEW."proposed_by_id", NEW."proposed_at", NEW."applied_at", NEW."undone_at", NEW."session_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="72889cb8abcc07dbd4cf896dc1d5e659dba802e9",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_b2bce",
                    table="prevention_traininglist",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="traininglist",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_traininglisthistory" ("id", "state", "proposed_by_id", "proposed_at", "applied_at", "undone_at", "session_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."state", NEW."proposed_by_id", NEW."proposed_at", NEW."applied_at", NEW."undone_at", NEW."session_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="869b1a9021db4adbc0c4e4d42cc17d8ab318f962",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_66d34",
                    table="prevention_traininglist",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="traininglist",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_traininglisthistory" ("id", "state", "proposed_by_id", "proposed_at", "applied_at", "undone_at", "session_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."state", OLD."proposed_by_id", OLD."proposed_at", OLD."applied_at", OLD."undone_at", OLD."session_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="6d0b7037d95a05d9797ef9f06c791e6ac7bef0be",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_a73d0",
                    table="prevention_traininglist",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="earlyhelp",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.agency",
            ),
        ),
        migrations.AddField(
            model_name="earlyhelp",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="early_help", to="people.child"
            ),
        ),
        migrations.AddField(
            model_name="earlyhelp",
            name="referral",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="early_help", to="referrals.referral"
            ),
        ),
        migrations.AddField(
            model_name="earlyhelp",
            name="service",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="prevention.service",
            ),
        ),
        migrations.AddField(
            model_name="earlyhelphistory",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.agency",
            ),
        ),
        migrations.AddField(
            model_name="earlyhelphistory",
            name="child",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.child",
            ),
        ),
        migrations.AddField(
            model_name="earlyhelphistory",
            name="referral",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="referrals.referral",
            ),
        ),
        migrations.AddField(
            model_name="earlyhelphistory",
            name="service",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="prevention.service",
            ),
        ),
        migrations.AddIndex(
            model_name="earlyhelp",
            index=models.Index(fields=["-decided_on", "-id"], name="early_help_latest"),
        ),
        migrations.AddConstraint(
            model_name="earlyhelp",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency", None), ("begun_on", None), ("service", None)),
                    models.Q(("agency__isnull", False), ("begun_on__gte", models.F("decided_on"))),
                    _connector="OR",
                ),
                name="early_help_begun_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="earlyhelp",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on", None), ("outcome", ""), ("outcome_reason", "")),
                    models.Q(
                        ("ended_on__gte", models.F("decided_on")),
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("outcome_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="early_help_ended_somehow",
            ),
        ),
        migrations.AddConstraint(
            model_name="earlyhelp",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on", None), ("begun_on", None), ("ended_on__gte", models.F("begun_on")), _connector="OR"
                ),
                name="early_help_ends_after_it_begins",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyhelp",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_earlyhelphistory" ("id", "child_id", "referral_id", "decided_on", "agency_id", "service_id", "begun_on", "ended_on", "outcome", "outcome_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."child_id", NEW."referral_id", NEW."decided_on", NEW."agency_id", NEW."service_id", NEW."begun_on", NEW."ended_on", NEW."outcome", NEW."outcome_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="08307202428faa411d99fc87ad5ca651c12958d5",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_625b8",
                    table="prevention_earlyhelp",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyhelp",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_earlyhelphistory" ("id", "child_id", "referral_id", "decided_on", "agency_id", "service_id", "begun_on", "ended_on", "outcome", "outcome_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."child_id", NEW."referral_id", NEW."decided_on", NEW."agency_id", NEW."service_id", NEW."begun_on", NEW."ended_on", NEW."outcome", NEW."outcome_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="4a2bbccda2957f5a05e88c706bb6520cf567f71f",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_4d61e",
                    table="prevention_earlyhelp",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyhelp",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_earlyhelphistory" ("id", "child_id", "referral_id", "decided_on", "agency_id", "service_id", "begun_on", "ended_on", "outcome", "outcome_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."child_id", OLD."referral_id", OLD."decided_on", OLD."agency_id", OLD."service_id", OLD."begun_on", OLD."ended_on", OLD."outcome", OLD."outcome_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="df0f98e7177e2af8f58fb54ef8fd0078d2b16fdd",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_34fbc",
                    table="prevention_earlyhelp",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="earlyhelphistory",
            index=models.Index(fields=["id"], name="preventio_earlyhelp_of"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyhelphistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="e633371b9bc9ce0c08669b146ff35086e90078c5",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_482c3",
                    table="prevention_earlyhelphistory",
                    when="BEFORE",
                ),
            ),
        ),
    ]
