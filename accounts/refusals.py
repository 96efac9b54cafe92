"""The refusals that a person gets to read: their base, and those that many rooms share."""

from typing import Any


class Refusal(Exception):
    """A command was not carried out; `str(refusal)` is the sentence shown to the person who asked."""


class Changed(Refusal):
    """Somebody else has changed it since; `theirs` is how it is now."""

    def __init__(self, theirs: Any) -> None:
        super().__init__("Somebody else has changed this while you were writing. Compare the two versions below.")
        self.theirs = theirs


class NotNow(Refusal):
    """The record is not in a state in which that can be done."""
