"""Courses, sessions, who was there, how many ought to have been, and lists from files."""

import django.contrib.postgres.fields
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
        ("audit", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="CourseHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=120)),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("safeguarding", "Safeguarding and signs of exploitation"),
                                ("forms", "Screening and risk assessment forms"),
                                ("intelligence", "Submitting intelligence"),
                                ("offences", "Relevant criminal offences"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                    ),
                ),
                ("multi_agency", models.BooleanField()),
                ("valid_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_course_of")],
            },
        ),
        migrations.CreateModel(
            name="Headcount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("social_worker", "Social worker"),
                            ("police", "Police officer or staff"),
                            ("health", "Health professional"),
                            ("school", "School or college staff"),
                            ("residential", "Residential care worker"),
                            ("foster_carer", "Foster carer"),
                            ("youth_worker", "Youth worker"),
                            ("youth_justice", "Youth justice worker"),
                            ("other", "Other professional"),
                        ],
                        max_length=16,
                    ),
                ),
                ("counted_on", models.DateField()),
                ("people", models.PositiveIntegerField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "role", "counted_on"), name="headcount_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="HeadcountHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("social_worker", "Social worker"),
                            ("police", "Police officer or staff"),
                            ("health", "Health professional"),
                            ("school", "School or college staff"),
                            ("residential", "Residential care worker"),
                            ("foster_carer", "Foster carer"),
                            ("youth_worker", "Youth worker"),
                            ("youth_justice", "Youth justice worker"),
                            ("other", "Other professional"),
                        ],
                        max_length=16,
                    ),
                ),
                ("counted_on", models.DateField()),
                ("people", models.PositiveIntegerField()),
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
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_headcount_of")],
            },
        ),
        migrations.CreateModel(
            name="Learner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("reference", models.CharField(max_length=254, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("social_worker", "Social worker"),
                            ("police", "Police officer or staff"),
                            ("health", "Health professional"),
                            ("school", "School or college staff"),
                            ("residential", "Residential care worker"),
                            ("foster_carer", "Foster carer"),
                            ("youth_worker", "Youth worker"),
                            ("youth_justice", "Youth justice worker"),
                            ("other", "Other professional"),
                        ],
                        max_length=16,
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "role"], name="learner_of_agency")],
            },
        ),
        migrations.CreateModel(
            name="LearnerHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("reference", models.CharField(max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("social_worker", "Social worker"),
                            ("police", "Police officer or staff"),
                            ("health", "Health professional"),
                            ("school", "School or college staff"),
                            ("residential", "Residential care worker"),
                            ("foster_carer", "Foster carer"),
                            ("youth_worker", "Youth worker"),
                            ("youth_justice", "Youth justice worker"),
                            ("other", "Other professional"),
                        ],
                        max_length=16,
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True)),
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
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_learner_of")],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, unique=True)),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("safeguarding", "Safeguarding and signs of exploitation"),
                                ("forms", "Screening and risk assessment forms"),
                                ("intelligence", "Submitting intelligence"),
                                ("offences", "Relevant criminal offences"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                    ),
                ),
                ("multi_agency", models.BooleanField()),
                ("valid_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("subjects", []), _negated=True), name="course_about_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_months", None), ("valid_months__gte", 1), _connector="OR"),
                        name="course_valid_a_while",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=120)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="prevention.course"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["course", "-held_on", "-id"], name="session_of_course")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gt", models.F("held_on")), _connector="OR"
                        ),
                        name="session_counts_for_a_while",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("held_on", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=120)),
                (
                    "agency",
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
                    "course",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="prevention.course",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_session_of")],
            },
        ),
        migrations.CreateModel(
            name="TrainingList",
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lists", to="prevention.session"
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
                        name="list_in_one_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingListHistory",
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
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="prevention.session",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_traininglist_of")],
            },
        ),
        migrations.CreateModel(
            name="TrainingRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(blank=True, max_length=120)),
                ("reference", models.CharField(blank=True, max_length=254)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("social_worker", "Social worker"),
                            ("police", "Police officer or staff"),
                            ("health", "Health professional"),
                            ("school", "School or college staff"),
                            ("residential", "Residential care worker"),
                            ("foster_carer", "Foster carer"),
                            ("youth_worker", "Youth worker"),
                            ("youth_justice", "Youth justice worker"),
                            ("other", "Other professional"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("adds_person", "Adds the person and their attendance"),
                            ("adds", "Adds their attendance"),
                            ("changes", "Adds their attendance and changes their details"),
                            ("nothing", "Changes nothing: already recorded"),
                            ("wrong", "Cannot be recorded"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=400)),
                ("was", models.JSONField(default=dict)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "training_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="prevention.traininglist"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("training_list", "number"), name="row_once_per_list")],
            },
        ),
        migrations.CreateModel(
            name="TrainingRowHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(blank=True, max_length=120)),
                ("reference", models.CharField(blank=True, max_length=254)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("social_worker", "Social worker"),
                            ("police", "Police officer or staff"),
                            ("health", "Health professional"),
                            ("school", "School or college staff"),
                            ("residential", "Residential care worker"),
                            ("foster_carer", "Foster carer"),
                            ("youth_worker", "Youth worker"),
                            ("youth_justice", "Youth justice worker"),
                            ("other", "Other professional"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("adds_person", "Adds the person and their attendance"),
                            ("adds", "Adds their attendance"),
                            ("changes", "Adds their attendance and changes their details"),
                            ("nothing", "Changes nothing: already recorded"),
                            ("wrong", "Cannot be recorded"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=400)),
                ("was", models.JSONField(default=dict)),
                (
                    "agency",
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
                    "training_list",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="prevention.traininglist",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_trainingrow_of")],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="prevention.learner"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="prevention.session"
                    ),
                ),
                (
                    "came_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="prevention.trainingrow",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("session", "learner"), name="attendance_once")],
            },
        ),
        migrations.CreateModel(
            name="AttendanceHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
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
                    "learner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="prevention.learner",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="prevention.session",
                    ),
                ),
                (
                    "came_with",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="prevention.trainingrow",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_attendance_of")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_coursehistory" ("id", "title", "subjects", "multi_agency", "valid_months", "withdrawn_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."title", NEW."subjects", NEW."multi_agency", NEW."valid_months", NEW."withdrawn_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="5fda83ca8c3f3ec68092c29bc5bb7fed25884a46",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_fec97",
                    table="prevention_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_coursehistory" ("id", "title", "subjects", "multi_agency", "valid_months", "withdrawn_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."title", NEW."subjects", NEW."multi_agency", NEW."valid_months", NEW."withdrawn_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="caf57cf96befadc996efd32b3ea71e48380eafbd",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_7ceb0",
                    table="prevention_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_coursehistory" ("id", "title", "subjects", "multi_agency", "valid_months", "withdrawn_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."title", OLD."subjects", OLD."multi_agency", OLD."valid_months", OLD."withdrawn_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="7f44f3cfa9ec532281bad947f7826fc9beb4f9fc",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_35042",
                    table="prevention_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coursehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="6a611badd3e2ee1492edc5c7b866da3030223716",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_b84aa",
                    table="prevention_coursehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="headcount",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_headcounthistory" ("id", "agency_id", "role", "counted_on", "people", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."agency_id", NEW."role", NEW."counted_on", NEW."people", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="b640b75893ddf287730160b790cd10ddbd74f3be",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_4cc92",
                    table="prevention_headcount",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="headcount",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_headcounthistory" ("id", "agency_id", "role", "counted_on", "people", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."agency_id", NEW."role", NEW."counted_on", NEW."people", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="a90d95ad08cc7cf9ff27e7bfe75a46318686178a",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_48002",
                    table="prevention_headcount",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="headcount",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_headcounthistory" ("id", "agency_id", "role", "counted_on", "people", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."agency_id", OLD."role", OLD."counted_on", OLD."people", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="43a788487b6cd1fdac065d9aa02ce148bb9fc3dd",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_d5b63",
                    table="prevention_headcount",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="headcounthistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="0bbd61ef91d4f821294847d3c3047dd097d573bc",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_5b895",
                    table="prevention_headcounthistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="learner",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_learnerhistory" ("id", "name", "reference", "agency_id", "role", "left_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."name", NEW."reference", NEW."agency_id", NEW."role", NEW."left_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="3631f22eb82fe9030ec0c181a5b4019ee2888603",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_66e9e",
                    table="prevention_learner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="learner",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_learnerhistory" ("id", "name", "reference", "agency_id", "role", "left_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."name", NEW."reference", NEW."agency_id", NEW."role", NEW."left_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="7570b5651d06a7ce1bd18375c8bd80c9e8115e2c",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_09cdc",
                    table="prevention_learner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="learner",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_learnerhistory" ("id", "name", "reference", "agency_id", "role", "left_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."name", OLD."reference", OLD."agency_id", OLD."role", OLD."left_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="355c314e1ab587d18206bd1d26a1f178c7899698",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_c4c37",
                    table="prevention_learner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="learnerhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="720b81d429483cd14298afca6be2397a8fd848df",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_6248d",
                    table="prevention_learnerhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_sessionhistory" ("id", "course_id", "held_on", "valid_until", "agency_id", "place", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."course_id", NEW."held_on", NEW."valid_until", NEW."agency_id", NEW."place", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="6b085d4666dd5713cb65814e20fbeed817f194e9",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_f2843",
                    table="prevention_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_sessionhistory" ("id", "course_id", "held_on", "valid_until", "agency_id", "place", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."course_id", NEW."held_on", NEW."valid_until", NEW."agency_id", NEW."place", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="33778b746df567dbcdffd619e068fe707ab5da96",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_80cbd",
                    table="prevention_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_sessionhistory" ("id", "course_id", "held_on", "valid_until", "agency_id", "place", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."course_id", OLD."held_on", OLD."valid_until", OLD."agency_id", OLD."place", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="fca1a42c3b80603da6d909463eb7332c4ec0dff6",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_701e7",
                    table="prevention_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="0c11405de8089f5bc9d7eed1044f67cd900df7d4",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_297e5",
                    table="prevention_sessionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="traininglist",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_traininglisthistory" ("id", "session_id", "state", "proposed_by_id", "proposed_at", "applied_at", "undone_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."session_id", NEW."state", NEW."proposed_by_id", NEW."proposed_at", NEW."applied_at", NEW."undone_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="f00a130890479dab777f9badbc06d1e4c2b64a58",
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
                    func='INSERT INTO public."prevention_traininglisthistory" ("id", "session_id", "state", "proposed_by_id", "proposed_at", "applied_at", "undone_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."session_id", NEW."state", NEW."proposed_by_id", NEW."proposed_at", NEW."applied_at", NEW."undone_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="a3995e6d571e22774f914cc0406bce8675b472f6",
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
                    func='INSERT INTO public."prevention_traininglisthistory" ("id", "session_id", "state", "proposed_by_id", "proposed_at", "applied_at", "undone_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."session_id", OLD."state", OLD."proposed_by_id", OLD."proposed_at", OLD."applied_at", OLD."undone_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="52d04f28f2ab72e87fd8965e41c2dba6f8000f11",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_a73d0",
                    table="prevention_traininglist",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="traininglisthistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="c7adbc8fa6aa57ea427eb5130c9c1386cf06c35d",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_4f2cb",
                    table="prevention_traininglisthistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingrow",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_trainingrowhistory" ("id", "training_list_id", "number", "name", "reference", "agency_id", "role", "outcome", "why", "was", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."training_list_id", NEW."number", NEW."name", NEW."reference", NEW."agency_id", NEW."role", NEW."outcome", NEW."why", NEW."was", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="cf539fcb18f2a6fe6b40207b5f9b30f8d179d3a5",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_38808",
                    table="prevention_trainingrow",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingrow",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_trainingrowhistory" ("id", "training_list_id", "number", "name", "reference", "agency_id", "role", "outcome", "why", "was", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."training_list_id", NEW."number", NEW."name", NEW."reference", NEW."agency_id", NEW."role", NEW."outcome", NEW."why", NEW."was", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="adeef4f4ce407cb61e73ec27e1981d4cd79eda36",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_585e8",
                    table="prevention_trainingrow",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingrow",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_trainingrowhistory" ("id", "training_list_id", "number", "name", "reference", "agency_id", "role", "outcome", "why", "was", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."training_list_id", OLD."number", OLD."name", OLD."reference", OLD."agency_id", OLD."role", OLD."outcome", OLD."why", OLD."was", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="28663d3adc039bfb55366f2cc6a84cb647a7cfd4",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_351cc",
                    table="prevention_trainingrow",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendancehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="8f254ffcc633f24a1982bee568fb1f6966fb1794",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_11769",
                    table="prevention_attendancehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_attendancehistory" ("id", "session_id", "learner_id", "recorded_by_id", "recorded_at", "came_with_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."session_id", NEW."learner_id", NEW."recorded_by_id", NEW."recorded_at", NEW."came_with_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="e3dd47cc697100b8ea9e632d58b07a20204d9b22",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_db630",
                    table="prevention_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_attendancehistory" ("id", "session_id", "learner_id", "recorded_by_id", "recorded_at", "came_with_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."session_id", NEW."learner_id", NEW."recorded_by_id", NEW."recorded_at", NEW."came_with_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="7e32ad504362eaf4582d013d22d271786b60796a",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_a29e3",
                    table="prevention_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_attendancehistory" ("id", "session_id", "learner_id", "recorded_by_id", "recorded_at", "came_with_id", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."session_id", OLD."learner_id", OLD."recorded_by_id", OLD."recorded_at", OLD."came_with_id", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="26e98bccdecbadfde71bdd6b5c675e58025a9dea",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_10630",
                    table="prevention_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingrowhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="5b9d8f7ad176d64a71f5d1fdbe6383651dd6f597",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_20568",
                    table="prevention_trainingrowhistory",
                    when="BEFORE",
                ),
            ),
        ),
    ]
