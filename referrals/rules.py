"""What a referral may become next, how it is graded, what a decision needs (domain.md 18, 19)."""

from collections.abc import Collection, Mapping

from django.db.models import IntegerChoices, TextChoices

from accounts.models import AgencyKind
from deadlines.rules import Kind


class State(TextChoices):
    RECEIVED = "received", "Received"
    ACCEPTED = "accepted", "Being triaged"
    IN_DISCUSSION = "in_discussion", "Strategy discussion"
    DECIDED = "decided", "Decided"
    CLOSED = "closed", "Closed, referrer told"


# States cannot be skipped: what is not here cannot happen.
NEXT: Mapping[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.ACCEPTED}),
    State.ACCEPTED: frozenset({State.IN_DISCUSSION, State.DECIDED}),
    State.IN_DISCUSSION: frozenset({State.DECIDED}),
    State.DECIDED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}
OPEN = (State.RECEIVED, State.ACCEPTED, State.IN_DISCUSSION)


class Grade(IntegerChoices):
    """BRAG, in the order of the queue: what nobody has looked at yet stands above AMBER."""

    BLUE = 0, "Blue"
    GREEN = 1, "Green"
    AMBER = 2, "Amber"
    UNGRADED = 3, "Not graded"
    RED = 4, "Red"


GRADE_CLOCKS: Mapping[Grade, Kind] = {
    Grade.RED: Kind.REFERRAL_RED,
    Grade.AMBER: Kind.REFERRAL_AMBER,
    Grade.GREEN: Kind.REFERRAL_GREEN,
}


class Outcome(TextChoices):
    """domain.md 19."""

    NO_FURTHER_ACTION = "no_further_action", "No further action"
    ADVICE = "advice", "Advice"
    EARLY_HELP = "early_help", "Early help"
    CHILD_IN_NEED = "child_in_need", "Child in need (section 17)"
    STRATEGY_DISCUSSION = "strategy_discussion", "Strategy discussion"
    SECTION_47 = "section_47", "Section 47 enquiry"


OPENS_CASE = frozenset({Outcome.EARLY_HELP, Outcome.CHILD_IN_NEED, Outcome.SECTION_47})
NEEDS_ASSESSMENT = frozenset({Outcome.CHILD_IN_NEED, Outcome.SECTION_47})

STRATEGY_DISCUSSION_NEEDS: Mapping[AgencyKind, str] = {
    AgencyKind.LOCAL_AUTHORITY: "the local authority",
    AgencyKind.POLICE: "the police",
    AgencyKind.HEALTH: "health",
}


def missing_from_discussion(kinds: Collection[AgencyKind]) -> list[str]:
    """Who must still take part for it to be a strategy discussion (domain.md 19)."""
    return [name for kind, name in STRATEGY_DISCUSSION_NEEDS.items() if kind not in kinds]
