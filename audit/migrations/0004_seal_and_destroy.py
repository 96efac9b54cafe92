"""The database seals what is new, and alone can destroy a payload (domain.md 37).

The functions run as the owner of the tables: whoever may not read a history may have it sealed and checked, because
only hashes come out. What is sealed is every table that `audit_refuse` guards.
"""

from django.db import migrations

GUARDS = """
create trigger audit_seal_append_only before update or delete or truncate on audit_seal
    for each statement execute function audit_refuse();
create trigger audit_sealedrows_append_only before update or delete or truncate on audit_sealedrows
    for each statement execute function audit_refuse();
create trigger audit_destruction_append_only before update or delete or truncate on audit_destruction
    for each statement execute function audit_refuse();
"""
NO_GUARDS = """
drop trigger audit_seal_append_only on audit_seal;
drop trigger audit_sealedrows_append_only on audit_sealedrows;
drop trigger audit_destruction_append_only on audit_destruction;
"""

# A payload may go once its destruction is on record.
DESTROY = """
drop trigger audit_payload_append_only on audit_payload;
create trigger audit_payload_append_only before update or truncate on audit_payload
    for each statement execute function audit_refuse();
create function audit_refuse_unless_destroyed() returns trigger language plpgsql as $$
begin
    if exists (select from public.audit_destruction where event_id = old.event_id) then
        return old;
    end if;
    raise exception 'the audit log is append-only: % on % refused', tg_op, tg_table_name;
end $$;
create trigger audit_payload_destroyed_only before delete on audit_payload
    for each row execute function audit_refuse_unless_destroyed();

create function audit_destroy_payload(destroyed bigint, asked_by bigint, agreed_by bigint, why text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into audit_destruction (event_id, asked_by_id, agreed_by_id, reason, at)
        values (destroyed, asked_by, agreed_by, why, clock_timestamp());
    delete from audit_payload where event_id = destroyed;
    if not found then
        raise exception 'event % has no payload', destroyed;
    end if;
end $$;
revoke all on function audit_destroy_payload(bigint, bigint, bigint, text) from public;
"""
DESTROY_NO_MORE = """
drop function audit_destroy_payload(bigint, bigint, bigint, text);
drop trigger audit_payload_destroyed_only on audit_payload;
drop function audit_refuse_unless_destroyed();
drop trigger audit_payload_append_only on audit_payload;
create trigger audit_payload_append_only before update or delete or truncate on audit_payload
    for each statement execute function audit_refuse();
"""

# The chain's own tables are covered by the chain; a payload by its hash in the event.
GUARDED = """
create function audit_guarded() returns table (name text, key text, columns text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select relname::text,
        (select attname::text from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
            where indrelid = pg_class.oid and indisprimary),
        (select array_agg(attname::text order by attnum) from pg_attribute
            where attrelid = pg_class.oid and attnum > 0 and not attisdropped)
    from pg_class
    where relname not in ('audit_seal', 'audit_sealedrows', 'audit_payload') and oid in (
        select tgrelid from pg_trigger where tgfoid = 'public.audit_refuse'::regproc and tgenabled in ('O', 'A')
    )
$$;

create function audit_row_hashes(name text, key text, columns text[], ids bigint[])
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
NOT_GUARDED = "drop function audit_guarded(); drop function audit_row_hashes(text, text, text[], bigint[]);"

# All that a seal covers is below `floor`, once whatever ran while it was made has ended: what appears there later was
# put there by somebody who went around the application. Ten minutes are given to whoever had drawn a number but not
# yet begun its transaction. After a restore from a dump the numbers of transactions begin anew: then nothing of before
# runs any more.
FLOORS = """
create function audit_floor(sealed text) returns bigint
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select coalesce(max(last_id), 0) from audit_sealedrows
    where "table" = sealed and seal_id <= (
        select max(id) from audit_seal where at < clock_timestamp() - interval '10 minutes' and (
            newest_transaction <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            or newest_transaction > pg_snapshot_xmax(pg_current_snapshot())::text::bigint
        )
    )
$$;

create function audit_unsealed(name text, key text, above bigint, upto bigint, most integer)
returns table (id bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return query execute format(
        'select %1$I from public.%2$I where %1$I > $1 and %1$I <= $2 and %1$I not in (
            select unnest(ids) from public.audit_sealedrows
            where "table" = $3 and last_id > $1
        ) order by 1 limit $4', key, name
    ) using above, upto, name, most;
end $$;
"""
NO_FLOORS = "drop function audit_floor(text); drop function audit_unsealed(text, text, bigint, bigint, integer);"

# One at a time: whoever comes while another seals has nothing to do. Rows that are not yet committed are not seen, and
# are found by the next.
SEAL = """
create function audit_seal_new(most integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    guarded record;
    last_one audit_seal;
    made bigint;
    made_at timestamptz := clock_timestamp();
    newest bigint := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
    found_ids bigint[];
    found_hashes bytea;
    covered text := '';
begin
    if not pg_try_advisory_xact_lock(hashtext('audit_seal')) then
        return null;
    end if;
    select * into last_one from audit_seal order by id desc limit 1;
    made := coalesce(last_one.id, 0) + 1;
    for guarded in select * from audit_guarded() order by name collate "C" loop
        select array_agg(each.id) into found_ids from audit_unsealed(
            guarded.name, guarded.key, audit_floor(guarded.name), 9223372036854775807, most) as each;
        continue when found_ids is null;
        select string_agg(each.hash, ''::bytea order by each.id) into found_hashes
            from audit_row_hashes(guarded.name, guarded.key, guarded.columns, found_ids) as each;
        insert into audit_sealedrows (seal_id, "table", columns, ids, last_id, hashes) values (
            made, guarded.name, guarded.columns, found_ids, found_ids[array_upper(found_ids, 1)], found_hashes);
        covered := covered || E'\\n' || guarded.name || ' ' || array_to_string(guarded.columns, ',') || ' '
            || array_to_string(found_ids, ',') || ' ' || encode(sha256(found_hashes), 'hex');
    end loop;
    if covered = '' then
        return null;
    end if;
    insert into audit_seal (id, at, previous, digest, newest_transaction) values (
        made, made_at, coalesce(last_one.digest, ''), encode(sha256(convert_to(
            made || ' ' || to_char(made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || ' ' || newest || ' '
            || coalesce(last_one.digest, '') || covered, 'UTF8')), 'hex'), newest
    );
    return made;
end $$;
"""
NO_SEAL = "drop function audit_seal_new(integer);"


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_requests_and_seals")]
    operations = [
        migrations.RunSQL(GUARDS, NO_GUARDS),
        migrations.RunSQL(DESTROY, DESTROY_NO_MORE),
        migrations.RunSQL(GUARDED, NOT_GUARDED),
        migrations.RunSQL(FLOORS, NO_FLOORS),
        migrations.RunSQL(SEAL, NO_SEAL),
    ]
