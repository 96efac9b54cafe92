"""The virtual environment with exactly the locked packages."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

from stack import fingerprint
from stack.console import say
from stack.shell import quietly, works
from stack.state import REPOSITORY

EXACTLY = ("--require-hashes", "--only-binary=:all:", "--requirement")
QUICKLY = ("--quiet", "--disable-pip-version-check", "--no-compile")  # Python compiles what is used when it is
NO_PACKAGES = (
    "The packages could not be installed. If this machine cannot reach the Python package index, name a mirror "
    "with PIP_INDEX_URL (with uv: UV_DEFAULT_INDEX) and start again."
)


class Environment:
    """`.venv`, or one of its own for the Python named by `CSE_PYTHON`."""

    def __init__(self) -> None:
        version = f"-{sys.version_info.major}.{sys.version_info.minor}" if os.environ.get("CSE_PYTHON") else ""
        self.path = REPOSITORY / f".venv{version}"
        self.python = self.path / "bin" / "python"
        self._uv = works("uv", "--version")

    def provide(self, name: str, *others: str) -> None:
        """Have the packages of these lock files. A change to the first one begins with an empty environment."""
        if not fingerprint.matches(*self._stamp(name)):
            self._create()
        for each in (name, *others):
            self.add(each)

    def add(self, name: str) -> None:
        """Have the packages of one more lock file, beside those that are there."""
        stamp, current = self._stamp(name)
        if not fingerprint.matches(stamp, current):
            say(f"Installing {name}.lock into {self.path.name}")
            self._install(REPOSITORY / f"{name}.lock")
            stamp.write_text(current)

    def _stamp(self, name: str) -> tuple[Path, str]:
        """The file that says what was installed, and what it must say to be up to date."""
        return self.path / f"{name}.installed", fingerprint.of_content([REPOSITORY / f"{name}.lock"], sys.version)

    def site_packages(self) -> Path:
        return next(self.path.glob("lib/python*/site-packages"))

    def _create(self) -> None:
        say(f"Making {self.path.name}")
        shutil.rmtree(self.path, ignore_errors=True)
        remedy = f"{self.path} could not be made. Check that the disk has space and the directory can be written to."
        if self._uv:
            quietly(["uv", "venv", "--quiet", "--python", sys.executable, self.path], remedy)
        else:
            bare = () if importlib.util.find_spec("ensurepip") else ("--without-pip",)
            quietly([sys.executable, "-m", "venv", *bare, self.path], remedy)

    def _install(self, lock: Path) -> None:
        pip: list[str | Path]
        if self._uv:
            pip = ["uv", "pip", "install", "--quiet", "--python", self.python]
        elif (self.site_packages() / "pip").exists():
            pip = [self.python, "-m", "pip", "install", *QUICKLY]
        else:
            pip = [sys.executable, "-m", "pip", "--python", self.python, "install", *QUICKLY]
        quietly([*pip, *EXACTLY, lock], NO_PACKAGES)
