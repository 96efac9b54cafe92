"""Faults that people make: what is corrected, closed or decided anew while the sweep is at it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from threading import Thread
from typing import cast

from django.db import connection, connections, transaction

from cse.torture import world
from cse.torture.faults import Fault, Round, promised
from cse.torture.ground import Ground, now
from cse.torture.points import Point
from cse.torture.programs import until
from cse.torture.world import hours, subject
from deadlines import rules, services
from deadlines.models import OPEN, Deadline
from deadlines.rules import CLOCKS, HOURS, Clock, Kind
from frontend.text import LONDON

AT_ONCE = 4
STEP = timedelta(hours=1)
CHANGES = 2  # of the clocks: one forward, one back
WHY = "Corrected"
ELSEWHERE = (HOURS[48], timedelta(minutes=-2), HOURS[72], timedelta(milliseconds=200))
CHANGED_IN_WAYS = 5  # the last of them: not at all
NEW_WARNING = HOURS[12]


def at_once(works: Sequence[Callable[[], None]]) -> None:
    """Do all of this at the same time, each on a connection of its own; the first trouble is everybody's."""
    troubles: list[BaseException] = []

    def do(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as trouble:
            troubles.append(trouble)
        finally:
            connections.close_all()

    threads = [Thread(target=do, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]


def four_sweepers(ground: Ground, number: int) -> Round:
    """Besides the worker."""
    deadlines = promised(ground, number)
    end = now() + world.SOON[1]
    at_once([partial(_sweep_until, ground, end)] * AT_ONCE)
    return Round(deadlines)


def _sweep_until(ground: Ground, end: datetime) -> None:
    system = ground.system
    while (moment := now()) < end:
        services.sweep(by=system, at=moment)


def beginnings_corrected(ground: Ground, number: int) -> Round:
    """When the clocks began is corrected, to and fro, while they are swept."""
    deadlines = promised(ground, number)
    end = now() + world.SOON[1]
    shares = [deadlines[n::AT_ONCE] for n in range(AT_ONCE)]
    sweepers = [partial(_sweep_until, ground, end)] * 2
    at_once([*(partial(_correct, ground, share) for share in shares), *sweepers])
    return Round(deadlines)


def _correct(ground: Ground, deadlines: Sequence[Deadline]) -> None:
    """Again and again: out of reach, and back to a moment just before or after what it was."""
    for later in ELSEWHERE:
        for deadline in deadlines:
            with transaction.atomic():
                move(ground, deadline, deadline.due_at + later, now())


def move(ground: Ground, deadline: Deadline, due: datetime, at: datetime) -> None:
    """Its beginning is corrected so that it is due then. The work of a command, within its transaction."""
    kind = Kind(deadline.kind)
    services.move(
        kind, subject=subject(deadline), started_at=due - hours(kind), by=ground.world.people[0], at=at, reason=WHY
    )


def changed_before_the_sweep(ground: Ground, number: int) -> Round:
    """Met, voided, voided and reopened, moved: when a moment has come and no sweep has seen it."""
    with transaction.atomic():
        deadlines = promised(ground, number)
        at = now()
        _change(ground, deadlines, at)
    return Round(deadlines, closed=[at])


def changed_during_the_sweep(ground: Ground, number: int) -> Round:
    """The same while a sweep holds them: whoever changes one waits until it has been told."""
    ground.points.arm(Point.AFTER_CLAIM)
    at = now()
    deadlines = world.promise(ground.world, [at, at + HOURS[1] / 2] * (number // 2))
    ground.points.reached()
    at = now()
    at_once([partial(_let_go_when_somebody_waits, ground), partial(_change_all, ground, deadlines, at)])
    return Round(deadlines, closed=[at])


def _change_all(ground: Ground, deadlines: Sequence[Deadline], at: datetime) -> None:
    with transaction.atomic():
        _change(ground, deadlines, at)


def _let_go_when_somebody_waits(ground: Ground) -> None:
    until(somebody_waits, "Nobody waits for a deadline that is being swept")
    ground.points.let_go()


def somebody_waits() -> bool:
    """Whether a connection waits for what another holds."""
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from pg_locks where not granted)")
        return bool(cursor.fetchone()[0])


def _change(ground: Ground, deadlines: Sequence[Deadline], at: datetime) -> None:
    for n, deadline in enumerate(deadlines):
        kind, record = Kind(deadline.kind), subject(deadline)
        match n % CHANGED_IN_WAYS:
            case 0:
                services.meet(kind, subject=record, at=at)
            case 1:
                services.void(kind, subject=record, at=at, reason=WHY)
            case 2:
                services.void(kind, subject=record, at=at, reason=WHY)
                services.reopen(kind, subject=record, at=at)
            case 3:
                move(ground, deadline, deadline.due_at + HOURS[48], at)


def clocks_changed(ground: Ground, number: int) -> Round:
    """Promises that run across both changes of the clocks, swept every hour as if those days were here."""
    deadlines, judged_at = [], now()
    complaints: list[str] = []
    for change in islice(changes(judged_at), CHANGES):
        starts = [change - HOURS[24] * (n / number) for n in range(0, number, CHANGES)]
        rows = _started(ground, starts)
        pks = [row.pk for row in rows]
        judged_at = change - HOURS[24]
        while judged_at <= change + HOURS[72] + STEP:
            services.fire(by=ground.system, at=judged_at, only=pks)
            judged_at += STEP
        deadlines += rows
        complaints += _not_elapsed(rows)
    return Round(deadlines, judged_at=judged_at, also=lambda _: complaints)


def _started(ground: Ground, starts: Sequence[datetime]) -> list[Deadline]:
    made = []
    for n, start in enumerate(starts):
        kind = world.KINDS[n % len(world.KINDS)]
        made.append(
            services.start(
                kind,
                subject=world.another(),
                child=ground.world.child,
                started_at=start.astimezone(LONDON),
                owner_team=ground.world.teams[n % len(ground.world.teams)],
            )
        )
    return made


def _not_elapsed(rows: Sequence[Deadline]) -> Iterator[str]:
    for row in rows:
        if row.due_at.timestamp() - row.started_at.timestamp() != hours(Kind(row.kind)).total_seconds():
            yield f"{row.kind} does not last its hours"
        for stage in row.stages.all():
            if not timedelta(0) <= stage.noticed_at - stage.fell_at < STEP:
                yield f"{stage} was not noticed when it fell"


def changes(after: datetime) -> Iterator[datetime]:
    """When the clocks in London change."""
    hour = after.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    while True:
        following = hour + HOURS[1]
        if hour.astimezone(LONDON).utcoffset() != following.astimezone(LONDON).utcoffset():
            yield following
        hour = following


def rule_changed(ground: Ground, number: int) -> Round:
    """A release that warns earlier too, and rows that have lost their next moment: healed, then swept.

    For some the new warning has come already, for some it comes later. The workers here still have the old rules.
    """
    at = now()
    amber = CLOCKS[Kind.REFERRAL_AMBER]
    due = [at + HOURS[3] + HOURS[24] * (n / number) for n in range(number)]
    deadlines = world.promise(ground.world, due, (Kind.REFERRAL_AMBER,))
    ground.quiet(deadlines)
    pks = [each.pk for each in deadlines]
    judged_at = at + HOURS[20]
    with released({**CLOCKS, Kind.REFERRAL_AMBER: replace(amber, warns=(NEW_WARNING, *amber.warns))}) as clocks:
        with transaction.atomic():
            Deadline.objects.filter(OPEN, pk__in=pks[::2]).update(next_fire_at=None)
            services.heal(by=ground.system, at=now())
            services.fire(by=ground.system, at=now(), only=pks)
        services.fire(by=ground.system, at=judged_at, only=pks)
    return Round(deadlines, clocks=clocks, judged_at=judged_at)


@contextmanager
def released(clocks: Mapping[Kind, Clock]) -> Iterator[Mapping[Kind, Clock]]:
    """These rules are in force here."""
    in_force = cast("dict[Kind, Clock]", rules.CLOCKS)
    before = dict(in_force)
    in_force.update(clocks)
    try:
        yield clocks
    finally:
        in_force.update(before)


CORRECTIONS: dict[str, Fault] = {
    "four sweepers at once": four_sweepers,
    "beginnings corrected meanwhile": beginnings_corrected,
    "closed, moved, reopened before it": changed_before_the_sweep,
    "closed, moved, reopened during it": changed_during_the_sweep,
    "both changes of the clocks": clocks_changed,
    "a rule changed, a moment forgotten": rule_changed,
}
