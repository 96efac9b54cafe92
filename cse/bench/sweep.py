"""What the sweeps cost PostgreSQL, with many open deadlines and many more closed ones (issue 3's numbers)."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from django.db import connection

from accounts import selectors as people_and_teams
from accounts.models import Team
from cse.bench import database, machine
from deadlines import rules, services
from deadlines.models import Beat, Deadline, Stage
from deadlines.rules import CLOCKS
from people.models import Child

NAME = "cse_bench_sweep"
CHILDREN = 300
DUE = 100
CHUNK = 10_000
Say = Callable[[str], None]
CLOSED = """
    with made as (
        insert into deadlines_deadline (kind, child_id, subject_type, subject_id, subject_name, owner_team_id,
            started_at, due_at, watched_from, met_at, recorded_at, void_reason)
        select kind, child_id, 'bench.closed', %s + number, '', owner_team_id, %s - interval '30 days',
            %s - interval '27 days', %s - interval '30 days', %s - interval '28 days', %s - interval '28 days', ''
        from generate_series(1, %s) as number
        join lateral (
            select kind, child_id, owner_team_id from deadlines_deadline
            where id = (select min(id) from deadlines_deadline) + number %% 100
        ) as like_it on true
        returning id, due_at
    )
    insert into deadlines_stage (deadline_id, name, fell_at, noticed_at, late)
    select id, name, due_at, due_at, false from made cross join (values ('24h'), ('6h')) as stage (name)
"""
FALL_NOW = """
    update deadlines_deadline set due_at = %s + (due_at - next_fire_at), next_fire_at = %s
    where id in (
        select id from deadlines_deadline as deadline
        where subject_type = 'bench.open' and next_fire_at > %s
            and not exists (select from deadlines_stage where deadline_id = deadline.id)
        order by id limit %s
    )
"""


def measure(*, running: int, closed: int, more: int, at: datetime, say: Say) -> None:
    """Say what each sweep costs, and what it costs when `more` closed deadlines have been added."""
    with database.for_once(NAME, children=CHILDREN):
        Deadline.objects.bulk_create(_open(running, at), batch_size=CHUNK)
        Stage.objects.bulk_create(_claimed(at), batch_size=CHUNK)
        _close(closed, at)
        _sweep(at)
        for added in (0, more):
            if added:
                _close(added, at)
            _execute("vacuum analyze")
            say(f"{running:,} open and {closed + added:,} closed deadlines, milliseconds of SQL:")
            for line in _lines(at + timedelta(minutes=10 if added else 0)):
                say(f"  {line}")


def _lines(at: datetime) -> Iterator[str]:
    _sweep(at)
    yield _line("sweep, nothing due", [_cost(lambda: _sweep(at)) for _ in range(20)])
    runs = []
    for number in range(5):
        moment = at + timedelta(minutes=number)
        _execute(FALL_NOW, [moment, moment, moment, DUE])
        runs.append(_cost(lambda moment=moment: _sweep(moment)))  # type: ignore[misc]
    yield _line(f"sweep, {DUE} due", runs)
    system = people_and_teams.system_actor()
    yield _line("derived sweep", [_cost(lambda: services.heal(by=system, at=at)) for _ in range(5)])


def _sweep(at: datetime) -> None:
    """As the task does."""
    system = people_and_teams.system_actor()
    services.beat(Beat.TICK, at=at)
    services.sweep(by=system, at=at)
    services.pass_on(by=system, at=at)
    services.beat(Beat.SWEEP, at=at)


@dataclass(frozen=True)
class Cost:
    """Milliseconds that the database took by the clock and of its processor, and in how many statements."""

    waited: float
    worked: float
    statements: int


def _cost(work: Callable[[], object]) -> Cost:
    waited: list[float] = []

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return run(sql, params, many, context)
        finally:
            waited.append((time.perf_counter() - start) * 1000)

    before = machine.worked_by_connection()
    with connection.execute_wrapper(execute):
        work()
    return Cost(sum(waited), 1000 * (machine.worked_by_connection() - before), len(waited))


def _line(name: str, runs: list[Cost]) -> str:
    """On a machine that is busy with something else, the least is nearest to the truth."""
    waited = [cost.waited for cost in runs]
    worked = statistics.median(cost.worked for cost in runs)
    statements = max(cost.statements for cost in runs)
    spread = f"least {min(waited):7.2f}  median {statistics.median(waited):7.2f}  most {max(waited):7.2f}"
    return f"{name:<20} {spread}  of the processor {worked:7.2f}  in {statements} statements"


def _open(count: int, at: datetime) -> Iterator[Deadline]:
    """Of every kind and team, due from an hour to half a year from now."""
    turns = zip(cycle(CLOCKS), cycle(Child.objects.all()), cycle(Team.objects.all()), range(count), strict=False)
    for kind, child, team, number in turns:
        due = at + timedelta(hours=1, seconds=number * 180 * 86_400 / count)
        fallen = {stage.name for stage in rules.fallen(CLOCKS[kind], due, at)}
        yield Deadline(
            kind=kind,
            child=child,
            subject_type="bench.open",
            subject_id=number,
            owner_team=team,
            started_at=at - timedelta(days=1),
            due_at=due,
            watched_from=at - timedelta(days=1),
            next_fire_at=rules.next_fire(CLOCKS[kind], due, claimed=fallen),
        )


def _claimed(at: datetime) -> Iterator[Stage]:
    first_warning = max(each.before for clock in CLOCKS.values() for each in rules.stages(clock))
    for deadline in Deadline.objects.filter(subject_type="bench.open", due_at__lte=at + first_warning).iterator():
        for stage in rules.fallen(deadline.clock, deadline.due_at, at):
            yield Stage.of(deadline, stage, noticed_at=at)


def _close(count: int, at: datetime) -> None:
    first = Deadline.objects.filter(subject_type="bench.closed").count()
    _execute(CLOSED, [first, at, at, at, at, at, count])


def _execute(sql: str, params: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
