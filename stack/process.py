"""A program the supervisor runs, and how one is ended."""

import contextlib
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

LOG_LIMIT = 10_000_000  # bytes; a longer log is put aside at the next start


@dataclass(frozen=True)
class Account:
    """Who a program runs as: by default, whoever we are."""

    uid: int | None = None
    gid: int | None = None
    groups: tuple[int, ...] | None = None

    def own(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


OURSELVES = Account()


def unprivileged() -> Account:
    """The account of the data services: `nobody` when we are root."""
    if os.getuid() != 0:
        return OURSELVES
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid, ())


def private_directory(path: Path, account: Account) -> Path:
    """`path`, made if need be, which only `account` may enter."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    account.own(path)
    return path


@dataclass(frozen=True)
class Program:
    """What to start, when it counts as ready (asked repeatedly), and how it wants to be stopped.

    What one that is `heard` has to say to people stands in our terminal, not in its log.
    """

    name: str
    argv: tuple[str, ...]
    log: Path
    environment: Mapping[str, str]
    ready: Callable[[], bool] = lambda: True
    ready_within: float = 120
    account: Account = OURSELVES
    working_directory: Path = Path("/")
    stop_signal: int = signal.SIGTERM
    stop_within: float = 10
    heard: bool = False

    def launch(self) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, so that Ctrl-C in the terminal reaches only the supervisor."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".old"))
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=None if self.heard else log,
                cwd=self.working_directory,
                env=self.environment,
                start_new_session=True,
                user=self.account.uid,
                group=self.account.gid,
                extra_groups=self.account.groups,
            )


def end(pid: int, stop_signal: int, within: float, gone: Callable[[], bool]) -> None:
    """Ask the process to stop, wait `within` seconds, then kill what is left of it and of what it started."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, stop_signal)
    deadline = time.monotonic() + within
    while not gone() and time.monotonic() < deadline:
        time.sleep(0.02)
    if not gone():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def gone(pid: int) -> bool:
    """Whether the process has ended. A zombie has, though the machine's first process may be slow to clear it."""
    try:
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat").read_text()
    except PermissionError:
        return False
    except ProcessLookupError:
        return True
    except FileNotFoundError:
        return Path("/proc/self").exists()  # else a system without /proc, where the signal has given the answer
    return status.rpartition(")")[2].split()[0] == "Z"


def last_lines(log: Path, count: int = 15) -> str:
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "\n".join(f"    {line}" for line in lines[-count:])
