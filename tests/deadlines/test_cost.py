"""What the sweeps cost: as many statements however many deadlines, by the index of what falls next, and nothing
written where nothing is due."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import Event
from deadlines import services
from deadlines.models import Deadline
from deadlines.rules import Kind
from deadlines.services import sweeping
from people.models import Child
from tests import factories
from tests.deadlines.conftest import Sweep

pytestmark = pytest.mark.django_db
AMBER = Kind.REFERRAL_AMBER


def promise(team: Any, count: int, at: datetime) -> None:
    for _ in range(count):
        child = factories.child(known_to=team)
        services.start(AMBER, subject=child, child=child, started_at=at, owner_team=team)


def statements(work: Any) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        work()
    return [query["sql"] for query in queries]


class TestSweep:
    def test_with_nothing_due_one_look_and_nothing_written(self, worker: User, at: datetime, sweep: Sweep) -> None:
        promise(worker.team, 3, at)
        [look] = statements(lambda: sweep(at))
        assert look.startswith("SELECT")
        assert not Event.objects.exists()

    def test_as_many_statements_for_many_as_for_one(self, worker: User, at: datetime, sweep: Sweep) -> None:
        counts = []
        for number, many in enumerate((1, 20), 1):
            moment = at + timedelta(days=number)
            promise(worker.team, many, moment)
            counts.append(len(statements(lambda moment=moment: sweep(moment + timedelta(hours=20)))))  # type: ignore[misc]
        assert counts[0] == counts[1]
        assert counts[1] <= 13  # two more than before people could be kept from a child: who keeps it, and from whom

    def test_reads_the_index_of_what_falls_next_whatever_is_closed(
        self, worker: User, child: Child, at: datetime
    ) -> None:
        promise(worker.team, 50, at)
        closed = [
            Deadline(
                kind=AMBER,
                child=child,
                subject_type="closed",
                subject_id=number,
                owner_team=worker.team,
                started_at=at,
                due_at=at,
                watched_from=at,
                met_at=at,
                recorded_at=at,
            )
            for number in range(3000)
        ]
        Deadline.objects.bulk_create(closed)
        with connection.cursor() as cursor:
            cursor.execute("analyze deadlines_deadline")
        plan = sweeping._due(at).values_list("pk", flat=True)[: sweeping.BATCH].explain()
        assert "using deadline_to_fire" in plan or "on deadline_to_fire" in plan, plan
        assert "Seq Scan" not in plan


class TestHeal:
    def test_as_many_statements_for_many_as_for_one(self, worker: User, system: User, at: datetime) -> None:
        counts = []
        for many in (1, 20):
            promise(worker.team, many, at)
            Deadline.objects.update(next_fire_at=None)
            counts.append(len(statements(lambda: services.heal(by=system, at=at))))
        assert counts[0] == counts[1]


class TestPassOn:
    def test_as_many_statements_for_many_of_one_person_as_for_one(
        self, worker: User, manager: User, system: User, at: datetime
    ) -> None:
        counts = []
        for many in (1, 20):
            for number in range(many):
                services.notify([worker], key=f"{many}-{number}", text="x", path="", at=at, unopened=timedelta(hours=1))
            counts.append(len(statements(lambda: services.pass_on(by=system, at=at + timedelta(hours=1)))))
        assert counts[1] - counts[0] <= 19  # one for each that is written

    def test_people_are_looked_up_once_for_each_team(
        self, worker: User, manager: User, system: User, at: datetime
    ) -> None:
        counts = []
        for many in (1, 20):
            for _ in range(many):
                person = factories.user(team=worker.team)
                services.notify([person], key=f"{many}", text="x", path="", at=at, unopened=timedelta(hours=1))
            counts.append(len(statements(lambda: services.pass_on(by=system, at=at + timedelta(hours=1)))))
        assert counts[1] - counts[0] <= 19
