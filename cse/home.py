"""The home page of each role, gathered from the rooms below: what waits, what is overdue, what was begun."""

from datetime import datetime
from typing import Any

from django.db.models import Model

import deadlines.selectors
import delivery_plan.selectors
import missing.selectors.board
import people.selectors
import referrals.selectors
import riskassessment.selectors
from accounts.models import User
from accounts.roles import Permission
from deadlines.models import Deadline
from deadlines.rules import Kind, time_left

SHOWN = 10


def for_user(user: User, *, at: datetime) -> dict[str, Any]:
    """Each list is empty for a role that has nothing to do with it."""
    owed = list(deadlines.selectors.running(user)[: SHOWN * 2])
    mine = [deadline for deadline in owed if _is_my_interview(deadline, user)]
    others = [deadline for deadline in owed if deadline not in mine]
    return {
        "interviews": [_promise(deadline, at) for deadline in mine],
        "overdue": [_promise(deadline, at) for deadline in others if deadline.due_at < at],
        "running": [_promise(deadline, at) for deadline in others if deadline.due_at >= at],
        "missing": _missing(user, at),
        "waiting": _waiting(user, at),
        "to_accept": list(_if(user, Permission.PLAN_CHAIR, lambda _: delivery_plan.selectors.to_accept())[:SHOWN]),
        "to_countersign": list(riskassessment.selectors.to_countersign(user)[:SHOWN]),
        "drafts": list(_if(user, Permission.SCREENING_FILL_IN, riskassessment.selectors.drafts)[:SHOWN]),
        "made": list(_if(user, Permission.REFERRAL_TRACK, referrals.selectors.made_by_team)[:SHOWN]),
        "key_worker_for": list(people.selectors.key_worker_for(user)[:SHOWN]),
        "may_screen": Permission.SCREENING_FILL_IN in user.permissions,
        "may_triage": Permission.REFERRAL_TRIAGE in user.permissions,
        "may_match": Permission.CHILD_MATCH in user.permissions,
        "may_tell": Permission.SEARCH_TELL in user.permissions,
        "sees_no_case": Permission.CHILD_VIEW not in user.permissions,
    }


def named(context: dict[str, Any]) -> list[Model | str]:
    """The records by which the page names children, for the log (domain.md 35)."""
    promises = [row["deadline"] for name in ("interviews", "overdue", "running") for row in context[name]]
    promises += [line.episode for line in context["missing"]]
    lists = (context[name] for name in ("to_countersign", "drafts", "made", "key_worker_for"))
    return [*promises, *(line.in_log for line in context["waiting"]), *(record for rows in lists for record in rows)]


def _waiting(user: User, at: datetime) -> list[Any]:
    if Permission.REFERRAL_TRIAGE not in user.permissions:
        return []
    return referrals.selectors.waiting_for(user, at=at)


def _missing(user: User, at: datetime) -> list[Any]:
    """The children who are missing now, whom this person may see, the highest risk first."""
    rows = missing.selectors.board.missing_page(user, size=SHOWN).rows
    return missing.selectors.board.missing_lines(rows, at=at)


def _is_my_interview(deadline: Deadline, user: User) -> bool:
    return deadline.kind == Kind.RETURN_INTERVIEW and deadline.owner_id == user.pk


def _if(user: User, permission: Permission, rows: Any) -> Any:
    return rows(user) if permission in user.permissions else []


def _promise(deadline: Deadline, at: datetime) -> dict[str, Any]:
    late = deadline.due_at < at
    left = time_left(deadline.due_at, at)
    return {"deadline": deadline, "left": left, "late": late, "promise": deadline.clock.promise, "href": deadline.page}
