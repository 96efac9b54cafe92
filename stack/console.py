"""What `./run` and `./test` say: one line per step; when something fails, a sentence that names the remedy."""

import contextlib
import sys
from collections.abc import Iterator


class Problem(Exception):
    """What went wrong and what to do about it, worded for the person at the keyboard."""


def say(text: str = "") -> None:
    """Print a line. A terminal that has gone must not stop the work, least of all a clean stop."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


def warn(text: str) -> None:
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def problems_as_sentences() -> Iterator[None]:
    """End with the sentence instead of a traceback."""
    try:
        yield
    except Problem as problem:
        warn(f"\n{problem}")
        sys.exit(1)
    except OSError as error:
        warn(f"\n{error}\nCheck that the disk has space and that this directory belongs to you, then start again.")
        sys.exit(1)
    except KeyboardInterrupt:
        warn("\nStopped.")
        sys.exit(130)
