"""What a test does to the log as somebody whom no right stops."""

from datetime import datetime
from typing import Any

from django.db import connection

from audit import services, verifying


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def as_superuser(sql: str, *values: Any) -> None:
    """With all triggers off, as only the database's superuser can."""
    run("set constraints all immediate")
    run("set session_replication_role = replica")
    try:
        run(sql, *values)
    finally:
        run("set session_replication_role = origin")
        run("set constraints all deferred")


def fault() -> str:
    return str(verifying.first_fault() or "")


def record(at: datetime, **values: Any) -> None:
    given = {"actor_id": 1, "subject_type": "people.child", "subject_id": 3, "child_id": 3, **values}
    services.record(at=at, **given)
