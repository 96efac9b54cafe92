"""A figure may be one cell of a breakdown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0001_figures_of_periods"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="figure",
            name="figure_once_a_moment",
        ),
        migrations.AddField(
            model_name="figure",
            name="column",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddField(
            model_name="figure",
            name="row",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.UniqueConstraint(
                fields=("measure", "first", "last", "row", "column", "counted_at"), name="figure_once_a_moment"
            ),
        ),
    ]
