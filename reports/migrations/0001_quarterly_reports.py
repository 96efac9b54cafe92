"""Drafts, what was issued, and the PDF of each."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assembly",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("sections", models.JSONField()),
                ("truth", models.JSONField()),
                ("after", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("words", models.JSONField(blank=True, default=dict)),
                ("what_changed", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="DraftHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("first", models.DateField()),
                ("words", models.JSONField(blank=True, default=dict)),
                ("what_changed", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Drawing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be drawn"),
                            ("drawing", "Is being drawn"),
                            ("done", "Ready"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Could not be drawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("heard_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Issued",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("number", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField(unique=True)),
                ("content", models.JSONField()),
                ("what_changed", models.TextField(blank=True)),
                ("issued_at", models.DateTimeField()),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assembly",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="5d8f9541ea1711dbee7fb0dbfe90ebd942b5bedf",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_18734",
                    table="reports_assembly",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="assembly",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="reports.assembly"
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="drafthistory",
            name="assembly",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reports.assembly",
            ),
        ),
        migrations.AddField(
            model_name="drafthistory",
            name="changed_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="drafthistory",
            name="opened_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="drawing",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="Pdf",
            fields=[
                (
                    "issued",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="pdf",
                        serialize=False,
                        to="reports.issued",
                    ),
                ),
                ("data", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="issued",
            name="assembly",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="issued", to="reports.assembly"
            ),
        ),
        migrations.AddField(
            model_name="issued",
            name="issued_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="drawing",
            name="issued",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="drawings", to="reports.issued"
            ),
        ),
        migrations.AddField(
            model_name="drafthistory",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reports.issued",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="reports.issued",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pdf",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="f06e3e0ef8d3eb02b9bde2abab62de001bcf1cff",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_71fc3",
                    table="reports_pdf",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="issued",
            constraint=models.UniqueConstraint(fields=("first", "number"), name="issued_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="issued",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", 1), ("what_changed", "")),
                    models.Q(("number__gt", 1), models.Q(("what_changed", ""), _negated=True)),
                    _connector="OR",
                ),
                name="issued_again_says_why",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issued",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="6eab5bd35ad1e484a61a7873a8c9a06c4f68c951",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_43f1a",
                    table="reports_issued",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="drawing",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "drawing"])), fields=["asked_at"], name="drawing_to_do"
            ),
        ),
        migrations.AddConstraint(
            model_name="drawing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["cancelled", "failed"]), _negated=True),
                fields=("issued",),
                name="drawing_one_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="drafthistory",
            index=models.Index(fields=["id"], name="reports_draft_of"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="drafthistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="e8b6c92e5bcd9b20308e4a115d72adf482917e6d",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_78b35",
                    table="reports_drafthistory",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("first",), name="draft_one_open_per_quarter"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draft",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."reports_drafthistory" ("id", "first", "corrects_id", "assembly_id", "words", "what_changed", "opened_by_id", "opened_at", "changed_by_id", "changed_at", "closed_at", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."first", NEW."corrects_id", NEW."assembly_id", NEW."words", NEW."what_changed", NEW."opened_by_id", NEW."opened_at", NEW."changed_by_id", NEW."changed_at", NEW."closed_at", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="5fbbd940bdf9cf908f23443bd91d716f47e30ea8",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_93f8c",
                    table="reports_draft",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draft",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."reports_drafthistory" ("id", "first", "corrects_id", "assembly_id", "words", "what_changed", "opened_by_id", "opened_at", "changed_by_id", "changed_at", "closed_at", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."first", NEW."corrects_id", NEW."assembly_id", NEW."words", NEW."what_changed", NEW."opened_by_id", NEW."opened_at", NEW."changed_by_id", NEW."changed_at", NEW."closed_at", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="0641d46311ba5d7f9e851dbd14185119503eb8d6",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_68b2d",
                    table="reports_draft",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draft",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."reports_drafthistory" ("id", "first", "corrects_id", "assembly_id", "words", "what_changed", "opened_by_id", "opened_at", "changed_by_id", "changed_at", "closed_at", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."first", OLD."corrects_id", OLD."assembly_id", OLD."words", OLD."what_changed", OLD."opened_by_id", OLD."opened_at", OLD."changed_by_id", OLD."changed_at", OLD."closed_at", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="ac512f6982d6e23a338649bb646074be4dcf0faa",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_847cd",
                    table="reports_draft",
                    when="AFTER",
                ),
            ),
        ),
    ]
