"""How the source is scanned, by ./test and by `python3 -m stack scan` alike."""

import re
from collections.abc import Iterable

BANDIT = ("--quiet", "--recursive", "--configfile", "pyproject.toml", ".")

_NOT_WRITTEN_BY_HAND = re.compile(r"\.lock$|(^|/)package-lock\.json$|\.(png|ico)$")
_SCAN = ("scan", "--force-use-all-plugins")


def detect_secrets(listed: Iterable[str]) -> list[tuple[tuple[str, ...], list[str]]]:
    """(arguments, files) of each run. In tests a word beside "password" is made up; a key that looks real is not."""
    names = [name for name in listed if not _NOT_WRITTEN_BY_HAND.search(name)]
    ours = [name for name in names if not name.startswith("tests/")]
    of_tests = [name for name in names if name.startswith("tests/")]
    runs = [(_SCAN, ours), ((*_SCAN, "--disable-plugin", "KeywordDetector"), of_tests)]
    return [(options, files) for options, files in runs if files]
