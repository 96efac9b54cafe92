import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("missing", "0001_the_tables"),
        ("people", "0006_list_of_records_to_match"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="interview",
            name="interview_not_independent_says_why",
        ),
        migrations.AddField(
            model_name="interview",
            name="formerly_of",
            field=models.ManyToManyField(related_name="former_interviews", to="missing.episode"),
        ),
        migrations.AddField(
            model_name="interview",
            name="void_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="interview",
            name="voided_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="interview",
            name="voided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("independent", False), ("status", "completed"), _negated=True),
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
                    models.Q(("status", "void"), _negated=True),
                    models.Q(("voided_at__isnull", False), models.Q(("void_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="interview_void_says_when_and_why",
            ),
        ),
    ]
