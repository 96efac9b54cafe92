"""Every write of the committees."""

from governance.services.actions import add_action, change_action, finish_action
from governance.services.committees import (
    COMMITTEE,
    begin_committee,
    change_committee,
    name_deputy,
    publish_terms,
    review_terms,
    seat_member,
    unseat_member,
)
from governance.services.escalating import (
    accept_escalation,
    answer_escalation,
    close_escalation,
    escalate,
    raise_escalation,
    set_aside_escalation,
)
from governance.services.listing import NotQuorate, discuss_child, note_concern, table_concern
from governance.services.meetings import (
    add_paper,
    agree_minutes,
    cancel_meeting,
    minute_item,
    move_meeting,
    plan_meetings,
    propose_item,
    record_attendance,
    record_matter,
    withdraw_item,
)
from governance.services.reviewing import add_finding, begin_review, finish_review, record_change
from governance.services.updating import agree_update, assemble_update, save_update

__all__ = [
    "COMMITTEE",
    "NotQuorate",
    "accept_escalation",
    "add_action",
    "add_finding",
    "add_paper",
    "agree_minutes",
    "agree_update",
    "answer_escalation",
    "assemble_update",
    "begin_committee",
    "begin_review",
    "cancel_meeting",
    "change_action",
    "change_committee",
    "close_escalation",
    "discuss_child",
    "escalate",
    "finish_action",
    "finish_review",
    "minute_item",
    "move_meeting",
    "name_deputy",
    "note_concern",
    "plan_meetings",
    "propose_item",
    "publish_terms",
    "raise_escalation",
    "record_attendance",
    "record_change",
    "record_matter",
    "review_terms",
    "save_update",
    "seat_member",
    "set_aside_escalation",
    "table_concern",
    "unseat_member",
    "withdraw_item",
]
