"""Every write on a missing episode and its return interview, in the order in which they come."""

from missing.services.authorities import (
    AlreadyTold,
    NotToBeTold,
    move_promises,
    start_promises,
    tell_authority,
    void_promises,
)
from missing.services.meetings import AlreadyHeld, NotAMeeting, record_strategy_meeting
from missing.services.repeats import ask_for_what_repeats_ask, ask_no_more_for
from missing.services.sharing import (
    AlreadyAcknowledged,
    AlreadyShared,
    NoConsent,
    NotAPartner,
    NothingToShare,
    acknowledge,
    decide_not_to_share,
    share_with,
    void_acknowledgements,
)
from missing.steps import NotPossibleNow, Stale, WrongMoment

__all__ = [
    "AlreadyAcknowledged",
    "AlreadyHeld",
    "AlreadyShared",
    "AlreadyTold",
    "NoConsent",
    "NotAMeeting",
    "NotAPartner",
    "NotPossibleNow",
    "NotToBeTold",
    "NothingToShare",
    "Stale",
    "WrongMoment",
    "acknowledge",
    "ask_for_what_repeats_ask",
    "ask_no_more_for",
    "decide_not_to_share",
    "move_promises",
    "record_strategy_meeting",
    "share_with",
    "start_promises",
    "tell_authority",
    "void_acknowledgements",
    "void_promises",
]
