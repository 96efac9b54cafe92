"""What several measures are taken from, asked for once in each count; and what a count may build upon."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from figures.rules import Period

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
Holds = Callable[[str, Period], bool]


@dataclass(frozen=True)
class _Count:
    holds: Holds
    answers: dict[Any, Any] = field(default_factory=dict)


_count: ContextVar[_Count | None] = ContextVar("count", default=None)


def _nothing(key: str, period: Period) -> bool:
    return False


@contextmanager
def counting(holds: Holds = _nothing) -> Iterator[None]:
    """Within it, and no longer, what is `asked_once` is remembered: between two counts rows may change.

    `holds` says whether the figure of a measure and a period is as if it were counted now.
    """
    token = _count.set(_Count(holds))
    try:
        yield
    finally:
        _count.reset(token)


def holds(key: str, period: Period) -> bool:
    """Whether this figure, as it was counted before, may be built upon: never where all is counted anew."""
    count = _count.get()
    return count is not None and count.holds(key, period)


def asked_once(ask: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """The answer is shared: nobody may change it. Its arguments can be hashed."""

    @wraps(ask)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        count = _count.get()
        if count is None:
            return ask(*args, **kwargs)
        key = (ask, args, tuple(sorted(kwargs.items())))
        if key not in count.answers:
            count.answers[key] = ask(*args, **kwargs)
        known: Answer = count.answers[key]
        return known

    return answer
