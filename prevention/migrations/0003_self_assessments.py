"""Standards, and agencies' self-assessments against them."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_searches_that_tell"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("prevention", "0002_campaigns_services_and_resources"),
    ]

    operations = [
        migrations.CreateModel(
            name="Standard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(unique=True)),
                ("text", models.CharField(max_length=300)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StandardHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_standard_of")],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("sent", "Waits to be moderated"),
                            ("moderated", "Moderated"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("begun_on", models.DateField()),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("moderated_on", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "moderated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "moderated"), _negated=True),
                        fields=("agency",),
                        name="assessment_one_open_per_agency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "moderated"), _negated=True),
                            models.Q(("moderated_by__isnull", False), ("moderated_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="assessment_moderated_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("sent", "Waits to be moderated"),
                            ("moderated", "Moderated"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("begun_on", models.DateField()),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("moderated_on", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "moderated_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_assessment_of")],
            },
        ),
        migrations.CreateModel(
            name="ScoreHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("score", models.PositiveSmallIntegerField()),
                ("evidence", models.TextField()),
                ("moderated", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("moderated_reason", models.TextField(blank=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="prevention.assessment",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="prevention.standard",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_score_of")],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.PositiveSmallIntegerField()),
                ("evidence", models.TextField()),
                ("moderated", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("moderated_reason", models.TextField(blank=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="prevention.assessment"
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="prevention.standard"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "standard"), name="score_once_per_standard"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score__gte", 1),
                            ("score__lte", 4),
                            models.Q(
                                ("moderated", None),
                                models.Q(("moderated__gte", 1), ("moderated__lte", 4)),
                                _connector="OR",
                            ),
                        ),
                        name="score_of_one_to_four",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standard",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_standardhistory" ("id", "number", "text", "retired_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."number", NEW."text", NEW."retired_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="9301c076917c0396941b0caf7e077a06d8c49eb1",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_1ff9f",
                    table="prevention_standard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standard",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_standardhistory" ("id", "number", "text", "retired_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."number", NEW."text", NEW."retired_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="9a30a0a542a0a7f12f029c501d9f96ca144b8ac8",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_26953",
                    table="prevention_standard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standard",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_standardhistory" ("id", "number", "text", "retired_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."number", OLD."text", OLD."retired_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="1a59c39c2e57fdcb11e680c189f0e7deae88f219",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_873a5",
                    table="prevention_standard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standardhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="a0197cdaf780070e23db866dd6a1fa5a24560e4b",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_c37cd",
                    table="prevention_standardhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_assessmenthistory" ("id", "agency_id", "state", "begun_on", "begun_by_id", "sent_on", "moderated_on", "moderated_by_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."agency_id", NEW."state", NEW."begun_on", NEW."begun_by_id", NEW."sent_on", NEW."moderated_on", NEW."moderated_by_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="64c082043b7ff1190bdb7ead379025f43192f0f6",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_c8164",
                    table="prevention_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_assessmenthistory" ("id", "agency_id", "state", "begun_on", "begun_by_id", "sent_on", "moderated_on", "moderated_by_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."agency_id", NEW."state", NEW."begun_on", NEW."begun_by_id", NEW."sent_on", NEW."moderated_on", NEW."moderated_by_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="7c4e4cb8372e31a086c57f5f314de023db0c001c",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_cf489",
                    table="prevention_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_assessmenthistory" ("id", "agency_id", "state", "begun_on", "begun_by_id", "sent_on", "moderated_on", "moderated_by_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."agency_id", OLD."state", OLD."begun_on", OLD."begun_by_id", OLD."sent_on", OLD."moderated_on", OLD."moderated_by_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="3d571b4c9a31c22a6497b91d3ad616fa9dad33e0",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_71585",
                    table="prevention_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessmenthistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="f7a3110f8a087cce2b4da8c6479fe7142b1e3de7",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_ca4cf",
                    table="prevention_assessmenthistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scorehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="1ed0598839a8237d8abed80ec4ca5a38c19d3eb0",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_fd460",
                    table="prevention_scorehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_scorehistory" ("id", "assessment_id", "standard_id", "score", "evidence", "moderated", "moderated_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."assessment_id", NEW."standard_id", NEW."score", NEW."evidence", NEW."moderated", NEW."moderated_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="52af87320e99794728c4c53b2262a4b52cec6ca0",
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
                    func='INSERT INTO public."prevention_scorehistory" ("id", "assessment_id", "standard_id", "score", "evidence", "moderated", "moderated_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."assessment_id", NEW."standard_id", NEW."score", NEW."evidence", NEW."moderated", NEW."moderated_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="55addf5a8f6d10edd37a6dbf5619123fe71f4a66",
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
                    func='INSERT INTO public."prevention_scorehistory" ("id", "assessment_id", "standard_id", "score", "evidence", "moderated", "moderated_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."assessment_id", OLD."standard_id", OLD."score", OLD."evidence", OLD."moderated", OLD."moderated_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="2ac198f89abfb23c62a553f69eb7c01587f57ecf",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_5df56",
                    table="prevention_score",
                    when="AFTER",
                ),
            ),
        ),
    ]
