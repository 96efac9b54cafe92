"""Every promise with a clock, and every notice, in the order in which one meets them."""

from deadlines.services.absences import (
    AlreadyAway,
    CannotStandIn,
    EndsBeforeItStarts,
    NotYours,
    end_absence,
    record_absence,
)
from deadlines.services.notices import notify, open_notice, read_all
from deadlines.services.passing_on import pass_on, pass_on_batch
from deadlines.services.promises import (
    assign,
    bank_holidays,
    hand_on,
    meet,
    meet_all,
    move,
    reopen,
    start,
    void,
    void_reviews,
)
from deadlines.services.sending import deliver, deliver_digests, sent
from deadlines.services.sweeping import beat, fire, heal, sweep

__all__ = [
    "AlreadyAway",
    "CannotStandIn",
    "EndsBeforeItStarts",
    "NotYours",
    "assign",
    "bank_holidays",
    "beat",
    "deliver",
    "deliver_digests",
    "end_absence",
    "fire",
    "hand_on",
    "heal",
    "meet",
    "meet_all",
    "move",
    "notify",
    "open_notice",
    "pass_on",
    "pass_on_batch",
    "read_all",
    "record_absence",
    "reopen",
    "sent",
    "start",
    "sweep",
    "void",
    "void_reviews",
]
