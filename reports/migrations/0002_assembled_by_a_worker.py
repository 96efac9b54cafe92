"""How far the figures of a draft are, which has none until a worker has put them together."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_quarterly_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assembling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to begin"),
                            ("running", "Begun"),
                            ("done", "Ready"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Failed"),
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
        migrations.RemoveIndex(
            model_name="drawing",
            name="drawing_to_do",
        ),
        migrations.AlterField(
            model_name="draft",
            name="assembly",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="drafts",
                to="reports.assembly",
            ),
        ),
        # Undone, the history keeps what it holds of drafts without figures: nothing of it is ever changed.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "alter table reports_drafthistory alter assembly_id drop not null", migrations.RunSQL.noop
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="drafthistory",
                    name="assembly",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reports.assembly",
                    ),
                ),
            ],
        ),
        migrations.AlterField(
            model_name="drawing",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting to begin"),
                    ("running", "Begun"),
                    ("done", "Ready"),
                    ("cancelled", "Cancelled"),
                    ("failed", "Failed"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="drawing",
            index=models.Index(
                condition=models.Q(("state__in", ["running", "waiting"])), fields=["asked_at"], name="drawing_to_do"
            ),
        ),
        migrations.AddField(
            model_name="assembling",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="assembling",
            name="draft",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assemblings", to="reports.draft"
            ),
        ),
        migrations.AddIndex(
            model_name="assembling",
            index=models.Index(
                condition=models.Q(("state__in", ["running", "waiting"])), fields=["asked_at"], name="assembling_to_do"
            ),
        ),
        migrations.AddConstraint(
            model_name="assembling",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["running", "waiting"])),
                fields=("draft",),
                name="assembling_one_at_a_time",
            ),
        ),
    ]
