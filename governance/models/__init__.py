"""What committees do (strategy §8)."""

from governance.models.children import Concern, ConcernNote, Discussion
from governance.models.committees import Committee, Member, Terms
from governance.models.escalations import Escalation
from governance.models.meetings import Action, Attendance, Item, Matter, Meeting, Paper
from governance.models.reviews import Finding, Review
from governance.models.updates import MonthlyUpdate

__all__ = [
    "Action",
    "Attendance",
    "Committee",
    "Concern",
    "ConcernNote",
    "Discussion",
    "Escalation",
    "Finding",
    "Item",
    "Matter",
    "Meeting",
    "Member",
    "MonthlyUpdate",
    "Paper",
    "Review",
    "Terms",
]
