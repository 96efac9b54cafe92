"""Every write of the plan."""

from accounts.refusals import Changed, NotNow
from delivery_plan.services.actions import (
    SET_UP,
    Circle,
    SaysOtherwise,
    accept_update,
    add_action,
    add_evidence,
    add_milestone,
    begin,
    change_milestone,
    close,
    lift_barrier,
    raise_barrier,
    reach_milestone,
    return_update,
    save_update,
    set_up,
    submit_update,
)
from delivery_plan.services.lists import apply_list, propose_list, undo_list

__all__ = [
    "SET_UP",
    "Changed",
    "Circle",
    "NotNow",
    "SaysOtherwise",
    "accept_update",
    "add_action",
    "add_evidence",
    "add_milestone",
    "apply_list",
    "begin",
    "change_milestone",
    "close",
    "lift_barrier",
    "propose_list",
    "raise_barrier",
    "reach_milestone",
    "return_update",
    "save_update",
    "set_up",
    "submit_update",
    "undo_list",
]
