"""Whose processor time it was, read from /proc: the site's, PostgreSQL's, or somebody else's."""

import math
import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")
TOO_MUCH = 0.3  # cores of foreign work above which a run does not count (performance.md 6)


@dataclass(frozen=True)
class Usage:
    """Seconds of processor time."""

    at: float
    site: float
    postgres: float
    ours: float
    machine: float

    def __sub__(self, before: "Usage") -> "Usage":
        return Usage(*(getattr(self, name) - getattr(before, name) for name in self.__dataclass_fields__))

    @property
    def foreign_cores(self) -> float:
        return max(0.0, (self.machine - self.site - self.postgres - self.ours) / self.at) if self.at else 0.0


class Meter:
    """Reads the usage of one server's processes, of PostgreSQL where it runs on this machine, and of all."""

    def __init__(self, server: int) -> None:
        self._server, self._postgres = server, _postmaster()

    def read(self) -> Usage:
        mine = os.times()
        return Usage(
            at=time.monotonic(),
            site=_of_tree(self._server),
            postgres=_of_tree(self._postgres) if self._postgres else 0.0,
            ours=mine.user + mine.system,
            machine=_of_machine(),
        )


def worked_by_connection() -> float:
    """Seconds that our connection's process has run; not a number where that is on another machine."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        process = Path(f"/proc/{cursor.fetchone()[0]}")
    try:
        is_it = "postgres" in (process / "comm").read_text()
        return int((process / "schedstat").read_text().split()[0]) / 1e9 if is_it else math.nan
    except OSError:
        return math.nan


def _postmaster() -> int | None:
    """The parent of our own connection's process, if that is a process of this machine."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    try:
        if "postgres" not in Path(f"/proc/{backend}/comm").read_text():
            return None
        return int(_stat(backend)[1])
    except OSError:
        return None


def _of_tree(root: int) -> float:
    """The process, everything below it, and what of that has already ended."""
    total, waiting, children = 0.0, [root], _children()
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, [])
        try:
            fields = _stat(pid)
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15])
    return total / TICK


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                found.setdefault(int(_stat(int(folder.name))[1]), []).append(int(folder.name))
            except OSError:
                continue
    return found


def _stat(pid: int) -> list[str]:
    """The fields after the name, which may itself hold spaces: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _of_machine() -> float:
    """User, nice, system, interrupts: everything but idle and waiting."""
    user, nice, system, _idle, _wait, irq, softirq = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + irq + softirq) / TICK
