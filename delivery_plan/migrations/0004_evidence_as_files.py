"""Evidence may be a file, and evidence can be withdrawn."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("delivery_plan", "0003_milestones_are_changed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("token", models.UUIDField(editable=False, unique=True)),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("waiting", "Being checked for viruses"),
                            ("quarantined", "Waits until it can be checked for viruses"),
                            ("clean", "Checked for viruses"),
                            ("infected", "Refused: a virus was found"),
                            ("not_scanned", "Not checked for viruses"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("scan_tried_at", models.DateTimeField(blank=True, null=True)),
                ("virus", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="EvidenceFileHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("token", models.UUIDField(editable=False)),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("waiting", "Being checked for viruses"),
                            ("quarantined", "Waits until it can be checked for viruses"),
                            ("clean", "Checked for viruses"),
                            ("infected", "Refused: a virus was found"),
                            ("not_scanned", "Not checked for viruses"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("virus", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="evidence",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="evidence",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="withdrawn_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="evidencehistory",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="evidencehistory",
            name="withdrawn_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="evidencehistory",
            name="withdrawn_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_evidencehistory" ("id", "action_id", "title", "link", "added_by_id", "added_at", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."title", NEW."link", NEW."added_by_id", NEW."added_at", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="824510974f6d65a4e44d624c7937de4f97f0b52d",
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
                    func='INSERT INTO public."delivery_plan_evidencehistory" ("id", "action_id", "title", "link", "added_by_id", "added_at", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."action_id", NEW."title", NEW."link", NEW."added_by_id", NEW."added_at", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="5d6c6103dd5f223677a233f3d56d39c68e803037",
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
                    func='INSERT INTO public."delivery_plan_evidencehistory" ("id", "action_id", "title", "link", "added_by_id", "added_at", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."action_id", OLD."title", OLD."link", OLD."added_by_id", OLD."added_at", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="74571df90c413654a4587c4a7dcaec4e1c2cd4d9",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_b3f2c",
                    table="delivery_plan_evidence",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None), ("withdrawn_reason", "")),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="evidence_withdrawn_by_somebody_for_a_reason",
            ),
        ),
        migrations.CreateModel(
            name="EvidenceContent",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="delivery_plan.evidencefile",
                    ),
                ),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="evidencefile",
            name="evidence",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="file", to="delivery_plan.evidence"
            ),
        ),
        migrations.AddField(
            model_name="evidencefilehistory",
            name="evidence",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="delivery_plan.evidence",
            ),
        ),
        migrations.AddIndex(
            model_name="evidencefile",
            index=models.Index(
                condition=models.Q(("scan__in", ["waiting", "quarantined"])),
                fields=["scan_tried_at", "id"],
                name="evidence_to_scan",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencefile",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="evidence_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="evidencefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scan", "infected"), models.Q(("virus", ""), _negated=True)),
                    models.Q(models.Q(("scan", "infected"), _negated=True), ("virus", "")),
                    _connector="OR",
                ),
                name="evidence_virus_named_where_found",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencefile",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_evidencefilehistory" ("id", "name", "media_type", "size", "sha256", "token", "scan", "virus", "evidence_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."name", NEW."media_type", NEW."size", NEW."sha256", NEW."token", NEW."scan", NEW."virus", NEW."evidence_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="73278e36e7fdac9262c65e77665e040747ee9b50",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_4bc4c",
                    table="delivery_plan_evidencefile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencefile",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition='WHEN (OLD."evidence_id" IS DISTINCT FROM (NEW."evidence_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."media_type" IS DISTINCT FROM (NEW."media_type") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."scan" IS DISTINCT FROM (NEW."scan") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."token" IS DISTINCT FROM (NEW."token") OR OLD."virus" IS DISTINCT FROM (NEW."virus"))',
                    func='INSERT INTO public."delivery_plan_evidencefilehistory" ("id", "name", "media_type", "size", "sha256", "token", "scan", "virus", "evidence_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."name", NEW."media_type", NEW."size", NEW."sha256", NEW."token", NEW."scan", NEW."virus", NEW."evidence_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="ceb5103018d67e50f26ca7e018cd1bc47de841d0",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_d3af0",
                    table="delivery_plan_evidencefile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencefile",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."delivery_plan_evidencefilehistory" ("id", "name", "media_type", "size", "sha256", "token", "scan", "virus", "evidence_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."name", OLD."media_type", OLD."size", OLD."sha256", OLD."token", OLD."scan", OLD."virus", OLD."evidence_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="848a98301f5c7901516ed401685e28641748f5dc",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_d5c60",
                    table="delivery_plan_evidencefile",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="evidencefilehistory",
            index=models.Index(fields=["id"], name="delivery__evidencefile_of"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencefilehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="6877f4e231822e4ef117a9aa9601ca8b6816f85a",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_286cc",
                    table="delivery_plan_evidencefilehistory",
                    when="BEFORE",
                ),
            ),
        ),
    ]
