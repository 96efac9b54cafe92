"""What the prevention registers hold (domain.md 33)."""

from prevention.models.assessments import Assessment, Score, Standard
from prevention.models.early_help import EarlyHelp
from prevention.models.registers import Campaign, Gap, Resource, ResourceVersion, Service
from prevention.models.training import Attendance, Course, Headcount, Learner, Session, TrainingList, TrainingRow

__all__ = [
    "Assessment",
    "Attendance",
    "Campaign",
    "Course",
    "EarlyHelp",
    "Gap",
    "Headcount",
    "Learner",
    "Resource",
    "ResourceVersion",
    "Score",
    "Service",
    "Session",
    "Standard",
    "TrainingList",
    "TrainingRow",
]
