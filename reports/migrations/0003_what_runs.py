"""A drawing that runs is called as every work that does."""

from typing import Any

from django.db import migrations


def rename(apps: Any, schema_editor: Any) -> None:
    apps.get_model("reports", "Drawing").objects.filter(state="drawing").update(state="running")


def name_as_before(apps: Any, schema_editor: Any) -> None:
    apps.get_model("reports", "Drawing").objects.filter(state="running").update(state="drawing")


def fill(apps: Any, schema_editor: Any) -> None:
    """A draft had always figures: these are none, and are refused at the sign-off until they are brought up to date."""
    models = {name: apps.get_model("reports", name).objects for name in ("Draft", "Issued", "Assembly")}
    nothing: dict[str, list[Any]] = {name: [] for name in ("values", "sums", "unprinted", "hidden", "exposed")}
    weighed_against_none = models["Issued"].count() + 1
    for draft in models["Draft"].filter(assembly=None):
        made = {"first": draft.first, "sections": [], "truth": nothing, "after": weighed_against_none}
        draft.assembly = models["Assembly"].create(**made, at=draft.opened_at)
        draft.save(update_fields=["assembly"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_assembled_by_a_worker")]
    operations = [
        migrations.RunPython(rename, name_as_before),
        migrations.RunPython(migrations.RunPython.noop, fill),
    ]
