"""An attempt to open a record in an emergency cannot be taken back: tries are counted by what is there."""

from django.db import migrations

FORWARD = """
create trigger people_emergencytry_append_only before update or delete or truncate on people_emergencytry
    for each statement execute function audit_refuse();
"""
BACKWARD = "drop trigger people_emergencytry_append_only on people_emergencytry;"


class Migration(migrations.Migration):
    dependencies = [("people", "0012_who_is_kept_from_what"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
