"""What the committees have for the board: themes, who came, what is raised, what is to be done (strategy §8)."""

from collections.abc import Sequence
from datetime import date

import governance.selectors
from frontend.text import date_in_words
from governance.rules import MatterKind
from governance.selectors import AgencyAttendance
from reports.feeds import Asked, or_sentence
from reports.printed import Block, Table

NAMED = {
    MatterKind.THEME: "Themes that meetings named",
    MatterKind.BARRIER: "Barriers that meetings named",
    MatterKind.ISSUE: "Operational issues that meetings named",
}
CAME = ("Agency", "Held", "Attended", "Deputy", "Apology", "Did not attend", "There, or by a deputy")
RAISED = ("What is raised", "Raised on", "How it stands", "What is asked", "What was answered")
TO_DO = ("Committee", "What is to be done", "By whom", "Due", "How it stands")


def themes(asked: Asked) -> Sequence[Block]:
    """In the words of the minutes, by kind and meeting."""
    found = governance.selectors.themes(asked.quarter, at=asked.at)
    by_kind = [(title, [each for each in found if each.kind == kind]) for kind, title in NAMED.items()]
    return tuple(
        Block(table=Table(title, ("Meeting", "What was named"), rows, numbers_from=2))
        for title, named in by_kind
        if (rows := tuple((date_in_words(each.day), each.text) for each in named))
    ) or (Block(text=("No meeting of the quarter named any.",)),)


def attendance(asked: Asked) -> Sequence[Block]:
    """By agency; one with several seats came when one of them did (domain.md 24)."""
    found = governance.selectors.attendance(asked.quarter, at=asked.at)
    names = dict.fromkeys(each.committee for each in found)
    return tuple(_attendance(name, [each for each in found if each.committee == name]) for name in names) or (
        Block(text=("No committee met in the quarter.",)),
    )


def escalations(asked: Asked) -> Sequence[Block]:
    """What was open with the board at some time of the quarter, and what committees asked of agencies."""
    raised = tuple(
        (each.what, _day(each.raised, "Not raised yet"), str(each.state.label), each.ask, each.answer)
        for each in governance.selectors.escalations(asked.quarter, at=asked.at)
    )
    to_do = tuple(
        (each.committee, each.what, each.owner, date_in_words(each.due), _state(each))
        for each in governance.selectors.actions(asked.quarter, at=asked.at)
    )
    return (
        or_sentence("Escalations", RAISED, raised, "Nothing was raised with the board."),
        or_sentence("Actions of the committees", TO_DO, to_do, "No committee had an action open in the quarter."),
    )


def _attendance(committee: str, found: Sequence[AgencyAttendance]) -> Block:
    rows = tuple(
        (each.agency, each.held, each.attended, each.deputy, each.apology, each.absent, each.percent) for each in found
    )
    return Block(table=Table(f"Who came to {committee}", CAME, rows))


def _day(day: date | None, otherwise: str) -> str:
    return date_in_words(day) if day else otherwise


def _state(action: governance.selectors.Asked) -> str:
    if action.finished:
        return f"Done on {date_in_words(action.finished)}. {action.outcome}".strip()
    return "Overdue" if action.overdue else "Open"
