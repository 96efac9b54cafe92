"""Whom the database knows beside the owner of its tables (audit.acting.DatabaseRole).

They belong to the whole cluster, so they may be there already, and are left when this is undone. None can sign in yet:
`accounts.row_security` lets those in for whom the settings hold a password.
"""

from django.db import migrations

FORWARD = """
do $$
declare
    wanted text;
begin
    foreach wanted in array '{cse_app, cse_worker, cse_auditor, cse_backup}'::text[] loop
        begin
            execute format('create role %I nologin', wanted);
        exception when duplicate_object or unique_violation then
            null;
        end;
    end loop;
    begin
        alter role cse_backup bypassrls;
        grant pg_read_all_data to cse_backup;
    exception when internal_error or unique_violation then
        null; -- another database of this cluster has done the same in this very moment
    end;
end $$;
grant usage on schema public to cse_app, cse_worker, cse_auditor;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_sessions_and_codes")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
