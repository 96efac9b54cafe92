"""The database's own protection stands on every table that it should, and is lifted only where it is said."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import ForeignKey, Model

from accounts import gate, row_security
from accounts.models import User
from audit.acting import acting_as
from audit.models import Payload
from people.models import Child
from tests.architecture.source import ROOT

# Where a command or a query goes past the sight of whoever acts, and no other place may (audit.acting.Beyond).
LIFTED = {
    "accounts/gate.py": {"REFUSED": 1},
    "governance/selectors/dashboard.py": {"RETURNS": 1},
    "missing/promises.py": {"ONE_CHILD": 1},
    "missing/selectors/exports.py": {"RETURNS": 1},
    "missing/selectors/figures.py": {"RETURNS": 3},
    "missing/services/episodes.py": {"ONE_CHILD": 1},
    "missing/services/repeats.py": {"ONE_CHILD": 3},
    "missing/steps.py": {"ONE_CHILD": 1},
    "people/presenters.py": {"GOVERNANCE": 1},
    "people/selectors/records.py": {"MATCHING": 3, "ONE_CHILD": 2},
    "people/selectors/sight.py": {"GOVERNANCE": 4},
    "people/services/cases.py": {"ONE_CHILD": 2},
    "people/services/emergencies.py": {"GOVERNANCE": 2},
    "people/services/excluding.py": {"GOVERNANCE": 1},
    "people/services/matching.py": {"MATCHING": 1},
    "people/services/records.py": {"PUBLIC_CONCERN": 1},
    "referrals/services/intake.py": {"PUBLIC_CONCERN": 1},
    "referrals/services/outcomes.py": {"ONE_CHILD": 1},
}
# What holds a child's number and nothing of the child, and says who saw it: read through the gate alone.
NOT_PROTECTED = {"audit_event"}


def protected() -> set[str]:
    return {table.name for table in row_security.tables()}


def about_a_child() -> Iterator[type[Model]]:
    """Every model that leads to a child, by however many relations."""
    found: set[type[Model]] = {Child}
    while new := {model for model in apps.get_models() if model not in found and _leads_to(model, found)}:
        found |= new
    yield from found


def _leads_to(model: type[Model], known: set[type[Model]]) -> bool:
    relations = (field for field in model._meta.concrete_fields if isinstance(field, ForeignKey))
    return any(field.related_model in known for field in relations)


def test_what_leads_to_a_child_is_protected() -> None:
    names = {model._meta.db_table for model in about_a_child()} - NOT_PROTECTED
    assert not sorted(names - protected()), "declare need_to_know or part_of on these models"


@pytest.mark.django_db
def test_the_database_enforces_what_is_declared() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select relname, relrowsecurity from pg_class where relname = any (%s)", [sorted(protected())])
        assert dict(cursor.fetchall()) == dict.fromkeys(protected(), True)
        cursor.execute("select tablename, array_agg(policyname::text order by policyname) from pg_policies group by 1")
        policies = dict(cursor.fetchall())
    assert {name: policies[name] for name in protected()} == {name: ["beyond", "sight", "work"] for name in protected()}


@pytest.mark.django_db
def test_made_again_the_policies_stay_as_they_are() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select oid from pg_policy order by 1")
        before = cursor.fetchall()
        row_security.apply()
        cursor.execute("select oid from pg_policy order by 1")
        assert cursor.fetchall() == before


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["cse_app", "cse_worker"])
def test_asvs_13_2_2_the_site_may_neither_bypass_them_nor_make_or_empty_tables(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole from pg_roles where rolname = %s", [role]
        )
        assert cursor.fetchone() == (False,)
        cursor.execute("select has_schema_privilege(%s, 'public', 'create')", [role])
        assert cursor.fetchone() == (False,)
        cursor.execute("select count(*) from pg_tables where tableowner = %s", [role])
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "select count(*) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
            " and has_table_privilege(%s, oid, 'truncate')",
            [role],
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_what_the_log_holds_of_every_child_is_written_by_the_site_and_not_read(worker: User, at: datetime) -> None:
    """What was typed, searched and changed: no page shows it, so whatever a page forgot could not."""
    with acting_as(worker.pk):
        gate.searched(worker, verb="people.find", at=at, terms={"name": "Zebulon"})
        with pytest.raises(DatabaseError, match="permission denied for table audit_payload"), transaction.atomic():
            Payload.objects.first()
    assert Payload.objects.get().after["terms"] == {"name": "Zebulon"}


def test_sight_is_lifted_only_where_it_is_said() -> None:
    found: dict[str, dict[str, int]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith((".", "tests/", "audit/acting", "node_modules/", "var/")):
            continue
        for purpose in re.findall(r"\bbeyond\(Beyond\.(\w+)\)", path.read_text()):
            uses = found.setdefault(name, {})
            uses[purpose] = uses.get(purpose, 0) + 1
    assert found == LIFTED
