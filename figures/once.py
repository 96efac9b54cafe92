"""What several measures are taken from, asked for once in each count."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def counting() -> Iterator[None]:
    """Within it, and no longer, what is `asked_once` is remembered: between two counts rows may change."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asked_once(ask: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """The answer is shared: nobody may change it. Its arguments can be hashed."""

    @wraps(ask)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        known = _answers.get()
        if known is None:
            return ask(*args, **kwargs)
        key = (ask, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = ask(*args, **kwargs)
        return known[key]  # type: ignore[no-any-return]

    return answer
