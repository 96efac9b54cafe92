"""The sight of a child that comes with holding the return interview, and ends with it (domain.md 13, 34)."""

from collections.abc import Collection
from datetime import datetime

import deadlines.services
from accounts import policy
from accounts.models import GrantKind, User
from accounts.services import let_person_know
from deadlines.models import OPEN, Deadline
from deadlines.rules import Kind
from missing import steps
from missing.models import Episode
from people.models import Child

KIND = GrantKind.INTERVIEW


def give_sight(child: Child, interviewer: User, *, reason: str, by: User, at: datetime) -> None:
    """They come to know the child, if they do not."""
    if policy.find(interviewer, Child, child.pk) is None:
        let_person_know(child, interviewer, kind=KIND, reason=reason, by=by, at=at)


def end_sight(
    child: Child, interviewers: Collection[User], *, episodes: Collection[Episode], by: User, at: datetime
) -> None:
    """They hold the interview of these episodes no more; what they owed of it falls to whoever owes it else.

    Only what came with the interview ends: whoever holds the case, or owes anything else about the child, stays.
    """
    grants = policy.user_grants().filter(kind=KIND, content_object_id=child.pk, expires_at=None, user__in=interviewers)
    for grant in grants.select_related("user"):
        if _stays(child, grant.user, episodes):
            continue
        _, to = steps.interview_owed_by(child)
        deadlines.services.hand_on(child=child, former=grant.user, to=to, at=at)
        let_person_know(child, grant.user, kind=KIND, reason="No longer holds the interview", by=by, at=at, until=at)


def _stays(child: Child, person: User, episodes: Collection[Episode]) -> bool:
    case = steps.case_for(child)
    if case and person.pk in (case.key_worker_id, case.coordinator_id):
        return True
    of_these = {"kind": Kind.RETURN_INTERVIEW, "subject_id__in": [episode.pk for episode in episodes]}
    return Deadline.objects.filter(OPEN, child_id=child.pk, owner=person).exclude(**of_these).exists()
