"""Meetings: calendar, agenda, who came, minutes, what is asked of whom."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from accounts import gate
from accounts.models import User
from accounts.pages import press
from accounts.refusals import Changed, Refusal
from frontend.forms import with_value
from frontend.held import typed
from frontend.keyset import page_of
from frontend.text import local_day
from frontend.versions import values_of
from governance import presenters, selectors, services
from governance.forms import following
from governance.forms import meetings as forms
from governance.models import Action, Committee, Item, Meeting
from governance.rules import Body
from governance.views.common import CHAIR, KEEP, VIEW, allowed, ask, must_chair, must_keep, must_read, show, to

ITEM = ("minutes", "decision")
ACTION = ("what", "owner", "due_on")


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Before it is held its agenda, afterwards its minutes."""
    user, now = allowed(request, VIEW)
    found = _meeting(pk)
    must_read(user, found.committee, at=now)
    body = found.committee.body
    context = _minutes(found, user) | {
        "may_keep": selectors.keeps(user, body),
        "may_chair": selectors.chairs(user, body),
        "may_propose": selectors.sits(user, found.committee),
        "sees_children": body == Body.CMOG and presenters.sees_children(user),
        "today": local_day(now),
    }
    return show(request, "meeting", user, **context)


@require_safe
def print_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    return _print(request, pk, "print_agenda")


@require_safe
def print_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    return _print(request, pk, "print_minutes")


def plan_meetings(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Committee, pk=pk)
    must_keep(user, found, at=now)
    act = partial(services.plan_meetings, by=user, at=now, committee=found)
    return ask(
        request,
        forms.PlanForm(typed(request), today=local_day(now)),
        lambda given: act(**given),
        heading="Plan meetings",
        caption=found.name,
        back=to("committee", pk),
    )


def move_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    user, found, now = _kept(request, pk)
    initial = {name: getattr(found, name) for name in ("held_on", "begins", "place")}
    form = forms.MoveForm(typed(request), initial=initial, today=local_day(now))
    act = partial(services.move_meeting, by=user, at=now, meeting=found)
    return ask(request, form, lambda given: act(**given), heading="Move the meeting", **_of(found))


def cancel_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    user, found, now = _kept(request, pk)
    act = partial(services.cancel_meeting, by=user, at=now, meeting=found)
    form = forms.ReasonForm(typed(request))
    return ask(request, form, lambda given: act(**given), heading="Cancel the meeting", **_of(found))


def propose_item(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, VIEW)
    found = _meeting(pk)
    if not selectors.sits(user, found.committee):
        gate.refuse("governance.sit", by=user, at=now, subject=found)
    act = partial(services.propose_item, by=user, at=now, meeting=found)
    form = forms.ItemForm(typed(request))
    return ask(request, form, lambda given: act(**given), heading="Propose an item of the agenda", **_of(found))


@require_POST
def withdraw_item(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, VIEW)
    item = _item(pk)
    act = partial(services.withdraw_item, by=user, at=now, item=item)
    return press(request, act, said="The item has been withdrawn.", onward=to("meeting", item.meeting_id))


def add_paper(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, VIEW)
    item = _item(pk)
    if item.proposed_by_id != user.pk:
        must_keep(user, item.meeting.committee, at=now)
    act = partial(services.add_paper, by=user, at=now, item=item)
    form = forms.PaperForm(typed(request))
    return ask(request, form, lambda given: act(**given), heading="Add a paper", **_of(item.meeting, str(item)))


def record_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Both registers are shown where another has recorded one meanwhile."""
    user, found, now = _kept(request, pk)
    members = list(selectors.members(found.committee, on=found.held_on))

    def made(data: Any) -> forms.AttendanceForm:
        came = {each.member_id: each.code for each in selectors.attendances(found)}
        return forms.AttendanceForm(data, members=members, came=came, initial={"version": found.version})

    form, theirs = made(typed(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            services.record_attendance(by=user, at=now, meeting=found, **form.cleaned_data)
        except Changed as refusal:
            theirs = selectors.attendances(found)
            form.data = with_value(form.data, "version", str(refusal.theirs.version))
            form.add_error(None, "Somebody else has recorded who came while you were writing. Compare it with yours")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("governance:meeting", pk)
    return show(request, "record_attendance", user, form=form, meeting=found, members=members, theirs=theirs)


def minute_item(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    item = _item(pk)
    must_keep(user, item.meeting.committee, at=now)
    form = forms.MinutesForm(typed(request), initial=values_of(item, ITEM))
    act = partial(services.minute_item, by=user, at=now, item=item)
    where = _of(item.meeting)
    return ask(request, form, lambda given: act(**given), heading=str(item), names=ITEM, **where)


def record_matter(request: HttpRequest, pk: int) -> HttpResponse:
    user, found, now = _kept(request, pk)
    act = partial(services.record_matter, by=user, at=now, meeting=found)
    form = forms.MatterForm(typed(request))
    heading = "Name a theme, a barrier or an issue"
    return ask(request, form, lambda given: act(**given), heading=heading, **_of(found))


@require_POST
def agree_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, CHAIR)
    found = _meeting(pk)
    must_chair(user, found.committee, at=now)
    act = partial(services.agree_minutes, by=user, at=now, meeting=found)
    return press(request, act, said="The minutes have been agreed.", onward=to("meeting", pk))


def add_action(request: HttpRequest, pk: int) -> HttpResponse:
    user, found, now = _kept(request, pk)
    act = partial(services.add_action, by=user, at=now, meeting=found)

    def add(given: dict[str, Any]) -> Action:
        return act(**{name: given[name] for name in ACTION})

    form = forms.ActionForm(typed(request), today=local_day(now))
    return ask(request, form, add, heading="Ask somebody for something", **_of(found))


@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """What is still to be done: one's own first, then everybody's by the day it is due."""
    user, now = allowed(request, VIEW)
    page = page_of(request, selectors.open_actions(user), selectors.ACTION_KEY, earliest_first=True)
    own = list(selectors.actions_of(user).order_by(*selectors.ACTION_KEY))
    return show(request, "actions", user, own=own, page=page, today=local_day(now))


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, VIEW)
    found = _action(pk)
    must_read(user, found.meeting.committee, at=now)
    keeps = selectors.keeps(user, found.meeting.committee.body)
    may_finish = keeps or found.owner_id == user.pk
    return show(request, "action", user, action=found, may_keep=keeps, may_finish=may_finish, today=local_day(now))


def change_action(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = _action(pk)
    must_keep(user, found.meeting.committee, at=now)
    form = forms.ActionForm(typed(request), initial=values_of(found, ACTION), today=local_day(now))
    act = partial(services.change_action, by=user, at=now, action=found)
    back = to("action", pk)
    return ask(request, form, lambda given: act(**given), heading="Change the action", back=back, names=ACTION)


def finish_action(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, VIEW)
    found = _action(pk)
    if found.owner_id != user.pk:
        must_keep(user, found.meeting.committee, at=now)
    form = following.OutcomeForm(typed(request))
    act = partial(services.finish_action, by=user, at=now, action=found)
    back = to("action", pk)
    return ask(
        request, form, lambda given: act(**given), heading="The action is finished", caption=found.what[:80], back=back
    )


def _print(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    user, now = allowed(request, VIEW)
    found = _meeting(pk)
    must_read(user, found.committee, at=now)
    return show(request, name, user, printed_at=now, **_minutes(found, user))


def _minutes(found: Meeting, user: User) -> dict[str, Any]:
    """All that the meeting holds, but no child."""
    attended = selectors.attendances(found)
    return {
        "meeting": found,
        "items": selectors.agenda(found),
        "attended": attended,
        "lacking": selectors.lacking(attended) if attended else [],
        "before": selectors.before(found),
        "carried": selectors.carried(found),
        "asked": list(selectors.asked_at(found)),
        "matters": presenters.by_kind(found.matters.order_by("pk")),
        "concerns": selectors.concerns(found) if found.committee.body == Body.CMOG else [],
        "updates": selectors.updates_for(found),
        "of_list": selectors.of_list(found, exact=presenters.sees_children(user)),
    }


def _kept(request: HttpRequest, pk: int) -> tuple[User, Meeting, Any]:
    user, now = allowed(request, KEEP)
    found = _meeting(pk)
    must_keep(user, found.committee, at=now)
    return user, found, now


def _of(found: Meeting, about: str = "") -> dict[str, Any]:
    return {"caption": about or presenters.called(found), "back": to("meeting", found.pk)}


def _meeting(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("committee", "agreed_by"), pk=pk)


def _item(pk: int) -> Item:
    return get_object_or_404(Item.objects.select_related("meeting__committee"), pk=pk)


def _action(pk: int) -> Action:
    return get_object_or_404(Action.objects.select_related("meeting__committee", "owner__team__agency"), pk=pk)
