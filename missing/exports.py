"""The returns on missing children as the Department and Ofsted ask for them: their rows, and what is wrong with them.

Pure: no database, no clock. domain.md 17.

SSDA903 `Missing`: a row for each time a looked-after child was missing (M) or away without authorisation (A) in the
year from 1 April, on local dates. What had not ended when the year did has no end. Episodes of one child must not
overlap (the Department's rule 574) nor begin before the child was born (586).

Annex A List 8 ("children in care"): a row for each child, with how often they were missing and away in twelve months
and what became of the interview after the last time. It is the part of List 8 that we hold, to be joined to the rest by
the child's identifier.

Neither holds a name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from figures.rules import Period
from frontend.spreadsheet import Cell
from frontend.text import local_day
from missing.rules import EpisodeType, InterviewStatus
from people.codes import Ethnicity, LookedAfter, Sex
from people.rules import age_on

IN_CARE = frozenset({LookedAfter.CARE_ORDER, LookedAfter.VOLUNTARY, LookedAfter.REMAND})
COLUMNS_903 = ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")
COLUMNS_ANNEX_A = (
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age of Child (Years)",
    "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
    "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
    "Was the child offered a Return Interview after their last missing episode (Y/N)?",
    "Did the child accept a Return Interview after their last missing episode (Y/N)?",
)
YES, NO, UNKNOWN = "a) Yes", "b) No", "c) Unknown"
SEX = {Sex.MALE: "a) Male", Sex.FEMALE: "b) Female", Sex.UNKNOWN: "c) Not stated/recorded"}
# fmt: off
ETHNICITY = {
    code: f"{letter}) {code}"
    for letter, code in zip(
        "abcdefghijklmnopqrst",
        ["WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND",
         "APKN", "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT"],
        strict=True,
    )
}
# fmt: on
OFFERED = {
    InterviewStatus.NOT_OFFERED: NO,
    InterviewStatus.OFFERED: YES,
    InterviewStatus.DECLINED: YES,
    InterviewStatus.ACCEPTED: YES,
    InterviewStatus.COMPLETED: YES,
}
ACCEPTED = {
    InterviewStatus.NOT_OFFERED: NO,
    InterviewStatus.OFFERED: UNKNOWN,
    InterviewStatus.DECLINED: NO,
    InterviewStatus.ACCEPTED: YES,
    InterviewStatus.COMPLETED: YES,
}


@dataclass(frozen=True)
class Entry:
    """One episode as the returns need it: `child` is the child's first record, `record` the one it stands on."""

    episode: int
    reference: str
    child: int
    child_reference: str
    record: int
    born: date | None
    sex: str
    ethnicity: str
    looked_after: str
    kind: str
    began_at: datetime
    ended_at: datetime | None
    interview: str

    @property
    def began(self) -> date:
        return local_day(self.began_at)

    @property
    def ended(self) -> date | None:
        return local_day(self.ended_at) if self.ended_at else None


@dataclass(frozen=True)
class Finding:
    """What somebody should look at before the return is sent, and the records it concerns."""

    sentence: str
    child: int
    episode: int | None = None
    refused: bool = False
    """The Department would not accept the return with it."""


def in_care(entries: Iterable[Entry]) -> list[Entry]:
    """Those whose child was looked after then, each child's together and in the order in which they began."""
    found = [entry for entry in entries if entry.looked_after in IN_CARE]
    return sorted(found, key=lambda entry: (entry.child, entry.began_at, entry.episode))


def rows_903(entries: Iterable[Entry], year: Period) -> list[tuple[Cell, ...]]:
    """One for each episode; an end after the year is none yet."""
    return [
        (entry.child_reference, _day(entry.born), entry.kind, _day(entry.began), _day(_ended_by(year.last, entry)))
        for entry in in_care(entries)
    ]


def findings_903(entries: Sequence[Entry]) -> list[Finding]:
    """What the Department would refuse first."""
    found = [*_left_out(entries)]
    for _, theirs in _by_child(in_care(entries)):
        found += [*_without_birth(theirs, refused=True), *_before_birth(theirs), *_touching(theirs)]
    return sorted(found, key=lambda finding: not finding.refused)


def rows_annex_a(entries: Iterable[Entry], day: date) -> list[tuple[Cell, ...]]:
    """One for each child; the entries are those that began in the twelve months up to `day`."""
    return [_row_annex_a(theirs, day) for _, theirs in _by_child(in_care(entries))]


def findings_annex_a(entries: Sequence[Entry]) -> list[Finding]:
    found = [*_left_out(entries)]
    for _, theirs in _by_child(in_care(entries)):
        found += [*_without_birth(theirs), *_not_known(theirs[0]), *_nothing_recorded(theirs)]
    return found


def _row_annex_a(theirs: list[Entry], day: date) -> tuple[Cell, ...]:
    child, last = theirs[0], _last_missing(theirs)
    kinds = [entry.kind for entry in theirs]
    return (
        child.child_reference,
        SEX.get(Sex(child.sex), SEX[Sex.UNKNOWN]),
        ETHNICITY[child.ethnicity],
        _day(child.born),
        age_on(child.born, day) if child.born else None,
        kinds.count(EpisodeType.MISSING),
        kinds.count(EpisodeType.AWAY),
        _answer(OFFERED, last),
        _answer(ACCEPTED, last),
    )


def _answer(answers: dict[InterviewStatus, str], last: Entry | None) -> str | None:
    """Empty for a child who was never missing, only away; unknown where nothing is recorded."""
    if last is None:
        return None
    return answers[InterviewStatus(last.interview)] if last.interview else UNKNOWN


def _last_missing(theirs: list[Entry]) -> Entry | None:
    return next((entry for entry in reversed(theirs) if entry.kind == EpisodeType.MISSING), None)


def _left_out(entries: Iterable[Entry]) -> Iterator[Finding]:
    for entry in entries:
        if entry.looked_after == LookedAfter.UNKNOWN:
            yield Finding(
                f"{entry.reference} is left out: it is not recorded if {entry.child_reference} was looked after.",
                entry.record,
                entry.episode,
            )


def _without_birth(theirs: list[Entry], *, refused: bool = False) -> Iterator[Finding]:
    if theirs[0].born is None:
        yield Finding(f"{theirs[0].child_reference} has no date of birth.", theirs[0].child, refused=refused)


def _before_birth(theirs: list[Entry]) -> Iterator[Finding]:
    for entry in theirs:
        if entry.born and entry.began <= entry.born:
            sentence = f"{entry.reference} begins before {entry.child_reference} was born, or on that day."
            yield Finding(sentence, entry.record, entry.episode, refused=True)


def _touching(theirs: list[Entry]) -> Iterator[Finding]:
    """Two records of one child may hold the same episode twice; and what is apart by hours may share a day.

    Each is compared with the one before it that ended last.
    """
    before = theirs[0]
    for after in theirs[1:]:
        if before.ended_at is None or after.began_at < before.ended_at:
            sentence = f"{after.reference} overlaps {before.reference}: it may have been recorded twice."
            yield Finding(sentence, after.record, after.episode, refused=True)
        elif after.began == before.ended:
            sentence = f"{after.reference} begins on the day {before.reference} ended: check the times of both."
            yield Finding(sentence, after.record, after.episode)
        if before.ended_at and (after.ended_at is None or after.ended_at > before.ended_at):
            before = after


def _not_known(child: Entry) -> Iterator[Finding]:
    if child.sex == Sex.UNKNOWN:
        yield Finding(f"The sex of {child.child_reference} is not known.", child.child)
    if child.ethnicity == Ethnicity.NOBT:
        yield Finding(f"The ethnicity of {child.child_reference} has not been obtained.", child.child)


def _nothing_recorded(theirs: list[Entry]) -> Iterator[Finding]:
    last = _last_missing(theirs)
    if last and last.ended_at and not last.interview:
        sentence = f"No interview is recorded after {last.reference}, the last time of {last.child_reference}."
        yield Finding(sentence, last.record, last.episode)


def _by_child(entries: Iterable[Entry]) -> Iterator[tuple[int, list[Entry]]]:
    for child, theirs in groupby(entries, key=lambda entry: entry.child):
        yield child, list(theirs)


def _ended_by(last: date, entry: Entry) -> date | None:
    return entry.ended if entry.ended and entry.ended <= last else None


def _day(day: date | None) -> str | None:
    return f"{day:%d/%m/%Y}" if day else None
