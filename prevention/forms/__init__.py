"""The forms of the prevention registers."""

from prevention.forms.assessments import (
    BeginForm,
    ModerateForm,
    ScoresForm,
    StandardForm,
)
from prevention.forms.collected import AgencyFilterForm
from prevention.forms.early_help import BeginHelpForm, EndHelpForm
from prevention.forms.registers import (
    AudienceForm,
    CampaignForm,
    ChangeResourceForm,
    CloseGapForm,
    EvaluationForm,
    GapForm,
    ResourceForm,
    ReviewForm,
    ServiceForm,
    VersionForm,
)
from prevention.forms.training import AttendanceForm, CourseForm, CoverageForm, ListForm, SessionForm, StaffForm

__all__ = [
    "AgencyFilterForm",
    "AttendanceForm",
    "AudienceForm",
    "BeginForm",
    "BeginHelpForm",
    "CampaignForm",
    "ChangeResourceForm",
    "CloseGapForm",
    "CourseForm",
    "CoverageForm",
    "EndHelpForm",
    "EvaluationForm",
    "GapForm",
    "ListForm",
    "ModerateForm",
    "ResourceForm",
    "ReviewForm",
    "ScoresForm",
    "ServiceForm",
    "SessionForm",
    "StaffForm",
    "StandardForm",
    "VersionForm",
]
