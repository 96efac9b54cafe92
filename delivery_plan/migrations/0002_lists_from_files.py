"""Actions from files: what each row would change, what was recorded, what was taken back."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_searches_that_tell"),
        ("accounts", "__first__"),
        ("delivery_plan", "0001_plans_and_their_actions"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Not recorded yet"), ("applied", "Recorded"), ("undone", "Undone")],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lists", to="delivery_plan.plan"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied_at", None), ("state", "proposed"), ("undone_at", None)),
                            models.Q(("applied_at__isnull", False), ("state", "applied"), ("undone_at", None)),
                            models.Q(("applied_at__isnull", False), ("state", "undone"), ("undone_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_list_in_one_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanListHistory",
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
                        choices=[("proposed", "Not recorded yet"), ("applied", "Recorded"), ("undone", "Undone")],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="delivery_plan.plan",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="delivery__planlist_of")],
            },
        ),
        migrations.CreateModel(
            name="PlanRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "pillar",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prevention", "Prevention"),
                            ("protection", "Protection"),
                            ("prosecute", "Prosecute"),
                        ],
                        max_length=12,
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=20)),
                ("text", models.TextField(blank=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("success", models.TextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("adds", "Adds an action"),
                            ("changes", "Changes the action"),
                            ("nothing", "Changes nothing: it is so already"),
                            ("wrong", "Cannot be recorded"),
                        ],
                        max_length=8,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("was", models.JSONField(default=dict)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="delivery_plan.action",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead_agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "plan_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="delivery_plan.planlist"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("plan_list", "number"), name="plan_row_once_per_list")],
            },
        ),
        migrations.CreateModel(
            name="PlanRowHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                (
                    "pillar",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prevention", "Prevention"),
                            ("protection", "Protection"),
                            ("prosecute", "Prosecute"),
                        ],
                        max_length=12,
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=20)),
                ("text", models.TextField(blank=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("success", models.TextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("adds", "Adds an action"),
                            ("changes", "Changes the action"),
                            ("nothing", "Changes nothing: it is so already"),
                            ("wrong", "Cannot be recorded"),
                        ],
                        max_length=8,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("was", models.JSONField(default=dict)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="delivery_plan.action",
                    ),
                ),
                (
                    "lead",
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
                (
                    "lead_agency",
                    models.ForeignKey(
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
                (
                    "plan_list",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="delivery_plan.planlist",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="delivery__planrow_of")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planlist",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_planlisthistory" ("id", "state", "proposed_by_id", "proposed_at", "applied_at", "undone_at", "plan_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."state", NEW."proposed_by_id", NEW."proposed_at", NEW."applied_at", NEW."undone_at", NEW."plan_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="f951e330ec9e09cb7142a5340feb0a8212cadc99",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_0f372",
                    table="delivery_plan_planlist",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planlist",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."delivery_plan_planlisthistory" ("id", "state", "proposed_by_id", "proposed_at", "applied_at", "undone_at", "plan_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."state", NEW."proposed_by_id", NEW."proposed_at", NEW."applied_at", NEW."undone_at", NEW."plan_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="470f064bfeb6dd4fe2237a78e69ab1bcddc9582b",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_68d07",
                    table="delivery_plan_planlist",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planlist",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_planlisthistory" ("id", "state", "proposed_by_id", "proposed_at", "applied_at", "undone_at", "plan_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."state", OLD."proposed_by_id", OLD."proposed_at", OLD."applied_at", OLD."undone_at", OLD."plan_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="f202040a57bc41eac30602501ed288534a78f429",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_1cc23",
                    table="delivery_plan_planlist",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planlisthistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="68c3c41e55c601338b51e806715075a2997e21e0",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_0f190",
                    table="delivery_plan_planlisthistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planrow",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_planrowhistory" ("id", "plan_list_id", "number", "pillar", "section", "text", "lead_agency_id", "lead_id", "due_on", "success", "action_id", "outcome", "why", "was", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."plan_list_id", NEW."number", NEW."pillar", NEW."section", NEW."text", NEW."lead_agency_id", NEW."lead_id", NEW."due_on", NEW."success", NEW."action_id", NEW."outcome", NEW."why", NEW."was", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="47a31e6fd935e31513b2b2ca8dbb9c8166e8e70b",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_52bb2",
                    table="delivery_plan_planrow",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planrow",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."delivery_plan_planrowhistory" ("id", "plan_list_id", "number", "pillar", "section", "text", "lead_agency_id", "lead_id", "due_on", "success", "action_id", "outcome", "why", "was", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."plan_list_id", NEW."number", NEW."pillar", NEW."section", NEW."text", NEW."lead_agency_id", NEW."lead_id", NEW."due_on", NEW."success", NEW."action_id", NEW."outcome", NEW."why", NEW."was", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="2d73ca9d5cde2ec3f775701cea4eb2e8fd22a34b",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_84c97",
                    table="delivery_plan_planrow",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planrow",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_planrowhistory" ("id", "plan_list_id", "number", "pillar", "section", "text", "lead_agency_id", "lead_id", "due_on", "success", "action_id", "outcome", "why", "was", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."plan_list_id", OLD."number", OLD."pillar", OLD."section", OLD."text", OLD."lead_agency_id", OLD."lead_id", OLD."due_on", OLD."success", OLD."action_id", OLD."outcome", OLD."why", OLD."was", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="2728f36805227355c9f465ad503435238745ce1d",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_b0492",
                    table="delivery_plan_planrow",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planrowhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="39f6d0ff429183c359ca25faf759aa195711aa71",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_936a4",
                    table="delivery_plan_planrowhistory",
                    when="BEFORE",
                ),
            ),
        ),
    ]
