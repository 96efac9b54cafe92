"""The words of the demonstration: evidence, reasons, what people said, filled in for one child at a time."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

_HERE = Path(__file__).parent
_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?] ))[a-z]")
_GIRLS_ONLY = ("ermination", "regnan")


def _load(name: str) -> dict[str, list[str]]:
    content: dict[str, list[str]] = json.loads((_HERE / name).read_text(encoding="utf-8"))
    return content


EVIDENCE: Mapping[str, Sequence[str]] = _load("evidence.json")
PHRASES: Mapping[str, Sequence[str]] = _load("phrases.json")
SLOTS: Mapping[str, Sequence[str]] = json.loads((_HERE / "phrases.json").read_text(encoding="utf-8"))["slots"]


@dataclass(frozen=True, slots=True)
class Voice:
    """How a text speaks of one child. Only the first name is used, and no pronoun is guessed."""

    name: str
    sex: str

    def words(self) -> dict[str, str]:
        """Pronouns by the letter that stands for them in the templates."""
        subject, object_, possessive = {"F": ("she", "her", "her"), "M": ("he", "him", "his")}.get(
            self.sex, (self.name, self.name, f"{self.name}'s")
        )
        return {
            "N": self.name,
            "s": subject,
            "S": subject[0].upper() + subject[1:],
            "o": object_,
            "p": possessive,
            "P": possessive[0].upper() + possessive[1:],
        }


class Writer:
    """Fills templates for one child, drawing what varies from `rng`."""

    def __init__(self, voice: Voice, rng: Random) -> None:
        self._words = voice.words()
        self._girl = voice.sex == "F"
        self._rng = rng

    def evidence(self, code: str) -> str:
        """Something one might read under the indicator `code` (of version 1 of the set)."""
        fitting = [text for text in EVIDENCE[code] if self._girl or not any(word in text for word in _GIRLS_ONLY)]
        return self._fill(self._rng.choice(fitting))

    def phrase(self, kind: str) -> str:
        """One of the sentences kept under `kind` in phrases.json."""
        return self._fill(self._rng.choice(PHRASES[kind]))

    def nth(self, kind: str, position: int) -> str:
        """The sentence at `position` of `kind`: where it must fit another fact."""
        return self._fill(PHRASES[kind][position])

    def _fill(self, template: str) -> str:
        filled = _SLOT.sub(self._slot, template)
        if "{" in filled:
            filled = _SLOT.sub(self._slot, filled)
        return _SENTENCE_START.sub(lambda match: match.group().upper(), filled)

    def _slot(self, match: re.Match[str]) -> str:
        name = match.group(1)
        if word := self._words.get(name):
            return word
        return self._rng.choice(SLOTS[name.lower()])
