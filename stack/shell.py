"""Commands of the machine's own, run quietly; what they say is shown only when they fail."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from stack.console import Problem
from stack.state import REPOSITORY


def quietly(command: Sequence[str | Path], remedy: str, environment: Mapping[str, str] | None = None) -> None:
    """Run it in the project's directory. If it fails, show the end of what it said, and the remedy."""
    try:
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise Problem(f"{command[0]} could not be started: {error.strerror}.\n{remedy}") from error
    if done.returncode != 0:
        said = "\n".join(f"    {line}" for line in done.stdout.splitlines()[-15:])
        raise Problem(f"{said}\n{remedy}")


def works(*command: str) -> bool:
    """Whether the command is here and can really be used (a version manager's stand-in may only seem to be)."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
