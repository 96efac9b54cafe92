"""Every write on a child's record and its case."""

from people.services.cases import (
    CannotHoldCase,
    CaseAlreadyOpen,
    CaseClosed,
    NotYourCase,
    begin_case,
    close_case,
    let_cmog_know,
    list_at_cmog,
    name_key_worker,
    open_case,
)
from people.services.matching import CannotMatch, match, match_none, unmatch
from people.services.records import (
    AlreadyAdded,
    InvalidDetails,
    NotYourTeam,
    NumberHeld,
    PossibleDuplicates,
    Stale,
    correct,
    register,
    register_provisional,
    register_publicly,
)

__all__ = [
    "AlreadyAdded",
    "CannotHoldCase",
    "CannotMatch",
    "CaseAlreadyOpen",
    "CaseClosed",
    "InvalidDetails",
    "NotYourCase",
    "NotYourTeam",
    "NumberHeld",
    "PossibleDuplicates",
    "Stale",
    "begin_case",
    "close_case",
    "correct",
    "let_cmog_know",
    "list_at_cmog",
    "match",
    "match_none",
    "name_key_worker",
    "open_case",
    "register",
    "register_provisional",
    "register_publicly",
    "unmatch",
]
