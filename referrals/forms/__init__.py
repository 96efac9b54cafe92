"""What people are asked: by MASH's pages, when they refer, and on the public form."""

from referrals.forms.telling import MakeForm, MakePubliclyForm
from referrals.forms.triage import (
    AskAgencyForm,
    DecideForm,
    GiveFeedbackForm,
    GradeForm,
    HandOverForm,
    QueueForm,
    RecordAssessmentForm,
    RecordCheckForm,
    RecordConferenceForm,
    RecordDiscussionForm,
    RecordGroundsForm,
    ReferToNrmForm,
    TriageForm,
    UnversionedForm,
)

__all__ = [
    "AskAgencyForm",
    "DecideForm",
    "GiveFeedbackForm",
    "GradeForm",
    "HandOverForm",
    "MakeForm",
    "MakePubliclyForm",
    "QueueForm",
    "RecordAssessmentForm",
    "RecordCheckForm",
    "RecordConferenceForm",
    "RecordDiscussionForm",
    "RecordGroundsForm",
    "ReferToNrmForm",
    "TriageForm",
    "UnversionedForm",
]
