"""What was answered in a screening: how a first one looks, and how the next one follows from it."""

from collections.abc import Mapping, Sequence
from random import Random

from riskassessment.rules import Group, Presence

Answers = dict[str, Presence]

# Kind of screening, and how many of a hundred: what the rule makes of each is the rule's business.
PROFILES: Mapping[str, int] = {"serious": 19, "significant": 40, "past": 18, "nil": 23}
COMMON: Mapping[str, int] = {
    "S1": 9, "S2": 7, "S3": 4, "S4": 5, "S5": 4, "S6": 8, "S7": 2, "S8": 1,
    "G1": 8, "G2": 9, "G3": 5, "G4": 3, "G5": 2, "G6": 6, "G7": 6, "G8": 6, "G9": 7, "G10": 3, "G11": 2, "G12": 3,
    "G13": 5, "G14": 6, "G15": 1, "G16": 2, "G17": 1, "G18": 2, "G19": 7,
}  # fmt: skip
"""How often each indicator is found where one is; one that is not named here counts 3."""


def first(codes: Mapping[Group, Sequence[str]], rng: Random, profile: str = "") -> Answers:
    """The answers to every indicator in a child's first screening; its `profile` is drawn where none is given."""
    answers: Answers = {}
    match profile or rng.choices(list(PROFILES), list(PROFILES.values()))[0]:
        case "serious":
            _mark(answers, codes[Group.SERIOUS], Presence.CURRENT, rng.choice((1, 1, 2, 2, 3)), rng)
            _mark(answers, codes[Group.SIGNIFICANT], Presence.CURRENT, rng.randrange(1, 5), rng)
            _mark(answers, codes[Group.SIGNIFICANT], Presence.HISTORIC, rng.randrange(3), rng)
        case "significant":
            _mark(answers, codes[Group.SERIOUS], Presence.HISTORIC, rng.choice((0, 0, 0, 1)), rng)
            _mark(answers, codes[Group.SIGNIFICANT], Presence.CURRENT, rng.choice((1, 1, 2, 2, 3)), rng)
            _mark(answers, codes[Group.SIGNIFICANT], Presence.HISTORIC, rng.randrange(3), rng)
        case "past":
            _mark(answers, codes[Group.SIGNIFICANT], Presence.HISTORIC, rng.choice((1, 1, 2, 3)), rng)
    return _rest(answers, codes, rng)


def following(before: Answers, codes: Mapping[Group, Sequence[str]], *, days: int, rng: Random) -> Answers:
    """The answers `days` after a screening with the answers `before`: some things pass, some begin."""
    fading = min(0.9, days / 240)
    answers: Answers = {}
    for code, presence in before.items():
        if presence is Presence.CURRENT:
            answers[code] = Presence.HISTORIC if rng.random() < fading else Presence.CURRENT
        elif presence is Presence.HISTORIC:
            answers[code] = Presence.CURRENT if rng.random() < 0.06 else Presence.HISTORIC
    if rng.random() < 0.3:
        _mark(answers, codes[Group.SIGNIFICANT], Presence.CURRENT, rng.choice((1, 1, 2)), rng)
    if rng.random() < 0.12:
        _mark(answers, codes[Group.SERIOUS], Presence.CURRENT, 1, rng)
    return _rest(answers, codes, rng)


def begun(codes: Mapping[Group, Sequence[str]], *, upto: int, rng: Random) -> Answers:
    """The first `upto` answers of a draft."""
    answers = first(codes, rng)
    every = [*codes[Group.SERIOUS], *codes[Group.SIGNIFICANT]]
    return {code: answers[code] for code in every[:upto]}


def _mark(answers: Answers, codes: Sequence[str], presence: Presence, count: int, rng: Random) -> None:
    free = [code for code in codes if code not in answers]
    for _ in range(min(count, len(free))):
        code = rng.choices(free, [COMMON.get(code, 3) for code in free])[0]
        free.remove(code)
        answers[code] = presence


def _rest(answers: Answers, codes: Mapping[Group, Sequence[str]], rng: Random) -> Answers:
    every = [*codes[Group.SERIOUS], *codes[Group.SIGNIFICANT]]
    unknown = rng.choice((0.0, 0.05, 0.05, 0.2))
    return {
        code: answers.get(code) or (Presence.NOT_KNOWN if rng.random() < unknown else Presence.NO) for code in every
    }
