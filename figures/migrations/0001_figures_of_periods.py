"""What was counted of each measure and period, and when."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=60)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("of", models.PositiveIntegerField()),
                ("whole", models.PositiveIntegerField(null=True)),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="figure_of_a_period"
                    ),
                    models.UniqueConstraint(
                        fields=("measure", "first", "last", "counted_at"), name="figure_once_a_moment"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figure",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=audit.history.RefuseSql(
                    func="return null;",
                    hash="ce02e21a0c5775bd9d9e865cb52b9d809ac659bb",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_append_only_4e6ba",
                    table="figures_figure",
                    when="BEFORE",
                ),
            ),
        ),
    ]
