"""Templates are kept compiled beside Python's modules, where those are kept in one place (PYTHONPYCACHEPREFIX).

Jinja writes what a filter makes of a constant into the compiled template: those made with other filters are not used.
"""

import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

OURS = Path(__file__).parent


def templates() -> FileSystemBytecodeCache | None:
    """None where they cannot be kept: Python goes without, too, where it may not write."""
    if sys.pycache_prefix is None:
        return None
    filters = sha256(b"".join(source.read_bytes() for source in sorted(OURS.glob("*.py")))).hexdigest()
    directory = Path(sys.pycache_prefix, f"templates-{filters[:12]}")
    with suppress(OSError):
        directory.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(directory)) if os.access(directory, os.W_OK) else None
