"""Missing episodes, return interviews, what was shared and who was told."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import missing.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_daily_digest"),
        ("people", "0006_list_of_records_to_match"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Episode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "episode_type",
                    models.CharField(
                        choices=[("M", "Missing"), ("A", "Away from placement without authorisation")],
                        default="M",
                        max_length=1,
                    ),
                ),
                (
                    "responsible_authority",
                    models.CharField(
                        choices=[
                            ("336", "Wolverhampton"),
                            ("330", "Birmingham"),
                            ("332", "Dudley"),
                            ("333", "Sandwell"),
                            ("335", "Walsall"),
                            ("860", "Staffordshire"),
                            ("893", "Shropshire"),
                            ("894", "Telford and Wrekin"),
                            ("999", "Another authority"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "host_authority",
                    models.CharField(
                        choices=[
                            ("336", "Wolverhampton"),
                            ("330", "Birmingham"),
                            ("332", "Dudley"),
                            ("333", "Sandwell"),
                            ("335", "Walsall"),
                            ("860", "Staffordshire"),
                            ("893", "Shropshire"),
                            ("894", "Telford and Wrekin"),
                            ("999", "Another authority"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "looked_after",
                    models.CharField(
                        choices=[
                            ("no", "Not looked after"),
                            ("care_order", "Looked after under a care order"),
                            ("voluntary", "Looked after by agreement (section 20)"),
                            ("remand", "Looked after on remand"),
                            ("unknown", "Not known"),
                        ],
                        max_length=12,
                    ),
                ),
                ("last_seen_at", models.DateTimeField()),
                ("last_seen_offset", models.SmallIntegerField()),
                ("last_seen_where", models.CharField(blank=True, max_length=200)),
                ("reported_at", models.DateTimeField()),
                ("reported_offset", models.SmallIntegerField()),
                (
                    "reported_by",
                    models.CharField(
                        choices=[
                            ("police", "Police"),
                            ("parent", "Parent or family"),
                            ("carer", "Foster carer"),
                            ("placement", "Children’s home or other placement"),
                            ("school", "School or college"),
                            ("other", "Somebody else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reporter_name", models.CharField(blank=True, max_length=120)),
                ("police_reference", models.CharField(blank=True, max_length=40)),
                (
                    "circumstances",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_apparent", "No apparent risk"),
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                        ],
                        max_length=12,
                    ),
                ),
                ("located_at", models.DateTimeField(blank=True, null=True)),
                ("located_offset", models.SmallIntegerField(blank=True, null=True)),
                ("located_where", models.CharField(blank=True, max_length=200)),
                ("located_by", models.CharField(blank=True, max_length=120)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("returned_offset", models.SmallIntegerField(blank=True, null=True)),
                (
                    "returned_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("home", "Home"),
                            ("placement", "Placement"),
                            ("family", "Other family"),
                            ("police", "Police protection or custody"),
                            ("hospital", "Hospital"),
                            ("other", "Somewhere else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "return_notes",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("review", models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)])),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("token", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="episodes", to="people.child"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="episodes", to="accounts.team"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moment", models.CharField(max_length=10)),
                ("was_at", models.DateTimeField()),
                ("was_offset", models.SmallIntegerField()),
                ("became_at", models.DateTimeField()),
                ("became_offset", models.SmallIntegerField()),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="missing.episode"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GradeChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("no_apparent", "No apparent risk"),
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(1000)])),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grade_changes", to="missing.episode"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_offered", "Not offered"),
                            ("offered", "Offered"),
                            ("declined", "Declined"),
                            ("accepted", "Accepted"),
                            ("completed", "Completed"),
                            ("void", "Void"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "not_offered_reason",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(1000)]),
                ),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                ("offered_offset", models.SmallIntegerField(blank=True, null=True)),
                ("offered_to", models.CharField(blank=True, max_length=120)),
                ("responded_at", models.DateTimeField(blank=True, null=True)),
                ("responded_offset", models.SmallIntegerField(blank=True, null=True)),
                (
                    "declined_by",
                    models.CharField(
                        blank=True,
                        choices=[("child", "The child"), ("parent", "A parent"), ("carer", "A carer or the placement")],
                        max_length=10,
                    ),
                ),
                (
                    "declined_why",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(1000)]),
                ),
                (
                    "carer_account",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                ),
                ("interviewer_name", models.CharField(blank=True, max_length=120)),
                ("interviewer_role", models.CharField(blank=True, max_length=120)),
                ("interviewer_employer", models.CharField(blank=True, max_length=120)),
                ("independent", models.BooleanField(blank=True, null=True)),
                (
                    "not_independent_reason",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(1000)]),
                ),
                ("conducted_at", models.DateTimeField(blank=True, null=True)),
                ("conducted_offset", models.SmallIntegerField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("present", models.CharField(blank=True, max_length=200)),
                (
                    "own_words",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(10000)]),
                ),
                (
                    "push_factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("conflict", "Conflict at home or in the placement"),
                                ("neglect", "Neglect or abuse"),
                                ("unhappy_placement", "Unhappy in the placement, or a move"),
                                ("school", "School: bullying, exclusion, failing"),
                                ("mental_health", "Mental health"),
                                ("substances", "Drugs or alcohol at home"),
                                ("no_contact", "No contact with family or friends"),
                                ("other", "Something else"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "pull_factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("peer", "Friends"),
                                ("family", "Family"),
                                ("partner", "Boyfriend or girlfriend"),
                                ("adult", "An adult or a group who exploit or groom"),
                                ("online", "Somebody met online"),
                                ("substances", "Drugs or alcohol"),
                                ("gang", "A gang, county lines"),
                                ("gifts", "Money, gifts, a place to stay"),
                                ("other", "Something else"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "factors_notes",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                ),
                (
                    "who_with",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                ),
                (
                    "places",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "harm",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("sexual", "Sexual abuse or exploitation"),
                                ("criminal", "Criminal exploitation"),
                                ("physical", "Physical harm"),
                                ("trafficked", "Moved or trafficked"),
                                ("substances", "Drugs or alcohol"),
                                ("self_harm", "Self-harm"),
                                ("slept_rough", "Slept rough or among strangers"),
                                ("offended", "Made to offend"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "harm_notes",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                ),
                ("risks", models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)])),
                ("needs", models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)])),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="interviews", to="people.child"
                    ),
                ),
                (
                    "completed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "interviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="episode",
            name="interview",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="episodes",
                to="missing.interview",
            ),
        ),
        migrations.CreateModel(
            name="InterviewAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                ("added_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(1000)])),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="missing.interview"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interview_actions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner_team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interview_actions",
                        to="accounts.team",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PreventionCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("conducted_at", models.DateTimeField()),
                ("conducted_offset", models.SmallIntegerField()),
                ("conducted_by", models.CharField(max_length=120)),
                ("seen_alone", models.BooleanField()),
                ("found", models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)])),
                ("recorded_at", models.DateTimeField()),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prevention_checks",
                        to="missing.episode",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("summary", "The interview’s summary and actions"),
                            ("whole", "The whole interview"),
                            ("safety", "What is needed to keep the child safe now"),
                        ],
                        max_length=10,
                    ),
                ),
                ("purpose", models.CharField(blank=True, max_length=300)),
                (
                    "lawful_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public_task", "Public task: safeguarding a child (Children Act 1989, 2004)"),
                            ("legal_obligation", "Legal obligation: the law requires it"),
                            ("vital_interests", "Vital interests: to protect somebody’s life"),
                            ("law_enforcement", "Law enforcement (DPA 2018 Part 3)"),
                            ("consent", "Consent"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("given", "Asked, and given"),
                            ("refused", "Asked, and refused"),
                            ("not_sought", "Not sought"),
                        ],
                        max_length=12,
                    ),
                ),
                ("consent_note", models.CharField(blank=True, max_length=300)),
                (
                    "decided_not_to",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(1000)]),
                ),
                ("shared_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="missing.episode"
                    ),
                ),
                (
                    "shared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="accounts.team"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StrategyMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_at", models.DateTimeField()),
                ("held_offset", models.SmallIntegerField()),
                ("outcome", models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)])),
                ("recorded_at", models.DateTimeField()),
                ("agencies", models.ManyToManyField(related_name="+", to="accounts.agency")),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strategy_meetings",
                        to="missing.episode",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuthorityTold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "capacity",
                    models.CharField(
                        choices=[("responsible", "Responsible authority"), ("host", "Host authority")], max_length=12
                    ),
                ),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("336", "Wolverhampton"),
                            ("330", "Birmingham"),
                            ("332", "Dudley"),
                            ("333", "Sandwell"),
                            ("335", "Walsall"),
                            ("860", "Staffordshire"),
                            ("893", "Shropshire"),
                            ("894", "Telford and Wrekin"),
                            ("999", "Another authority"),
                        ],
                        max_length=3,
                    ),
                ),
                ("told_at", models.DateTimeField()),
                ("told_offset", models.SmallIntegerField()),
                ("whom", models.CharField(max_length=120)),
                ("how", models.CharField(max_length=120)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorities_told",
                        to="missing.episode",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("episode", "capacity"), name="authority_told_once_in_each_capacity")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "completed"), _negated=True),
                    models.Q(
                        ("completed_at__isnull", False), ("conducted_at__isnull", False), ("independent__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="interview_completed_says_when_and_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("independent", False), _negated=True),
                    models.Q(("not_independent_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="interview_not_independent_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "declined"), _negated=True),
                    models.Q(
                        models.Q(("declined_by", ""), _negated=True), models.Q(("declined_why", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="interview_declined_says_by_whom_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "not_offered"), _negated=True),
                    models.Q(("not_offered_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="interview_not_offered_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="episode",
            index=models.Index(fields=["child", "-last_seen_at"], name="episode_by_child"),
        ),
        migrations.AddIndex(
            model_name="episode",
            index=models.Index(
                condition=models.Q(("voided_at", None)), fields=["returned_at", "id"], name="episode_returned"
            ),
        ),
        migrations.AddIndex(
            model_name="episode",
            index=models.Index(
                condition=models.Q(("voided_at", None)), fields=["last_seen_at", "id"], name="episode_began"
            ),
        ),
        migrations.AddIndex(
            model_name="episode",
            index=models.Index(
                condition=models.Q(("returned_at", None), ("voided_at", None)),
                fields=["last_seen_at"],
                name="episode_still_missing",
            ),
        ),
        migrations.AddIndex(
            model_name="episode",
            index=models.Index(
                condition=models.Q(("interview", None), _negated=True),
                fields=["interview"],
                name="episode_by_interview",
            ),
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("voided_at", None)),
                expressions=[
                    ("child", "="),
                    (
                        missing.models._MissingFor(
                            "last_seen_at", "returned_at", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="episodes_of_a_child_do_not_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.CheckConstraint(
                condition=models.Q(("reported_at__gte", models.F("last_seen_at"))), name="episode_seen_then_reported"
            ),
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("located_at", None), ("located_at__gte", models.F("last_seen_at")), _connector="OR"
                ),
                name="episode_seen_then_located",
            ),
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_at", None), ("returned_at__gte", models.F("last_seen_at")), _connector="OR"
                ),
                name="episode_seen_then_returned",
            ),
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_at", None),
                    ("located_at", None),
                    ("returned_at__gte", models.F("located_at")),
                    _connector="OR",
                ),
                name="episode_located_then_returned",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_not_to", ""), _negated=True),
                    models.Q(
                        models.Q(("what", ""), _negated=True),
                        models.Q(("purpose", ""), _negated=True),
                        models.Q(("lawful_basis", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="share_says_what_why_and_on_what_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consent", "given"), models.Q(("consent_note", ""), _negated=True), _connector="OR"
                ),
                name="share_without_consent_says_why",
            ),
        ),
    ]
