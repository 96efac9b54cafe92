"""Committees, their terms of reference, their seats, who comes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontend import spreadsheet
from frontend.held import typed
from frontend.keyset import page_of
from frontend.text import local_day
from frontend.versions import values_of
from governance import presenters, selectors, services
from governance.forms import committees as forms
from governance.models import Committee, Member
from governance.rules import Body
from governance.views.common import KEEP, VIEW, allowed, ask, must_keep, must_read, show, to


@require_safe
def committees(request: HttpRequest) -> HttpResponse:
    """The three, with what comes next in each."""
    user, now = allowed(request, VIEW)
    found = selectors.overview(user, today=local_day(now))
    entered = {each.committee.body for each in found}
    missing = [
        (number, each) for number, each in enumerate(Body) if each not in entered and selectors.keeps(user, each)
    ]
    return show(request, "committees", user, overview=found, missing=missing, today=local_day(now))


@require_safe
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, VIEW)
    found = _committee(pk)
    must_read(user, found, at=now)
    context = {
        "committee": found,
        "terms": selectors.terms_of(found),
        "members": list(selectors.members(found)),
        "coming": selectors.coming(found),
        "page": page_of(request, selectors.held(found).order_by(), selectors.MEETING_KEY),
        "may_keep": selectors.keeps(user, found.body),
        "today": local_day(now),
    }
    return show(request, "committee", user, **context)


@require_safe
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came to the last meetings, agency by agency and person by person."""
    user, now = allowed(request, VIEW)
    found = _committee(pk)
    must_read(user, found, at=now)
    return show(request, "attendance", user, committee=found, register=selectors.register(found))


@require_safe
def attendance_csv(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, VIEW)
    found = _committee(pk)
    must_read(user, found, at=now)
    register = selectors.register(found)
    content = spreadsheet.as_csv(presenters.register_columns(register), presenters.register_rows(register))
    return spreadsheet.download(f"attendance_{found.body}", content)


def begin_committee(request: HttpRequest, number: int) -> HttpResponse:
    """The number is that of the body in its list."""
    user, now = allowed(request, KEEP)
    if number >= len(Body):
        raise Http404
    body = list(Body)[number]
    must_keep(user, Committee(body=body), at=now)
    initial = {"name": body.label, "meets_every_months": presenters.months_between(body)}
    return ask(
        request,
        forms.BeginCommitteeForm(typed(request), initial=initial, today=local_day(now)),
        lambda given: services.begin_committee(by=user, at=now, body=body, **given),
        heading=f"Enter {presenters.abbreviation(body)}",
        back=reverse("governance:committees"),
        onward=lambda made: to("committee", made.pk),
    )


def change_committee(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = _committee(pk)
    must_keep(user, found, at=now)
    return ask(
        request,
        forms.ChangeCommitteeForm(typed(request), initial=values_of(found, services.COMMITTEE)),
        lambda given: services.change_committee(by=user, at=now, committee=found, **given),
        heading="Change the committee",
        caption=found.name,
        back=to("committee", pk),
        names=services.COMMITTEE,
    )


def publish_terms(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = _committee(pk)
    must_keep(user, found, at=now)
    form = forms.TermsForm(typed(request), initial={"text": selectors.terms_of(found)[0].text}, today=local_day(now))
    act = partial(services.publish_terms, by=user, at=now, committee=found)
    return ask(request, form, lambda given: act(**given), heading="Publish new terms of reference", **_of(found))


def review_terms(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = _committee(pk)
    must_keep(user, found, at=now)
    form = forms.ReviewForm(typed(request), today=local_day(now))
    act = partial(services.review_terms, by=user, at=now, committee=found)
    heading = "Terms of reference and membership hold as they stand"
    return ask(request, form, lambda given: act(**given), heading=heading, **_of(found))


def seat_member(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = _committee(pk)
    must_keep(user, found, at=now)
    form = forms.SeatForm(typed(request), today=local_day(now))
    act = partial(services.seat_member, by=user, at=now, committee=found)
    return ask(request, form, lambda given: act(**given), heading="Give somebody a seat", **_of(found))


def name_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    member = _member(pk)
    must_keep(user, member.committee, at=now)
    form = forms.DeputyForm(typed(request), initial={"deputy": member.deputy})
    act: Callable[..., Any] = partial(services.name_deputy, by=user, at=now, member=member)
    return ask(request, form, lambda given: act(**given), heading="Name a deputy", **_of_seat(member))


def unseat_member(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    member = _member(pk)
    must_keep(user, member.committee, at=now)
    form = forms.UnseatForm(typed(request), today=local_day(now))
    act: Callable[..., Any] = partial(services.unseat_member, by=user, at=now, member=member)
    return ask(request, form, lambda given: act(**given), heading="The seat is given up", **_of_seat(member))


def _of(found: Committee) -> dict[str, Any]:
    return {"caption": found.name, "back": to("committee", found.pk)}


def _of_seat(member: Member) -> dict[str, Any]:
    return {"caption": f"{member.name}, {member.agency}", "back": to("committee", member.committee_id)}


def _committee(pk: int) -> Committee:
    return get_object_or_404(Committee, pk=pk)


def _member(pk: int) -> Member:
    return get_object_or_404(Member.objects.select_related("committee", "agency"), pk=pk)
