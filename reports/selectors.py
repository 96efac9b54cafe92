"""Reports, and what they are made of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Q, QuerySet

import delivery_plan.selectors
import figures.selectors
from accounts.models import Agency
from delivery_plan.models import Action, Barrier, Update
from delivery_plan.rules import UpdateState
from delivery_plan.selectors import Line
from figures import measures
from figures.rules import Period
from figures.selectors import Known, KnownCells
from figures.suppression import Report
from governance import pack
from reports import numbers
from reports.models import Assembling, Assembly, Draft, Drawing, Issued, Pdf, Work
from reports.printed import Document, Section, Table, all_from_json, from_json
from reports.rules import GIVEN_UP_AFTER_SECONDS, UNFINISHED, Progress

W = TypeVar("W", bound=Work)


@dataclass(frozen=True)
class Place:
    """A quarter in the list: its last issued version, and the draft that is being written."""

    quarter: Period
    issued: Issued | None
    draft: Draft | None


def issued() -> QuerySet[Issued]:
    """Every version, the newest quarter first, without what it says."""
    return Issued.objects.defer("content").select_related("issued_by").order_by("-first", "-number")


def open_drafts() -> QuerySet[Draft]:
    return Draft.objects.filter(closed_at=None).select_related("changed_by")


def places(quarters: Sequence[Period]) -> list[Place]:
    """What there is of each of these quarters; two queries."""
    first = {each.first for each in quarters}
    latest = {each.first: each for each in reversed(issued().filter(first__in=first))}
    drafts = {each.first: each for each in open_drafts().filter(first__in=first)}
    return [Place(each, latest.get(each.first), drafts.get(each.first)) for each in quarters]


def latest(first: date) -> Issued | None:
    return issued().filter(first=first).first()


def later_version(report: Issued) -> Issued | None:
    """The one that corrects it, where there is one."""
    return issued().filter(first=report.first, number__gt=report.number).first()


def document(report: Issued) -> Document:
    return from_json(Document, report.content)


def sections(assembly: Assembly) -> tuple[Section, ...]:
    return all_from_json(Section, assembly.sections)


def exposed(assembly: Assembly) -> list[str]:
    """Titles of figures that earlier reports tell although they are hidden."""
    return numbers.titles(numbers.from_json(assembly.truth).exposed)


def assembling_of(draft: Draft) -> Assembling | None:
    """The last time that its figures were asked for."""
    return Assembling.objects.filter(draft=draft).order_by("-asked_at", "-pk").first()


def is_being_assembled(draft: Draft) -> bool:
    return Assembling.objects.filter(draft=draft, state__in=UNFINISHED).exists()


def drawing_of(report: Issued) -> Drawing | None:
    """The last one."""
    return Drawing.objects.filter(issued=report).order_by("-asked_at", "-pk").first()


def pdf_of(report: Issued) -> bytes | None:
    found = Pdf.objects.filter(issued=report).values_list("data", flat=True).first()
    return None if found is None else bytes(found)


def to_do(kind: type[W], at: datetime) -> QuerySet[W]:
    """What waits, and what was lost with its worker; the oldest first."""
    lost = Q(state=Progress.RUNNING, heard_at__lt=at - timedelta(seconds=GIVEN_UP_AFTER_SECONDS))
    return kind._default_manager.filter(Q(state=Progress.WAITING) | lost).order_by("asked_at", "pk")


def counted(quarters: Sequence[Period], *, at: datetime) -> tuple[Known, KnownCells]:
    """The figures of these quarters as known then, and the tables of the last one, those first that matter most."""
    quarter = quarters[-1]
    planned = Action.objects.filter(plan__superseded_on=None).exclude(measure="")
    keys = {*pack.measures(), *planned.values_list("measure", flat=True)}
    known = figures.selectors.known_at(keys & measures.known().keys(), quarters, at=at)
    tables = [key for key in pack.breakdowns() if key in measures.breakdowns()]
    found = figures.selectors.cells_at(tables, [quarter], at=at)
    return known, _by_kind({(key, quarter): found[key, quarter] for key in tables if (key, quarter) in found})


def _by_kind(cells: KnownCells) -> KnownCells:
    """Agencies by their kind: of one alone most numbers would be too small to be printed."""
    kinds = {each.name: str(each.get_kind_display()) for each in Agency.objects.all()}
    by_agency = {key for key, each in measures.breakdowns().items() if each.rows == "Agency"}
    found: dict[tuple[str, Period], Counter[tuple[str, str]]] = {}
    for (key, period), counts in cells.items():
        found[key, period] = Counter()
        for (row, column), count in counts.items():
            found[key, period][kinds.get(row, row) if key in by_agency else row, column] += count
    return found


def earlier() -> list[Report]:
    """The true numbers of all that was issued, and what each hid, the oldest first."""
    truths = Assembly.objects.filter(issued__isnull=False).order_by("issued__serial").values_list("truth", flat=True)
    return [numbers.from_json(each) for each in truths]


def plan_lines(at: datetime) -> list[Line] | None:
    """The actions of the current plan with their last accepted update; None where there is no plan."""
    plan = delivery_plan.selectors.current_plan()
    return delivery_plan.selectors.lines(delivery_plan.selectors.actions_of(plan), at=at) if plan else None


def last_updates(lines: Sequence[Line]) -> dict[int, str]:
    """What the chair last accepted of each action."""
    accepted = Update.objects.filter(action__in=[line.action for line in lines], state=UpdateState.ACCEPTED)
    return dict(accepted.order_by("action", "-settled_at").distinct("action").values_list("action_id", "text"))


def barriers(quarter: Period) -> tuple[list[Barrier], list[Barrier]]:
    """Those of the current plan that stand, and those that were lifted in the quarter, the oldest first."""
    rows = Barrier.objects.filter(action__plan=delivery_plan.selectors.current_plan()).select_related("action")
    rows = rows.order_by("since_on", "pk")
    within = rows.filter(lifted_on__gte=quarter.first, lifted_on__lte=quarter.last)
    return list(rows.filter(lifted_on=None)), list(within)


def changes(before: Document, now: tuple[Section, ...]) -> Table | None:
    """Which numbers of the tables another version prints otherwise."""
    was = {(section.key, table.title, row[0]): row for section, table in before.tables for row in table.rows}
    columns = ("Where", "Row", "Before", "Now")
    rows = []
    for section in now:
        for table in (block.table for block in section.blocks if block.table):
            for row in table.rows:
                old = was.get((section.key, table.title, row[0]))
                if old is not None and old != row and table.numbers_from < len(table.columns):
                    rows.append((table.title, str(row[0]), _joined(old[1:]), _joined(row[1:])))
    return Table("Numbers that differ from the version before", columns, tuple(rows), len(columns)) if rows else None


def _joined(cells: Sequence[object]) -> str:
    return ", ".join(str(each) for each in cells if each != "")
