"""What is raised with the board, and what the register of attendance proposes."""

from django.db.models import QuerySet

from accounts.models import User
from governance.models import Escalation
from governance.rules import Body, EscalationState
from governance.selectors.committees import reads

ESCALATION_KEY = ("proposed_on", "id")
NOT_RAISED = (EscalationState.PROPOSED, EscalationState.SET_ASIDE)


def raised(user: User) -> QuerySet[Escalation]:
    """All of them; whoever does not read CMOG's papers sees what was raised with the board."""
    rows = Escalation.objects.select_related("committee", "agency")
    return rows if reads(user, Body.CMOG) else rows.exclude(state__in=NOT_RAISED)
