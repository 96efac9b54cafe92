"""How much happens to which child, so that the totals come out as asked."""

from dataclasses import dataclass
from enum import Enum
from itertools import cycle
from random import Random

from cse.demo.missing import PRESENT
from cse.demo.triage import LIVE, Stage

SCREENINGS_PER_CHILD_MONTH = 418 / (300 * 16)
"""Domain research saw 418 screenings in 16 months in this city; about 300 children stand behind them here."""
EVER_SCREENED = 0.88
SCREENED_AGAIN = 0.35


class Direct(Enum):
    """A concern that reaches MASH without a screening."""

    PROFESSIONAL = "professional"
    PUBLIC = "public"


@dataclass(slots=True)
class Plan:
    """One child's share in the totals. `live` is where the child's one referral stands now."""

    screenings: int = 0
    direct: Direct | None = None
    live: Stage | None = None
    draft: bool = False
    doubled: bool = False
    """Another agency has written the same child down a second time."""
    missing: int = 0
    missing_now: bool = False
    """How often the child has gone missing, and how the episode of the last days stands."""

    @property
    def events(self) -> int:
        return self.screenings + (self.direct is not None)


def total_screenings(children: int, months: int) -> int:
    return round(children * months * SCREENINGS_PER_CHILD_MONTH)


def plans(children: int, months: int, rng: Random) -> list[Plan]:
    """A plan for each child."""
    made = [Plan() for _ in range(children)]
    drawn = rng.sample(made, children)
    total = total_screenings(children, months)
    ever = min(total, round(children * EVER_SCREENED))
    for plan in drawn[:ever]:
        plan.screenings = 1
    again = drawn[: max(1, round(ever * SCREENED_AGAIN))]
    for _ in range(total - ever):
        rng.choice(again).screenings += 1
    _add_referrals(drawn, rng)
    _add_the_present(drawn, children)
    _add_missing_episodes(made, children, rng)
    return made


def _add_referrals(drawn: list[Plan], rng: Random) -> None:
    """Most who are never screened are referred; a few stand on record as somebody's brother or sister."""
    for plan in drawn:
        if plan.screenings == 0 and rng.random() < 0.9:
            plan.direct = rng.choice((Direct.PROFESSIONAL, Direct.PROFESSIONAL, Direct.PUBLIC))
        elif plan.screenings and rng.random() < 0.06:
            plan.direct = Direct.PROFESSIONAL


def _add_the_present(drawn: list[Plan], children: int) -> None:
    """What is going on now: referrals at every stage, drafts, records that look alike."""
    for plan in drawn[: max(12, children // 25)]:
        plan.draft = True
    single = [plan for plan in drawn if plan.events == 1 and not plan.draft]
    screened = [plan for plan in single if plan.screenings]
    told = [plan for plan in single if plan.direct]
    in_turn = [plan for pair in zip(screened, told, strict=False) for plan in pair] + screened[len(told) :]
    for plan, stage in zip(in_turn[: max(len(LIVE), children // 25)], cycle(LIVE), strict=False):
        plan.live = stage
    for plan in drawn[-max(6, children // 60) :]:
        plan.doubled = True


def _add_missing_episodes(made: list[Plan], children: int, rng: Random) -> None:
    """Three in ten have gone missing, most of them more than once; somebody is missing now."""
    gone = rng.sample([plan for plan in made if plan.events and plan.live is None], children * 3 // 10)
    for plan in gone:
        plan.missing = rng.choices((1, 2, 3, 5, 8), (35, 25, 20, 14, 6))[0]
    for plan in gone[: max(len(PRESENT), children // 30)]:
        plan.missing_now = True
