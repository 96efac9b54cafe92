"""The one way into the log. Only the gate calls it, so that nothing is recorded twice or forgotten."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from audit.models import Event, Payload

Values = Mapping[str, object]


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
) -> Event:
    """Add one event, with its payload where something changed. `before` and `after` hold JSON values."""
    changed = bool(before or after)
    event = Event(
        verb=verb,
        actor_id=actor_id,
        at=at,
        subject_type=subject_type,
        subject_id=subject_id,
        child_id=child_id,
        reason=reason,
        payload_sha256=digest(before or {}, after or {}) if changed else "",
    )
    event.save(using=using, force_insert=True)
    if changed:
        Payload(event=event, before=before or {}, after=after or {}).save(using=using, force_insert=True)
    return event


def digest(before: Values, after: Values) -> str:
    """SHA-256 of the payload's canonical JSON, kept with the event after the payload is lawfully destroyed."""
    text = json.dumps([before, after], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
