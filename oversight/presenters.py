"""Events of the log in words. Children by reference, people by name and agency: no case content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from accounts.gate import COMMANDS
from accounts.models import User
from audit.models import Event, Payload, Seal
from frontend.keyset import Page
from frontend.text import date_in_words, moment_in_words
from oversight import rules, selectors
from oversight.models import Verification
from oversight.rules import Verdict
from oversight.selectors import Filters, Kind
from people.models import Child

REFERENCES = 5
"""Of the children whom a list showed; how many more there were is said."""
_LOOKS = {
    "view": "Looked at",
    "sight": "Looked who sees",
    "match": "Compared",
    "print": "Printed",
    "download": "Downloaded",
    "pdf": "Downloaded as PDF",
    "xlsx": "Downloaded as spreadsheet",
}


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    agency: str
    what: str
    about: str
    reason: str
    ip: str

    @property
    def cells(self) -> list[str]:
        return [moment_in_words(self.at), self.who, self.agency, self.what, self.about, self.reason, self.ip]


COLUMNS = ("When", "Who", "Agency", "What", "Children", "Reason", "Address")


def lines(events: Sequence[Event]) -> list[Line]:
    people = selectors.people_of(events)
    return [_line(event, people.get(event.actor_id)) for event in events]


def part(page: Page[Event], filters: Filters) -> str:
    """What of the log a page holds, for paper: neither the filter nor the way to further pages is printed."""
    kind = Kind(filters.kind).label if filters.kind else "Everything"
    first = f" from {date_in_words(filters.first)}" if filters.first else ""
    last = f" to {date_in_words(filters.last)}" if filters.last else ""
    left_out = " and ".join(side for side in ("newer", "older") if getattr(page, side))
    more = f" There are {left_out} lines than these." if left_out else ""
    return f"{kind}{first}{last}.{more}"


def _line(event: Event, person: User | None) -> Line:
    return Line(
        at=event.at,
        who=person.full_name if person else f"Account {event.actor_id}",
        agency=str(person.team.agency) if person and person.team else "",
        what=in_words(event),
        about=_children(event),
        reason=event.reason,
        ip=event.ip or "",
    )


def in_words(event: Event) -> str:
    """`people.child.view` is "Looked at: child", `documents.add` "Add: document"; a list is called as in its code.

    A list is of no one record; what is done to one is a deed also where its command is called otherwise by now.
    """
    verb, subject = event.verb.removesuffix(".refused"), event.subject_type
    label, _, last = verb.rpartition(".")
    if last in _LOOKS and label == subject:
        words = f"{_LOOKS[last]}: {_model_in_words(label)}"
    elif subject:
        words = f"{_spaced(last)}: {_model_in_words(subject)}"
    elif verb in COMMANDS:
        words = f"{_spaced(last)} ({label})"
    else:
        words = f"List or search: {_spaced(last).lower()} ({label})"
    return f"Was refused: {words}" if event.verb.endswith(".refused") else words


def _spaced(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _model_in_words(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label


def _children(event: Event) -> str:
    if event.child_id:
        return Child(pk=event.child_id).reference
    shown = event.shown_child_ids or []
    named = ", ".join(Child(pk=pk).reference for pk in shown[:REFERENCES])
    return f"{named} and {len(shown) - REFERENCES} more" if len(shown) > REFERENCES else named


COLOURS = {Verdict.INTACT: "green", Verdict.FAULTY: "red", Verdict.FAILED: "orange", Verdict.CANCELLED: "grey"}
_TABLES = {
    Event._meta.db_table: "An event of the log",
    Payload._meta.db_table: "What an event held",
    Seal._meta.db_table: "A seal",
}


@dataclass(frozen=True)
class Bad:
    """A row that is not as it was written; `reads` is what an event says now."""

    where: str
    table: str
    key: int | None
    what: str
    sealed_at: datetime | None
    reads: Line | None


def state_of_chain(found: Verification | None, *, at: datetime) -> dict[str, Any]:
    """Of the last verification that came to its end: what it found, and whether it is too long ago."""
    return {
        "found": found,
        "faulty": found is not None and found.state == Verdict.FAULTY,
        "overdue": rules.is_overdue(found.ended_at if found else None, at),
    }


def verification(rows: Sequence[Verification], found: Verification | None, *, at: datetime) -> dict[str, Any]:
    """`rows` are the last verifications, the newest first; `found` the last that came to its end."""
    return {
        **state_of_chain(found, at=at),
        "running": next((row for row in rows if row.is_unfinished), None),
        "earlier": [row for row in rows if not row.is_unfinished],
        "bad": _bad_rows(found) if found else [],
        "seal": selectors.last_seal(),
        "unsealed": selectors.unsealed_events(),
        "colours": COLOURS,
    }


def _bad_rows(found: Verification) -> list[Bad]:
    faults = found.faults
    made_at = selectors.seals_made_at(fault["seal"] for fault in faults if fault["seal"])
    of_log = [fault["key"] for fault in faults if fault["table"] == Event._meta.db_table and fault["key"]]
    events = selectors.events(of_log)
    reads = dict(zip(events, lines(list(events.values())), strict=True))
    return [
        Bad(
            where=_table_in_words(fault["table"]),
            table=fault["table"],
            key=fault["key"],
            what=fault["what"],
            sealed_at=made_at.get(fault["seal"]),
            reads=reads.get(fault["key"]) if fault["table"] == Event._meta.db_table else None,
        )
        for fault in faults
    ]


def _table_in_words(table: str) -> str:
    """`people_childhistory` is "History of a child"."""
    if table in _TABLES:
        return _TABLES[table]
    for model in apps.get_models():
        if model._meta.db_table == table:
            tracked: Any = getattr(model, "pgh_tracked_model", None)
            return f"History: {tracked._meta.verbose_name}" if tracked else str(model._meta.verbose_name).capitalize()
    return table
