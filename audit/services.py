"""The one way into the log. Only the gate calls it, so that nothing is recorded twice or forgotten."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime

from audit.asking import asked
from audit.hashing import digest
from frontend.statements import Statement

Values = Mapping[str, object]

_TYPES = {
    "verb": "text",
    "actor_id": "bigint",
    "at": "timestamptz",
    "subject_type": "text",
    "subject_id": "bigint",
    "child_id": "bigint",
    "reason": "text",
    "payload_sha256": "text",
    "shown_child_ids": "bigint[]",
    "request_id": "uuid",
    "ip": "inet",
}
_PLACES = ", ".join(f"%({name})s" for name in _TYPES)
_EVENT = f"""
    insert into audit_event ({", ".join(_TYPES)}, transaction)
    values ({_PLACES}, pg_current_xact_id()::text::bigint)
"""  # nosec B608 # noqa: S608 (names of our own)
_ADD = Statement(_EVENT, _TYPES)
# Event and payload in one statement, because every page that shows a record waits for it.
_ADD_WITH_PAYLOAD = Statement(
    f"""
    with event as ({_EVENT} returning id)
    insert into audit_payload (event_id, before, after) select id, %(before)s, %(after)s from event
    """,  # nosec B608 # noqa: S608
    _TYPES | {"before": "jsonb", "after": "jsonb"},
)


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
    shown_children: Collection[int] = (),
    using: str = "default",
) -> None:
    """Add one event, with its payload where something changed. `before` and `after` hold JSON values.

    `shown_children` are the children whom a list or a file showed, by number.
    """
    request = asked()
    event = {
        "verb": verb,
        "actor_id": actor_id,
        "at": at,
        "subject_type": subject_type,
        "subject_id": subject_id,
        "child_id": child_id,
        "reason": reason,
        "payload_sha256": "",
        "shown_child_ids": list(shown_children) or None,
        "request_id": str(request.request_id) if request.request_id else None,
        "ip": request.ip,
    }
    if before or after:
        event |= {"before": json.dumps(before or {}), "after": json.dumps(after or {})}
        event["payload_sha256"] = digest(before or {}, after or {})
        _ADD_WITH_PAYLOAD.run(event, using=using)
    else:
        _ADD.run(event, using=using)
