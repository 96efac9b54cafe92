"""What one run shares, and what is known of the child whose story is being told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from cse.demo.answers import Answers
from cse.demo.children import DemoChild
from cse.demo.promises import Promises
from cse.demo.staff import Colleague, Staff
from cse.demo.store import Store
from cse.demo.texts import Voice, Writer
from cse.demo.when import Calendar
from people.models import Child, ChildTeamGrant, ChildUserGrant, Involvement
from riskassessment.models import Indicator, IndicatorSet
from riskassessment.rules import Group, Level
from riskassessment.services import REVIEWS

Row = dict[str, object]
STILL_CHASED = timedelta(days=75)
"""How long a review that is overdue may still stand open."""


@dataclass(frozen=True, slots=True)
class Run:
    """The tools of one run; `rng` is its only source of chance and `calendar.now` its only clock.

    `turns` numbers those who are missing now, so that the first of them stand for one of every kind.
    """

    store: Store
    rng: Random
    staff: Staff
    calendar: Calendar
    indicator_set: IndicatorSet
    indicators: Mapping[str, Indicator]
    codes: Mapping[Group, Sequence[str]]
    view_child_id: int
    public_actor_id: int
    turns: Iterator[int] = field(default_factory=count)

    @property
    def now(self) -> datetime:
        return self.calendar.now


@dataclass(slots=True)
class Case:
    """The open case, while the story is told; it will be closed at `closes_at` if that comes before now."""

    opened_at: datetime
    worker: Colleague
    closes_at: datetime
    listed_at: datetime | None = None


@dataclass(slots=True)
class Story:
    """One child's history so far, told in the order of time."""

    run: Run
    child: DemoChild
    pk: int
    writer: Writer
    promises: Promises
    added_at: datetime
    case: Case | None = None
    answers: Answers | None = None
    last_screened_at: datetime | None = None
    last_level: Level | None = None
    _team_grants: dict[int, Row] = field(default_factory=dict)
    _user_grants: dict[int, Row] = field(default_factory=dict)

    def let_team_know(self, team_id: int, *, kind: str, reason: str, by_id: int, at: datetime) -> None:
        """As `accounts.services.let_team_know`: a second grant changes nothing."""
        self._team_grants.setdefault(team_id, self._grant(kind, reason, by_id, at))

    def let_person_know(
        self, person: Colleague, *, reason: str, by_id: int, at: datetime, until: datetime | None = None
    ) -> None:
        """As `accounts.services.let_person_know` for a case: a second grant replaces the first."""
        self._user_grants[person.pk] = {**self._grant("case", reason, by_id, at), "expires_at": until}

    @property
    def known_to(self) -> frozenset[int]:
        """The teams that see the child."""
        return frozenset(self._team_grants)

    def open_case(self, worker: Colleague, *, by: Colleague, at: datetime) -> None:
        """As `people.services.open_case` unless one is open, with the CSE co-ordinator on every case."""
        if self.case:
            return
        coordinator = self.run.staff.coordinator
        self.let_team_know(worker.team_id, kind="case", reason="The team holds the case", by_id=by.pk, at=at)
        self.let_person_know(worker, reason="Named as key worker", by_id=by.pk, at=at)
        self.let_person_know(coordinator, reason="Named as co-ordinator", by_id=by.pk, at=at)
        closes_at = self.run.calendar.in_office(
            at + timedelta(days=self.run.rng.triangular(50, 620, 240)), self.run.rng
        )
        self.case = Case(at, worker, closes_at)
        if self.last_level is not None and self.last_level >= Level.SIGNIFICANT:
            self.list_at_cmog(by_id=by.pk, at=at)

    def list_at_cmog(self, *, by_id: int, at: datetime) -> None:
        """As `people.services.list_at_cmog`."""
        if self.case:
            self.case.listed_at = self.case.listed_at or at
            self.let_team_know(self.run.staff.cmog_team, kind="cmog", reason="Listed at CMOG", by_id=by_id, at=at)

    def move_to(self, at: datetime) -> None:
        """Let time pass up to `at`: a case whose end has come is closed, as by `people.services.close_case`."""
        case = self.case
        if case is None or case.closes_at > at:
            return
        for person in (case.worker, self.run.staff.coordinator):
            reason = "No longer holds the case"
            self.let_person_know(person, reason=reason, by_id=case.worker.pk, at=case.closes_at, until=case.closes_at)
        self._write_case(case, closed_at=case.closes_at)
        self.case = None

    def finish(self) -> None:
        """Bring the story up to now and write what was kept open until here."""
        self.move_to(self.run.now)
        if self.case:
            self._write_case(self.case, closed_at=None)
        self._let_most_overdue_reviews_go()
        for team_id, row in self._team_grants.items():
            self.run.store.add(ChildTeamGrant, group_id=team_id, **row)
        for user_id, row in self._user_grants.items():
            self.run.store.add(ChildUserGrant, user_id=user_id, **row)
        self.promises.write(self.run.store, self.run.now, self.run.staff.members)

    def _let_most_overdue_reviews_go(self) -> None:
        """Most late reviews were found unnecessary; without this half the partnership would stand overdue."""
        for promise in self.promises.overdue(REVIEWS.values(), self.run.now):
            if promise.due_at < self.run.now - STILL_CHASED or self.run.rng.random() < 0.45:
                promise.voided_at = promise.due_at - timedelta(days=self.run.rng.randrange(1, 9))
                promise.void_reason = "Agreed at supervision: no further review needed"

    def _write_case(self, case: Case, *, closed_at: datetime | None) -> None:
        self.run.store.add(
            Involvement,
            child_id=self.pk,
            opened_at=case.opened_at,
            closed_at=closed_at,
            team_id=case.worker.team_id,
            key_worker_id=case.worker.pk,
            coordinator_id=self.run.staff.coordinator.pk,
            cmog_listed_at=case.listed_at,
        )

    def _grant(self, kind: str, reason: str, by_id: int, at: datetime) -> Row:
        return {
            "content_object_id": self.pk,
            "permission_id": self.run.view_child_id,
            "kind": kind,
            "reason": reason,
            "granted_by_id": by_id,
            "granted_at": at,
        }


def begin(run: Run, child: DemoChild, *, at: datetime, team_id: int, by_id: int) -> Story:
    """Write the child's record as `people.services.register` would, and start the story."""
    pk = run.store.number(Child)
    columns = {name: getattr(child, name) for name in DemoChild.__slots__}
    run.store.add(Child, id=pk, added_by_team_id=team_id, added_at=at, **columns)
    writer = Writer(Voice(child.given_name, child.sex), run.rng)
    story = Story(run, child, pk, writer, Promises(pk, run.calendar.holidays), at)
    story.let_team_know(team_id, kind="author", reason="The team added the record", by_id=by_id, at=at)
    return story
