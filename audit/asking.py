"""From where the request comes that is being answered, for the log: one number for all it does, and an address."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID, uuid4


@dataclass(frozen=True)
class Asked:
    request_id: UUID | None = None
    ip: str | None = None


_NOBODY = Asked()
_asked: ContextVar[Asked] = ContextVar("_asked", default=_NOBODY)


@contextmanager
def asked_from(ip: str | None) -> Iterator[Asked]:
    """What is recorded until the end belongs to one request from this address."""
    asked = Asked(uuid4(), ip)
    token = _asked.set(asked)
    try:
        yield asked
    finally:
        _asked.reset(token)


def asked() -> Asked:
    """Nothing where a clock or a command line acts."""
    return _asked.get()
