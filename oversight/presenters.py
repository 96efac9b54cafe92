"""Events of the log in words. Children by reference, people by name and agency: no case content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps

from accounts.gate import COMMANDS
from accounts.models import User
from audit.models import Event
from frontend.text import moment_in_words
from oversight import selectors
from people.models import Child

REFERENCES = 5
"""Of the children whom a list showed; how many more there were is said."""
_LOOKS = {"view": "Looked at", "print": "Printed", "match": "Compared"}


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
    """`people.child.view` is "Looked at: child"; a command or a list is called as in its code."""
    verb = event.verb.removesuffix(".refused")
    label, _, last = verb.rpartition(".")
    if verb in COMMANDS:
        words = f"{_spaced(last)} ({label})"
    elif last in _LOOKS and label == event.subject_type:
        words = f"{_LOOKS[last]}: {_model_in_words(label)}"
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
