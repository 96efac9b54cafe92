"""The one way into the log. Only the gate calls it, so that nothing is recorded twice or forgotten."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from django.db import connections

Values = Mapping[str, object]

# Written out, and event and payload in one statement, because every page that shows a record waits for it.
_ADD = """
insert into audit_event (verb, actor_id, at, subject_type, subject_id, child_id, reason, payload_sha256)
values (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_WITH_PAYLOAD = """
with event as (
    insert into audit_event (verb, actor_id, at, subject_type, subject_id, child_id, reason, payload_sha256)
    values (%s, %s, %s, %s, %s, %s, %s, %s) returning id
)
insert into audit_payload (event_id, before, after) select id, %s, %s from event
"""


def record(
    *,
    verb: str,
    actor_id: int,
    at: datetime,
    subject_type: str,
    subject_id: int | None,
    child_id: int | None,
    reason: str = "",
    before: Values | None = None,
    after: Values | None = None,
    using: str = "default",
) -> None:
    """Add one event, with its payload where something changed. `before` and `after` hold JSON values."""
    changed = bool(before or after)
    sha256 = digest(before or {}, after or {}) if changed else ""
    payload = (json.dumps(before or {}), json.dumps(after or {})) if changed else ()
    with connections[using].cursor() as cursor:
        cursor.execute(
            _WITH_PAYLOAD if changed else _ADD,
            (verb, actor_id, at, subject_type, subject_id, child_id, reason, sha256, *payload),
        )


def digest(before: Values, after: Values) -> str:
    """SHA-256 of the payload's canonical JSON, kept with the event after the payload is lawfully destroyed."""
    text = json.dumps([before, after], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
