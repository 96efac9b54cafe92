"""Only whole rows are hashed: whoever may read no record would otherwise find a name by trying names."""

from django.db import migrations

FORWARD = """
create or replace function audit_row_hashes(name text, key text, columns text[], ids bigint[])
returns table (id bigint, hash bytea)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
begin
    if not exists (
        select from audit_sealedrows as sealed
        where sealed."table" = audit_row_hashes.name and sealed.columns::text[] = audit_row_hashes.columns
    ) and not exists (
        select from audit_guarded() as guarded
        where guarded.name = audit_row_hashes.name and guarded.columns = audit_row_hashes.columns
    ) then
        raise exception 'no seal covers these columns of %', name;
    end if;
    return query execute format(
        'select %1$I, sha256(convert_to(row(%2$s)::text, ''UTF8'')) from public.%3$I where %1$I = any($1) order by 1',
        key, (select string_agg(quote_ident(each), ', ' order by place)
            from unnest(columns) with ordinality as listed (each, place)), name
    ) using ids;
end $$;
"""
BACKWARD = """
create or replace function audit_row_hashes(name text, key text, columns text[], ids bigint[])
returns table (id bigint, hash bytea)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
begin
    return query execute format(
        'select %1$I, sha256(convert_to(row(%2$s)::text, ''UTF8'')) from public.%3$I where %1$I = any($1) order by 1',
        key, (select string_agg(quote_ident(each), ', ' order by place)
            from unnest(columns) with ordinality as listed (each, place)), name
    ) using ids;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_who_asked_in_vain")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
