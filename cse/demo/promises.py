"""Promises of one child's story: started, met and voided as `deadlines.services` would, and written at its end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cse.demo.store import Store
from deadlines import rules
from deadlines.models import Deadline, Stage
from deadlines.rules import CLOCKS, Kind

Subject = tuple[str, int]
"""Label and number of the record that a promise is about."""
SWEEP_TAKES = timedelta(seconds=20)


@dataclass(slots=True)
class Promise:
    kind: Kind
    subject: Subject
    team_id: int
    owner_id: int | None
    started_at: datetime
    due_at: datetime
    met_at: datetime | None = None
    voided_at: datetime | None = None
    void_reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.voided_at is None


class Promises:
    """All promises about one child."""

    def __init__(self, child_id: int, holidays: Collection[date]) -> None:
        self._child_id = child_id
        self._holidays = holidays
        self._all: list[Promise] = []

    def start(
        self, kind: Kind, subject: Subject, *, started_at: datetime, team_id: int, owner_id: int | None = None
    ) -> Promise:
        due = rules.due_at(kind, started_at, holidays=self._holidays)
        promise = Promise(kind, subject, team_id, owner_id, started_at, due)
        self._all.append(promise)
        return promise

    def meet(self, kinds: Collection[Kind], *, at: datetime, subject: Subject | None = None) -> None:
        """Those kinds that are open, about one record or about any."""
        for promise in self._open(kinds, subject):
            promise.met_at = at

    def void(self, kinds: Collection[Kind], *, at: datetime, reason: str, subject: Subject | None = None) -> None:
        for promise in self._open(kinds, subject):
            promise.voided_at, promise.void_reason = at, reason

    def assign(self, subject: Subject, owner_id: int) -> None:
        for promise in self._open(list(Kind), subject):
            promise.owner_id = owner_id

    def overdue(self, kinds: Collection[Kind], now: datetime) -> list[Promise]:
        return [promise for promise in self._open(kinds, None) if promise.due_at < now]

    def _open(self, kinds: Collection[Kind], subject: Subject | None) -> list[Promise]:
        return [
            promise
            for promise in self._all
            if promise.is_open and promise.kind in kinds and subject in (None, promise.subject)
        ]

    def write(self, store: Store, now: datetime) -> None:
        """Add the rows, and the stages which the sweep has claimed by now."""
        for promise in self._all:
            pk = store.add(
                Deadline,
                kind=promise.kind.value,
                child_id=self._child_id,
                subject_type=promise.subject[0],
                subject_id=promise.subject[1],
                owner_team_id=promise.team_id,
                owner_id=promise.owner_id,
                started_at=promise.started_at,
                due_at=promise.due_at,
                met_at=promise.met_at,
                voided_at=promise.voided_at,
                void_reason=promise.void_reason,
            )
            _write_stages(store, pk, promise, now)


def _write_stages(store: Store, deadline_id: int, promise: Promise, now: datetime) -> None:
    ended = promise.met_at or promise.voided_at or now - SWEEP_TAKES
    for name, before in rules.stages(CLOCKS[promise.kind]):
        fell_at = promise.due_at - before
        if fell_at <= ended:
            noticed_at = max(fell_at, promise.started_at) + SWEEP_TAKES
            store.add(Stage, deadline_id=deadline_id, name=name, fell_at=fell_at, noticed_at=noticed_at)
