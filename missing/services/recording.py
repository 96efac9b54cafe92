"""Writing down a return interview: part by part as often as one likes, and completing it once (domain.md 13)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from missing import locks, parts, steps
from missing.models import Interview
from missing.parts import Content, Lack, Part
from missing.rules import RUNNING, InterviewStatus
from missing.selectors.interviews import employer_kind, how_it_stands
from missing.services import clocks
from missing.services.interviews import AlreadyCompleted, NothingToRecord, must_be_for_something


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same part after this page was opened; `theirs` is what is stored now."""

    def __init__(self, theirs: Content) -> None:
        super().__init__("Somebody else changed this page after you opened it. Nothing was overwritten.")
        self.theirs = theirs


class NotComplete(Refusal):
    """Something must still be said."""

    def __init__(self, lack: Lack) -> None:
        super().__init__(lack.sentence)
        self.lack = lack


@command(Permission.MISSING_RECORD, on="interview")
def save_interview(
    *, by: User, at: datetime, interview: Interview, part: Part, seen: str, values: Mapping[str, Any]
) -> Interview:
    """Keep what was typed on one page of an interview, complete or not.

    `seen` is the digest of the part as the page showed it: if it is no longer so, nothing is overwritten and
    ChangedMeanwhile is raised, unless what was typed is what is stored anyway.
    """
    _must_be_written(interview)
    stored = parts.content(interview, part)
    new = {name: value for name, value in values.items() if value != stored.values[name]}
    if not new:
        return interview
    if seen != stored.digest:
        raise ChangedMeanwhile(stored)
    for name, value in new.items():
        setattr(interview, name, value)
    steps.changed(interview, *new)
    return interview


@command(Permission.MISSING_RECORD, on="interview", related=("interviewer__team__agency", "completed_by"))
def record_interview(*, by: User, at: datetime, interview: Interview, version: int) -> Interview:
    """Complete the interview: the clock of every episode it is for is met by the moment at which it was held.

    `version` is what the person checked. Raises NotComplete, naming the first thing that is missing or cannot be.
    Whoever gave an interview without having answered the offer has accepted it.
    """
    _must_be_written(interview)
    steps.must_be_fresh(interview, version)
    episodes = [episode for episode in locks.episodes_of(interview) if episode.voided_at is None]
    found = parts.lacks(interview, episodes, employer=employer_kind(interview), at=at)
    if found:
        raise NotComplete(found[0])
    interview.status = InterviewStatus.COMPLETED
    interview.completed_at, interview.completed_by = at, by
    if interview.responded_at is None:
        interview.responded_at, interview.responded_offset = interview.conducted_at, interview.conducted_offset
    steps.changed(interview, "status", "completed_at", "completed_by", "responded_at", "responded_offset")
    for episode in episodes:
        clocks.meet_interview(episode, interview, by=by, at=at)
    return interview


def _must_be_written(interview: Interview) -> None:
    if interview.status not in RUNNING:
        refusal = AlreadyCompleted if interview.status == InterviewStatus.COMPLETED else NothingToRecord
        raise refusal(how_it_stands(interview))
    must_be_for_something(interview)
