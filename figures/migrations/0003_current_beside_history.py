"""What is known now stands beside what was known before; and marks of what is to be counted again."""

from django.db import migrations, models

TAKE_OVER = """
    insert into figures_current (measure, first, last, "row", "column", of, whole, counted_at)
    select distinct on (measure, first, last, "row", "column")
        measure, first, last, "row", "column", of, whole, counted_at
    from figures_figure order by measure, first, last, "row", "column", counted_at desc
"""


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0002_cells_of_breakdowns"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                ("since", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Current",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=60)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("row", models.CharField(blank=True, default="", max_length=120)),
                ("column", models.CharField(blank=True, default="", max_length=120)),
                ("of", models.PositiveIntegerField()),
                ("whole", models.PositiveIntegerField(null=True)),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="current_of_a_period"
                    ),
                    models.UniqueConstraint(fields=("measure", "first", "last", "row", "column"), name="current_once"),
                ],
            },
        ),
        migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
    ]
