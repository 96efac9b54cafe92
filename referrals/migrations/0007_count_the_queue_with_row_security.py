"""The queue is counted in its index alone, with the child whose record may be hidden from whoever looks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_histories")]

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
                include=("origin_team", "child"),
                name="referral_queue",
            ),
        ),
    ]
