"""The queue is counted in its index alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_daily_digest"),
        ("people", "0006_list_of_records_to_match"),
        ("referrals", "0004_what_a_decision_asked_for"),
        ("riskassessment", "0004_count_phrases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="referral",
            name="referral_queue",
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("handling_team"),
                models.OrderBy(models.F("grade"), descending=True),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state__in", ("received", "accepted", "in_discussion"))),
                include=("origin_team",),
                name="referral_queue",
            ),
        ),
    ]
