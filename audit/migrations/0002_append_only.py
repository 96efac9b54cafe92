"""The log can only grow: the database refuses to change, delete or truncate it (domain.md 35)."""

from django.db import migrations

FORWARD = """
create function audit_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only: % on % refused', tg_op, tg_table_name;
end $$;
create trigger audit_event_append_only before update or delete or truncate on audit_event
    for each statement execute function audit_refuse();
create trigger audit_payload_append_only before update or delete or truncate on audit_payload
    for each statement execute function audit_refuse();
"""
BACKWARD = """
drop trigger audit_event_append_only on audit_event;
drop trigger audit_payload_append_only on audit_payload;
drop function audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
