"""The project's own files, and Python read as syntax trees."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = (
    "cse",
    "delivery_plan",
    "reports",
    "governance",
    "prevention",
    "oversight",
    "missing",
    "referrals",
    "riskassessment",
    "documents",
    "people",
    "figures",
    "deadlines",
    "accounts",
    "audit",
    "frontend",
)
NOT_OURS = re.compile(r"^(\.git|\.venv.*|\..*_cache|\.hypothesis|node_modules|__pycache__|var)$|^static/build$")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(root: Path, *patterns: str) -> Iterator[Path]:
    """Every file of the project whose name matches one of the patterns, without what is built or installed."""
    for folder, below, names in os.walk(root):
        here = Path(folder)
        below[:] = sorted(
            name
            for name in below
            if not NOT_OURS.match(name) and not NOT_OURS.match(str((here / name).relative_to(root)))
        )
        yield from (here / name for name in sorted(names) if any(fnmatch(name, pattern) for pattern in patterns))


def python(root: Path, *, tests: bool = False) -> Iterator[Path]:
    """The project's Python: without migrations, and without tests unless asked for."""
    for path in files(root, "*.py"):
        parts = path.relative_to(root).parts
        if "migrations" not in parts and (tests or parts[0] != "tests"):
            yield path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def called(node: ast.expr) -> str:
    """`a.b.c` for the expression that is called; "" where it is not a plain name."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{called(value)}.{attr}"
    return ""


def configuration(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text())


def tool(name: str) -> list[str]:
    """A program of the same environment as this Python."""
    return [str(Path(sys.executable).parent / name)]


def passes(sentence: str, command: list[str], *, root: Path = ROOT, **environment: str) -> None:
    """The command succeeds in `root`; otherwise the test fails with the sentence and what the command said."""
    done = run(command, root=root, **environment)
    assert done.returncode == 0, f"{sentence}\n\n{done.stdout}{done.stderr}"


def run(command: list[str], *, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    merged = {**os.environ, "PYTHONWARNINGS": "", "NO_COLOR": "1", **environment}
    return subprocess.run(command, cwd=root, env=merged, capture_output=True, text=True, check=False)


def nothing(found: Iterable[str], remedy: str = "") -> None:
    """Fails with the remedy and everything found, one to a line."""
    listed = sorted(found)
    assert not listed, "\n".join([remedy, *listed])
