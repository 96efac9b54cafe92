"""The name of a part of the interview in a URL; any other word is a 404."""

from missing.parts import Part


class PartConverter:
    regex = "|".join(Part)

    def to_python(self, value: str) -> Part:
        return Part(value)

    def to_url(self, value: Part) -> str:
        return value
