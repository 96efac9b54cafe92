"""Committees, their meetings, and what follows from them."""

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
        ("accounts", "__first__"),
        ("people", "0013_tries_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommitteeHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("lscb", "Local Safeguarding Children Board"),
                            ("semt", "Sexual Exploitation, Missing and Trafficked Committee"),
                            ("cmog", "CSE and Missing Operational Group"),
                        ],
                        max_length=4,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("meets_every_months", models.PositiveSmallIntegerField()),
                ("review_by", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_committee_of")],
            },
        ),
        migrations.CreateModel(
            name="MonthlyUpdate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(unique=True)),
                (
                    "state",
                    models.CharField(choices=[("draft", "Draft"), ("agreed", "Agreed")], default="draft", max_length=6),
                ),
                ("children", models.TextField(blank=True)),
                ("concerns", models.TextField(blank=True)),
                ("themes", models.TextField(blank=True)),
                ("barriers", models.TextField(blank=True)),
                ("issues", models.TextField(blank=True)),
                ("actions", models.TextField(blank=True)),
                ("attendance", models.TextField(blank=True)),
                ("asks", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at", None), ("agreed_by", None), ("state", "draft")),
                            models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False), ("state", "agreed")),
                            _connector="OR",
                        ),
                        name="update_agreed_by_somebody",
                    ),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="update_of_a_month"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthlyUpdateHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("month", models.DateField()),
                (
                    "state",
                    models.CharField(choices=[("draft", "Draft"), ("agreed", "Agreed")], default="draft", max_length=6),
                ),
                ("children", models.TextField(blank=True)),
                ("concerns", models.TextField(blank=True)),
                ("themes", models.TextField(blank=True)),
                ("barriers", models.TextField(blank=True)),
                ("issues", models.TextField(blank=True)),
                ("actions", models.TextField(blank=True)),
                ("attendance", models.TextField(blank=True)),
                ("asks", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agreed_by",
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
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_monthlyupdate_of")],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("case_audit", "Case audit"), ("learning_review", "Learning review")], max_length=15
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("looked_at", models.TextField()),
                ("began_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                ("summary", models.TextField(blank=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
            ],
            options={
                "indexes": [models.Index(fields=["-began_on", "-id"], name="review_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_on", None), ("summary", "")),
                            models.Q(
                                ("finished_on__gte", models.F("began_on")), models.Q(("summary", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="review_finished_with_a_summary",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("case_audit", "Case audit"), ("learning_review", "Learning review")], max_length=15
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("looked_at", models.TextField()),
                ("began_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                ("summary", models.TextField(blank=True)),
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
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_review_of")],
            },
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("lscb", "Local Safeguarding Children Board"),
                            ("semt", "Sexual Exploitation, Missing and Trafficked Committee"),
                            ("cmog", "CSE and Missing Operational Group"),
                        ],
                        max_length=4,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("meets_every_months", models.PositiveSmallIntegerField()),
                ("review_by", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("meets_every_months__gte", 1), ("meets_every_months__lte", 12)),
                        name="committee_meets_each_year",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("what_changed", models.TextField(blank=True)),
                ("changed_on", models.DateField(blank=True, null=True)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="governance.review"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("review", "number"), name="finding_numbered_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("changed_on", None), ("what_changed", "")),
                            models.Q(("changed_on__isnull", False), models.Q(("what_changed", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="finding_changed_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("what_changed", models.TextField(blank=True)),
                ("changed_on", models.DateField(blank=True, null=True)),
                (
                    "review",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.review",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_finding_of")],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField()),
                ("begins", models.TimeField()),
                ("place", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("agreed", "Minutes agreed"), ("cancelled", "Cancelled")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("cancelled_reason", models.CharField(blank=True, max_length=300)),
                ("attended_at", models.DateTimeField(blank=True, null=True)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("children_listed", models.PositiveIntegerField(blank=True, null=True)),
                ("children_discussed", models.PositiveIntegerField(blank=True, null=True)),
                ("children_stepped_down", models.PositiveIntegerField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="governance.committee"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["committee", "-held_on"], name="meeting_of_committee")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("committee", "held_on"),
                        name="meeting_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "cancelled"), ("cancelled_reason", ""), _connector="XOR"),
                        name="meeting_cancelled_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "agreed"), _negated=True),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("agreed_by__isnull", False),
                                ("attended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_agreed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("held_on", models.DateField()),
                ("begins", models.TimeField()),
                ("place", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("agreed", "Minutes agreed"), ("cancelled", "Cancelled")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("cancelled_reason", models.CharField(blank=True, max_length=300)),
                ("attended_at", models.DateTimeField(blank=True, null=True)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("children_listed", models.PositiveIntegerField(blank=True, null=True)),
                ("children_discussed", models.PositiveIntegerField(blank=True, null=True)),
                ("children_stepped_down", models.PositiveIntegerField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agreed_by",
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
                    "committee",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.committee",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_meeting_of")],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("deputy", models.CharField(blank=True, max_length=120)),
                ("is_chair", models.BooleanField(default=False)),
                ("since_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="governance.committee"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_chair", True), ("until_on", None)),
                        fields=("committee",),
                        name="member_one_chair",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on", None)),
                        fields=("committee", "agency", "name"),
                        name="member_seated_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None), ("until_on__gte", models.F("since_on")), _connector="OR"
                        ),
                        name="member_leaves_after_joining",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("deputy", models.CharField(blank=True, max_length=120)),
                ("is_chair", models.BooleanField(default=False)),
                ("since_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
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
                    "committee",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.committee",
                    ),
                ),
                (
                    "person",
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
                "indexes": [models.Index(fields=["id"], name="governanc_member_of")],
            },
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("what_changed", models.CharField(blank=True, max_length=300)),
                ("published_at", models.DateTimeField()),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="governance.committee"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("committee", "number"), name="terms_numbered_once")],
            },
        ),
        migrations.CreateModel(
            name="TermsHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("what_changed", models.CharField(blank=True, max_length=300)),
                ("published_at", models.DateTimeField()),
                (
                    "committee",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.committee",
                    ),
                ),
                (
                    "published_by",
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
                "indexes": [models.Index(fields=["id"], name="governanc_terms_of")],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("Y", "Attended"),
                            ("D", "Sent a deputy"),
                            ("A", "Sent an apology"),
                            ("N", "Did not attend"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="governance.meeting"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="governance.member"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "member"), name="attendance_once_a_meeting")
                ],
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
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("Y", "Attended"),
                            ("D", "Sent a deputy"),
                            ("A", "Sent an apology"),
                            ("N", "Did not attend"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.member",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_attendance_of")],
            },
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person of concern"),
                            ("location", "Location of concern"),
                            ("group", "Group"),
                            ("investigation", "Local investigation"),
                        ],
                        max_length=13,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("tabled_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("how_closed", models.CharField(blank=True, max_length=300)),
                (
                    "tabled_at",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="concerns", to="governance.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("how_closed", "")),
                            models.Q(
                                ("closed_on__gte", models.F("tabled_on")), models.Q(("how_closed", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="concern_closed_somehow",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConcernHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person of concern"),
                            ("location", "Location of concern"),
                            ("group", "Group"),
                            ("investigation", "Local investigation"),
                        ],
                        max_length=13,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("tabled_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("how_closed", models.CharField(blank=True, max_length=300)),
                (
                    "tabled_at",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_concern_of")],
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "No current risk"), (1, "At risk"), (2, "Significant"), (3, "Serious")],
                        null=True,
                    ),
                ),
                ("said", models.TextField()),
                (
                    "decided",
                    models.CharField(
                        choices=[
                            ("stays", "The child stays on the list"),
                            ("steps_down", "The child is stepped down from the list"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("stepped_down_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="discussions", to="people.child"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="discussions", to="governance.meeting"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["child", "-recorded_at"], name="discussion_of_child")],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "child"), name="discussion_once_a_meeting"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided", "stays"), ("stepped_down_at", None)),
                            models.Q(("decided", "steps_down"), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="discussion_steps_down_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiscussionHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "No current risk"), (1, "At risk"), (2, "Significant"), (3, "Serious")],
                        null=True,
                    ),
                ),
                ("said", models.TextField()),
                (
                    "decided",
                    models.CharField(
                        choices=[
                            ("stays", "The child stays on the list"),
                            ("steps_down", "The child is stepped down from the list"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("stepped_down_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.child",
                    ),
                ),
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
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_discussion_of")],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("raised", "Raised with the LSCB"),
                            ("accepted", "Accepted by the LSCB"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                            ("set_aside", "Set aside"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("what", models.CharField(max_length=300)),
                ("evidence", models.TextField()),
                ("ask", models.TextField(blank=True)),
                ("answer", models.TextField(blank=True)),
                ("outcome", models.TextField(blank=True)),
                ("proposed_on", models.DateField()),
                ("raised_on", models.DateField(blank=True, null=True)),
                ("accepted_on", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
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
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="governance.committee",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "after",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["closed", "set_aside"]), _negated=True),
                        fields=("committee", "agency"),
                        name="escalation_one_open_per_agency",
                    ),
                    models.UniqueConstraint(fields=("agency", "after"), name="escalation_proposed_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "set_aside"]),
                            models.Q(
                                ("raised_by__isnull", False),
                                ("raised_on__isnull", False),
                                models.Q(("ask", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="escalation_raised_with_an_ask",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["answered", "closed"]), _negated=True),
                            models.Q(("answered_on__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="escalation_answered_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["closed", "set_aside"]), _negated=True),
                            models.Q(("ended_on__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="escalation_ended_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EscalationHistory",
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
                            ("proposed", "Proposed"),
                            ("raised", "Raised with the LSCB"),
                            ("accepted", "Accepted by the LSCB"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                            ("set_aside", "Set aside"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("what", models.CharField(max_length=300)),
                ("evidence", models.TextField()),
                ("ask", models.TextField(blank=True)),
                ("answer", models.TextField(blank=True)),
                ("outcome", models.TextField(blank=True)),
                ("proposed_on", models.DateField()),
                ("raised_on", models.DateField(blank=True, null=True)),
                ("accepted_on", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
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
                    "committee",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.committee",
                    ),
                ),
                (
                    "raised_by",
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
                    "after",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_escalation_of")],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("apologies", "Apologies, and whether enough agencies are there"),
                            ("last_minutes", "Minutes of the last meeting, and actions that are still open"),
                            ("cmog_update", "Update report from CMOG"),
                            ("plan", "Review of the delivery plan"),
                            ("children", "Children on the list"),
                            ("concerns", "Persons and locations of concern"),
                            ("investigations", "Groups and local investigations (police)"),
                            ("themes", "Themes, barriers and operational issues"),
                            ("escalations", "Escalations"),
                            ("report", "Quarterly report of SEMT’s chair"),
                        ],
                        max_length=14,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.TextField(blank=True)),
                ("decision", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="governance.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="item_numbered_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("subject", ""), _negated=True),
                        fields=("meeting", "subject"),
                        name="item_standing_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), ("withdrawn_at", None), _connector="OR"),
                        name="item_standing_is_not_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject", ""), _negated=True), ("proposed_by__isnull", False), _connector="OR"
                        ),
                        name="item_standing_or_proposed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("apologies", "Apologies, and whether enough agencies are there"),
                            ("last_minutes", "Minutes of the last meeting, and actions that are still open"),
                            ("cmog_update", "Update report from CMOG"),
                            ("plan", "Review of the delivery plan"),
                            ("children", "Children on the list"),
                            ("concerns", "Persons and locations of concern"),
                            ("investigations", "Groups and local investigations (police)"),
                            ("themes", "Themes, barriers and operational issues"),
                            ("escalations", "Escalations"),
                            ("report", "Quarterly report of SEMT’s chair"),
                        ],
                        max_length=14,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.TextField(blank=True)),
                ("decision", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "proposed_by",
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
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_item_of")],
            },
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("theme", "Theme"), ("barrier", "Barrier"), ("issue", "Operational issue")],
                        max_length=7,
                    ),
                ),
                ("text", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="matters", to="governance.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MatterHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("theme", "Theme"), ("barrier", "Barrier"), ("issue", "Operational issue")],
                        max_length=7,
                    ),
                ),
                ("text", models.TextField()),
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
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_matter_of")],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.TextField()),
                ("due_on", models.DateField()),
                ("added_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                ("outcome", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_actions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="governance.meeting"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("finished_on", None)), fields=["due_on", "id"], name="meeting_action_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_on", None), ("outcome", "")),
                            models.Q(
                                ("finished_on__gte", models.F("added_on")), models.Q(("outcome", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="meeting_action_finished_somehow",
                    )
                ],
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
                ("what", models.TextField()),
                ("due_on", models.DateField()),
                ("added_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                ("outcome", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
                (
                    "owner",
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
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_action_of")],
            },
        ),
        migrations.CreateModel(
            name="ConcernNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="governance.concern"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concern_notes",
                        to="governance.meeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConcernNoteHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("text", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "concern",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.concern",
                    ),
                ),
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
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_concernnote_of")],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="governance.item"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("link", ""), ("text", ""), _negated=True), name="paper_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("added_at", models.DateTimeField()),
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
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.item",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="governanc_paper_of")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="committee",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_committeehistory" ("id", "body", "name", "meets_every_months", "review_by", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."body", NEW."name", NEW."meets_every_months", NEW."review_by", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="e968ae8842502fe782a87b0bcca61bb96a0fbc25",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_6fd8a",
                    table="governance_committee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="committee",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_committeehistory" ("id", "body", "name", "meets_every_months", "review_by", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."body", NEW."name", NEW."meets_every_months", NEW."review_by", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="dd418aacf93034821a87d3eaf8d9d0fed9c9f86b",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_d44b6",
                    table="governance_committee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="committee",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_committeehistory" ("id", "body", "name", "meets_every_months", "review_by", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."body", OLD."name", OLD."meets_every_months", OLD."review_by", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="77e550431741042da47b2a6255c4d307628da656",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_f2810",
                    table="governance_committee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="committeehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="2c236c4f46e5b6f1db14d16c90380b8504133221",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_1888f",
                    table="governance_committeehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_meetinghistory" ("id", "committee_id", "held_on", "begins", "place", "state", "cancelled_reason", "attended_at", "agreed_at", "agreed_by_id", "children_listed", "children_discussed", "children_stepped_down", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."committee_id", NEW."held_on", NEW."begins", NEW."place", NEW."state", NEW."cancelled_reason", NEW."attended_at", NEW."agreed_at", NEW."agreed_by_id", NEW."children_listed", NEW."children_discussed", NEW."children_stepped_down", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="0b29bb72f0394da2038a5af3b61334f8617ab9e1",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_840b9",
                    table="governance_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_meetinghistory" ("id", "committee_id", "held_on", "begins", "place", "state", "cancelled_reason", "attended_at", "agreed_at", "agreed_by_id", "children_listed", "children_discussed", "children_stepped_down", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."committee_id", NEW."held_on", NEW."begins", NEW."place", NEW."state", NEW."cancelled_reason", NEW."attended_at", NEW."agreed_at", NEW."agreed_by_id", NEW."children_listed", NEW."children_discussed", NEW."children_stepped_down", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="aa6bb93c9bf48081cba2ad7d539c68a9ef5bf9dd",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_39ef2",
                    table="governance_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_meetinghistory" ("id", "committee_id", "held_on", "begins", "place", "state", "cancelled_reason", "attended_at", "agreed_at", "agreed_by_id", "children_listed", "children_discussed", "children_stepped_down", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."committee_id", OLD."held_on", OLD."begins", OLD."place", OLD."state", OLD."cancelled_reason", OLD."attended_at", OLD."agreed_at", OLD."agreed_by_id", OLD."children_listed", OLD."children_discussed", OLD."children_stepped_down", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="9202af0d81cf45f0079a6953a09027cc332309d8",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_b68e9",
                    table="governance_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="matterhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="5ad2556461838da380d43c383ab7d248ea179377",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_597a9",
                    table="governance_matterhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="matter",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_matterhistory" ("id", "meeting_id", "kind", "text", "recorded_by_id", "recorded_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."meeting_id", NEW."kind", NEW."text", NEW."recorded_by_id", NEW."recorded_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="efb03adf8c8027908041c67867a9e439c7825036",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_5daee",
                    table="governance_matter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="matter",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_matterhistory" ("id", "meeting_id", "kind", "text", "recorded_by_id", "recorded_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."meeting_id", NEW."kind", NEW."text", NEW."recorded_by_id", NEW."recorded_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="c94150dff1dc653e51217c679cd6cdd4d6f02455",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_bbdc7",
                    table="governance_matter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="matter",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_matterhistory" ("id", "meeting_id", "kind", "text", "recorded_by_id", "recorded_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."meeting_id", OLD."kind", OLD."text", OLD."recorded_by_id", OLD."recorded_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="303c1aceec46a105622170b65ef4afe936d277f6",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_0336d",
                    table="governance_matter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="itemhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="e944df188545421761db10ba3587d649326bd5f3",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_5b404",
                    table="governance_itemhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_itemhistory" ("id", "meeting_id", "number", "subject", "title", "proposed_by_id", "withdrawn_at", "minutes", "decision", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."meeting_id", NEW."number", NEW."subject", NEW."title", NEW."proposed_by_id", NEW."withdrawn_at", NEW."minutes", NEW."decision", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="6efbc282f98172265ffe2e510ab5a9dfe6a644d0",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_03024",
                    table="governance_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_itemhistory" ("id", "meeting_id", "number", "subject", "title", "proposed_by_id", "withdrawn_at", "minutes", "decision", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."meeting_id", NEW."number", NEW."subject", NEW."title", NEW."proposed_by_id", NEW."withdrawn_at", NEW."minutes", NEW."decision", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="4a4791fbcd6c9b5df53e689101fd845bb2364756",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_57a1c",
                    table="governance_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_itemhistory" ("id", "meeting_id", "number", "subject", "title", "proposed_by_id", "withdrawn_at", "minutes", "decision", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."meeting_id", OLD."number", OLD."subject", OLD."title", OLD."proposed_by_id", OLD."withdrawn_at", OLD."minutes", OLD."decision", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="cfa89cd6c6193682674a68b53c73d18684d443eb",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_77841",
                    table="governance_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="escalationhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="2bc673a65f105ce06984dc8bc323cdb38c3f4be5",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_b7889",
                    table="governance_escalationhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="escalation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_escalationhistory" ("id", "committee_id", "agency_id", "after_id", "state", "what", "evidence", "ask", "answer", "outcome", "proposed_on", "raised_on", "raised_by_id", "accepted_on", "answered_on", "ended_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."committee_id", NEW."agency_id", NEW."after_id", NEW."state", NEW."what", NEW."evidence", NEW."ask", NEW."answer", NEW."outcome", NEW."proposed_on", NEW."raised_on", NEW."raised_by_id", NEW."accepted_on", NEW."answered_on", NEW."ended_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="7c121ec4e873180f70001585f831125955200806",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_c18a6",
                    table="governance_escalation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="escalation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_escalationhistory" ("id", "committee_id", "agency_id", "after_id", "state", "what", "evidence", "ask", "answer", "outcome", "proposed_on", "raised_on", "raised_by_id", "accepted_on", "answered_on", "ended_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."committee_id", NEW."agency_id", NEW."after_id", NEW."state", NEW."what", NEW."evidence", NEW."ask", NEW."answer", NEW."outcome", NEW."proposed_on", NEW."raised_on", NEW."raised_by_id", NEW."accepted_on", NEW."answered_on", NEW."ended_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="46879b02ce0471b439333181e676c9964691c63c",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_34220",
                    table="governance_escalation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="escalation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_escalationhistory" ("id", "committee_id", "agency_id", "after_id", "state", "what", "evidence", "ask", "answer", "outcome", "proposed_on", "raised_on", "raised_by_id", "accepted_on", "answered_on", "ended_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."committee_id", OLD."agency_id", OLD."after_id", OLD."state", OLD."what", OLD."evidence", OLD."ask", OLD."answer", OLD."outcome", OLD."proposed_on", OLD."raised_on", OLD."raised_by_id", OLD."accepted_on", OLD."answered_on", OLD."ended_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="6cf021dbd6917ac938dec3885231256b051d5dc2",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_98b62",
                    table="governance_escalation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="65696498cbcc354c9d085fda184a0583ef87853d",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_19a8d",
                    table="governance_discussionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_discussionhistory" ("id", "meeting_id", "child_id", "level", "said", "decided", "reason", "recorded_by_id", "recorded_at", "stepped_down_at", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."meeting_id", NEW."child_id", NEW."level", NEW."said", NEW."decided", NEW."reason", NEW."recorded_by_id", NEW."recorded_at", NEW."stepped_down_at", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="0a000ea31ddc5d46262387ea66d408be788dc9c2",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_de71e",
                    table="governance_discussion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_discussionhistory" ("id", "meeting_id", "child_id", "level", "said", "decided", "reason", "recorded_by_id", "recorded_at", "stepped_down_at", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."meeting_id", NEW."child_id", NEW."level", NEW."said", NEW."decided", NEW."reason", NEW."recorded_by_id", NEW."recorded_at", NEW."stepped_down_at", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="937f7f4566976fe323973df3f19bb84f8481c057",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_61cd6",
                    table="governance_discussion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_discussionhistory" ("id", "meeting_id", "child_id", "level", "said", "decided", "reason", "recorded_by_id", "recorded_at", "stepped_down_at", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."meeting_id", OLD."child_id", OLD."level", OLD."said", OLD."decided", OLD."reason", OLD."recorded_by_id", OLD."recorded_at", OLD."stepped_down_at", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="de68c740fe0ba338caa3b3a3c95737cda2f7fb90",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_41667",
                    table="governance_discussion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernnotehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="322e473a13b64a527103729953dc1b78bf009d4e",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_364f9",
                    table="governance_concernnotehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernnote",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_concernnotehistory" ("id", "concern_id", "meeting_id", "text", "recorded_by_id", "recorded_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."concern_id", NEW."meeting_id", NEW."text", NEW."recorded_by_id", NEW."recorded_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="d2764e27bba9bf231954845bb364d1c5ec9ce0b8",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_23daa",
                    table="governance_concernnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernnote",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_concernnotehistory" ("id", "concern_id", "meeting_id", "text", "recorded_by_id", "recorded_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."concern_id", NEW."meeting_id", NEW."text", NEW."recorded_by_id", NEW."recorded_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="36a289a43879b46cdcec196bafeb37a23d8b74fa",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_cb910",
                    table="governance_concernnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernnote",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_concernnotehistory" ("id", "concern_id", "meeting_id", "text", "recorded_by_id", "recorded_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."concern_id", OLD."meeting_id", OLD."text", OLD."recorded_by_id", OLD."recorded_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="345527062671f4b244fa8c42ae599468019e1875",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_ff722",
                    table="governance_concernnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="be5e0166e286a2318afd5e39aa8050b96a013a34",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_a97f4",
                    table="governance_concernhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concern",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_concernhistory" ("id", "kind", "title", "tabled_at_id", "tabled_on", "closed_on", "how_closed", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."kind", NEW."title", NEW."tabled_at_id", NEW."tabled_on", NEW."closed_on", NEW."how_closed", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="d99ee8e6ad6dff4e349d1c6e0c195ed203832989",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_de66c",
                    table="governance_concern",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concern",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_concernhistory" ("id", "kind", "title", "tabled_at_id", "tabled_on", "closed_on", "how_closed", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."kind", NEW."title", NEW."tabled_at_id", NEW."tabled_on", NEW."closed_on", NEW."how_closed", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="64f1ab2f0a8cd843b5e7e6990e6efd388b81a2e4",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_f533d",
                    table="governance_concern",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concern",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_concernhistory" ("id", "kind", "title", "tabled_at_id", "tabled_on", "closed_on", "how_closed", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."kind", OLD."title", OLD."tabled_at_id", OLD."tabled_on", OLD."closed_on", OLD."how_closed", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="214fade3b2860090efd7f4fd9f8409a2f8b6f34b",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_5fc92",
                    table="governance_concern",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="2325ec23c4c0aeecb53ecfa530060395fcde8fe8",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_e2c05",
                    table="governance_actionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="action",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_actionhistory" ("id", "meeting_id", "what", "owner_id", "due_on", "added_by_id", "added_on", "finished_on", "outcome", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."meeting_id", NEW."what", NEW."owner_id", NEW."due_on", NEW."added_by_id", NEW."added_on", NEW."finished_on", NEW."outcome", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="17b6d0d6de2967474fd3f1689b5140a840eeb7ce",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_46411",
                    table="governance_action",
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
                    func='INSERT INTO public."governance_actionhistory" ("id", "meeting_id", "what", "owner_id", "due_on", "added_by_id", "added_on", "finished_on", "outcome", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."meeting_id", NEW."what", NEW."owner_id", NEW."due_on", NEW."added_by_id", NEW."added_on", NEW."finished_on", NEW."outcome", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="88b020db64e3a105ca3c9e4a90a1740eb953570b",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_6f240",
                    table="governance_action",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="action",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_actionhistory" ("id", "meeting_id", "what", "owner_id", "due_on", "added_by_id", "added_on", "finished_on", "outcome", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."meeting_id", OLD."what", OLD."owner_id", OLD."due_on", OLD."added_by_id", OLD."added_on", OLD."finished_on", OLD."outcome", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="6c9968a7dd7a6db9e8a6095281a2ae0411f8601b",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_81a92",
                    table="governance_action",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetinghistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="8d298d216c9701f8f98979de8b863fad18d4d54a",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_9f7c3",
                    table="governance_meetinghistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="member",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_memberhistory" ("id", "committee_id", "agency_id", "name", "person_id", "deputy", "is_chair", "since_on", "until_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."committee_id", NEW."agency_id", NEW."name", NEW."person_id", NEW."deputy", NEW."is_chair", NEW."since_on", NEW."until_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="e12c1c281a13a4e85f23e75e998c640451187293",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_e3775",
                    table="governance_member",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="member",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_memberhistory" ("id", "committee_id", "agency_id", "name", "person_id", "deputy", "is_chair", "since_on", "until_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."committee_id", NEW."agency_id", NEW."name", NEW."person_id", NEW."deputy", NEW."is_chair", NEW."since_on", NEW."until_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="984bdf24f441a77366157268141edbb24106ef12",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_41c54",
                    table="governance_member",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="member",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_memberhistory" ("id", "committee_id", "agency_id", "name", "person_id", "deputy", "is_chair", "since_on", "until_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."committee_id", OLD."agency_id", OLD."name", OLD."person_id", OLD."deputy", OLD."is_chair", OLD."since_on", OLD."until_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="1da061fb145dff110bd18f1cf5f259a8ddc9d58a",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_08fd7",
                    table="governance_member",
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
                    hash="dd60942eca6dd31a3058e6862168cc1a163529c9",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_43a89",
                    table="governance_attendancehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_attendancehistory" ("id", "meeting_id", "member_id", "code", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."meeting_id", NEW."member_id", NEW."code", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="7e4649e9c50cd27b920f59ded17bfe52d34f7b5c",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_69d88",
                    table="governance_attendance",
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
                    func='INSERT INTO public."governance_attendancehistory" ("id", "meeting_id", "member_id", "code", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."meeting_id", NEW."member_id", NEW."code", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="71cd0b0d7b0161d6e3f8ed3a67f9339364918bfd",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_60e70",
                    table="governance_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_attendancehistory" ("id", "meeting_id", "member_id", "code", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."meeting_id", OLD."member_id", OLD."code", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="5d7be843921757ca39266ee9e6c20d7f7f39ca62",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_47f62",
                    table="governance_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="memberhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="94f7d75686edb76481f1334bb2ecb5fa1ad90207",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_1cb40",
                    table="governance_memberhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="monthlyupdate",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_monthlyupdatehistory" ("id", "month", "state", "children", "concerns", "themes", "barriers", "issues", "actions", "attendance", "asks", "drafted_by_id", "changed_at", "agreed_at", "agreed_by_id", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."month", NEW."state", NEW."children", NEW."concerns", NEW."themes", NEW."barriers", NEW."issues", NEW."actions", NEW."attendance", NEW."asks", NEW."drafted_by_id", NEW."changed_at", NEW."agreed_at", NEW."agreed_by_id", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="945033e5d79c61123d0609fbe783edfd9cfbb0bf",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_6fa1a",
                    table="governance_monthlyupdate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="monthlyupdate",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_monthlyupdatehistory" ("id", "month", "state", "children", "concerns", "themes", "barriers", "issues", "actions", "attendance", "asks", "drafted_by_id", "changed_at", "agreed_at", "agreed_by_id", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."month", NEW."state", NEW."children", NEW."concerns", NEW."themes", NEW."barriers", NEW."issues", NEW."actions", NEW."attendance", NEW."asks", NEW."drafted_by_id", NEW."changed_at", NEW."agreed_at", NEW."agreed_by_id", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="d27cff5896dba0b7e8e53a53c9e6a9140a1ebe37",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_331e5",
                    table="governance_monthlyupdate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="monthlyupdate",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_monthlyupdatehistory" ("id", "month", "state", "children", "concerns", "themes", "barriers", "issues", "actions", "attendance", "asks", "drafted_by_id", "changed_at", "agreed_at", "agreed_by_id", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."month", OLD."state", OLD."children", OLD."concerns", OLD."themes", OLD."barriers", OLD."issues", OLD."actions", OLD."attendance", OLD."asks", OLD."drafted_by_id", OLD."changed_at", OLD."agreed_at", OLD."agreed_by_id", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="d8689cbdd75f192abea95fc14cd4b13332bcef7d",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_86387",
                    table="governance_monthlyupdate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="monthlyupdatehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="bd5491c63cb576223a3ea5d45ba8a989b695fdf9",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_5fe4a",
                    table="governance_monthlyupdatehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_paperhistory" ("id", "item_id", "title", "text", "link", "added_by_id", "added_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."item_id", NEW."title", NEW."text", NEW."link", NEW."added_by_id", NEW."added_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="4b16d009df879f2c1a47762948d1dc4a0efceef6",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_28dc5",
                    table="governance_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_paperhistory" ("id", "item_id", "title", "text", "link", "added_by_id", "added_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."item_id", NEW."title", NEW."text", NEW."link", NEW."added_by_id", NEW."added_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="563d25694e34bd26604f6563ade0cecfdd35350b",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_5622a",
                    table="governance_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_paperhistory" ("id", "item_id", "title", "text", "link", "added_by_id", "added_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."item_id", OLD."title", OLD."text", OLD."link", OLD."added_by_id", OLD."added_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="7dd0502476e98fdae771b7fd07a6e8bceec6c3ce",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_4cebf",
                    table="governance_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="29413d1ec4963901fd31bcd343737d45eba3e1da",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_7efa0",
                    table="governance_paperhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_reviewhistory" ("id", "kind", "title", "agency_id", "looked_at", "began_on", "added_by_id", "finished_on", "summary", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."kind", NEW."title", NEW."agency_id", NEW."looked_at", NEW."began_on", NEW."added_by_id", NEW."finished_on", NEW."summary", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="25a2b07ee291da1e1253beebc1f347d5b64c04ec",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_30458",
                    table="governance_review",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_reviewhistory" ("id", "kind", "title", "agency_id", "looked_at", "began_on", "added_by_id", "finished_on", "summary", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."kind", NEW."title", NEW."agency_id", NEW."looked_at", NEW."began_on", NEW."added_by_id", NEW."finished_on", NEW."summary", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="bac332f936c70dfb3f2d17b2a27c7c7fd328ba14",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_fa5a7",
                    table="governance_review",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_reviewhistory" ("id", "kind", "title", "agency_id", "looked_at", "began_on", "added_by_id", "finished_on", "summary", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."kind", OLD."title", OLD."agency_id", OLD."looked_at", OLD."began_on", OLD."added_by_id", OLD."finished_on", OLD."summary", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="f464075c79719683ba8c1b59ea743e3082869578",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_371f8",
                    table="governance_review",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="findinghistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="8167cb18711117f39d856a1f10e9a5727225226a",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_55728",
                    table="governance_findinghistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_findinghistory" ("id", "review_id", "number", "text", "what_changed", "changed_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."review_id", NEW."number", NEW."text", NEW."what_changed", NEW."changed_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="db79621719f3b6d8421e4a4e1a3fd91524df6fbb",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_3c9f2",
                    table="governance_finding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_findinghistory" ("id", "review_id", "number", "text", "what_changed", "changed_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."review_id", NEW."number", NEW."text", NEW."what_changed", NEW."changed_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="f469a63d6667a585e39788f1e2468390c86ace43",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_0fc71",
                    table="governance_finding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_findinghistory" ("id", "review_id", "number", "text", "what_changed", "changed_on", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."review_id", OLD."number", OLD."text", OLD."what_changed", OLD."changed_on", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="6940f3da329508d310d57c0b7eb36d857dde44e1",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_52394",
                    table="governance_finding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="52efe064d1e0e0d589f844b0041ec692636d3599",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_47043",
                    table="governance_reviewhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="terms",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_termshistory" ("id", "committee_id", "number", "text", "what_changed", "published_by_id", "published_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."committee_id", NEW."number", NEW."text", NEW."what_changed", NEW."published_by_id", NEW."published_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="e7a97943281ec1c56e43084703e02982ec7e2232",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_2095f",
                    table="governance_terms",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="terms",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."governance_termshistory" ("id", "committee_id", "number", "text", "what_changed", "published_by_id", "published_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."committee_id", NEW."number", NEW."text", NEW."what_changed", NEW."published_by_id", NEW."published_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="efbf997c69b60c56526740db0675bca024a3e112",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_66233",
                    table="governance_terms",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="terms",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."governance_termshistory" ("id", "committee_id", "number", "text", "what_changed", "published_by_id", "published_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."committee_id", OLD."number", OLD."text", OLD."what_changed", OLD."published_by_id", OLD."published_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="0da8c98a822d174d5855a61a10f5e6dc0c1a0209",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_3e2d6",
                    table="governance_terms",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termshistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="598dd2b99680f325e45ba8893202eb9edac2e069",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_ee40e",
                    table="governance_termshistory",
                    when="BEFORE",
                ),
            ),
        ),
    ]
