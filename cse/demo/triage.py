"""How a referral goes through MASH: when, in what colour, with what outcome."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from random import Random

from cse.demo.when import Calendar
from referrals.rules import Grade, Outcome
from riskassessment.rules import Level


class Stage(Enum):
    """How far a referral of the last days has come, so that each is always there to be looked at."""

    JUST_IN = "just in"
    WAITING = "waiting since yesterday"
    OVERDUE = "waiting for days"
    ACCEPTED = "accepted, not graded"
    GRADED = "graded, its clock running"
    RED_OVERDUE = "red, its clock run out"
    DISCUSSION = "in a strategy discussion"
    DECIDED = "decided, referrer not told"


LIVE: tuple[Stage, ...] = (
    Stage.JUST_IN, Stage.JUST_IN, Stage.GRADED, Stage.WAITING, Stage.DISCUSSION, Stage.DECIDED,
    Stage.ACCEPTED, Stage.GRADED, Stage.RED_OVERDUE, Stage.DISCUSSION, Stage.WAITING, Stage.OVERDUE,
)  # fmt: skip

LIVE_GRADES: dict[Stage | None, Grade] = {Stage.GRADED: Grade.AMBER, Stage.DISCUSSION: Grade.AMBER}
"""Where the stage makes sense with one colour only."""

# Minutes before now: received, accepted, graded, strategy discussion decided on, decided; None has not happened.
_AGO: dict[Stage, tuple[int, int | None, int | None, int | None, int | None]] = {
    Stage.JUST_IN: (25, None, None, None, None),
    Stage.WAITING: (1100, None, None, None, None),
    Stage.OVERDUE: (6100, None, None, None, None),
    Stage.ACCEPTED: (160, 45, None, None, None),
    Stage.GRADED: (400, 330, 300, None, None),
    Stage.RED_OVERDUE: (560, 540, 520, None, None),
    Stage.DISCUSSION: (1500, 1400, 1380, 240, None),
    Stage.DECIDED: (2700, 2600, 2560, None, 1300),
}


@dataclass(frozen=True, slots=True)
class Course:
    """The moments of one referral. `discussing_at` is when a strategy discussion was decided on."""

    received_at: datetime
    accepted_at: datetime | None = None
    graded_at: datetime | None = None
    acknowledged_at: datetime | None = None
    discussing_at: datetime | None = None
    held_at: datetime | None = None
    decided_at: datetime | None = None
    told_at: datetime | None = None

    def until(self, now: datetime) -> "Course":
        """The same, with what has not happened by `now` taken away."""
        steps = {name: getattr(self, name) for name in self.__slots__ if name != "received_at"}
        return Course(self.received_at, **{name: at for name, at in steps.items() if at and at <= now})


def live_course(stage: Stage, now: datetime, rng: Random) -> Course:
    """The moments of a referral that stands at `stage` now."""
    shift = timedelta(minutes=rng.randrange(20))
    moments = [None if ago is None else now - timedelta(minutes=ago) - shift for ago in _AGO[stage]]
    received, accepted, graded, discussing, decided = moments
    return Course(received or now, accepted, graded, accepted, discussing_at=discussing, decided_at=decided)


def usual_course(calendar: Calendar, received: datetime, grade: Grade, *, discussed: bool, rng: Random) -> Course:
    """How it mostly goes: accepted within hours, decided by the next working day, sometimes later."""

    def after(moment: datetime, *hours: float) -> datetime:
        haste = 0.15 if grade is Grade.RED else 1.0
        return calendar.in_office(moment + timedelta(hours=haste * rng.triangular(*hours)), rng)

    accepted = after(received, 0.1, 6, 0.8)
    graded = accepted + timedelta(minutes=rng.randrange(4, 50))
    acknowledged = after(accepted, 0.1, 20, 1)
    discussing = after(graded, 0.3, 6, 1) if discussed else None
    held = after(discussing, 1, 24, 4) if discussing else None
    in_time = rng.random() < 0.87
    decided = after(held or graded, *((0.5, 9, 3) if in_time else (9, 60, 20)))
    told = max(after(decided, 0.1, 30, 1.5), acknowledged)
    return Course(received, accepted, graded, acknowledged, discussing, held, decided, told)


def grade_for(level: Level | None, danger: bool, rng: Random) -> Grade:
    """The colour an officer would mostly give; immediate danger is RED at once (domain.md 5)."""
    if danger:
        return Grade.RED
    weights = {
        Level.SERIOUS: (0, 10, 62, 28),
        Level.SIGNIFICANT: (3, 45, 47, 5),
        Level.AT_RISK: (20, 65, 15, 0),
        Level.NO_CURRENT_RISK: (70, 28, 2, 0),
        None: (15, 45, 32, 8),
    }[level]
    return rng.choices((Grade.BLUE, Grade.GREEN, Grade.AMBER, Grade.RED), weights)[0]


_OUTCOMES = (Outcome.NO_FURTHER_ACTION, Outcome.ADVICE, Outcome.EARLY_HELP, Outcome.CHILD_IN_NEED, Outcome.SECTION_47)
_OUTCOME_WEIGHTS: dict[Grade, tuple[int, ...]] = {
    Grade.RED: (0, 2, 4, 32, 62),
    Grade.AMBER: (5, 11, 24, 44, 16),
    Grade.GREEN: (18, 26, 36, 20, 0),
    Grade.BLUE: (45, 42, 12, 1, 0),
}


def outcome_for(grade: Grade, rng: Random) -> Outcome:
    """What is decided in the end. Section 47 comes after a strategy discussion, which is no end (domain.md 19)."""
    return rng.choices(_OUTCOMES, _OUTCOME_WEIGHTS[grade])[0]
