"""Deadlines say when they fall next, notices are passed on, people are away, and the sweep leaves a heartbeat."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_daily_digest"),
        ("deadlines", "0004_count_unread_notices_by_index"),
        ("people", "0006_list_of_records_to_match"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("beat_at", models.DateTimeField()),
                ("skew_seconds", models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was_started_at", models.DateTimeField()),
                ("was_due_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="stage",
            name="stage_once",
        ),
        migrations.RemoveIndex(
            model_name="notice",
            name="notice_to_send",
        ),
        migrations.AddField(
            model_name="deadline",
            name="next_fire_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="deadline",
            name="recorded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="deadline",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="deadlines.deadline",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="escalate_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="in_digest",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="notice",
            name="passed_on_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="stage",
            name="late",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="stage",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="deadline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mash_decision", "Decide and tell the referrer"),
                    ("referral_red", "Act on a RED referral"),
                    ("referral_amber", "Act on an AMBER referral"),
                    ("referral_green", "Act on a GREEN referral"),
                    ("countersignature", "Countersign a lower judgement"),
                    ("review_serious", "Review a SERIOUS screening"),
                    ("review_significant", "Review a SIGNIFICANT screening"),
                    ("review_at_risk", "Review an AT RISK screening"),
                    ("initial_conference", "Hold the initial child protection conference"),
                    ("assessment", "Complete the assessment"),
                    ("return_interview", "Hold the return interview"),
                    ("tell_responsible", "Tell the responsible authority"),
                    ("tell_host", "Tell the host authority"),
                    ("interview_action", "Do what the return interview asked for"),
                    ("share_acknowledgement", "Acknowledge what was shared with you"),
                    ("screening_due", "Screen a child who keeps going missing"),
                    ("strategy_meeting", "Hold a strategy meeting on a child who keeps going missing"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("next_fire_at", None), _negated=True),
                fields=["next_fire_at"],
                name="deadline_to_fire",
            ),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("met_at", None), ("voided_at", None)),
                fields=["child"],
                name="deadline_open_by_child",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("in_digest", False), ("sent_at", None)), fields=["id"], name="notice_to_send"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("in_digest", True), ("sent_at", None)),
                fields=["recipient", "created_at"],
                name="notice_in_digest",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at", None), models.Q(("escalate_at", None), _negated=True)),
                fields=["escalate_at"],
                name="notice_to_escalate",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("deadline", None), _negated=True), fields=["deadline"], name="notice_deadline"
            ),
        ),
        migrations.AddIndex(
            model_name="stage",
            index=models.Index(condition=models.Q(("name", "breach")), fields=["noticed_at"], name="stage_breaches"),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("met_at", None), ("voided_at", None)), ("next_fire_at", None), _connector="OR"
                ),
                name="deadline_closed_fires_no_more",
            ),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)), fields=("deadline", "name"), name="stage_once"
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="delegate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stands_in",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="absences", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="deadline",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="deadlines.deadline"
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="moved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(fields=["person", "ends_at"], name="absence_by_person"),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="absence_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delegate", None), models.Q(("delegate", models.F("person")), _negated=True), _connector="OR"
                ),
                name="absence_delegate_is_another",
            ),
        ),
    ]
