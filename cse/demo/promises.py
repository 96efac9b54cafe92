"""Promises of one child's story: started, met and voided as `deadlines.services` would, and written at its end."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.urls import reverse

from cse.demo.store import Store
from deadlines import rules
from deadlines.models import Deadline, Notice, Stage
from deadlines.rules import CLOCKS, Kind

Subject = tuple[str, int]
"""Label and number of the record that a promise is about."""
SWEEP_TAKES = timedelta(seconds=20)
NOTICES_OF = timedelta(days=8)
READ_AFTER = timedelta(days=3)


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
        self,
        kind: Kind,
        subject: Subject,
        *,
        started_at: datetime,
        team_id: int,
        owner_id: int | None = None,
        due_at: datetime | None = None,
    ) -> Promise:
        due = due_at or rules.due_at(kind, started_at, holidays=self._holidays)
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

    def write(self, store: Store, now: datetime, members: Mapping[int, Sequence[int]]) -> None:
        """Add the rows, the stages which the sweep has claimed by now, and the last days' notices of them.

        `members` are the people of each team.
        """
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
                watched_from=promise.started_at,
                due_at=promise.due_at,
                next_fire_at=_next_fire(promise, now),
                met_at=promise.met_at,
                recorded_at=promise.met_at,
                voided_at=promise.voided_at,
                void_reason=promise.void_reason,
            )
            told = [promise.owner_id] if promise.owner_id else members[promise.team_id]
            for name, fell_at, noticed_at in _stages(promise, now):
                stage = store.add(Stage, deadline_id=pk, name=name, fell_at=fell_at, noticed_at=noticed_at)
                if now - noticed_at < NOTICES_OF:
                    self._tell(store, told, promise, stage, noticed_at, now)

    def _tell(
        self, store: Store, recipients: Sequence[int], promise: Promise, stage: int, at: datetime, now: datetime
    ) -> None:
        clock = CLOCKS[promise.kind]
        for recipient in recipients:
            store.add(
                Notice,
                recipient_id=recipient,
                key=f"stage:{stage}:{recipient}",
                text=f"{clock.promise}: {rules.time_left(promise.due_at, at)} (C{self._child_id:06d})",
                path=_path(clock.leads_to, self._child_id, promise.subject[1]),
                created_at=at,
                sent_at=at,
                read_at=at + READ_AFTER if at + READ_AFTER < now else None,
            )


def _stages(promise: Promise, now: datetime) -> Iterator[tuple[str, datetime, datetime]]:
    """Each stage that came while the promise was open: its name, when it fell, when the sweep noticed."""
    ended = promise.met_at or promise.voided_at or now
    for stage in rules.stages(CLOCKS[promise.kind]):
        fell_at = stage.falls_at(promise.due_at)
        noticed_at = max(fell_at, promise.started_at) + SWEEP_TAKES
        if fell_at <= ended and noticed_at <= now:
            yield stage.name, fell_at, noticed_at


def _next_fire(promise: Promise, now: datetime) -> datetime | None:
    claimed = {name for name, _, _ in _stages(promise, now)}
    return rules.next_fire(CLOCKS[promise.kind], promise.due_at, claimed=claimed) if promise.is_open else None


@lru_cache
def _address(name: str) -> str:
    return reverse(name, args=[0])


def _path(page: rules.Page, child: int, subject: int) -> str:
    """By the address of number 0, since to look up an address a million times takes minutes."""
    return _address(page.name).replace("/0/", f"/{child if page.of_child else subject}/")
