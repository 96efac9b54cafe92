"""The sweep: every stage that has come is claimed once, its people are told, and what nobody opens goes to a manager.

Run twice, late, on four machines or after a kill, it loses and doubles nothing: the row of the deadline is locked, the
unique row of the stage is the claim, and its notices are written in the same transaction. What another sweeper holds
is skipped. The cost follows what is due: closed promises and those with time left stand in no index that it reads.
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.gate import command
from accounts.models import User
from accounts.roles import Permission
from deadlines import effects, rules
from deadlines.audience import Audiences
from deadlines.models import Beat, Deadline, Notice, Stage
from deadlines.rules import Kind
from deadlines.services import notices

BATCH = 500
TRIED_AGAIN_AFTER = timedelta(minutes=10)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Falling:
    """A deadline, the stages of it that have come and nobody has claimed, and the names of those claimed before."""

    deadline: Deadline
    fallen: list[rules.Stage]
    claimed: set[str]

    @property
    def is_breach(self) -> bool:
        return any(stage.name == rules.BREACH for stage in self.fallen)


def sweep(*, by: User, at: datetime) -> int:
    """Claim every stage that has come by `at`, tell its people of the latest, and return how many were claimed.

    With nothing due it reads one index and writes nothing, not even to the log.
    """
    claimed = 0
    while batch := _batch(at):
        try:
            handled, stages = fire(by=by, at=at, only=batch)
        except Exception:
            logger.exception("A batch of deadlines failed; trying them one by one")
            handled, stages = _one_by_one(batch, by=by, at=at)
        claimed += stages
        if not handled or len(batch) < BATCH:  # another sweeper holds the rest, or there is none
            break
    return claimed


@command(Permission.SWEEP)
def fire(*, by: User, at: datetime, only: Collection[int]) -> tuple[int, int]:
    """Claim what has come of these deadlines; how many deadlines were handled, and how many stages claimed."""
    due = _due(at).filter(pk__in=only)
    effects.hold(lambda: due, Kind, at=at)
    rows = due.select_related("child").select_for_update(skip_locked=True, of=("self",))
    falling = _falling(list(rows), at)
    stages = _claim(falling, at)
    for each in falling:  # before anybody is told: they may come to know the child by it
        if each.is_breach:
            effects.breached(each.deadline, by=by, at=at)
    _tell(falling, stages, at)
    _advance(falling)
    return len(falling), sum(len(each.fallen) for each in falling)


@command(Permission.SWEEP)
def heal(*, by: User, at: datetime) -> int:
    """Derive from the rules what every open deadline still has to say, and let rooms derive deadlines that are missing.

    Puts right a `next_fire_at` that was lost, and a rule that was changed while promises were open; the next sweep does
    the rest. Returns how many deadlines were mended. Once an hour (domain.md 12; security.md 5).
    """
    effects.heal(by=by, at=at)
    table = [(kind, each) for kind, clock in rules.CLOCKS.items() for each in rules.stages(clock)]
    with connection.cursor() as cursor:
        cursor.execute(
            HEAL, [[kind for kind, _ in table], [each.name for _, each in table], [each.before for _, each in table]]
        )
        return int(cursor.rowcount)


def beat(name: Beat, *, at: datetime) -> timedelta:
    """Note a sign of life, by the database's clock; how far the worker's clock, which says `at`, differs from it."""
    with connection.cursor() as cursor:
        cursor.execute(BEAT, [name, at])
        return timedelta(seconds=cursor.fetchone()[0])


@transaction.atomic(savepoint=False)
def _batch(at: datetime) -> list[int]:
    return list(_due(at).values_list("pk", flat=True)[:BATCH])


def _due(at: datetime) -> QuerySet[Deadline]:
    """A kind that this release does not know stays for one that does."""
    rows = Deadline.objects.filter(next_fire_at__lte=at, kind__in=list(rules.CLOCKS))
    return rows.order_by("next_fire_at", "pk")


def _one_by_one(batch: Sequence[int], *, by: User, at: datetime) -> tuple[int, int]:
    """What one deadline breaks holds up no other: it waits a while, and is tried again."""
    handled = stages = 0
    for pk in batch:
        try:
            one, claimed = fire(by=by, at=at, only=[pk])
        except Exception:
            logger.exception("Deadline %s cannot be swept; trying again later", pk)
            one, claimed = _due(at).order_by().filter(pk=pk).update(next_fire_at=at + TRIED_AGAIN_AFTER), 0
        handled, stages = handled + one, stages + claimed
    return handled, stages


def _falling(deadlines: Sequence[Deadline], at: datetime) -> list[Falling]:
    claimed: dict[int, set[str]] = {deadline.pk: set() for deadline in deadlines}
    rows = Stage.objects.filter(deadline__in=claimed, withdrawn_at=None)
    for pk, name in rows.values_list("deadline_id", "name"):
        claimed[pk].add(name)
    return [
        Falling(each, rules.fallen(each.clock, each.due_at, at, claimed=claimed[each.pk]), claimed[each.pk])
        for each in deadlines
    ]


def _claim(falling: Sequence[Falling], at: datetime) -> dict[int, Stage]:
    """Write the claims; the last of each deadline's, by its key."""
    made = Stage.objects.bulk_create(
        Stage.of(each.deadline, stage, noticed_at=at) for each in falling for stage in each.fallen
    )
    return {stage.deadline_id: stage for stage in made}


def _tell(falling: Sequence[Falling], stages: dict[int, Stage], at: datetime) -> None:
    """One notice to each person and deadline, of the latest stage: what it says makes an earlier one's idle."""
    audiences = Audiences.of([each.deadline for each in falling if each.fallen], at=at)
    written: list[Notice] = []
    for each in falling:
        if each.fallen:
            written += _notices(each, stages[each.deadline.pk], audiences, at)
    Notice.objects.bulk_create(written)


def _notices(falling: Falling, claim: Stage, audiences: Audiences, at: datetime) -> list[Notice]:
    deadline, clock = falling.deadline, falling.deadline.clock
    late = ". Told late: the clocks were not being watched" if claim.late else ""
    told = audiences.told(deadline, {audience for stage in falling.fallen for audience in stage.tells})
    if not told:
        logger.error("Deadline %s has nobody to tell: no one owes it and there is no CSE co-ordinator", deadline.pk)
    return notices.write(
        told,
        key=f"stage:{claim.pk}",
        text=f"{clock.promise}: {rules.time_left(deadline.due_at, at)} ({deadline.about}){late}",
        path=deadline.page,
        at=at,
        deadline=deadline,
        urgent=any(stage.urgent for stage in falling.fallen),
        unopened=clock.unopened,
    )


def _advance(falling: Sequence[Falling]) -> None:
    """Say when each falls next, in one statement."""
    nexts = [
        rules.next_fire(
            each.deadline.clock,
            each.deadline.due_at,
            claimed=each.claimed | {stage.name for stage in each.fallen},
        )
        for each in falling
    ]
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, [[each.deadline.pk for each in falling], nexts])


ADVANCE = """
    update deadlines_deadline set next_fire_at = new.next_fire_at
    from unnest(%s::bigint[], %s::timestamptz[]) as new (id, next_fire_at)
    where deadlines_deadline.id = new.id
"""
# Only what falls later than its clock's first stage may have been lost: what falls too early is put right by the sweep.
# So the stages of few are read, however many there are. A deadline that changed since it was looked at is left to
# whoever changed it; one that is in somebody's hands too.
HEAL = """
    with rule as (
        select kind, name, before, max(before) over (partition by kind) as longest
        from unnest(%s::text[], %s::text[], %s::interval[]) as rule (kind, name, before)
    ), derived as (
        select deadline.id, deadline.due_at, deadline.next_fire_at as was,
            min(deadline.due_at - rule.before) as fires_at
        from deadlines_deadline as deadline
        cross join lateral (
            select coalesce(array_agg(stage.name::text), '{}') as names from deadlines_stage as stage
            where stage.deadline_id = deadline.id and stage.withdrawn_at is null
        ) as claimed
        join rule on rule.kind = deadline.kind and rule.name <> all (claimed.names)
        where deadline.met_at is null and deadline.voided_at is null
            and (deadline.next_fire_at is null or deadline.next_fire_at > deadline.due_at - rule.longest)
        group by deadline.id
    ), mended as (
        select deadline.id, derived.fires_at
        from deadlines_deadline as deadline join derived on derived.id = deadline.id
        where deadline.next_fire_at is distinct from derived.fires_at
            and deadline.next_fire_at is not distinct from derived.was and deadline.due_at = derived.due_at
            and deadline.met_at is null and deadline.voided_at is null
        for no key update of deadline skip locked
    )
    update deadlines_deadline set next_fire_at = mended.fires_at from mended where deadlines_deadline.id = mended.id
"""
BEAT = """
    insert into deadlines_heartbeat as beat (name, beat_at, skew_seconds)
    select %s, clock_timestamp(), extract(epoch from %s - clock_timestamp())
    from (select set_config('synchronous_commit', 'off', true)) as nobody_waits_for_the_disk
    on conflict (name) do update set beat_at = excluded.beat_at, skew_seconds = excluded.skew_seconds
    returning skew_seconds
"""
