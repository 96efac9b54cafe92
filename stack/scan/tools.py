"""The scanners' own environments: none of what they need may come near the site's packages."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from stack.console import say
from stack.shell import quietly
from stack.state import REPOSITORY

HOME = REPOSITORY / "var" / "scan"
VERSIONS = {"wapiti3": "3.2.3", "sqlmap": "1.10.10"}
OBSERVATORY = "1.4.8"
NO_TOOL = "The scanner could not be installed. Check that this machine reaches a package index, then start again."


def python_tool(package: str, program: str) -> Path:
    """The program of a Python package, installed if need be."""
    place = HOME / f"{package}-{VERSIONS[package]}"
    if not (place / "bin" / program).exists():
        say(f"Installing {package}")
        quietly([sys.executable, "-m", "venv", place], NO_TOOL)
        install: Sequence[str | Path] = [place / "bin" / "pip", "install", "--quiet", f"{package}=={VERSIONS[package]}"]
        quietly(install, NO_TOOL)
    return place / "bin" / program


def observatory() -> Path:
    """Mozilla's own header check, with the list of preloaded sites left empty: it is fetched from the network else."""
    place = HOME / f"observatory-{OBSERVATORY}"
    package = place / "node_modules" / "@mdn" / "mdn-http-observatory"
    if not package.exists():
        say("Installing mdn-http-observatory")
        place.mkdir(parents=True, exist_ok=True)
        named = f"@mdn/mdn-http-observatory@{OBSERVATORY}"
        options = ["--prefix", str(place), "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        quietly(["npm", "install", *options, named], NO_TOOL, dict(os.environ))
    (package / "conf" / "hsts-preload.json").write_text("{}")
    return package / "src" / "scan.js"
