"""What the pages of the plan show, put into words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

import documents.selectors
from accounts.models import Agency, User
from deadlines.rules import add_months
from delivery_plan.models import Action, Evidence, EvidenceFile, Plan, PlanRow, Update
from delivery_plan.rules import Outcome, Pillar, Rag
from delivery_plan.selectors import Line
from figures import measures
from figures.suppression import FOOTNOTE
from frontend.text import date_in_words, moment_in_words

COLUMNS = (
    *("Number", "Pillar", "Section", "Action", "Lead agency", "Lead", "Due", "Claimed", "Why", "What the figures say"),
    *("Says otherwise", "Overdue", "No update for a quarter", "Barriers", "Last update", "Closed"),
)
_PLACES = (
    ("The plan", "delivery_plan:plan"),
    ("My actions", "delivery_plan:mine"),
    ("Barriers", "delivery_plan:barriers"),
    ("What changed", "delivery_plan:changes"),
)
KINDS: Mapping[str, tuple[str, Callable[[Line], bool]]] = {
    "red": ("Red", lambda line: line.stands == Rag.RED),
    "amber": ("Amber", lambda line: line.stands == Rag.AMBER),
    "green": ("Green", lambda line: line.stands == Rag.GREEN),
    "not_rated": ("Not rated", lambda line: line.stands == ""),
    "overdue": ("Overdue", lambda line: line.overdue),
    "stale": ("No update for a quarter", lambda line: line.stale),
    "blocked": ("Blocked", lambda line: bool(line.barriers)),
    "contradicted": ("Figures say otherwise", lambda line: line.contradicted),
    "unled": ("Nobody leads it", lambda line: line.unled),
}
"""What actions may be counted and looked for by."""
_UPDATE = {"text": "What was done", "rag": "How it stands", "rag_reason": "Why", "despite": "Despite the figures"}
_SET_UP = {
    "lead_agency": "Lead agency",
    "lead": "Who leads it",
    "supporting": "Supporting agencies",
    "due_on": "Due",
    "success": "How one will know",
    "measure": "Live measure",
    "target": "Target",
    "update_every_months": "Months between updates",
    "depends_on": "Waits for",
}


def places(request: HttpRequest) -> list[dict[str, Any]]:
    return [{"text": text, "href": reverse(name), "active": request.path == reverse(name)} for text, name in _PLACES]


def pillars(lines: Sequence[Line], kind: str = "") -> list[tuple[Pillar, list[Line]]]:
    """The actions under their pillars, in the strategy's order; of this kind alone, where one is named."""
    shown = [line for line in lines if not kind or KINDS[kind][1](line)]
    return [(each, [line for line in shown if line.action.pillar == each]) for each in Pillar]


def counts(lines: Sequence[Line]) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """For each pillar and for all: its name and key, and how many actions are of each kind."""
    rows = [(str(each.label), str(each.value), group) for each, group in pillars(lines)]
    return [(name, key, _counted(group)) for name, key, group in [*rows, ("All", "", lines)]]


def _counted(lines: Iterable[Line]) -> list[tuple[str, int]]:
    lines = list(lines)
    return [(kind, sum(map(belongs, lines))) for kind, (_, belongs) in KINDS.items()]


def cells(line: Line) -> list[str | int]:
    """One row of the spreadsheet, under COLUMNS."""
    action = line.action
    return [
        *(action.number, action.get_pillar_display(), action.section, action.text),
        *(str(action.lead_agency or ""), action.lead.full_name if action.lead else "", _day(action.due_on)),
        *(action.get_rag_display(), action.rag_reason, _figures(line)),
        *(
            _yes(line.contradicted),
            _yes(line.overdue),
            _yes(line.stale),
            "; ".join(each.what for each in line.barriers),
        ),
        *(_day(action.updated_on), _day(action.closed_on)),
    ]


def footnote(lines: Iterable[Line]) -> str:
    """What `[c]` means, where it stands in one of them."""
    return FOOTNOTE if any(line.live and line.live.is_hidden for line in lines) else ""


@dataclass(frozen=True)
class FileLine:
    """The file of a piece of evidence as the action's page tells of it."""

    pk: int
    suffix: str
    size: int
    scan: str
    served: bool


def evidence_of(action: Action) -> list[tuple[Evidence, FileLine | None]]:
    """Each piece with its file, where it has one."""
    return [(each, _file_of(each)) for each in action.evidence.all()]


def _file_of(evidence: Evidence) -> FileLine | None:
    file: EvidenceFile | None = getattr(evidence, "file", None)
    if file is None:
        return None
    kind, state = file.suffix.removeprefix(".").upper(), file.get_scan_display()
    return FileLine(file.pk, kind, file.size, state, documents.selectors.may_be_served(file))


def outcomes(rows: Iterable[PlanRow]) -> list[tuple[str, int]]:
    """How many rows do what, in the order of the outcomes."""
    found = Counter(row.outcome for row in rows)
    return [(str(each.label), found[each]) for each in Outcome if found[each]]


def were(rows: Iterable[PlanRow]) -> dict[int, str]:
    """For each row that changes an action, what it changes there: `Before: due 3 May 2027; lead nobody`."""
    changing = [row for row in rows if row.was]
    agencies = Agency.objects.in_bulk({row.was.get("lead_agency_id") for row in changing} - {None})
    people = User.objects.in_bulk({row.was.get("lead_id") for row in changing} - {None})
    return {row.pk: f"Before: {'; '.join(_were(row.was, agencies, people))}" for row in changing}


def _were(was: Mapping[str, Any], agencies: Mapping[int, Agency], people: Mapping[int, User]) -> Iterator[str]:
    if "lead_agency_id" in was:
        yield f"lead agency {agencies.get(was['lead_agency_id'], 'none')}"
    if "lead_id" in was:
        lead = people.get(was["lead_id"])
        yield f"led by {lead.full_name if lead else 'nobody'}"
    if "due_on" in was:
        yield f"due {date_in_words(date.fromisoformat(was['due_on'])) if was['due_on'] else 'on no day'}"
    if "success" in was:
        yield f"how one will know {'“' + was['success'] + '”' if was['success'] else 'not said'}"


def next_plan(before: Plan) -> dict[str, Any]:
    """The year after it, as the form of the next plan begins."""
    first = before.ends_on + timedelta(days=1)
    last = add_months(first, 12) - timedelta(days=1)
    return {"title": f"Delivery plan {first.year} to {last.year}", "starts_on": first, "ends_on": last}


def set_up_of(action: Action) -> dict[str, Any]:
    """The set-up as its form begins."""
    return {
        "version": action.version,
        "lead_agency": str(action.lead_agency_id or ""),
        "lead": str(action.lead_id or ""),
        "supporting": [str(pk) for pk in action.supporting.values_list("pk", flat=True)],
        "due_on": action.due_on,
        "success": action.success,
        "measure": action.measure,
        "target": action.target,
        "update_every_months": action.update_every_months,
        "depends_on": [str(pk) for pk in action.depends_on.values_list("pk", flat=True)],
    }


def update_of(update: Update | None) -> dict[str, Any]:
    """What is there of an update as its form begins."""
    if update is None:
        return {"version": 0}
    return {name: getattr(update, name) for name in _UPDATE} | {"version": update.version}


def both_updates(theirs: Update, yours: Mapping[str, Any]) -> dict[str, Any]:
    """What the other has saved and what this person has typed, side by side."""
    by = f"{theirs.drafted_by.full_name}, {moment_in_words(theirs.changed_at)}"
    return _versions(by, {name: getattr(theirs, name) for name in _UPDATE}, yours, _UPDATE)


def both_set_ups(theirs: Action, yours: Mapping[str, Any]) -> dict[str, Any]:
    now = {name: getattr(theirs, name) for name in _SET_UP if name not in {"supporting", "depends_on"}}
    now |= {"supporting": list(theirs.supporting.order_by("name")), "depends_on": list(theirs.depends_on.all())}
    return _versions("As it is now", now, yours, _SET_UP)


def _versions(by: str, theirs: Mapping[str, Any], yours: Mapping[str, Any], labels: dict[str, str]) -> dict[str, Any]:
    return {
        "theirs": {"title": "What was saved meanwhile", "byline": by, "values": _said(theirs, labels)},
        "yours": {"title": "What you have typed", "byline": "Not saved yet", "values": _said(yours, labels)},
        "labels": labels,
    }


def _said(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {name: _words(name, values[name]) for name in names}


def _words(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    if name == "measure":
        found = measures.find(value)
        return found.title if found else str(value)
    return date_in_words(value) if name == "due_on" else "" if value is None else str(value)


def _figures(line: Line) -> str:
    """In a file, what `[c]` means stands beside it."""
    if line.live is None:
        return ""
    return f"{line.live.in_words}. {FOOTNOTE}" if line.live.is_hidden else line.live.in_words


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _yes(value: bool) -> str:
    return "Yes" if value else "No"
