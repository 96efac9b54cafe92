"""Plans, their actions, and what is said of them."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0007_searches_that_tell"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=80)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("adopted_on", models.DateField()),
                ("superseded_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="delivery__plan_of")],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("adopted_on", models.DateField()),
                ("superseded_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="plan_ends_after_it_starts"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_on", None)),
                        fields=("superseded_on",),
                        name="plan_one_current",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "pillar",
                    models.CharField(
                        choices=[
                            ("prevention", "Prevention"),
                            ("protection", "Protection"),
                            ("prosecute", "Prosecute"),
                        ],
                        max_length=12,
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=20)),
                ("text", models.TextField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("success", models.TextField(blank=True)),
                ("measure", models.CharField(blank=True, max_length=60)),
                ("target", models.PositiveIntegerField(blank=True, null=True)),
                ("update_every_months", models.PositiveSmallIntegerField(default=3)),
                (
                    "rag",
                    models.CharField(
                        blank=True,
                        choices=[("red", "Red: off track"), ("amber", "Amber: at risk"), ("green", "Green: on track")],
                        max_length=6,
                    ),
                ),
                ("rag_reason", models.TextField(blank=True)),
                ("despite", models.TextField(blank=True)),
                ("updated_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_reason", models.TextField(blank=True)),
                ("finding", models.CharField(blank=True, max_length=80)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "carried_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="delivery_plan.action",
                    ),
                ),
                (
                    "depends_on",
                    models.ManyToManyField(blank=True, related_name="waited_for_by", to="delivery_plan.action"),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_actions",
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
                ("supporting", models.ManyToManyField(blank=True, related_name="+", to="accounts.agency")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="delivery_plan.plan"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="action_numbered_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("closed_reason", "")),
                            models.Q(("closed_on__isnull", False), models.Q(("closed_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="action_closed_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target", None), models.Q(("measure", ""), _negated=True), _connector="OR"),
                        name="action_target_of_a_measure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("update_every_months__gte", 1), ("update_every_months__lte", 12)),
                        name="action_updated_each_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Update",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for the chair"),
                            ("returned", "Sent back"),
                            ("accepted", "Accepted"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "rag",
                    models.CharField(
                        choices=[("red", "Red: off track"), ("amber", "Amber: at risk"), ("green", "Green: on track")],
                        max_length=6,
                    ),
                ),
                ("rag_reason", models.TextField()),
                ("despite", models.TextField(blank=True)),
                ("figure", models.CharField(blank=True, max_length=120)),
                ("changed_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="updates", to="delivery_plan.action"
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "settled_by",
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
                "indexes": [models.Index(fields=["action", "-changed_at"], name="update_of_action")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "accepted"), _negated=True),
                        fields=("action",),
                        name="update_one_open_per_action",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["submitted", "accepted"]), _negated=True),
                            ("submitted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="update_submitted_at_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UpdateHistory",
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
                            ("draft", "Draft"),
                            ("submitted", "Waiting for the chair"),
                            ("returned", "Sent back"),
                            ("accepted", "Accepted"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "rag",
                    models.CharField(
                        choices=[("red", "Red: off track"), ("amber", "Amber: at risk"), ("green", "Green: on track")],
                        max_length=6,
                    ),
                ),
                ("rag_reason", models.TextField()),
                ("despite", models.TextField(blank=True)),
                ("figure", models.CharField(blank=True, max_length=120)),
                ("changed_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="delivery_plan.action",
                    ),
                ),
                (
                    "drafted_by",
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
                    "settled_by",
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
                "indexes": [models.Index(fields=["id"], name="delivery__update_of")],
            },
        ),
        migrations.CreateModel(
            name="Barrier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=300)),
                ("since_on", models.DateField()),
                ("who_can_lift", models.CharField(max_length=120)),
                ("raised_to", models.CharField(blank=True, max_length=120)),
                ("lifted_on", models.DateField(blank=True, null=True)),
                ("how_lifted", models.CharField(blank=True, max_length=300)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="barriers", to="delivery_plan.action"
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("lifted_on", None)), fields=["action"], name="barrier_standing")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how_lifted", ""), ("lifted_on", None)),
                            models.Q(
                                ("lifted_on__gte", models.F("since_on")), models.Q(("how_lifted", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="barrier_lifted_somehow",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BarrierHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("what", models.CharField(max_length=300)),
                ("since_on", models.DateField()),
                ("who_can_lift", models.CharField(max_length=120)),
                ("raised_to", models.CharField(blank=True, max_length=120)),
                ("lifted_on", models.DateField(blank=True, null=True)),
                ("how_lifted", models.CharField(blank=True, max_length=300)),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="delivery_plan.action",
                    ),
                ),
                (
                    "raised_by",
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
                "indexes": [models.Index(fields=["id"], name="delivery__barrier_of")],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("added_at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="delivery_plan.action"
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EvidenceHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("added_at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="delivery_plan.action",
                    ),
                ),
                (
                    "added_by",
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
                "indexes": [models.Index(fields=["id"], name="delivery__evidence_of")],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="delivery_plan.action",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MilestoneHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="delivery_plan.action",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="delivery__milestone_of")],
            },
        ),
        migrations.CreateModel(
            name="ActionHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "pillar",
                    models.CharField(
                        choices=[
                            ("prevention", "Prevention"),
                            ("protection", "Protection"),
                            ("prosecute", "Prosecute"),
                        ],
                        max_length=12,
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=20)),
                ("text", models.TextField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("success", models.TextField(blank=True)),
                ("measure", models.CharField(blank=True, max_length=60)),
                ("target", models.PositiveIntegerField(blank=True, null=True)),
                ("update_every_months", models.PositiveSmallIntegerField(default=3)),
                (
                    "rag",
                    models.CharField(
                        blank=True,
                        choices=[("red", "Red: off track"), ("amber", "Amber: at risk"), ("green", "Green: on track")],
                        max_length=6,
                    ),
                ),
                ("rag_reason", models.TextField(blank=True)),
                ("despite", models.TextField(blank=True)),
                ("updated_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_reason", models.TextField(blank=True)),
                ("finding", models.CharField(blank=True, max_length=80)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "carried_from",
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
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="delivery__action_of")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_planhistory" ("id", "title", "starts_on", "ends_on", "adopted_on", "superseded_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."title", NEW."starts_on", NEW."ends_on", NEW."adopted_on", NEW."superseded_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="2fe182a32e64a5029cfd77bcce0efdf450a4b461",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_d0131",
                    table="delivery_plan_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."delivery_plan_planhistory" ("id", "title", "starts_on", "ends_on", "adopted_on", "superseded_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."title", NEW."starts_on", NEW."ends_on", NEW."adopted_on", NEW."superseded_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="63f7332c44334363535f71dd4c5a3d47943a5ca9",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_b5614",
                    table="delivery_plan_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_planhistory" ("id", "title", "starts_on", "ends_on", "adopted_on", "superseded_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."title", OLD."starts_on", OLD."ends_on", OLD."adopted_on", OLD."superseded_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="b69528cf7074e2de06d47a965f559227212a76a9",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_6035d",
                    table="delivery_plan_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="1ca358f4e659b155b575da20f14eb245eb743784",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_1a2ef",
                    table="delivery_plan_planhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="barrier",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_barrierhistory" ("id", "action_id", "what", "since_on", "who_can_lift", "raised_to", "raised_by_id", "lifted_on", "how_lifted", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."what", NEW."since_on", NEW."who_can_lift", NEW."raised_to", NEW."raised_by_id", NEW."lifted_on", NEW."how_lifted", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="54024beee56a84674f86e5283111d331c2d35a06",
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
                    func='INSERT INTO public."delivery_plan_barrierhistory" ("id", "action_id", "what", "since_on", "who_can_lift", "raised_to", "raised_by_id", "lifted_on", "how_lifted", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."what", NEW."since_on", NEW."who_can_lift", NEW."raised_to", NEW."raised_by_id", NEW."lifted_on", NEW."how_lifted", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="51b8bdcda20619c38caa9d6890490663caa8812b",
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
                    func='INSERT INTO public."delivery_plan_barrierhistory" ("id", "action_id", "what", "since_on", "who_can_lift", "raised_to", "raised_by_id", "lifted_on", "how_lifted", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."action_id", OLD."what", OLD."since_on", OLD."who_can_lift", OLD."raised_to", OLD."raised_by_id", OLD."lifted_on", OLD."how_lifted", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="01da40a3abf17ba0cc3847cc0809e2b314987378",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_ed9c3",
                    table="delivery_plan_barrier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="barrierhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="474a586e56373ca2cd1486c78db8ebd18c742022",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_77f6a",
                    table="delivery_plan_barrierhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_evidencehistory" ("id", "action_id", "title", "link", "added_by_id", "added_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."title", NEW."link", NEW."added_by_id", NEW."added_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="20d85b49baee02170a4bcbdbf739361eafa2e473",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_c0db8",
                    table="delivery_plan_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."delivery_plan_evidencehistory" ("id", "action_id", "title", "link", "added_by_id", "added_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."title", NEW."link", NEW."added_by_id", NEW."added_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="065e4c32ad1c7e5d21c7a6b7e97baf047b729197",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_1ea86",
                    table="delivery_plan_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_evidencehistory" ("id", "action_id", "title", "link", "added_by_id", "added_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."action_id", OLD."title", OLD."link", OLD."added_by_id", OLD."added_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="a71cc3b9167023f8cdf0eaf4ed1982c8f55fe04f",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_b3f2c",
                    table="delivery_plan_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="abc84f2c93c9e7f58d25df4aca2497f9fbe23300",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_0faff",
                    table="delivery_plan_evidencehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_milestonehistory" ("id", "action_id", "text", "due_on", "done_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."text", NEW."due_on", NEW."done_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="fe9f4074b22de61b6a35b1adc063d7db318e3a5b",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_92077",
                    table="delivery_plan_milestone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."delivery_plan_milestonehistory" ("id", "action_id", "text", "due_on", "done_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."text", NEW."due_on", NEW."done_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="1d472f11d943213b2073f96153133918fd4e4cc9",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_0fa8b",
                    table="delivery_plan_milestone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_milestonehistory" ("id", "action_id", "text", "due_on", "done_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."action_id", OLD."text", OLD."due_on", OLD."done_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="df02e570e5c3965f1638d22da1548e91d766fd05",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_ee2c6",
                    table="delivery_plan_milestone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestonehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="d739f45f06f98216b97ab205b815e86963ebce21",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_ffd7f",
                    table="delivery_plan_milestonehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="1eef9e498054343abfa319b747d99b35d6f5870a",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_4ca51",
                    table="delivery_plan_actionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="action",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_actionhistory" ("id", "plan_id", "number", "pillar", "section", "text", "lead_agency_id", "lead_id", "due_on", "success", "measure", "target", "update_every_months", "rag", "rag_reason", "despite", "updated_on", "carried_from_id", "closed_on", "closed_reason", "finding", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."plan_id", NEW."number", NEW."pillar", NEW."section", NEW."text", NEW."lead_agency_id", NEW."lead_id", NEW."due_on", NEW."success", NEW."measure", NEW."target", NEW."update_every_months", NEW."rag", NEW."rag_reason", NEW."despite", NEW."updated_on", NEW."carried_from_id", NEW."closed_on", NEW."closed_reason", NEW."finding", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="09e89c8971bfa436b78312d42a4adedd24eeb5de",
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
                    func='INSERT INTO public."delivery_plan_actionhistory" ("id", "plan_id", "number", "pillar", "section", "text", "lead_agency_id", "lead_id", "due_on", "success", "measure", "target", "update_every_months", "rag", "rag_reason", "despite", "updated_on", "carried_from_id", "closed_on", "closed_reason", "finding", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."plan_id", NEW."number", NEW."pillar", NEW."section", NEW."text", NEW."lead_agency_id", NEW."lead_id", NEW."due_on", NEW."success", NEW."measure", NEW."target", NEW."update_every_months", NEW."rag", NEW."rag_reason", NEW."despite", NEW."updated_on", NEW."carried_from_id", NEW."closed_on", NEW."closed_reason", NEW."finding", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="a574b8b1a97f5338119e3102e5a7c8727db8f4a3",
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
                    func='INSERT INTO public."delivery_plan_actionhistory" ("id", "plan_id", "number", "pillar", "section", "text", "lead_agency_id", "lead_id", "due_on", "success", "measure", "target", "update_every_months", "rag", "rag_reason", "despite", "updated_on", "carried_from_id", "closed_on", "closed_reason", "finding", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."plan_id", OLD."number", OLD."pillar", OLD."section", OLD."text", OLD."lead_agency_id", OLD."lead_id", OLD."due_on", OLD."success", OLD."measure", OLD."target", OLD."update_every_months", OLD."rag", OLD."rag_reason", OLD."despite", OLD."updated_on", OLD."carried_from_id", OLD."closed_on", OLD."closed_reason", OLD."finding", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="e5603442d89af5649fd451e87f842eede6d43861",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_b45c5",
                    table="delivery_plan_action",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="update",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_updatehistory" ("id", "action_id", "state", "text", "rag", "rag_reason", "despite", "figure", "drafted_by_id", "changed_at", "submitted_at", "settled_by_id", "settled_at", "settled_reason", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."state", NEW."text", NEW."rag", NEW."rag_reason", NEW."despite", NEW."figure", NEW."drafted_by_id", NEW."changed_at", NEW."submitted_at", NEW."settled_by_id", NEW."settled_at", NEW."settled_reason", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="7202645e1b670c30084416184e29953537ffb9cd",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_87812",
                    table="delivery_plan_update",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="update",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."delivery_plan_updatehistory" ("id", "action_id", "state", "text", "rag", "rag_reason", "despite", "figure", "drafted_by_id", "changed_at", "submitted_at", "settled_by_id", "settled_at", "settled_reason", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."state", NEW."text", NEW."rag", NEW."rag_reason", NEW."despite", NEW."figure", NEW."drafted_by_id", NEW."changed_at", NEW."submitted_at", NEW."settled_by_id", NEW."settled_at", NEW."settled_reason", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="5a90bee6ea36d0748cbece77434109676831ffb4",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_af9ae",
                    table="delivery_plan_update",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="update",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_updatehistory" ("id", "action_id", "state", "text", "rag", "rag_reason", "despite", "figure", "drafted_by_id", "changed_at", "submitted_at", "settled_by_id", "settled_at", "settled_reason", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."action_id", OLD."state", OLD."text", OLD."rag", OLD."rag_reason", OLD."despite", OLD."figure", OLD."drafted_by_id", OLD."changed_at", OLD."submitted_at", OLD."settled_by_id", OLD."settled_at", OLD."settled_reason", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="181c7f0bdba7b426ecb1ca000344b56c58daf296",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_31872",
                    table="delivery_plan_update",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="updatehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="927d275d5ff9fbcb3746d94ca94bb89571f74ac3",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_ea896",
                    table="delivery_plan_updatehistory",
                    when="BEFORE",
                ),
            ),
        ),
    ]
