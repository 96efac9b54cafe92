"""The board of missing children reads its clocks by an index that holds no other clock."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0009_always_known")]

    operations = [
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                fields=["due_at", "id"],
                condition=models.Q(
                    ("met_at", None),
                    ("voided_at", None),
                    (
                        "kind__in",
                        [
                            "interview_action",
                            "return_interview",
                            "screening_due",
                            "share_acknowledgement",
                            "strategy_meeting",
                            "tell_host",
                            "tell_responsible",
                        ],
                    ),
                ),
                name="deadline_open_of_missing",
            ),
        )
    ]
