"""How the figures are shown: tiles, tables, each number with the list behind it, and the file that holds them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from deadlines.rules import ALERTS, time_left
from frontend.addresses import url
from frontend.spreadsheet import Cell
from frontend.text import date_in_words
from missing.figures import COUNTED, Figures, Measure
from missing.forms.figures import ALL, CHOSEN
from missing.models import Episode
from missing.rules import RUNS_FOR, InterviewStatus, how_long
from missing.selectors.counting import Asked
from missing.selectors.figures import Table
from people.codes import Authority

COLUMNS = {
    "eligible": "Ended",
    "offered": "Offered",
    "accepted": "Accepted",
    "completed": "Held",
    "in_time": "Of those held, within 72 hours",
    "due_in_time": "Of all due, within 72 hours",
    "repeat": "Children missing more than once",
}
TILES = {
    "offered": ("Offered", "of the episodes that ended"),
    "accepted": ("Accepted", "of the offers"),
    "completed": ("Held", "of the offers"),
    "in_time": ("Held within 72 hours", "of the interviews held"),
    "repeat": ("Missing more than once", "of the children who went missing"),
}
CSV_COLUMNS = (
    *("Table", "Line", "From", "To", "Episodes that ended", "Interview offered", "Accepted", "Held"),
    *("Held within 72 hours", "Due by the end", "Due and held within 72 hours", "Children who went missing"),
    "Of these more than once",
)


@dataclass(frozen=True)
class Number:
    """One figure, and the list behind it (no address where there is none)."""

    name: str
    count: int
    whole: int | None
    percent: str
    href: str
    of_what: str = ""


@dataclass(frozen=True)
class Row:
    name: str
    numbers: list[Number]


@dataclass(frozen=True)
class Shown:
    """An episode in the list behind a figure."""

    episode: Episode
    interview: str
    timing: str
    urgency: str
    """overdue, soon or nothing."""


def headline(figures: Figures, asked: Asked) -> list[Number]:
    """The strategy's own figure, and what is still missing from it."""
    late = Number("not_in_time", figures.not_in_time, None, "", listed(Measure.NOT_IN_TIME, asked))
    return [_number("due_in_time", figures, asked), late]


def tiles(figures: Figures, asked: Asked) -> list[Number]:
    numbers = ((_number(name, figures, asked), *words) for name, words in TILES.items())
    return [replace(number, name=name, of_what=of_what) for number, name, of_what in numbers]


def of_authorities(table: Table, asked: Asked) -> list[Row]:
    rows = [(line.name, line.figures, replace(asked, authority=line.key)) for line in table.lines]
    return [_row(*row) for row in (*rows, ("All authorities", table.whole, replace(asked, authority="")))]


def of_teams(table: Table, asked: Asked) -> list[Row]:
    rows = [(each.name, each.figures, replace(asked, team=int(each.key)) if each.key else None) for each in table.lines]
    return [_row(*row) for row in (*rows, ("All teams", table.whole, asked))]


def csv_rows(tables: Mapping[str, Table], asked: Asked) -> Iterator[list[Cell]]:
    """The counts alone: percentages are made of them, and are never averaged."""
    days = [str(asked.period.first), str(asked.period.last)]
    for name, table in tables.items():
        lines = [(line.name, line.figures) for line in table.lines]
        for called, figures in (*lines, ("All", table.whole)):
            yield [name, called, *days, *(getattr(figures, column) for column in COUNTED)]


def episode(record: Episode, *, at: datetime) -> Shown:
    """Whether its interview was in time, or how long is left, against its own due time; no clock runs once declined."""
    interview = record.interview.get_status_display() if record.interview else "Nothing recorded"
    if record.returned_at is None:
        return Shown(record, interview, "", "")
    due = (record.interview_due_from or record.returned_at) + RUNS_FOR
    held = record.interview.conducted_at if record.interview else None
    if record.interview and held and record.interview.status == InterviewStatus.COMPLETED:
        late = f"held {how_long(due, held)} late" if held > due else "held in time"
        return Shown(record, interview, late, "overdue" if held > due else "")
    if record.interview and record.interview.status == InterviewStatus.DECLINED:
        return Shown(record, interview, "", "")
    left = due - at
    urgency = "overdue" if left < timedelta(0) else "soon" if left <= ALERTS[1] else ""
    return Shown(record, interview, time_left(due, at), urgency)


def in_words(asked: Asked, teams: Mapping[str, str]) -> str:
    """Which days, authority and team."""
    authority = Authority(asked.authority).label if asked.authority else "every responsible authority"
    days = f"{date_in_words(asked.period.first)} to {date_in_words(asked.period.last)}"
    return ", ".join(filter(None, (days, authority, teams.get(str(asked.team), ""))))


def query(asked: Asked) -> str:
    """Of an address that asks for the very same days, authority and team."""
    given: dict[str, object] = {"period": CHOSEN, "authority": asked.authority or ALL}
    given |= _typed("first", asked.period.first) | _typed("last", asked.period.last)
    return urlencode(given | ({"team": asked.team} if asked.team else {}))


def _row(name: str, figures: Figures, asked: Asked | None) -> Row:
    return Row(name, [_number(column, figures, asked) for column in COLUMNS])


def _number(name: str, figures: Figures, asked: Asked | None) -> Number:
    part = figures.parts.get(name)
    href = listed(Measure.REPEATED if name == "repeat" else Measure(name), asked) if asked else ""
    if part is None:
        return Number(name, getattr(figures, name), None, "", href)
    return Number(name, part.of, part.whole, part.percent, href)


def listed(measure: Measure, asked: Asked) -> str:
    """Where the episodes behind this figure are listed."""
    return f"{url('missing:figure', measure)}?{query(asked)}"


def _typed(name: str, day: date) -> dict[str, object]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
