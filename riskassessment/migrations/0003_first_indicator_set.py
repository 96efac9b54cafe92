"""Version 1 of the indicators: the strategy's two lists, verbatim (strategy §5)."""

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).parent.parent / "data" / "indicator_set_v1.json"


def load(apps, schema_editor):
    content = json.loads(FILE.read_text(encoding="utf-8"))
    indicators = content.pop("indicators")
    indicator_set = apps.get_model("riskassessment", "IndicatorSet").objects.create(**content)
    Indicator = apps.get_model("riskassessment", "Indicator")
    Indicator.objects.bulk_create(Indicator(indicator_set=indicator_set, **line) for line in indicators)


def unload(apps, schema_editor):
    apps.get_model("riskassessment", "Indicator").objects.filter(indicator_set__version=1).delete()
    apps.get_model("riskassessment", "IndicatorSet").objects.filter(version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("riskassessment", "0002_locked_once_submitted")]
    operations = [migrations.RunPython(load, unload)]
