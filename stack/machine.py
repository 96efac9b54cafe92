"""What the machine itself must bring: installed if we may, else named in one command that can be copied."""

import ctypes
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stack.console import Problem, say, warn
from stack.shell import quietly, works

PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
PANGO = ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


@dataclass(frozen=True)
class Need:
    """Something beside Python: what for, how to see it, what installs it on Debian and Ubuntu, what elsewhere."""

    purpose: str
    present: Callable[[], bool]
    debian: tuple[str, ...]
    elsewhere: str
    essential: bool = False


def can_make_environments() -> bool:
    """With uv, with Python's own `venv` (Debian takes half of it away), or with a pip that works for another Python."""
    venv = importlib.util.find_spec("venv") is not None
    installer = any(importlib.util.find_spec(name) for name in ("ensurepip", "pip"))
    return works("uv", "--version") or (venv and installer)


def loads(*libraries: str) -> bool:
    try:
        for library in libraries:
            ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_pango() -> bool:
    if platform.system() == "Darwin":
        return any(Path(prefix, "lib/libpango-1.0.dylib").exists() for prefix in ("/opt/homebrew", "/usr/local"))
    return loads(*PANGO)


def clamd() -> str | None:
    """ClamAV's daemon, which is no program for everybody's PATH."""
    return shutil.which("clamd", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")


def chromium() -> str | None:
    """The first needs no window, and half as long for a page."""
    programs = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, programs)), None)


ENVIRONMENT = Need(
    purpose="Python packages",
    present=can_make_environments,
    debian=(f"{PYTHON}-venv",),
    elsewhere=f"install the venv module of {sys.executable}, or uv (https://docs.astral.sh/uv/)",
    essential=True,
)
PDF = Need(
    purpose="PDF export",
    present=has_pango,
    debian=("libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation"),
    elsewhere="brew install pango" if platform.system() == "Darwin" else "install Pango and HarfBuzz",
)
BROWSER = Need(
    purpose="browser tests",
    present=lambda: bool(chromium()) and loads("libatomic.so.1"),  # which Playwright's driver needs
    debian=("chromium-headless-shell", "libatomic1"),
    elsewhere="install Chromium or Chrome",
)
JAVA = Need(
    purpose="HTML validation in tests",
    present=lambda: works("java", "-version"),
    debian=("default-jre-headless",),
    elsewhere="install a Java runtime (11 or newer)",
)

SCANNER = Need(
    purpose="virus scanning in tests",
    present=lambda: bool(clamd()),
    debian=("clamav-daemon",),
    elsewhere="install ClamAV",
)
POOLER = Need(
    purpose="tests behind a connection pooler",
    present=lambda: bool(shutil.which("pgbouncer")),
    debian=("pgbouncer",),
    elsewhere="install PgBouncer",
)


def can_install() -> bool:
    return bool(shutil.which("apt-get")) and os.getuid() == 0


def has_chromium_package() -> bool:
    """Debian has one; Ubuntu's of that name only asks for a snap."""
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text().splitlines()


def provide(needs: Sequence[Need]) -> None:
    """Install what is missing where we may; otherwise say how, and go on unless nothing works without it."""
    missing = [need for need in needs if not need.present()]
    if missing and can_install():
        install([package for need in missing for package in need.debian])
        importlib.invalidate_caches()
    missing = [need for need in missing if not need.present()]
    if not missing:
        return
    purposes = " and ".join(need.purpose for need in missing)
    if shutil.which("apt-get"):
        remedy = f"sudo {apt_get([package for need in missing for package in need.debian])}"
    else:
        remedy = "; ".join(need.elsewhere for need in missing)
    if any(need.essential for need in missing):
        raise Problem(f"Something is missing for {purposes}. Do this, then start again:\n\n    {remedy}\n")
    warn(f"Going on without {purposes}; to have it:\n\n    {remedy}\n")


def install(packages: Sequence[str]) -> None:
    say(f"Installing with apt-get: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        quietly(["apt-get", "update", "-qq"], "", environment)
        quietly(apt_get(packages).split(), "", environment)
    except Problem as problem:
        warn(f"apt-get could not install them.{problem}")


def apt_get(packages: Sequence[str]) -> str:
    return f"apt-get install --yes --no-install-recommends {' '.join(packages)}"
