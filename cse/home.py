"""The home page of each role, gathered from the rooms below."""

from datetime import datetime
from typing import Any

import deadlines.selectors
from accounts.models import User

SHOWN = 10


def for_user(user: User, *, at: datetime) -> dict[str, Any]:
    """What waits, what is overdue, what was started."""
    return {
        "overdue": deadlines.selectors.overdue(user, at=at)[:SHOWN],
        "running": deadlines.selectors.running(user)[:SHOWN],
    }
