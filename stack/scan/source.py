"""How the source is scanned, by ./test and by `python3 -m stack scan` alike."""

import re
from collections.abc import Iterable

BANDIT = ("--quiet", "--recursive", "--configfile", "pyproject.toml", ".")

_NOT_WRITTEN_BY_HAND = re.compile(r"\.lock$|(^|/)package-lock\.json$|\.(png|ico)$")
_SCAN = ("scan", "--force-use-all-plugins")


def detect_secrets(listed: Iterable[str]) -> list[tuple[tuple[str, ...], list[str]]]:
    """(arguments, files) of each run.

    In tests a word beside "password" is made up; a key that looks real is not. Migrations hold hashes of triggers.
    """
    left_out: dict[str, str] = {"tests": "KeywordDetector", "migrations": "HexHighEntropyString"}
    runs: dict[str, list[str]] = {}
    for name in (name for name in listed if not _NOT_WRITTEN_BY_HAND.search(name)):
        kind = "tests" if name.startswith("tests/") else "migrations" if "/migrations/" in name else ""
        runs.setdefault(kind, []).append(name)
    return [((*_SCAN, "--disable-plugin", left_out[kind]) if kind else _SCAN, names) for kind, names in runs.items()]
