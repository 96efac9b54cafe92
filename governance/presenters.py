"""What the dashboard and the pages of the committees say in words, and their rows as files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission
from figures.measures import Measure, Value, in_words
from figures.rules import Period
from frontend.text import date_in_words
from governance.models import Discussion, Matter, Meeting, MonthlyUpdate
from governance.rules import ABBREVIATIONS, MONTHS_BETWEEN, Body, Flag, MatterKind
from governance.selectors import NOT_SCREENED, SECTIONS, Chapter, Line, Presence, Register
from missing import figures, tables
from missing.selectors.counting import Asked
from people.models import Involvement
from riskassessment.rules import Level

OF_EPISODES = {
    "missing.in_time": figures.Measure.NOT_IN_TIME,
    "missing.offered": figures.Measure.OFFERED,
    "missing.repeat": figures.Measure.REPEATED,
}
"""Which of the lists on missing children answers for a figure of the month."""
CSV_COLUMNS = ("Section", "Figure", "Row", "Column", "Month", "Number", "Of", "Source")


def changes(chapters: Sequence[Chapter]) -> list[Line]:
    """What is unusual this month, what is worse first."""
    unusual = [line for chapter in chapters for line in chapter.lines if line.flag]
    return sorted(unusual, key=lambda line: line.flag != Flag.WORSE)


def sentence(line: Line) -> str:
    """`60% (6 of 10) in October 2026, 80% (8 of 10) the month before; usual is 75% (90 of 120).`"""
    usual = f"; usual is {line.usual.in_words}" if line.usual else ""
    return f"{in_words(line.now)} in {line.periods[-1].in_words}, {in_words(line.before)} the month before{usual}."


def uncollected(chapters: Sequence[Chapter]) -> list[str]:
    """What the pack has a place for and nobody counts yet."""
    titles = [chapter.title for chapter in chapters if not chapter.is_collected]
    return titles + [table.breakdown.title for chapter in chapters for table in chapter.tables if table.cells is None]


def lists_behind(chapters: Sequence[Chapter], month: Period) -> dict[str, str]:
    """The address of the list behind each figure of the month; empty where there is none."""
    return {line.measure.key: _list_behind(line.measure, month) for chapter in chapters for line in chapter.lines}


def _list_behind(measure: Measure, month: Period) -> str:
    if measure.behind:
        return f"{reverse('governance:behind', args=[measure.key])}?month={month.first:%Y-%m}"
    if measure.key in OF_EPISODES:
        return tables.listed(OF_EPISODES[measure.key], Asked(month, month.ends))
    return ""


def csv_rows(chapters: Sequence[Chapter], month: Period) -> Iterator[list[str | int | None]]:
    """The counts alone, so that nobody averages percentages; thirteen months of a measure, one of a breakdown."""
    for chapter in chapters:
        for line in chapter.lines:
            for period, value in zip(line.periods, line.values, strict=True):
                about = (chapter.title, line.measure.title, "", "", period.in_brief)
                yield [*about, *_numbers(value), line.measure.source]
        for table in chapter.tables:
            for (row, column), count in sorted((table.cells or {}).items()):
                about = (chapter.title, table.breakdown.title, row, column, month.in_brief)
                yield [*about, count, None, table.breakdown.source]


def _numbers(value: Value | None) -> tuple[int | None, int | None]:
    return (value.of, value.whole) if value else (None, None)


@dataclass(frozen=True)
class Listed:
    """A child on CMOG's list: `level` is None where nobody has screened them."""

    case: Involvement
    level: Level | None
    now: Discussion | None
    before: Discussion | None


def lines(
    cases: Iterable[Involvement], *, now: Mapping[int, Discussion], before: Mapping[int, Discussion]
) -> list[Listed]:
    """Child → what the meeting that is being minuted said of them, and the last time they were talked about."""
    return [_listed(case, now.get(case.child_id), before.get(case.child_id)) for case in cases]


def called(meeting: Meeting) -> str:
    """`CMOG, 27 October 2026`."""
    return f"{meeting.committee.abbreviation}, {date_in_words(meeting.held_on)}"


def abbreviation(body: Body) -> str:
    return ABBREVIATIONS[body]


def months_between(body: Body) -> int:
    return MONTHS_BETWEEN[body]


def sees_children(user: User) -> bool:
    return Permission.CMOG_CHILDREN in user.permissions


def by_kind(matters: Iterable[Matter]) -> list[tuple[str, list[Matter]]]:
    """Themes, barriers and issues, each that there are."""
    rows = list(matters)
    grouped = [(str(kind.label), [each for each in rows if each.kind == kind]) for kind in MatterKind]
    return [(name, group) for name, group in grouped if group]


def sections(update: MonthlyUpdate) -> list[tuple[str, str]]:
    return [(title, getattr(update, name)) for name, title in SECTIONS.items()]


def register_columns(register: Register) -> list[str]:
    return ["Who", *(date_in_words(each.held_on) for each in register.meetings), "Attended", "Of", "Percent"]


def register_rows(register: Register) -> Iterator[list[str | int | None]]:
    """Agencies first, then people."""
    for presence in (*register.agencies, *register.people):
        yield [presence.name, *_codes(presence, register), *_counts(presence)]


def _codes(presence: Presence, register: Register) -> Iterator[str]:
    return (str(presence.codes.get(each.pk, "")) for each in register.meetings)


def _counts(presence: Presence) -> tuple[int, int, str]:
    return presence.part.of, presence.part.whole, presence.part.percent


def _listed(case: Involvement, now: Discussion | None, before: Discussion | None) -> Listed:
    level: int = case.level  # type: ignore[attr-defined]
    return Listed(case, None if level == NOT_SCREENED else Level(level), now, before)
