"""What follows a decision for early help is done by rooms above, which register here (domain.md 19)."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import User
from referrals.models import Referral

Handler = Callable[[Referral, User, datetime], None]
_HANDLERS: list[Handler] = []


def on_early_help(handler: Handler) -> None:
    """Call `handler(referral, by, at)` inside the transaction of every decision for early help."""
    _HANDLERS.append(handler)


def to_early_help(referral: Referral, *, by: User, at: datetime) -> None:
    for handler in _HANDLERS:
        handler(referral, by, at)
