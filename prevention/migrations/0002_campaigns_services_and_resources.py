"""Campaigns, services and what is missing among them, resources in their versions."""

import django.contrib.postgres.fields
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
        ("prevention", "0001_the_training_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=120)),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("children", "Children and young people"),
                                ("parents", "Parents"),
                                ("carers", "Carers"),
                                ("professionals", "Professionals"),
                                ("business", "Business partners"),
                            ],
                            max_length=14,
                        ),
                        size=None,
                    ),
                ),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("school", "Schools and colleges"),
                                ("social_media", "Social media"),
                                ("print", "Posters and leaflets"),
                                ("press", "Press and radio"),
                                ("event", "Events and visits"),
                                ("online", "Website and e-mail"),
                            ],
                            max_length=14,
                        ),
                        size=None,
                    ),
                ),
                ("message", models.TextField(blank=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("reached", models.PositiveIntegerField(blank=True, null=True)),
                ("evaluation", models.TextField(blank=True)),
                ("evaluated_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_campaign_of")],
            },
        ),
        migrations.CreateModel(
            name="Gap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=300)),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("children", "Children and young people"),
                                ("parents", "Parents"),
                                ("carers", "Carers"),
                                ("professionals", "Professionals"),
                                ("business", "Business partners"),
                            ],
                            max_length=14,
                        ),
                        size=None,
                    ),
                ),
                ("found_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("how_closed", models.CharField(blank=True, max_length=300)),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("how_closed", "")),
                            models.Q(
                                ("closed_on__gte", models.F("found_on")), models.Q(("how_closed", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="gap_closed_somehow",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GapHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("what", models.CharField(max_length=300)),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("children", "Children and young people"),
                                ("parents", "Parents"),
                                ("carers", "Carers"),
                                ("professionals", "Professionals"),
                                ("business", "Business partners"),
                            ],
                            max_length=14,
                        ),
                        size=None,
                    ),
                ),
                ("found_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("how_closed", models.CharField(blank=True, max_length=300)),
                (
                    "reported_by",
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
                "indexes": [models.Index(fields=["id"], name="preventio_gap_of")],
            },
        ),
        migrations.CreateModel(
            name="Resource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strategy", "Strategy"),
                            ("definition", "Definition"),
                            ("framework", "Regional framework"),
                            ("model", "Model of abuse"),
                            ("procedure", "Procedure"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("review_by", models.DateField()),
                ("reviewed_on", models.DateField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ResourceHistory",
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
                            ("strategy", "Strategy"),
                            ("definition", "Definition"),
                            ("framework", "Regional framework"),
                            ("model", "Model of abuse"),
                            ("procedure", "Procedure"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("review_by", models.DateField()),
                ("reviewed_on", models.DateField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_resource_of")],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("provider", models.CharField(max_length=120)),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("children", "Children and young people"),
                                ("parents", "Parents"),
                                ("carers", "Carers"),
                                ("professionals", "Professionals"),
                                ("business", "Business partners"),
                            ],
                            max_length=14,
                        ),
                        size=None,
                    ),
                ),
                ("offers", models.TextField()),
                ("who_may", models.CharField(blank=True, max_length=300)),
                ("referral_route", models.CharField(max_length=300)),
                ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                ("waiting", models.PositiveIntegerField(blank=True, null=True)),
                ("review_by", models.DateField()),
                ("reviewed_on", models.DateField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audiences", []), _negated=True), name="service_for_somebody"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("provider", models.CharField(max_length=120)),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("children", "Children and young people"),
                                ("parents", "Parents"),
                                ("carers", "Carers"),
                                ("professionals", "Professionals"),
                                ("business", "Business partners"),
                            ],
                            max_length=14,
                        ),
                        size=None,
                    ),
                ),
                ("offers", models.TextField()),
                ("who_may", models.CharField(blank=True, max_length=300)),
                ("referral_route", models.CharField(max_length=300)),
                ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                ("waiting", models.PositiveIntegerField(blank=True, null=True)),
                ("review_by", models.DateField()),
                ("reviewed_on", models.DateField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_service_of")],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("children", "Children and young people"),
                                ("parents", "Parents"),
                                ("carers", "Carers"),
                                ("professionals", "Professionals"),
                                ("business", "Business partners"),
                            ],
                            max_length=14,
                        ),
                        size=None,
                    ),
                ),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("school", "Schools and colleges"),
                                ("social_media", "Social media"),
                                ("print", "Posters and leaflets"),
                                ("press", "Press and radio"),
                                ("event", "Events and visits"),
                                ("online", "Website and e-mail"),
                            ],
                            max_length=14,
                        ),
                        size=None,
                    ),
                ),
                ("message", models.TextField(blank=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("reached", models.PositiveIntegerField(blank=True, null=True)),
                ("evaluation", models.TextField(blank=True)),
                ("evaluated_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
            ],
            options={
                "indexes": [models.Index(fields=["-starts_on", "-id"], name="campaign_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="campaign_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audiences", []), _negated=True), models.Q(("channels", []), _negated=True)
                        ),
                        name="campaign_to_somebody_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evaluated_on", None), ("evaluation", ""), ("reached", None)),
                            models.Q(
                                ("evaluated_on__isnull", False),
                                ("reached__isnull", False),
                                models.Q(("evaluation", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="campaign_evaluated_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResourceVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("what_changed", models.CharField(blank=True, max_length=300)),
                ("published_at", models.DateTimeField()),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="prevention.resource"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("resource", "number"), name="version_numbered_once"),
                    models.CheckConstraint(
                        condition=models.Q(("link", ""), ("text", ""), _negated=True), name="version_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResourceVersionHistory",
            fields=[
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField()),
                ("pgh_label", models.CharField(max_length=6)),
                ("pgh_actor_id", models.BigIntegerField(null=True)),
                ("pgh_transaction", models.BigIntegerField()),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("what_changed", models.CharField(blank=True, max_length=300)),
                ("published_at", models.DateTimeField()),
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
                (
                    "resource",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="prevention.resource",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["id"], name="preventio_resourceversion_of")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campaign",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_campaignhistory" ("id", "title", "audiences", "channels", "message", "lead_agency_id", "starts_on", "ends_on", "reached", "evaluation", "evaluated_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."title", NEW."audiences", NEW."channels", NEW."message", NEW."lead_agency_id", NEW."starts_on", NEW."ends_on", NEW."reached", NEW."evaluation", NEW."evaluated_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="0d579abec6c2bf4d36b7726a615c0620b51af104",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_30b6e",
                    table="prevention_campaign",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campaign",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_campaignhistory" ("id", "title", "audiences", "channels", "message", "lead_agency_id", "starts_on", "ends_on", "reached", "evaluation", "evaluated_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."title", NEW."audiences", NEW."channels", NEW."message", NEW."lead_agency_id", NEW."starts_on", NEW."ends_on", NEW."reached", NEW."evaluation", NEW."evaluated_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="312df1abe4bddce3c07fae006efea2baaab042d8",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_836cd",
                    table="prevention_campaign",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campaign",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_campaignhistory" ("id", "title", "audiences", "channels", "message", "lead_agency_id", "starts_on", "ends_on", "reached", "evaluation", "evaluated_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."title", OLD."audiences", OLD."channels", OLD."message", OLD."lead_agency_id", OLD."starts_on", OLD."ends_on", OLD."reached", OLD."evaluation", OLD."evaluated_on", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="45f588b7208ed8d223d0492c670996812c5d0da4",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_4f16b",
                    table="prevention_campaign",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campaignhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="4047d3760c6d08153d379b475f1c5fa66ed1c5b4",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_6bdc9",
                    table="prevention_campaignhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gap",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_gaphistory" ("id", "what", "audiences", "found_on", "reported_by_id", "closed_on", "how_closed", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."what", NEW."audiences", NEW."found_on", NEW."reported_by_id", NEW."closed_on", NEW."how_closed", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="ef29107eb8f59b474dc83c7f3c7b7c60494ab3e2",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_588f2",
                    table="prevention_gap",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gap",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_gaphistory" ("id", "what", "audiences", "found_on", "reported_by_id", "closed_on", "how_closed", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."what", NEW."audiences", NEW."found_on", NEW."reported_by_id", NEW."closed_on", NEW."how_closed", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="cdf7263789e15138a3354aa49c3e4f3ccab419c1",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_d1110",
                    table="prevention_gap",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gap",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_gaphistory" ("id", "what", "audiences", "found_on", "reported_by_id", "closed_on", "how_closed", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."what", OLD."audiences", OLD."found_on", OLD."reported_by_id", OLD."closed_on", OLD."how_closed", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="4b91eac8573cfc9aa8fc8131d3522efef0f83bb7",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_d63a9",
                    table="prevention_gap",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gaphistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="07c6ac0040aa775f0ed367337e63eb9fa76050cf",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_497ab",
                    table="prevention_gaphistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resource",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_resourcehistory" ("id", "kind", "title", "owner_id", "review_by", "reviewed_on", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."kind", NEW."title", NEW."owner_id", NEW."review_by", NEW."reviewed_on", NEW."withdrawn_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="33b859ebcb5c7a178426684cceeab19657b72c97",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_6ca59",
                    table="prevention_resource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resource",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_resourcehistory" ("id", "kind", "title", "owner_id", "review_by", "reviewed_on", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."kind", NEW."title", NEW."owner_id", NEW."review_by", NEW."reviewed_on", NEW."withdrawn_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="4944521284899dfa06f9459d911cc602dd1fed74",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_03f7c",
                    table="prevention_resource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resource",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_resourcehistory" ("id", "kind", "title", "owner_id", "review_by", "reviewed_on", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."kind", OLD."title", OLD."owner_id", OLD."review_by", OLD."reviewed_on", OLD."withdrawn_on", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="5dc32ac9e7bd1ac37e693afc68249375315c42ab",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_617aa",
                    table="prevention_resource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resourcehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="85431b418a89295d3505f03127529825df13812c",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_5ae5c",
                    table="prevention_resourcehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resourceversion",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_resourceversionhistory" ("id", "resource_id", "number", "text", "link", "what_changed", "published_by_id", "published_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."resource_id", NEW."number", NEW."text", NEW."link", NEW."what_changed", NEW."published_by_id", NEW."published_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="67e9e08a56c386a6f6ba5c5ed1a062d73d8b4f82",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_1f16d",
                    table="prevention_resourceversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resourceversion",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_resourceversionhistory" ("id", "resource_id", "number", "text", "link", "what_changed", "published_by_id", "published_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."resource_id", NEW."number", NEW."text", NEW."link", NEW."what_changed", NEW."published_by_id", NEW."published_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="89bd41921586823af093525c4635a06012f78b66",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_c470d",
                    table="prevention_resourceversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resourceversion",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_resourceversionhistory" ("id", "resource_id", "number", "text", "link", "what_changed", "published_by_id", "published_at", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."resource_id", OLD."number", OLD."text", OLD."link", OLD."what_changed", OLD."published_by_id", OLD."published_at", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="a8a6028e9d7ef566fa75156ebe9df2bb394143d2",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_a94ba",
                    table="prevention_resourceversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resourceversionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="7a999e68c427bf844f95dc86d524633485a53c25",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_2f4c1",
                    table="prevention_resourceversionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_servicehistory" ("id", "name", "provider", "audiences", "offers", "who_may", "referral_route", "capacity", "waiting", "owner_id", "review_by", "reviewed_on", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."name", NEW."provider", NEW."audiences", NEW."offers", NEW."who_may", NEW."referral_route", NEW."capacity", NEW."waiting", NEW."owner_id", NEW."review_by", NEW."reviewed_on", NEW."withdrawn_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'insert\'); RETURN NULL;',
                    hash="a3272d787a11aaad0607de2bba0310e730d27ea6",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_4c543",
                    table="prevention_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=audit.history.RecordSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO public."prevention_servicehistory" ("id", "name", "provider", "audiences", "offers", "who_may", "referral_route", "capacity", "waiting", "owner_id", "review_by", "reviewed_on", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (NEW."id", NEW."name", NEW."provider", NEW."audiences", NEW."offers", NEW."who_may", NEW."referral_route", NEW."capacity", NEW."waiting", NEW."owner_id", NEW."review_by", NEW."reviewed_on", NEW."withdrawn_on", NEW."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'update\'); RETURN NULL;',
                    hash="ae4304daf4e7acea8276394f75110b6ef6c8a6fb",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_96ca8",
                    table="prevention_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=audit.history.RecordSql(
                    func='INSERT INTO public."prevention_servicehistory" ("id", "name", "provider", "audiences", "offers", "who_may", "referral_route", "capacity", "waiting", "owner_id", "review_by", "reviewed_on", "withdrawn_on", "version", pgh_created_at, pgh_actor_id, pgh_transaction, pgh_label) VALUES (OLD."id", OLD."name", OLD."provider", OLD."audiences", OLD."offers", OLD."who_may", OLD."referral_route", OLD."capacity", OLD."waiting", OLD."owner_id", OLD."review_by", OLD."reviewed_on", OLD."withdrawn_on", OLD."version", pg_catalog.now(), nullif(pg_catalog.current_setting(\'cse.actor\', true), \'\')::bigint, pg_catalog.pg_current_xact_id()::text::bigint, \'delete\'); RETURN NULL;',
                    hash="833324d6356fe36c369b85a3b0258e9e3f07db90",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_7d535",
                    table="prevention_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="servicehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="99be65d4aac9e3493892f1d4e2b67881c60eb858",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_ec57b",
                    table="prevention_servicehistory",
                    when="BEFORE",
                ),
            ),
        ),
    ]
