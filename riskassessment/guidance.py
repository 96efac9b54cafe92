"""The definition, the abuse models and the language prompts, read once from this room's data (strategy §1, §4)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "definition.json"
# What is quoted is somebody's own words and stays as it was said (domain.md 39).
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")


@dataclass(frozen=True)
class Prompt:
    """A phrase that was found, and what to write instead. A suggestion, never a block."""

    code: str
    found: str
    suggestion: str
    why: str


@lru_cache
def content() -> Mapping[str, Any]:
    """`definition`, `abuse_models`, `exchange_items` as in the data file."""
    return json.loads(_FILE.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def prompts(text: str) -> list[Prompt]:
    """The phrases in `text`, outside quotations, for which the partnership prefers other words (domain.md 39)."""
    unquoted = _QUOTED.sub(" ", text)
    return [
        Prompt(code, match.group(0), suggestion, why)
        for code, pattern, suggestion, why in _patterns()
        if (match := pattern.search(unquoted))
    ]


@lru_cache
def _patterns() -> list[tuple[str, re.Pattern[str], str, str]]:
    return [
        (entry["code"], re.compile(entry["pattern"], re.IGNORECASE), entry["suggestion"], entry["why"])
        for entry in content()["language_prompts"]
    ]
