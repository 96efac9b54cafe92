"""What a breach does beyond telling people, and which promises ought to be running: rooms above register it here."""

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from accounts.models import User
from deadlines.models import Deadline
from deadlines.rules import Kind

OnBreach = Callable[[Deadline, User, datetime], None]
Hold = Callable[[Collection[int]], None]
Healer = Callable[[User, datetime], None]
_ON_BREACH: dict[Kind, list[OnBreach]] = {}
_HOLDS: dict[Kind, Hold] = {}
_HEALERS: list[Healer] = []
logger = logging.getLogger(__name__)


def on_breach(kind: Kind, handler: OnBreach, *, hold: Hold | None = None) -> None:
    """Call `handler(deadline, by, at)` when a promise of this kind is broken, in the transaction that says so.

    `hold` locks the rows of these children that the handler changes and that commands lock before a promise.
    """
    _ON_BREACH.setdefault(kind, []).append(handler)
    if hold:
        _HOLDS[kind] = hold


def on_heal(healer: Healer) -> None:
    """Call `healer(by, at)` with each derived sweep: it starts the promises that its room's records call for."""
    _HEALERS.append(healer)


def hold(rows: Callable[[], QuerySet[Deadline]], kinds: Iterable[Kind], *, at: datetime) -> None:
    """Lock what the breach of those that are due by `at` changes: before they are locked, as commands do, so that of a
    sweep and a command none waits for what the other holds."""
    for kind in _HOLDS.keys() & set(kinds):
        if children := set(rows().filter(kind=kind, due_at__lte=at).order_by().values_list("child_id", flat=True)):
            _HOLDS[kind](children)


def breached(deadline: Deadline, *, by: User, at: datetime) -> None:
    for handler in _ON_BREACH.get(Kind(deadline.kind), []):
        _apart(partial(handler, deadline, by, at), f"What follows the breach of deadline {deadline.pk}")


def heal(*, by: User, at: datetime) -> None:
    for healer in _HEALERS:
        _apart(partial(healer, by, at), f"The healer {healer.__module__}")


def _apart(effect: Callable[[], None], name: str) -> None:
    """A mistake in one effect holds back neither the others nor the news of the breach; a lost connection does."""
    try:
        with transaction.atomic():
            effect()
    except OperationalError:
        raise
    except Exception:
        logger.exception("%s failed", name)
