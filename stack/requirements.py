"""The lock files: every package of every requirements*.in, with the hashes of what may be installed."""

import shutil
import subprocess

from stack.console import Problem, say
from stack.state import REPOSITORY

NAMES = ("requirements", "requirements-test", "requirements-node")
OPTIONS = ("--universal", "--generate-hashes", "--python-version", "3.11")
NO_TRACE_OF_THIS_MACHINE = ("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate")


def lock() -> int:
    """Write the lock files again. Pins that need not move stay where they are."""
    uv = shutil.which("uv")
    if uv is None:
        raise Problem("Lock files are written by uv, which is not here. Install it with: python3 -m pip install uv")
    for name in NAMES:
        say(f"Writing {name}.lock")
        files = (f"{name}.in", "--output-file", f"{name}.lock", "--quiet")
        command = (uv, "pip", "compile", *OPTIONS, *NO_TRACE_OF_THIS_MACHINE, *files)
        if subprocess.run(command, cwd=REPOSITORY, check=False).returncode != 0:
            raise Problem(f"{name}.lock is as it was: put right what uv names above in {name}.in, then lock again.")
    return 0
