"""A section's name in a URL; any other word is a 404."""

from riskassessment.sections import Section


class SectionConverter:
    regex = "|".join(Section)

    def to_python(self, value: str) -> Section:
        return Section(value)

    def to_url(self, value: Section) -> str:
        return value
