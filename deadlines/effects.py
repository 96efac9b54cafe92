"""What a breach does beyond telling people, and which promises ought to be running: rooms above register it here."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import User
from deadlines.models import Deadline
from deadlines.rules import Kind

OnBreach = Callable[[Deadline, User, datetime], None]
Healer = Callable[[User, datetime], None]
_ON_BREACH: dict[Kind, list[OnBreach]] = {}
_HEALERS: list[Healer] = []


def on_breach(kind: Kind, handler: OnBreach) -> None:
    """Call `handler(deadline, by, at)` when a promise of this kind is broken, in the transaction that says so."""
    _ON_BREACH.setdefault(kind, []).append(handler)


def on_heal(healer: Healer) -> None:
    """Call `healer(by, at)` with each derived sweep: it starts the promises that its room's records call for."""
    _HEALERS.append(healer)


def breached(deadline: Deadline, *, by: User, at: datetime) -> None:
    for handler in _ON_BREACH.get(Kind(deadline.kind), []):
        handler(deadline, by, at)


def heal(*, by: User, at: datetime) -> None:
    for healer in _HEALERS:
        healer(by, at)
