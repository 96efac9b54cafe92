"""The name of a part of the interview, or of a figure, in a URL; any other word is a 404."""

from missing.figures import Measure
from missing.parts import Part


class PartConverter:
    regex = "|".join(Part)

    def to_python(self, value: str) -> Part:
        return Part(value)

    def to_url(self, value: Part) -> str:
        return value


class MeasureConverter:
    regex = "|".join(Measure)

    def to_python(self, value: str) -> Measure:
        return Measure(value)

    def to_url(self, value: str) -> str:
        return str(value)
