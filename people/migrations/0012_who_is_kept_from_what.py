"""What is asked past row-level security about sight itself, and the one way in which an emergency opens a record.

Each reads past the policies and tells no more than a yes, a number or a team (security.md 2).
"""

from django.db import migrations

# Of what a grant may allow, only sight of the record counts as knowing the child.
WHO_KNOW = """
create or replace function cse_who_know(people bigint[], children bigint[], at timestamptz)
returns table (person bigint, child bigint)
language sql stable security definer set search_path = pg_catalog, public
begin atomic
    select distinct known.person, known.child from (
        select own.user_id, own.content_object_id from people_childusergrant as own
        where own.user_id = any (people) and own.content_object_id = any (children)
            and (own.expires_at is null or own.expires_at > at) {of_own}
        union all
        select membership.user_id, team.content_object_id from people_childteamgrant as team
        join accounts_user_groups as membership on membership.group_id = team.group_id
        join people_child as record on record.id = team.content_object_id
        where membership.user_id = any (people) and team.content_object_id = any (children)
            and (team.expires_at is null or team.expires_at > at) and record.restriction = '' {of_team}
    ) as known (person, child)
    where not exists (
        select from people_exclusion as exclusion
        where exclusion.person_id = known.person and exclusion.child_id = known.child and exclusion.ended_at is null
    );
end;
"""
OF_SIGHT = {
    "of_own": "and own.permission_id = cse_sight_permission()",
    "of_team": "and team.permission_id = cse_sight_permission()",
}

FORWARD = """
create function cse_kept_from(people bigint[], children bigint[], at timestamptz)
returns table (person bigint, child bigint)
language sql stable security definer set search_path = pg_catalog, public
begin atomic
    with narrowed as materialized (
        select record.id, record.restriction from people_child as record
        where record.id = any (children) and (
            record.restriction <> ''
            or exists (select from people_exclusion as any_of where any_of.child_id = record.id and any_of.ended_at is null)
        )
    )
    select someone.id, record.id from narrowed as record cross join unnest(people) as someone (id)
    where exists (
        select from people_exclusion as exclusion
        where exclusion.person_id = someone.id and exclusion.child_id = record.id and exclusion.ended_at is null
    ) or record.restriction <> '' and not exists (
        select from people_childusergrant as own
        where own.user_id = someone.id and own.content_object_id = record.id
            and own.permission_id = cse_sight_permission() and (own.expires_at is null or own.expires_at > at)
    );
end;

create function cse_keepers(children bigint[], at timestamptz)
returns table (person bigint, child bigint)
language sql stable security definer set search_path = pg_catalog, public
begin atomic
    select own.user_id, own.content_object_id from people_childusergrant as own
    join people_child as record on record.id = own.content_object_id
    where own.content_object_id = any (children) and record.restriction <> ''
        and own.permission_id = cse_sight_permission() and own.kind <> 'break_glass'
        and (own.expires_at is null or own.expires_at > at)
        and not exists (
            select from people_exclusion as exclusion
            where exclusion.person_id = own.user_id and exclusion.child_id = record.id and exclusion.ended_at is null
        );
end;

create function cse_emergencies(who bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, public
return (
    select coalesce(jsonb_agg(jsonb_build_object('child', child_id, 'until', until) order by until), '[]')
    from people_emergency
    where person_id = who and ended_at is null and until > now() and child_id <> all (
        select exclusion.child_id from people_exclusion as exclusion
        where exclusion.person_id = who and exclusion.ended_at is null
    )
);

create function people_teams_that_tell(nhs text, pupil text, called text, born date) returns setof integer
language sql stable security definer set search_path = pg_catalog, public
begin atomic
    select distinct team.group_id from people_child as child
    left join people_involvement as held on held.child_id = child.id and held.closed_at is null
    join accounts_team as team on team.group_id = coalesce(held.team_id, child.added_by_team_id)
    where (child.nhs_number = nhs or child.upn = pupil or child.search_name = called and child.date_of_birth = born)
        and team.tells_of_records and child.restriction = '' and not cse_knows(child.id)
        and child.id <> all (cse_hidden())
    limit 3;
end;

create function people_exactly(reference bigint, nhs text, pupil text, called text, born date) returns setof bigint
language sql stable security definer set search_path = pg_catalog, public
begin atomic
    select id from people_child
    where id = reference or nhs_number = nhs or upn = pupil or search_name = called and date_of_birth = born
    order by provisional, id;
end;
revoke execute on function people_exactly(bigint, text, text, text, date) from public;

create function people_open_in_emergency(
    reference bigint, nhs text, pupil text, called text, born date, why text, hours integer
) returns bigint
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    who constant bigint := cse_actor();
    opened bigint;
begin
    if who is null then raise exception 'nobody acts'; end if;
    if length(btrim(why)) < 20 or hours is null or hours not between 1 and 8 then
        raise exception 'an emergency has a reason and lasts 1 to 8 hours';
    end if;
    perform from accounts_user where id = who for no key update;
    if (
        select count(*) from people_emergencytry where person_id = who and tried_at > clock_timestamp() - interval '1 hour'
    ) >= 10 then return 0; end if;
    insert into people_emergencytry (person_id, tried_at) values (who, clock_timestamp());
    select candidate into opened from people_exactly(reference, nhs, pupil, called, born) as candidate
    where not exists (
        select from people_exclusion as exclusion
        where exclusion.person_id = who and exclusion.child_id = candidate and exclusion.ended_at is null
    )
    limit 1;
    if opened is null or cse_knows(opened) then return opened; end if;
    insert into people_childusergrant
        (permission_id, user_id, content_object_id, kind, reason, granted_by_id, granted_at, expires_at)
    values (cse_sight_permission(), who, opened, 'break_glass', left(btrim(why), 300), who, now(),
        now() + make_interval(hours => hours))
    on conflict (user_id, permission_id, content_object_id) do update set
        kind = excluded.kind, reason = excluded.reason, granted_by_id = excluded.granted_by_id,
        granted_at = excluded.granted_at, expires_at = excluded.expires_at;
    insert into people_emergency (child_id, person_id, reason, opened_at, until, review_note)
    values (opened, who, btrim(why), now(), now() + make_interval(hours => hours), '');
    return opened;
end $$;

create function people_tell_of_emergency() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    owner integer;
    holders bigint[];
    restricted boolean;
    message text;
begin
    select coalesce(held.team_id, child.added_by_team_id), array[held.key_worker_id, held.coordinator_id],
        child.restriction <> ''
    into owner, holders, restricted
    from people_child as child
    left join people_involvement as held on held.child_id = child.id and held.closed_at is null
    where child.id = new.child_id;
    select person.full_name || ' opened record C' || lpad(new.child_id::text, 6, '0')
        || ' in an emergency, until ' || to_char(new.until at time zone 'Europe/London', 'HH24:MI')
    into message from accounts_user as person where person.id = new.person_id;
    insert into deadlines_notice (recipient_id, key, text, path, created_at, in_digest, tries)
    select person.id, 'emergency:' || new.id || ':' || person.id, left(message, 300),
        case when 'ig_officer' = any (person.roles) then '/children/emergencies/'
            else '/children/' || new.child_id || '/' end,
        new.opened_at, false, 0
    from accounts_user as person
    where person.is_active and person.id <> new.person_id
        and (
            'ig_officer' = any (person.roles)
            or person.id = any (holders)
            or exists (
                select from accounts_user_groups as mine where mine.user_id = person.id and mine.group_id = owner
            ) and (
                'team_manager' = any (person.roles)
                or not exists (
                    select from accounts_user_groups as theirs
                    join accounts_user as manager on manager.id = theirs.user_id
                    where theirs.group_id = owner and manager.is_active and 'team_manager' = any (manager.roles)
                )
            )
            or restricted and exists (
                select from cse_keepers(array[new.child_id], now()) as keeper where keeper.person = person.id
            )
        )
        and not exists (
            select from people_exclusion as exclusion
            where exclusion.person_id = person.id and exclusion.child_id = new.child_id and exclusion.ended_at is null
        )
        and ('ig_officer' = any (person.roles) or new.child_id <> all (cse_hidden_from(person.id)));
    return null;
end $$;
create trigger people_emergency_is_told after insert on people_emergency
for each row execute function people_tell_of_emergency();
"""
BACKWARD = """
drop trigger people_emergency_is_told on people_emergency;
drop function people_tell_of_emergency();
drop function people_open_in_emergency(bigint, text, text, text, date, text, integer);
drop function people_exactly(bigint, text, text, text, date);
drop function people_teams_that_tell(text, text, text, date);
drop function cse_emergencies(bigint);
drop function cse_keepers(bigint[], timestamptz);
drop function cse_kept_from(bigint[], bigint[], timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_restricting_and_emergencies"),
        ("accounts", "0007_searches_that_tell"),
        ("deadlines", "0010_open_clocks_of_missing_by_index"),
    ]
    operations = [
        migrations.RunSQL(WHO_KNOW.format(**OF_SIGHT), WHO_KNOW.format(of_own="", of_team="")),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
