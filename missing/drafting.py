"""A page of a return interview as a form, and keeping what was typed into it: for the page and its autosave alike."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from frontend.held import typed
from missing import parts, services
from missing.forms.recording import FORMS, PartForm
from missing.models import Interview
from missing.parts import Part


def part_form(request: HttpRequest, record: Interview, part: Part, user: User, at: datetime) -> PartForm:
    """The part's form, filled from the interview and, where something was typed, from that."""
    return FORMS[part](typed(request), interview=record, me=user, today=timezone.localdate(at))


def save_typed(form: PartForm, user: User, record: Interview, at: datetime) -> Interview:
    """Keep what could be understood of a validated form."""
    return services.save_interview(
        by=user,
        at=at,
        interview=record,
        part=form.part,
        seen=form.cleaned_data.get("version", ""),
        values=form.typed_values(),
    )


def keep_saving(form: PartForm, record: Interview) -> None:
    form.keep_saving_from(parts.content(record, form.part))


def after(record: Interview, part: Part, *, later: bool) -> str:
    """Where somebody goes from a page that was saved: to the next one, and from the last to the actions."""
    if later:
        return reverse("missing:interview", args=[record.pk])
    order = list(Part)
    following = order.index(part) + 1
    if following == len(order):
        return reverse("missing:add_action", args=[record.pk])
    return reverse("missing:save_interview", args=[record.pk, order[following]])
