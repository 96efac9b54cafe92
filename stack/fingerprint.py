"""What need not be done again: a step is skipped while what it was made from is unchanged."""

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from stack.state import REPOSITORY

NOT_OURS = {"node_modules", "var", "tests", "build", "__pycache__"}


def of_content(paths: Iterable[Path], *also: str) -> str:
    """Changes with the content of the files. For few and small ones."""
    digest = hashlib.sha256("\0".join(also).encode())
    for path in sorted(paths):
        digest.update(f"{path}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def of_code() -> str:
    """Changes when any of our Python files is written, or the packages or the Python below them change."""
    digest = hashlib.sha256(sys.version.encode() + (REPOSITORY / "requirements.lock").read_bytes())
    for folder, folders, files in os.walk(REPOSITORY):
        folders[:] = sorted(each for each in folders if each not in NOT_OURS and not each.startswith("."))
        for name in sorted(files):
            if name.endswith(".py"):
                path = Path(folder, name)
                about = path.stat()
                digest.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def matches(stamp: Path, fingerprint: str) -> bool:
    return stamp.exists() and stamp.read_text() == fingerprint
