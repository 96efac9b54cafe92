"""What the dashboard says in words, and its rows as a file."""

from collections.abc import Iterator, Sequence

from figures.measures import Value, in_words
from figures.rules import Period
from governance.rules import Flag
from governance.selectors import Chapter, Line

CSV_COLUMNS = ("Section", "Figure", "Row", "Column", "Month", "Number", "Of", "Source")


def changes(chapters: Sequence[Chapter]) -> list[Line]:
    """What is unusual this month, what is worse first."""
    unusual = [line for chapter in chapters for line in chapter.lines if line.flag]
    return sorted(unusual, key=lambda line: line.flag != Flag.WORSE)


def sentence(line: Line) -> str:
    """`60% (6 of 10) in October 2026, 80% (8 of 10) the month before; usual is 75% (90 of 120).`"""
    usual = f"; usual is {line.usual.in_words}" if line.usual else ""
    return f"{in_words(line.now)} in {line.periods[-1].in_words}, {in_words(line.before)} the month before{usual}."


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
