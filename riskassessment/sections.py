"""The parts of a screening, each a page: which columns it holds, and what it still lacks. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from deadlines.rules import add_months
from riskassessment.rules import CURRENT_FOR_MONTHS, PRESENT, Group, Level, Presence


class Section(StrEnum):
    DANGER = "danger"
    SERIOUS = "serious"
    SIGNIFICANT = "significant"
    CIRCUMSTANCES = "circumstances"
    ANALYSIS = "analysis"


TITLES: Mapping[Section, str] = {
    Section.DANGER: "Immediate danger",
    Section.SERIOUS: "Serious indicators",
    Section.SIGNIFICANT: "Significant indicators",
    Section.CIRCUMSTANCES: "Exchange, technology and abuse model",
    Section.ANALYSIS: "The child’s own words, and your analysis",
}

COLUMNS: Mapping[Section, tuple[str, ...]] = {
    Section.DANGER: ("immediate_danger", "danger_details"),
    Section.SERIOUS: (),
    Section.SIGNIFICANT: ("other_indicator",),
    Section.CIRCUMSTANCES: (
        "exchanged",
        "child_gained",
        "perpetrator_gained",
        "through_technology",
        "technology_details",
        "physical_contact",
        "abuse_models",
    ),
    Section.ANALYSIS: ("childs_words", "analysis", "further_action"),
}
INDICATORS_OF: Mapping[Section, Group] = {
    Section.SERIOUS: Group.SERIOUS,
    Section.SIGNIFICANT: Group.SIGNIFICANT,
}


@dataclass(frozen=True)
class AnswerValue:
    """What was answered to one indicator, as typed."""

    presence: str = ""
    evidence: str = ""
    source: str = ""
    observed_on: date | None = None


@dataclass(frozen=True)
class Line:
    """One indicator of the set with its answer."""

    key: int
    code: str
    group: str
    wording: str
    meaning: str
    meaning_source: str
    answer: AnswerValue


@dataclass(frozen=True)
class Content:
    """What one section holds: columns by name, and the lines of its list."""

    section: Section
    columns: Mapping[str, Any]
    lines: Sequence[Line] = ()

    @property
    def digest(self) -> str:
        """Changes whenever the content does: tells a stale page from a fresh one."""
        answers = [
            [line.key, line.answer.presence, line.answer.evidence, line.answer.source, str(line.answer.observed_on)]
            for line in self.lines
        ]
        text = json.dumps([dict(self.columns), answers], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Lack:
    """Something a section still needs: the field it belongs to and the sentence."""

    field: str
    sentence: str


def lacks(content: Content, *, on: date) -> list[Lack]:
    """What must still be answered before the screening can be submitted (domain.md 2, 4, 8)."""
    found = [lack for line in content.lines for lack in _line_lacks(line, on)]
    columns = content.columns
    if content.section is Section.DANGER:
        if columns["immediate_danger"] is None:
            found.append(Lack("immediate_danger", "Select yes if the child is in immediate danger"))
        elif columns["immediate_danger"] and not columns["danger_details"]:
            found.append(Lack("danger_details", "Enter what the danger is and what was done"))
    if content.section is Section.CIRCUMSTANCES:
        found += _circumstance_lacks(columns)
    if content.section is Section.ANALYSIS and not columns["analysis"]:
        found.append(Lack("analysis", "Enter your analysis"))
    return found


def nil_lack(suggested: Level, further_action: str) -> Lack | None:
    """A nil screening is not proof of safety: what further action was considered is mandatory there (domain.md 5)."""
    if suggested is Level.NO_CURRENT_RISK and not further_action:
        return Lack("further_action", "Enter what further action was considered: no indicator is not proof of safety")
    return None


def _line_lacks(line: Line, on: date) -> list[Lack]:
    if not line.answer.presence:
        return [Lack(field_name(line.key, "presence"), f"Select an answer for “{line.wording}”")]
    if line.answer.presence not in PRESENT:
        return []
    lacking = []
    if not line.answer.evidence:
        lacking.append(Lack(field_name(line.key, "evidence"), f"Enter the evidence for “{line.wording}”"))
    if not line.answer.source:
        lacking.append(Lack(field_name(line.key, "source"), f"Enter the source of the information on “{line.wording}”"))
    if sentence := _contradiction(line.answer, on):
        lacking.append(Lack(field_name(line.key, "observed_on"), sentence))
    return lacking


def _contradiction(answer: AnswerValue, on: date) -> str | None:
    """Current means within six months (domain.md 2); a date that says otherwise is a slip somewhere."""
    if answer.observed_on is None:
        return None
    recent = answer.observed_on >= add_months(on, -CURRENT_FOR_MONTHS)
    if answer.presence == Presence.CURRENT and not recent:
        return "The date is more than 6 months ago. Select Historic, or check the date"
    if answer.presence == Presence.HISTORIC and recent:
        return "The date is within the last 6 months. Select Current, or check the date"
    return None


def _circumstance_lacks(columns: Mapping[str, Any]) -> list[Lack]:
    lacking = []
    if not columns["through_technology"]:
        lacking.append(Lack("through_technology", "Select whether technology was used"))
    if columns["through_technology"] == "yes" and not columns["technology_details"]:
        lacking.append(Lack("technology_details", "Enter how technology was used"))
    return lacking


def field_name(key: int, part: str) -> str:
    """The form field of one part of one indicator's answer."""
    return f"i{key}_{part}"


def present_lines(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.answer.presence in PRESENT]
