"""One fault struck, and what it left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter

from cse.torture import invariant, world
from cse.torture.corrections import CORRECTIONS
from cse.torture.faults import FAULTS, Fault, Round
from cse.torture.ground import Ground, now
from cse.torture.invariant import Ledger
from deadlines.models import Deadline

A_MOMENT = timedelta(microseconds=1)  # what was noticed when it was judged was not noticed in closing it
EVERY_FAULT: Mapping[str, Fault] = {**FAULTS, **CORRECTIONS}


@dataclass(frozen=True)
class Struck:
    """What became of one fault; it can be judged again when everything is over."""

    name: str
    round: Round
    judged_at: datetime
    ledger: Ledger
    complaints: list[str]
    seconds: float

    @property
    def holds(self) -> bool:
        return self.ledger.holds and not self.complaints


def strike(ground: Ground, name: str, number: int) -> Struck:
    """Let it happen to so many deadlines, put everything back in order, wait for the end of it, and judge."""
    began = perf_counter()
    struck = EVERY_FAULT[name](ground, number)
    ground.in_order()
    ground.quiet(struck.deadlines)
    judged_at = struck.judged_at or now()
    ledger = judge(ground, struck, judged_at)
    complaints = list(struck.also(ledger))
    world.close(struck.deadlines, judged_at + A_MOMENT)
    return Struck(name, struck, judged_at, ledger, complaints, perf_counter() - began)


def judge(ground: Ground, struck: Round, at: datetime) -> Ledger:
    rows = Deadline.objects.filter(pk__in=[each.pk for each in struck.deadlines])
    return invariant.ledger(rows, at=at, office=ground.office, clocks=struck.clocks, closed=struck.closed)
