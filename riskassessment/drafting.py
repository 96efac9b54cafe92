"""A page of a draft as a form, and keeping what was typed into it: for the page and for its autosave alike."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from frontend.held import typed
from riskassessment import services
from riskassessment.forms import FORMS, SectionForm
from riskassessment.models import Screening
from riskassessment.sections import Content


def section_form(request: HttpRequest, record: Screening, content: Content, at: datetime) -> SectionForm:
    """The section's form, filled from the draft and, where something was typed, from that."""
    form_class = FORMS[content.section]
    return form_class(typed(request), content=content, born=record.child.date_of_birth, today=timezone.localdate(at))


def save_typed(form: SectionForm, user: User, record: Screening, at: datetime) -> Screening:
    """Keep what could be understood of a validated form."""
    return services.save_section(
        by=user,
        at=at,
        screening=record,
        section=form.content.section,
        seen=form.cleaned_data.get("version", ""),
        columns=form.typed_columns(),
        answers=form.typed_answers(),
    )
