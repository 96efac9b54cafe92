"""The hash of a payload, which stays with its event when the payload is lawfully destroyed."""

import hashlib
import json
from collections.abc import Mapping


def digest(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """SHA-256 of the payload's canonical JSON."""
    text = json.dumps([before, after], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
