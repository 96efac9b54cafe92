"""The form of a return interview in its parts: what each holds, and what it still lacks. Pure (domain.md 13)."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from accounts.models import AgencyKind
from frontend.text import moment_in_words
from missing.models import Episode, Interview

CARES_FOR_CHILDREN = frozenset({AgencyKind.RESIDENTIAL, AgencyKind.FOSTERING})
"""Whoever works for such an agency may work for the child's own placement."""


class Part(StrEnum):
    MEETING = "meeting"
    WORDS = "words"
    WHY = "why"
    AWAY = "away"
    NEXT = "next"


TITLES: Mapping[Part, str] = {
    Part.MEETING: "The interview",
    Part.WORDS: "What the child said",
    Part.WHY: "Why the child went",
    Part.AWAY: "While the child was away",
    Part.NEXT: "Risks and needs",
}

COLUMNS: Mapping[Part, tuple[str, ...]] = {
    Part.MEETING: (
        *("conducted_at", "conducted_offset", "place", "present"),
        *("interviewer_id", "interviewer_name", "interviewer_role", "interviewer_employer"),
        *("independent", "not_independent_reason"),
    ),
    Part.WORDS: ("own_words",),
    Part.WHY: ("push_factors", "pull_factors", "factors_notes"),
    Part.AWAY: ("who_with", "places", "harm", "harm_notes"),
    Part.NEXT: ("risks", "needs", "carer_account"),
}

WRITTEN_BY_THE_INTERVIEWER = ("factors_notes", "harm_notes", "risks", "needs")
"""What the partnership's words are suggested for; what a child or a carer said stays as it was said (domain.md 39)."""


@dataclass(frozen=True)
class Content:
    """What one part holds."""

    part: Part
    values: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """Changes whenever the content does: tells a stale page from a fresh one."""
        text = json.dumps([self.values.get(name) for name in COLUMNS[self.part]], default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Lack:
    """Something that an interview needs before it is complete: the part, the field in it and the sentence."""

    part: Part
    field: str
    sentence: str


def content(interview: Interview, part: Part) -> Content:
    return Content(part, {name: getattr(interview, name) for name in COLUMNS[part]})


def lacks(interview: Interview, episodes: Collection[Episode], *, employer: str | None, at: datetime) -> list[Lack]:
    """What must still be said before the interview is complete; `employer` is the kind of the interviewer's agency."""
    return [
        *_meeting_lacks(interview, episodes, at),
        *_independence_lacks(interview, employer),
        *_told_lacks(interview),
    ]


def _meeting_lacks(interview: Interview, episodes: Collection[Episode], at: datetime) -> Iterator[Lack]:
    if interview.conducted_at is None:
        yield Lack(Part.MEETING, "conducted", "Enter when the interview was held")
    elif sentence := wrong_moment(interview.conducted_at, episodes, "When the interview was held", at=at):
        yield Lack(Part.MEETING, "conducted", sentence)
    if not interview.place:
        yield Lack(Part.MEETING, "place", "Enter where the interview was held")
    if not interview.present:
        yield Lack(Part.MEETING, "present", "Enter who was present")
    if not (interview.interviewer_name and interview.interviewer_role and interview.interviewer_employer):
        yield Lack(Part.MEETING, "held_by", "Select who held the interview, with their role and employer")


def _independence_lacks(interview: Interview, employer: str | None) -> Iterator[Lack]:
    """Nobody who works where the child lives passes for independent without a word (domain.md 13)."""
    if interview.independent is None:
        yield Lack(
            Part.MEETING, "independent", "Select whether the interviewer is independent of where the child lives"
        )
    if interview.not_independent_reason:
        return
    if interview.independent is False:
        yield Lack(Part.MEETING, "not_independent_reason", "Enter why the interviewer was not independent")
    elif employer in CARES_FOR_CHILDREN:
        yield Lack(
            Part.MEETING,
            "not_independent_reason",
            f"{interview.interviewer_employer} looks after children. Enter why its own staff held the interview",
        )


def _told_lacks(interview: Interview) -> Iterator[Lack]:
    if not interview.own_words:
        yield Lack(Part.WORDS, "own_words", "Enter what the child said, or that the child did not want to talk")
    if not interview.risks:
        yield Lack(Part.NEXT, "risks", "Enter the risks that you see, or that you see none")
    if not interview.needs:
        yield Lack(Part.NEXT, "needs", "Enter what the child needs, or that nothing is needed")


def wrong_moment(moment: datetime, episodes: Collection[Episode], what: str, *, at: datetime) -> str:
    """Why it cannot have been then: in the future, or before the child was back; empty where it can."""
    if moment > at:
        return f"{what} must not be in the future"
    for episode in episodes:
        first = episode.located_at or episode.returned_at
        if first and moment < first:
            back = "was found" if episode.located_at else "returned"
            return (
                f"{what} must be the same as or after the child {back}, {moment_in_words(first)} ({episode.reference})"
            )
    return ""
