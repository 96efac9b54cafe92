"""CMOG's list of children, and what it looks at beside them."""

from functools import partial
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import gate
from accounts.models import User
from frontend.held import typed
from frontend.keyset import page_of
from frontend.versions import values_of
from governance import presenters, selectors, services
from governance.forms import meetings as forms
from governance.models import Concern, Discussion, Meeting
from governance.rules import Body
from governance.views.common import CMOG_CHILDREN, KEEP, allowed, ask, must_keep, show, to
from people.models import Child

DISCUSSION = ("said", "decided", "reason")


@require_safe
def children(request: HttpRequest) -> HttpResponse:
    """The children on the list, the gravest first, with what the meeting that is being minuted said of each."""
    user, now = allowed(request, CMOG_CHILDREN)
    page = page_of(request, selectors.listed(user), selectors.LIST_KEY)
    meeting = selectors.being_minuted()
    keys = [case.child_id for case in page.rows]
    gate.searched(user, verb="governance.children", at=now, terms=request.GET.dict(), shown=page.rows)
    context = {
        "page": page,
        "lines": presenters.lines(
            page.rows,
            now=selectors.discussions(user, meeting, keys) if meeting else {},
            before=selectors.last_discussed(user, keys),
        ),
        "meeting": meeting,
        "may_keep": selectors.keeps(user, Body.CMOG),
    }
    return show(request, "children", user, **context)


def discuss_child(request: HttpRequest, pk: int) -> HttpResponse:
    """At the meeting that is being minuted."""
    user, now = cast(User, request.user), timezone.now()
    child = gate.fetch(user, Child, permission=CMOG_CHILDREN, at=now, pk=pk)
    meeting = selectors.being_minuted()
    if not selectors.keeps(user, Body.CMOG):
        gate.refuse("governance.keep", by=user, at=now, subject=child)
    if meeting is None:
        return redirect("governance:children")
    there = selectors.discussions(user, meeting, [pk]).get(pk) or Discussion(version=0)
    initial = {**values_of(there, DISCUSSION), "version": there.version}
    act = partial(services.discuss_child, by=user, at=now, child=child, meeting=meeting)
    return ask(
        request,
        forms.DiscussionForm(typed(request), initial=initial),
        lambda given: act(**given),
        heading=child.name,
        caption=presenters.called(meeting),
        back=reverse("governance:children"),
        names=DISCUSSION,
    )


def table_concern(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    meeting = get_object_or_404(Meeting.objects.select_related("committee"), pk=pk)
    must_keep(user, meeting.committee, at=now)
    act = partial(services.table_concern, by=user, at=now, meeting=meeting)
    heading = "Table a person, a location, a group or an investigation"
    form = forms.ConcernForm(typed(request))
    return ask(request, form, lambda given: act(**given), heading=heading, **_of(meeting))


def note_concern(request: HttpRequest, pk: int) -> HttpResponse:
    """What the meeting that is being minuted was told of it."""
    user, now = allowed(request, KEEP)
    concern = get_object_or_404(Concern.objects.select_related("tabled_at__committee"), pk=pk)
    must_keep(user, concern.tabled_at.committee, at=now)
    meeting = selectors.being_minuted()
    if meeting is None:
        return redirect("governance:committees")
    act = partial(services.note_concern, by=user, at=now, meeting=meeting, concern=concern)
    form = forms.NoteForm(typed(request))
    return ask(request, form, lambda given: act(**given), heading=concern.title, **_of(meeting))


def _of(meeting: Meeting) -> dict[str, Any]:
    return {"caption": presenters.called(meeting), "back": to("meeting", meeting.pk)}
