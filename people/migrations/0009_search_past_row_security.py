"""Keep the search for names indexed under row-level security (security.md 2).

Similarity may reveal what it compares, so PostgreSQL would ask every row's policy before it, and no index. These tell
the keys alone; whose rows may be read the policies decide.
"""

from django.db import migrations

FORWARD = """
create function people_named_like(called text) returns setof bigint
language sql stable security definer rows 50 set search_path = pg_catalog, public
begin atomic
    select id from people_child where search_name % called;
end;
create function people_named_in_part(called text) returns setof bigint
language sql stable security definer rows 50 set search_path = pg_catalog, public
begin atomic
    select id from people_child where called <% search_name;
end;
create function people_also_called(names text[]) returns setof bigint
language sql stable security definer rows 50 set search_path = pg_catalog, public
begin atomic
    select id from people_child where search_aliases && names;
end;
"""
BACKWARD = """
drop function people_also_called(text[]);
drop function people_named_in_part(text);
drop function people_named_like(text);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_who_asks")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
