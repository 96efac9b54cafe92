"""What a referral may become next, how it is graded, what a decision needs (domain.md 18, 19)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import IntegerChoices, TextChoices

from accounts.models import AgencyKind
from deadlines.rules import Kind


def reference(pk: int) -> str:
    return f"R{pk:06d}"


def child_called(*, on_record: str, searched_as: str, told: str) -> str:
    """The name on the child's record, or what somebody without an account called the child."""
    return told if told and not searched_as.strip() else on_record


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


def leading_to(state: State) -> frozenset[State]:
    """The states from which `state` is one step away."""
    return frozenset(before for before, after in NEXT.items() if state in after)


_ACCEPTED_OR_LATER = frozenset(State) - {State.RECEIVED}
_TRIAGED = leading_to(State.DECIDED)
_DECIDED = frozenset({State.DECIDED, State.CLOSED})

POSSIBLE: Mapping[str, frozenset[State]] = {
    "accept": leading_to(State.ACCEPTED),
    # The duty officer may grade before anybody has taken the referral on.
    "grade": frozenset(OPEN),
    "hand_over": _TRIAGED,
    "ask_agency": _TRIAGED,
    # An answer that comes late is still something we know about the child.
    "record_check": _ACCEPTED_OR_LATER,
    "record_discussion": frozenset({State.IN_DISCUSSION}),
    "decide": _TRIAGED,
    "acknowledge": frozenset({*OPEN, State.DECIDED}),
    "give_feedback": leading_to(State.CLOSED),
    "refer_to_nrm": _ACCEPTED_OR_LATER,
    "record_grounds": _ACCEPTED_OR_LATER,
    "record_assessment": _DECIDED,
    "record_conference": _DECIDED,
}
"""In which states each command on a referral may be carried out."""


STATE_FOR_REFERRER: Mapping[State, str] = {
    State.RECEIVED: "Waiting for MASH",
    State.ACCEPTED: "MASH is looking into it",
    State.IN_DISCUSSION: "MASH is looking into it",
    State.DECIDED: "MASH has decided",
    State.CLOSED: "MASH has told you what happened",
}
"""What whoever made the referral reads: a strategy discussion is not told while it goes on."""


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


def grade_clock_starts(*, first: bool, received_at: datetime, at: datetime) -> datetime:
    """When the clock of a grade given `at` begins (domain.md 18 leaves it open: a local rule).

    The first grade's clock runs from receipt, because time in which nobody looked is not forgiven. A later grade rests
    on something new, so its clock runs from the change: a referral that turns RED on its third day is not overdue
    before anybody could act.
    """
    return received_at if first else at


class Outcome(TextChoices):
    """domain.md 19."""

    NO_FURTHER_ACTION = "no_further_action", "No further action"
    ADVICE = "advice", "Advice"
    EARLY_HELP = "early_help", "Early help"
    CHILD_IN_NEED = "child_in_need", "Child in need (section 17)"
    STRATEGY_DISCUSSION = "strategy_discussion", "Strategy discussion"
    SECTION_47 = "section_47", "Section 47 enquiry"


OPENS_CASE = frozenset({Outcome.EARLY_HELP, Outcome.CHILD_IN_NEED, Outcome.SECTION_47})
# The decision in words for whoever made the referral.
TOLD_TO_REFERRER: Mapping[Outcome, str] = {
    Outcome.NO_FURTHER_ACTION: "MASH will take no further action.",
    Outcome.ADVICE: "MASH has given advice.",
    Outcome.EARLY_HELP: "The child and family are being offered early help.",
    Outcome.CHILD_IN_NEED: "A social worker will assess what the child needs (section 17).",
    Outcome.SECTION_47: "A social worker has started a child protection enquiry (section 47).",
}
NEEDS_ASSESSMENT = frozenset({Outcome.CHILD_IN_NEED, Outcome.SECTION_47})
ASKED_FOR_BY: Mapping[Kind, frozenset[Outcome]] = {
    Kind.ASSESSMENT: NEEDS_ASSESSMENT,
    Kind.INITIAL_CONFERENCE: frozenset({Outcome.SECTION_47}),
}
"""The outcomes from which each of these must follow (domain.md 19)."""

# First responders to the National Referral Mechanism that stand among our partners; health is none (domain.md 19).
FIRST_RESPONDERS = frozenset({AgencyKind.POLICE, AgencyKind.LOCAL_AUTHORITY, AgencyKind.CHARITY})

STRATEGY_DISCUSSION_NEEDS: Mapping[AgencyKind, str] = {
    AgencyKind.LOCAL_AUTHORITY: "the local authority",
    AgencyKind.POLICE: "the police",
    AgencyKind.HEALTH: "health",
}


def missing_from_discussion(kinds: Collection[AgencyKind]) -> list[str]:
    """Who must still take part for it to be a strategy discussion (domain.md 19)."""
    return [name for kind, name in STRATEGY_DISCUSSION_NEEDS.items() if kind not in kinds]
