"""Restricting a record and lifting that by two people; records opened in an emergency; secret addresses."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("people", "0010_histories"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Emergency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=1000)),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("justified", models.BooleanField(blank=True, null=True)),
                ("review_note", models.CharField(blank=True, max_length=1000)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="EmergencyHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("reason", models.CharField(max_length=1000)),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("justified", models.BooleanField(blank=True, null=True)),
                ("review_note", models.CharField(blank=True, max_length=1000)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EmergencyTry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tried_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LiftProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300)),
                ("proposed_at", models.DateTimeField()),
                ("agreed", models.BooleanField(blank=True, null=True)),
                ("answer_reason", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LiftProposalHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("reason", models.CharField(max_length=300)),
                ("proposed_at", models.DateTimeField()),
                ("agreed", models.BooleanField(blank=True, null=True)),
                ("answer_reason", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RestrictedTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("police", "Police-sensitive"), ("staff", "A member of staff is a relative")],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("restricted_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RestrictedTimeHistory",
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
                        choices=[("police", "Police-sensitive"), ("staff", "A member of staff is a relative")],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("restricted_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AlterModelOptions(
            name="child",
            options={"permissions": [("view_address", "Can see the child's secret address")]},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="child",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="child",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="child",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="child",
            name="address_secret",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="childhistory",
            name="address_secret",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="childteamgrant",
            name="kind",
            field=models.CharField(
                choices=[
                    ("author", "Added the record"),
                    ("match", "Matches the record with others"),
                    ("referral", "A referral was sent to them"),
                    ("screening", "A screening was sent to them"),
                    ("missing", "The child was reported missing"),
                    ("case", "Holds the case"),
                    ("cmog", "CMOG lists the child"),
                    ("share", "It was shared with them"),
                    ("interview", "Holds the return interview"),
                    ("restricted", "Keeps sight of a restricted record"),
                    ("break_glass", "Opened the record in an emergency"),
                    ("address", "Is told the secret address"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="childteamgranthistory",
            name="kind",
            field=models.CharField(
                choices=[
                    ("author", "Added the record"),
                    ("match", "Matches the record with others"),
                    ("referral", "A referral was sent to them"),
                    ("screening", "A screening was sent to them"),
                    ("missing", "The child was reported missing"),
                    ("case", "Holds the case"),
                    ("cmog", "CMOG lists the child"),
                    ("share", "It was shared with them"),
                    ("interview", "Holds the return interview"),
                    ("restricted", "Keeps sight of a restricted record"),
                    ("break_glass", "Opened the record in an emergency"),
                    ("address", "Is told the secret address"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="childusergrant",
            name="kind",
            field=models.CharField(
                choices=[
                    ("author", "Added the record"),
                    ("match", "Matches the record with others"),
                    ("referral", "A referral was sent to them"),
                    ("screening", "A screening was sent to them"),
                    ("missing", "The child was reported missing"),
                    ("case", "Holds the case"),
                    ("cmog", "CMOG lists the child"),
                    ("share", "It was shared with them"),
                    ("interview", "Holds the return interview"),
                    ("restricted", "Keeps sight of a restricted record"),
                    ("break_glass", "Opened the record in an emergency"),
                    ("address", "Is told the secret address"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="childusergranthistory",
            name="kind",
            field=models.CharField(
                choices=[
                    ("author", "Added the record"),
                    ("match", "Matches the record with others"),
                    ("referral", "A referral was sent to them"),
                    ("screening", "A screening was sent to them"),
                    ("missing", "The child was reported missing"),
                    ("case", "Holds the case"),
                    ("cmog", "CMOG lists the child"),
                    ("share", "It was shared with them"),
                    ("interview", "Holds the return interview"),
                    ("restricted", "Keeps sight of a restricted record"),
                    ("break_glass", "Opened the record in an emergency"),
                    ("address", "Is told the secret address"),
                ],
                max_length=20,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="child",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."people_childhistory" ("id", "given_name", "family_name", "aliases", "date_of_birth", "sex", "ethnicity", "nhs_number", "upn", "learning_disability", "looked_after", "responsible_authority", "host_authority", "address", "postcode", "ward", "school", "phone", "notes", "address_secret", "restriction", "provisional", "same_as_id", "added_by_team_id", "added_at", "version", "token", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."given_name", NEW."family_name", NEW."aliases", NEW."date_of_birth", NEW."sex", NEW."ethnicity", NEW."nhs_number", NEW."upn", NEW."learning_disability", NEW."looked_after", NEW."responsible_authority", NEW."host_authority", NEW."address", NEW."postcode", NEW."ward", NEW."school", NEW."phone", NEW."notes", NEW."address_secret", NEW."restriction", NEW."provisional", NEW."same_as_id", NEW."added_by_team_id", NEW."added_at", NEW."version", NEW."token", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="6b8336a6381aa368fdd5b7fb0bb37d3148c54b2c",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_7c825",
                    table="people_child",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="child",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."added_by_team_id" IS DISTINCT FROM (NEW."added_by_team_id") OR OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."address_secret" IS DISTINCT FROM (NEW."address_secret") OR OLD."aliases" IS DISTINCT FROM (NEW."aliases") OR OLD."date_of_birth" IS DISTINCT FROM (NEW."date_of_birth") OR OLD."ethnicity" IS DISTINCT FROM (NEW."ethnicity") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."host_authority" IS DISTINCT FROM (NEW."host_authority") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."learning_disability" IS DISTINCT FROM (NEW."learning_disability") OR OLD."looked_after" IS DISTINCT FROM (NEW."looked_after") OR OLD."nhs_number" IS DISTINCT FROM (NEW."nhs_number") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."provisional" IS DISTINCT FROM (NEW."provisional") OR OLD."responsible_authority" IS DISTINCT FROM (NEW."responsible_authority") OR OLD."restriction" IS DISTINCT FROM (NEW."restriction") OR OLD."same_as_id" IS DISTINCT FROM (NEW."same_as_id") OR OLD."school" IS DISTINCT FROM (NEW."school") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."token" IS DISTINCT FROM (NEW."token") OR OLD."upn" IS DISTINCT FROM (NEW."upn") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."ward" IS DISTINCT FROM (NEW."ward"))',
                    func='INSERT INTO public."people_childhistory" ("id", "given_name", "family_name", "aliases", "date_of_birth", "sex", "ethnicity", "nhs_number", "upn", "learning_disability", "looked_after", "responsible_authority", "host_authority", "address", "postcode", "ward", "school", "phone", "notes", "address_secret", "restriction", "provisional", "same_as_id", "added_by_team_id", "added_at", "version", "token", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."given_name", NEW."family_name", NEW."aliases", NEW."date_of_birth", NEW."sex", NEW."ethnicity", NEW."nhs_number", NEW."upn", NEW."learning_disability", NEW."looked_after", NEW."responsible_authority", NEW."host_authority", NEW."address", NEW."postcode", NEW."ward", NEW."school", NEW."phone", NEW."notes", NEW."address_secret", NEW."restriction", NEW."provisional", NEW."same_as_id", NEW."added_by_team_id", NEW."added_at", NEW."version", NEW."token", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="436415c118eb24c436189adc0b1ad7bb251b23e5",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_17729",
                    table="people_child",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="child",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."people_childhistory" ("id", "given_name", "family_name", "aliases", "date_of_birth", "sex", "ethnicity", "nhs_number", "upn", "learning_disability", "looked_after", "responsible_authority", "host_authority", "address", "postcode", "ward", "school", "phone", "notes", "address_secret", "restriction", "provisional", "same_as_id", "added_by_team_id", "added_at", "version", "token", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."given_name", OLD."family_name", OLD."aliases", OLD."date_of_birth", OLD."sex", OLD."ethnicity", OLD."nhs_number", OLD."upn", OLD."learning_disability", OLD."looked_after", OLD."responsible_authority", OLD."host_authority", OLD."address", OLD."postcode", OLD."ward", OLD."school", OLD."phone", OLD."notes", OLD."address_secret", OLD."restriction", OLD."provisional", OLD."same_as_id", OLD."added_by_team_id", OLD."added_at", OLD."version", OLD."token", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="0a7cb094999f0c5b0849f7447e47814d2b6820e7",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_fec72",
                    table="people_child",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="childteamgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("author", "match", "referral", "screening", "missing", "case", "cmog", "share"))
                ),
                name="team_grant_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="childusergrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("case", "interview", "restricted", "break_glass", "address"))),
                name="user_grant_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="childusergrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "break_glass"), _negated=True),
                    models.Q(
                        ("expires_at__isnull", False),
                        (
                            "expires_at__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("granted_at"), "+", models.Value(datetime.timedelta(seconds=28800))
                            ),
                        ),
                        ("granted_by", models.F("user")),
                    ),
                    _connector="OR",
                ),
                name="user_grant_in_an_emergency_is_short_and_ones_own",
            ),
        ),
        migrations.AddField(
            model_name="emergency",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="emergencies", to="people.child"
            ),
        ),
        migrations.AddField(
            model_name="emergency",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="emergency",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="emergencyhistory",
            name="child",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.child",
            ),
        ),
        migrations.AddField(
            model_name="emergencyhistory",
            name="person",
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
            model_name="emergencyhistory",
            name="reviewed_by",
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
            model_name="emergencytry",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="liftproposal",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="liftproposal",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="liftproposalhistory",
            name="answered_by",
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
            model_name="liftproposalhistory",
            name="proposed_by",
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
            model_name="restrictedtime",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="restricted_times", to="people.child"
            ),
        ),
        migrations.AddField(
            model_name="restrictedtime",
            name="restricted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="liftproposalhistory",
            name="restricted_time",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.restrictedtime",
            ),
        ),
        migrations.AddField(
            model_name="liftproposal",
            name="restricted_time",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="people.restrictedtime"
            ),
        ),
        migrations.AddField(
            model_name="restrictedtimehistory",
            name="child",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.child",
            ),
        ),
        migrations.AddField(
            model_name="restrictedtimehistory",
            name="restricted_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="emergency",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["person", "until"], name="emergency_of_person"
            ),
        ),
        migrations.AddIndex(
            model_name="emergency",
            index=models.Index(
                condition=models.Q(("justified", None)), fields=["until", "id"], name="emergency_to_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.text.Length("reason"), 20
                ),
                name="emergency_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__gt", models.F("opened_at")),
                    (
                        "until__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("opened_at"), "+", models.Value(datetime.timedelta(seconds=28800))
                        ),
                    ),
                ),
                name="emergency_is_short",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("justified", None), ("reviewed_at", None), ("reviewed_by", None)),
                    models.Q(
                        ("justified__isnull", False), ("reviewed_at__isnull", False), ("reviewed_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="emergency_reviewed_by_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by", None), models.Q(("reviewed_by", models.F("person")), _negated=True), _connector="OR"
                ),
                name="emergency_reviewed_by_another",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergency",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."people_emergencyhistory" ("id", "child_id", "person_id", "reason", "opened_at", "until", "ended_at", "justified", "review_note", "reviewed_by_id", "reviewed_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."child_id", NEW."person_id", NEW."reason", NEW."opened_at", NEW."until", NEW."ended_at", NEW."justified", NEW."review_note", NEW."reviewed_by_id", NEW."reviewed_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="b5b07957ff59253ad9739684d0382a64734d7581",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_5c34c",
                    table="people_emergency",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergency",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."people_emergencyhistory" ("id", "child_id", "person_id", "reason", "opened_at", "until", "ended_at", "justified", "review_note", "reviewed_by_id", "reviewed_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."child_id", NEW."person_id", NEW."reason", NEW."opened_at", NEW."until", NEW."ended_at", NEW."justified", NEW."review_note", NEW."reviewed_by_id", NEW."reviewed_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="9d178fe857a34775397782029eda14c575bd40f2",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_6b074",
                    table="people_emergency",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergency",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."people_emergencyhistory" ("id", "child_id", "person_id", "reason", "opened_at", "until", "ended_at", "justified", "review_note", "reviewed_by_id", "reviewed_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."child_id", OLD."person_id", OLD."reason", OLD."opened_at", OLD."until", OLD."ended_at", OLD."justified", OLD."review_note", OLD."reviewed_by_id", OLD."reviewed_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="31b59ef7de57516608447aea0c3df23ad1c36f59",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_2d9eb",
                    table="people_emergency",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="emergencyhistory",
            index=models.Index(fields=["id"], name="people_emergency_of"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergencyhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="eb7607133b9faa43bbf19db0805b59041977fbb3",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_bc4e4",
                    table="people_emergencyhistory",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="emergencytry",
            index=models.Index(fields=["person", "tried_at"], name="emergency_try_of_person"),
        ),
        migrations.AddConstraint(
            model_name="restrictedtime",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)), fields=("child",), name="restricted_once_at_a_time"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restrictedtime",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."people_restrictedtimehistory" ("id", "child_id", "kind", "reason", "restricted_by_id", "restricted_at", "lifted_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."child_id", NEW."kind", NEW."reason", NEW."restricted_by_id", NEW."restricted_at", NEW."lifted_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="c4240436f7a526cf5df51eb94ff80680ecddc200",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_94757",
                    table="people_restrictedtime",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restrictedtime",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."people_restrictedtimehistory" ("id", "child_id", "kind", "reason", "restricted_by_id", "restricted_at", "lifted_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."child_id", NEW."kind", NEW."reason", NEW."restricted_by_id", NEW."restricted_at", NEW."lifted_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="cf4575c32f9c9ce7f798346875d6dbfe21de1679",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_e9eb1",
                    table="people_restrictedtime",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restrictedtime",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."people_restrictedtimehistory" ("id", "child_id", "kind", "reason", "restricted_by_id", "restricted_at", "lifted_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."child_id", OLD."kind", OLD."reason", OLD."restricted_by_id", OLD."restricted_at", OLD."lifted_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="af6f0b3f4ef81c721a3553d15a0f5725f8e99059",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_116de",
                    table="people_restrictedtime",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="liftproposalhistory",
            index=models.Index(fields=["id"], name="people_liftproposal_of"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="liftproposalhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="afb759aa566e53c986f95527f7a816dec9a1104a",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_0a695",
                    table="people_liftproposalhistory",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="liftproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agreed", None)), fields=("restricted_time",), name="lift_proposed_once_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="liftproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed", None), ("answered_at", None), ("answered_by", None)),
                    models.Q(("agreed__isnull", False), ("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="lift_answered_by_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="liftproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_by", None),
                    models.Q(("answered_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="lift_answered_by_another",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="liftproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."people_liftproposalhistory" ("id", "restricted_time_id", "reason", "proposed_by_id", "proposed_at", "agreed", "answer_reason", "answered_by_id", "answered_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."restricted_time_id", NEW."reason", NEW."proposed_by_id", NEW."proposed_at", NEW."agreed", NEW."answer_reason", NEW."answered_by_id", NEW."answered_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="1d986e2a4ba5adc5520acc6568c50ddb02c7a2a0",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_bc06d",
                    table="people_liftproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="liftproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."people_liftproposalhistory" ("id", "restricted_time_id", "reason", "proposed_by_id", "proposed_at", "agreed", "answer_reason", "answered_by_id", "answered_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."restricted_time_id", NEW."reason", NEW."proposed_by_id", NEW."proposed_at", NEW."agreed", NEW."answer_reason", NEW."answered_by_id", NEW."answered_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="d737916f0aa9d9f8da6c83ac318a77f154ee99f6",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_521be",
                    table="people_liftproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="liftproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."people_liftproposalhistory" ("id", "restricted_time_id", "reason", "proposed_by_id", "proposed_at", "agreed", "answer_reason", "answered_by_id", "answered_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."restricted_time_id", OLD."reason", OLD."proposed_by_id", OLD."proposed_at", OLD."agreed", OLD."answer_reason", OLD."answered_by_id", OLD."answered_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="d04337608d4f8e9948020ec430a91da76d2648ba",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_ee50f",
                    table="people_liftproposal",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="restrictedtimehistory",
            index=models.Index(fields=["id"], name="people_restrictedtime_of"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restrictedtimehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="c625bf66beecbe0714c9de68209792bef2842432",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_cc511",
                    table="people_restrictedtimehistory",
                    when="BEFORE",
                ),
            ),
        ),
    ]
