"""The base of every refusal that a person gets to read."""


class Refusal(Exception):
    """A command was not carried out; `str(refusal)` is the sentence shown to the person who asked."""
