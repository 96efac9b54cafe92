"""What row-level security asks of the database itself (accounts.row_security)."""

from django.db import migrations

# `cse_begin` names whoever acts for the rest of the transaction, and reads once what every policy would ask again.
# The others read past the policies, because the policies are made of them, and tell no more than a yes or a number.
FORWARD = """
create function cse_actor() returns bigint language sql stable parallel safe
    return current_setting('cse.actor')::bigint;
create function cse_teams() returns integer[] language sql stable parallel safe
    return current_setting('cse.teams')::integer[];
create function cse_hidden() returns bigint[] language sql stable parallel safe
    return current_setting('cse.hidden')::bigint[];
create function cse_sight() returns integer language sql stable parallel safe
    return current_setting('cse.sight')::integer;

create function cse_sight_permission() returns integer
language sql stable security definer set search_path = pg_catalog, public
return (
    select permission.id from auth_permission as permission
    join django_content_type as kind on kind.id = permission.content_type_id
    where permission.codename = 'view_child' and kind.app_label = 'people'
);

create function cse_hidden_from(who bigint) returns bigint[]
language sql stable security definer set search_path = pg_catalog, public
return array(
    select child.id from people_child as child
    where child.restriction <> '' and not exists (
        select from people_childusergrant as known
        where known.content_object_id = child.id and known.user_id = who
            and known.permission_id = cse_sight_permission()
            and (known.expires_at is null or known.expires_at > now())
    )
    union all
    select exclusion.child_id from people_exclusion as exclusion
    where exclusion.person_id = who and exclusion.ended_at is null
);

create function cse_begin(who bigint) returns void
language plpgsql security definer as $$
declare
    teams constant integer[] := array(
        select membership.group_id from public.accounts_user_groups as membership
        join public.accounts_user as person on person.id = membership.user_id
        where person.id = who and person.is_active
    );
begin
    perform set_config('cse.actor', who::text, true);
    perform set_config('cse.teams', teams::text, true);
    perform set_config('cse.sight', public.cse_sight_permission()::text, true);
    perform set_config('cse.hidden', public.cse_hidden_from(who)::text, true);
end $$;

create function cse_knows(child bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, public
return child <> all (cse_hidden()) and (
    exists (
        select from people_childusergrant as known
        where known.content_object_id = child and known.user_id = cse_actor() and known.permission_id = cse_sight()
            and (known.expires_at is null or known.expires_at > now())
    ) or exists (
        select from people_childteamgrant as known
        where known.content_object_id = child and known.group_id = any (cse_teams())
            and known.permission_id = cse_sight() and (known.expires_at is null or known.expires_at > now())
    )
);

create function cse_may_grant(child bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, public
return cse_knows(child) or not exists (select from people_child where id = child);

create function cse_who_know(people bigint[], children bigint[], at timestamptz)
returns table (person bigint, child bigint)
language sql stable security definer set search_path = pg_catalog, public
begin atomic
    select distinct known.person, known.child from (
        select own.user_id, own.content_object_id from people_childusergrant as own
        where own.user_id = any (people) and own.content_object_id = any (children)
            and (own.expires_at is null or own.expires_at > at)
        union all
        select membership.user_id, team.content_object_id from people_childteamgrant as team
        join accounts_user_groups as membership on membership.group_id = team.group_id
        join people_child as record on record.id = team.content_object_id
        where membership.user_id = any (people) and team.content_object_id = any (children)
            and (team.expires_at is null or team.expires_at > at) and record.restriction = ''
    ) as known (person, child)
    where not exists (
        select from people_exclusion as exclusion
        where exclusion.person_id = known.person and exclusion.child_id = known.child and exclusion.ended_at is null
    );
end;
"""
BACKWARD = """
drop function cse_who_know(bigint[], bigint[], timestamptz);
drop function cse_may_grant(bigint);
drop function cse_knows(bigint);
drop function cse_begin(bigint);
drop function cse_hidden_from(bigint);
drop function cse_sight_permission();
drop function cse_sight();
drop function cse_hidden();
drop function cse_teams();
drop function cse_actor();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_restricted_records_and_exclusions"),
        ("accounts", "0005_database_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
