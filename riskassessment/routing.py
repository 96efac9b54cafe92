"""Where a submitted screening goes is decided by rooms above, which register here (domain.md 6)."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import Team, User
from riskassessment.models import Screening

Handler = Callable[[Screening, Team, User, datetime], None]
_HANDLERS: list[Handler] = []


def on_submission(handler: Handler) -> None:
    """Call `handler(screening, mash, by, at)` inside the transaction of every submission that goes to MASH."""
    _HANDLERS.append(handler)


def to_mash(screening: Screening, mash: Team, *, by: User, at: datetime) -> None:
    for handler in _HANDLERS:
        handler(screening, mash, by, at)
