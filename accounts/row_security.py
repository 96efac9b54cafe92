"""Row-level security: the database keeps by itself what `need_to_know` declares (security.md 2).

`accounts.policy` asks for what a person may see; this makes PostgreSQL refuse the rest to the site's own role, whatever
the site forgot to ask. Both read the same declarations and nothing else of each other. A model that declares no scope
of its own is `part_of` a record that does, and is seen with it.

The policies are made anew after each migration, as Django makes its permissions, and only where they changed. The owner
of the tables, who migrates, is not bound by them.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import Model

from accounts import policy, scopes
from audit.acting import DatabaseRole

APP, WORKER, AUDITOR = DatabaseRole.APP, DatabaseRole.WORKER, DatabaseRole.AUDITOR
_TEAMS = "(select cse_teams())::integer[]"
_ACTOR = "(select cse_actor())"


@dataclass(frozen=True)
class Table:
    """A table whose rows are somebody's to see, and by which condition on a row."""

    name: str
    sight: str
    written: str | None = None
    """What must hold of a new row, where it is not that its author sees it."""

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr((self.sight, self.written, _POLICIES)).encode()).hexdigest()


def apply(*, using: str = "default", **_: object) -> None:
    """Protect every table that declares who sees it, and give each role its rights. Only the owner can."""
    with connections[using].cursor() as cursor:
        for statement in _rights():
            cursor.execute(statement)
        cursor.execute("select relname, obj_description(oid, 'pg_class') from pg_class where relkind = 'r'")
        protected = dict(cursor.fetchall())
        for table in tables():
            if protected.get(table.name) != table.digest:
                cursor.execute(_protect(table))


def tables() -> list[Table]:
    """Every table of which the database keeps by itself who sees its rows."""
    return [*_grants(), *(table for model in apps.get_models() for table in _of_model(model))]


def _of_model(model: type[Model]) -> Iterator[Table]:
    if (sight := _sight(model)) is None:
        return
    name = model._meta.db_table
    yield Table(name, sight, "true" if isinstance(_scope(model), scopes.Addressee) else None)
    for field in model._meta.local_many_to_many:
        through: Any = field.remote_field.through
        link = through._meta.get_field(field.m2m_field_name()).column
        yield Table(through._meta.db_table, _exists(model, f"{through._meta.db_table}.{link}"))


def _scope(model: type[Model]) -> scopes.Scope | None:
    return getattr(model, "need_to_know", None)


def _sight(model: type[Model]) -> str | None:
    """The condition on a row of the model's table; None where everybody may see it."""
    name = model._meta.db_table
    if parent := getattr(model, "part_of", None):
        return _seen_with(model, parent)
    match _scope(model):
        case scopes.ThroughChild(key):
            return _knows(model, key)
        case scopes.OwnedByTeam(key=key):
            # Who owes a promise is shown it; that there is one is known to all who work with the child.
            return f"({name}.{key} is null or {_knows(model, key)})"
        case scopes.DraftOfTeam(submitted, team, key):
            return f"({name}.{submitted} is not null or {name}.{team} = any ({_TEAMS})) and {_knows(model, key)}"
        case scopes.HandledByTeam(handling, origin, key):
            return _handled(model, handling, origin, key)
        case scopes.UnlessAboutTeam(about, team, key):
            return f"({name}.{about} = '' or {name}.{team} <> all ({_TEAMS})) and {_knows(model, key)}"
        case scopes.Addressee(person, about):
            return f"({name}.{person} = {_ACTOR} or {_seen_with(model, about)})"
        case scopes.Everybody() | None:
            return None


def _handled(model: type[Model], handling: str, origin: str, key: str) -> str:
    name = model._meta.db_table
    if "__" in handling:
        parent = handling.partition("__")[0]
        return _seen_with(model, parent)
    teams = f"({name}.{handling} = any ({_TEAMS}) or {name}.{origin} = any ({_TEAMS}))"
    return f"{teams} and {_not_hidden(f'{name}.{key}')}"


def _knows(model: type[Model], key: str) -> str:
    parent, _, further = key.partition("__")
    if further:
        return _seen_with(model, parent)
    column = model._meta.pk.column if key == "pk" else key
    return f"({_granted(f'{model._meta.db_table}.{column}')})"


def _granted(child: str) -> str:
    """A live grant to the person or to a team of theirs, on a child who is not hidden from them.

    A subquery that is asked whether it is null is always a probe of an index; for EXISTS PostgreSQL may choose to read
    every grant of a team first, which is slow for one that knows a hundred thousand children.
    """
    own, team = policy.user_grants().model._meta.db_table, policy.group_grants().model._meta.db_table
    live = "known.permission_id = (select cse_sight()) and (known.expires_at is null or known.expires_at > now())"
    of_team = _one(team, f"known.content_object_id = {child} and known.group_id = any ({_TEAMS}) and {live}")
    of_person = _one(own, f"known.content_object_id = {child} and known.user_id = {_ACTOR} and {live}")
    return f"{_not_hidden(child)} and ({of_team} or {of_person})"


def _not_hidden(child: str) -> str:
    return f"{child} <> all ((select cse_hidden())::bigint[])"


def _seen_with(model: type[Model], relation: str) -> str:
    field: Any = model._meta.get_field(relation)
    return _exists(field.related_model, f"{model._meta.db_table}.{field.column}")


def _exists(model: type[Model], key: str) -> str:
    """The row it belongs to is seen: asked of that row's own policy."""
    return _one(model._meta.db_table, f"known.{model._meta.pk.column} = {key}")


def _one(table: str, condition: str) -> str:
    return f"(select 1 from {table} as known where {condition} limit 1) is not null"  # nosec B608 # noqa: S608 (our names)


def _grants() -> Iterator[Table]:
    """Each sees their own; others' only of a child they know, or one that is being added."""
    for grants, mine in (
        (policy.user_grants(), f"user_id = {_ACTOR}"),
        (policy.group_grants(), f"group_id = any ({_TEAMS})"),
    ):
        yield Table(
            grants.model._meta.db_table,
            f"({mine} or cse_may_grant(content_object_id))",
            f"granted_by_id = {_ACTOR} and cse_may_grant(content_object_id)",
        )


_POLICIES = """
alter table {name} enable row level security;
drop policy if exists sight on {name};
create policy sight on {name} to {app} using ({sight}) with check ({written});
drop policy if exists beyond on {name};
create policy beyond on {name} to {app} using ((select current_setting('cse.beyond', true) <> ''));
drop policy if exists work on {name};
create policy work on {name} to {worker} using ((select cse_actor() is not null));
comment on table {name} is '{digest}';
"""

# PostgreSQL lets everybody run each new function, also one that runs as the owner of the tables. What seals the log is
# for the worker, what checks it for the auditor too, all else for the site and its worker.
_FUNCTIONS = f"""
do $$
declare
    each record;
begin
    for each in
        select oid::regprocedure as name, case
            when proname not like 'audit\\_%' then '{APP}, {WORKER}'
            when provolatile = 'v' then '{WORKER}'
            else '{WORKER}, {AUDITOR}' end as whose
        from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype
            and has_function_privilege('public', oid, 'execute')
    loop
        execute format('revoke execute on function %s from public', each.name);
        execute format('grant execute on function %s to %s', each.name, each.whose);
    end loop;
end $$;
"""  # nosec B608 # noqa: S608 (names of our own)


def _protect(table: Table) -> str:
    return _POLICIES.format(
        name=table.name,
        sight=table.sight,
        written=table.written or table.sight,
        app=APP,
        worker=WORKER,
        digest=table.digest,
    )


def _rights() -> Iterator[str]:
    """The site and its worker read and write rows; they make no tables and do not empty any.

    The auditor reads what the log holds and what became of rows that are nobody's to hide, and writes nothing.
    """
    yield f"grant select, insert, update, delete on all tables in schema public to {APP}, {WORKER}"
    yield f"grant usage, select on all sequences in schema public to {APP}, {WORKER}"
    yield f"revoke all on all tables in schema public from {AUDITOR}"
    protected = {table.name for table in tables()}
    for table in _marked("append_only"):
        yield f"revoke update, delete on {table} from {APP}, {WORKER}"
        if table not in protected:
            yield f"grant select on {table} to {AUDITOR}"
    for table in _marked("written_by_database"):  # histories, and the chain: triggers and functions of the owner
        yield f"revoke insert on {table} from {APP}, {WORKER}"
    for table in _marked("unread_by_site"):
        yield f"revoke select on {table} from {APP}"  # nosec B608 # noqa: S608 (names of our own)
    yield _FUNCTIONS
    for role, password in settings.DATABASE_PASSWORDS.items():
        yield f"alter role {role} login password '{_quoted(password)}'"


def _marked(how: str) -> list[str]:
    """The tables of the models that say so of themselves."""
    return [model._meta.db_table for model in apps.get_models() if getattr(model, how, False)]


def _quoted(password: str) -> str:
    return password.replace("'", "''")
