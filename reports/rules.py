"""Which quarter can be reported on, when a report can be signed off, and how far a worker is with it. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import TextChoices

from figures.rules import Period

QUARTERS = 8
"""How far back a report can be begun; also how many quarters its charts show."""
LONGEST = 10_000
"""Signs in the chair's words on one section."""
GIVEN_UP_AFTER_SECONDS = 300
"""Work of which nothing was heard for so long was lost with its worker."""

_FEW = (
    r"\b(?:one|two|three|four|[1-4])\s+(?:\w+\s+)?(?:child|children|boys?|girls?|siblings?|young (?:people|person))\b"
)


class Progress(TextChoices):
    """How far a worker is with the figures of a draft, or with the PDF of a report."""

    WAITING = "waiting", "Waiting to begin"
    RUNNING = "running", "Begun"
    DONE = "done", "Ready"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Failed"


UNFINISHED = frozenset({Progress.WAITING, Progress.RUNNING})
STEPS = (
    *("Reading the report", "Reading the styles", "Applying the styles", "Finding out what goes where"),
    *("Laying out the pages", "Writing the pages", "Adding the contents", "Making it readable by all"),
)
"""What is done in each step of a drawing (frontend.pdf)."""


def quarters_over(today: date) -> list[Period]:
    """Those that can be reported on: the last ones that are over, the newest first."""
    running = Period.quarter(today)
    return list(reversed(list(running.quarters_before(QUARTERS + 1))[:-1]))


def is_over(quarter: Period, today: date) -> bool:
    return quarter.last < today


def names_few(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(section, what is written) wherever a text seems to count 1 to 4 children: somebody might be made out."""
    for section, text in texts:
        yield from ((section, found.group()) for found in re.finditer(_FEW, text, re.IGNORECASE))


def not_yet(*, has_figures: bool, under_way: bool) -> str:
    """Why a draft cannot be signed off yet, for the sake of its figures; empty where it can.

    Not while newer ones are put together either: whoever asked for them doubts those that stand there, and what is
    issued is never changed. To cancel them is one press.
    """
    if under_way and has_figures:
        return "Newer figures are being put together. Look at them, or cancel them, before you sign the report off."
    if under_way:
        return "The figures are still being put together. Look at them before you sign the report off."
    return "" if has_figures else "The report has no figures yet. Have them put together before you sign it off."


def lacks(words: Mapping[str, str], what_changed: str, *, needed: Iterable[str], corrects: bool) -> dict[str, str]:
    """What is still to be written before the report can be signed off, by field."""
    found = {
        key: "Write the summary before you sign the report off" for key in needed if not words.get(key, "").strip()
    }
    if corrects and not what_changed.strip():
        found["what_changed"] = "Say what this version changes, and why"
    return found
