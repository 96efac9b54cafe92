"""The programs that come in wheels. Only their files are used, never the Python around them."""

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from stack import state
from stack.console import Problem
from stack.process import OURSELVES, Account


def package(distribution: str, account: Account) -> Path:
    """The directory of an installed package, where `account` can read it.

    The virtual environment may lie below root's private home: for another account the package is copied once, with
    the libraries beside it, because its programs find those by a relative path.
    """
    name = distribution.replace("-", "_")
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise Problem(f"{distribution} is not installed for this Python. Start with ./run, which installs it.")
    installed = Path(found.submodule_search_locations[0])
    if account == OURSELVES:
        return installed
    shared = state.FOR_ROOT / f"{distribution}-{importlib.metadata.version(distribution)}"
    if not shared.exists():
        copy_for_everybody([installed, installed.with_name(f"{name}.libs")], shared)
    return shared / name


def copy_for_everybody(folders: list[Path], shared: Path) -> None:
    """Copy the folders into a new one that everybody can read, whatever our umask is."""
    draft = shared.with_name(f"{shared.name}.{os.getpid()}")
    for folder in folders:
        if folder.exists():
            shutil.copytree(folder, draft / folder.name, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
    try:
        draft.rename(shared)
    except OSError:  # another start was quicker
        shutil.rmtree(draft)
