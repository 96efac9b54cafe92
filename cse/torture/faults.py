"""The faults. Each makes promises that are about to be broken, and breaks something else meanwhile.

Afterwards everything is put back in order, and nothing may be lost or told twice.
"""

import signal
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import connections
from django.db.models import F

from cse.torture import world
from cse.torture.crew import HANDS
from cse.torture.ground import Ground, now
from cse.torture.invariant import Ledger
from cse.torture.points import Point
from cse.torture.programs import until
from deadlines.models import Deadline, Notice, Stage
from deadlines.rules import CLOCKS, Clock, Kind

WEEK = timedelta(days=7)
KILLS = 3
FLUSHED_EVERY = 0.3  # seconds
FEW = 100  # deadlines; with so few once is enough


@dataclass(frozen=True)
class Round:
    """What a fault leaves to be judged: by which rules and when, and what must also be so."""

    deadlines: list[Deadline]
    clocks: Mapping[Kind, Clock] = field(default_factory=lambda: CLOCKS)
    closed: Collection[datetime] = ()
    judged_at: datetime | None = None
    also: Callable[[Ledger], Iterable[str]] = lambda _: ()


Fault = Callable[[Ground, int], Round]


def promised(ground: Ground, number: int) -> list[Deadline]:
    return world.promise(ground.world, world.about_to_fall(number, now()))


def none(ground: Ground, number: int) -> Round:
    return Round(promised(ground, number))


def times(number: int) -> int:
    return KILLS if number > FEW else 1


def killed(point: Point, *, posts_again: bool = False) -> Fault:
    """kill -9 of a worker at this point, its relief already there."""

    def fault(ground: Ground, number: int) -> Round:
        kills = times(number)
        deadlines = []
        for share in range(kills):
            ground.crew.hire(wait=False)
            ground.points.arm(point)
            deadlines += promised(ground, number * (share + 1) // kills - number * share // kills)
            ground.crew.kill(ground.points.reached())
            ground.crew.on_duty()
        again = range(kills if posts_again else 0, kills * HANDS + 1)
        return Round(deadlines, also=lambda ledger: _posted_again(ledger, again))

    return fault


def _posted_again(ledger: Ledger, expected: range) -> Iterable[str]:
    """Whoever is killed may have been between the e-mail and the mark, and so may its other hand."""
    if ledger.emails_doubled not in expected:
        yield f"{ledger.emails_doubled} e-mails were posted again, not {expected.start} to {expected.stop - 1}"


def queue_flushed(ground: Ground, number: int) -> Round:
    """FLUSHALL, again and again while the moments come."""
    deadlines = promised(ground, number)
    while not _have_come(deadlines):
        ground.servers.flush_queue()
        time.sleep(FLUSHED_EVERY)
    return Round(deadlines)


def queue_gone(ground: Ground, number: int) -> Round:
    """Valkey killed, and back only when all moments have come."""
    valkey = ground.programs.kill(ground.servers.valkey.name)
    deadlines = promised(ground, number)
    until(lambda: _have_come(deadlines), "Time stands still")
    ground.programs.start(valkey)
    return Round(deadlines)


def _have_come(deadlines: list[Deadline]) -> bool:
    """Whether what was to fall within seconds has."""
    soon = now() + world.SOON[1]
    return not any(now() < deadline.due_at < soon for deadline in deadlines)


def three_schedulers(ground: Ground, number: int) -> Round:
    ground.crew.schedule(3)
    deadlines = promised(ground, number)
    ground.quiet(deadlines)
    return Round(deadlines)


def week_without_scheduler(ground: Ground, number: int) -> Round:
    """No tick for a week; then everything at once, in order, marked late."""
    ground.crew.schedule(0)
    ground.servers.flush_queue()
    last = now() - timedelta(hours=1)
    return Round(
        world.promise(ground.world, [last - WEEK * ((n * 7 % number) / number) for n in range(number)]),
        also=_late_and_in_order,
    )


def _late_and_in_order(ledger: Ledger) -> Iterable[str]:
    pks = {pk for pk, _ in ledger.due}
    stages = Stage.objects.filter(deadline__in=pks)
    if stages.filter(late=False).exists():
        yield "A moment is not marked late"
    if Notice.objects.filter(deadline__in=pks).exclude(text__contains="Told late").exists():
        yield "A notice does not say that it is late"
    firsts: dict[int, Stage] = {}
    for stage in stages.order_by("pk"):
        firsts.setdefault(stage.deadline_id, stage)
    if any(
        one.fell_at > other.fell_at and one.noticed_at == other.noticed_at for one, other in pairwise(firsts.values())
    ):
        yield "A later moment was noticed before an earlier one"


def database_restarted(ground: Ground, number: int) -> Round:
    """PostgreSQL falls in the middle of a sweep, as in a power cut, and comes back."""
    ground.points.arm(Point.AFTER_CLAIM)
    deadlines = promised(ground, number)
    ground.points.reached()
    postgres = ground.programs.kill(ground.servers.postgres.name, signal.SIGQUIT)
    ground.points.let_go()
    for connection in connections.all():
        connection.close()
    ground.programs.start(postgres)
    return Round(deadlines)


def post_office_deaf(ground: Ground, number: int) -> Round:
    """It accepts e-mails and never says so: they are posted again, under the same Message-ID."""
    twice = ground.office.deaf = times(number)
    deadlines = promised(ground, number)
    until(lambda: ground.office.deaf == 0, "Nobody came to the deaf post office")
    return Round(deadlines, also=lambda ledger: _posted_again(ledger, range(twice, ledger.to_post.total())))


def poison(ground: Ground, number: int) -> Round:
    """Deadlines that break the sweep and an address that is refused: the others go on, these once cured."""
    refused = ground.world.people[0]
    ground.office.refused.add(refused.email)
    bad = world.promise(ground.world, [now()] * KILLS, subject_type=world.POISON)
    good = promised(ground, number - len(bad))
    ground.quiet(good, but_not=refused)
    complaints = list(_poison_claimed(bad)) + list(_refused_sent(good, refused.pk))
    Deadline.objects.filter(pk__in=[each.pk for each in bad]).update(
        subject_type=good[0].subject_type, next_fire_at=F("due_at")
    )
    ground.office.refused.clear()
    return Round(bad + good, also=lambda _: complaints)


def _poison_claimed(bad: list[Deadline]) -> Iterable[str]:
    if Stage.objects.filter(deadline__in=bad).exists():
        yield "A deadline that breaks the sweep was claimed"


def _refused_sent(good: list[Deadline], refused: int) -> Iterable[str]:
    if Notice.objects.filter(deadline__in=good, recipient=refused).exclude(sent_at=None).exists():
        yield "An e-mail that was refused counts as sent"


FAULTS: dict[str, Fault] = {
    "none": none,
    "worker killed before the claim": killed(Point.BEFORE_CLAIM),
    "worker killed after the claim": killed(Point.AFTER_CLAIM),
    "worker killed after its commit": killed(Point.CLAIMED),
    "worker killed before the e-mail": killed(Point.BEFORE_SEND),
    "worker killed after the e-mail": killed(Point.AFTER_SEND, posts_again=True),
    "worker killed after the mark": killed(Point.AFTER_MARK, posts_again=True),
    "worker killed after its commit too": killed(Point.MARKED),
    "FLUSHALL again and again": queue_flushed,
    "Valkey gone for a while": queue_gone,
    "three schedulers": three_schedulers,
    "a week without scheduler": week_without_scheduler,
    "PostgreSQL falls mid-sweep": database_restarted,
    "post office accepts, says nothing": post_office_deaf,
    "poison deadline, poison address": poison,
}
