"""Points at which a worker waits, so that a fault strikes exactly there. Production code knows nothing of them.

Told apart by what the worker says to the database and to the post office. A point is armed by a file, reached by
renaming it, and left again only when another file says so: a worker that is killed there was killed there.
"""

import os
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from cse.torture.programs import until

DIRECTORY = "TORTURE_POINTS"  # in the environment of a worker, as the next
READY = "TORTURE_READY"


class Point(StrEnum):
    BEFORE_CLAIM = "before the claim"
    AFTER_CLAIM = "after the claim, not committed"
    CLAIMED = "after the claim, committed"
    BEFORE_SEND = "before the e-mail"
    AFTER_SEND = "after the e-mail"
    AFTER_MARK = "after the mark, not committed"
    MARKED = "after the mark, committed"


class Points:
    """The tester's side."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir()

    def arm(self, point: Point) -> None:
        self.disarm()
        draft = self._directory / "draft"
        draft.write_text(point)
        draft.rename(self._directory / "armed")

    def reached(self) -> int:
        """Wait until a worker is there; the number of the process that leads it."""
        until((self._directory / "reached").exists, "No worker came to the point at which it was to be stopped")
        return int((self._directory / "reached").read_text())

    def disarm(self) -> None:
        for name in ("armed", "taken", "reached", "go"):
            (self._directory / name).unlink(missing_ok=True)

    def let_go(self) -> None:
        (self._directory / "go").touch()


def wait_at(point: Point) -> None:
    """The worker's side: wait here if this is the point, the first to come."""
    directory = Path(os.environ[DIRECTORY])
    armed = directory / "armed"
    try:
        if armed.read_text() != point:
            return
        armed.rename(directory / "taken")
    except FileNotFoundError:
        return
    (directory / "taken").write_text(str(os.getpgid(0)))
    (directory / "taken").rename(directory / "reached")
    while not (directory / "go").exists():
        time.sleep(0.02)


def watch(connection: Any, **_: object) -> None:
    """Wait at the points that this connection passes."""
    passed: list[Point] = []

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "deadlines_stage"'):
            wait_at(Point.BEFORE_CLAIM)
            result = run(sql, params, many, context)
            passed.append(Point.CLAIMED)
            wait_at(Point.AFTER_CLAIM)
            return result
        result = run(sql, params, many, context)
        if sql.startswith('UPDATE "deadlines_notice" SET "sent_at"'):
            passed.append(Point.MARKED)
            wait_at(Point.AFTER_MARK)
        return result

    commit = connection._commit

    def committed() -> None:
        commit()
        while passed:
            wait_at(passed.pop())

    if not connection.execute_wrappers:
        connection.execute_wrappers.append(execute)
        connection._commit = committed
