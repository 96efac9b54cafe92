"""The training register: what it covers, its courses and sessions, who was there, lists from files."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import gate
from accounts.models import User
from accounts.pages import press
from frontend import spreadsheet
from frontend.held import typed
from frontend.keyset import page_of
from frontend.text import local_day
from frontend.versions import values_of
from prevention import forms, presenters, selectors, services
from prevention.models import Attendance, Course, Learner, Session, TrainingList
from prevention.rules import WorkRole
from prevention.views.common import KEEP, RECORD, VIEW, allowed, ask, confirm, show

COLUMNS_OF_A_LIST = (
    "The first row holds the headings Name, Email or reference, Agency and Role. Nothing is recorded before you have "
    f"seen what each row would change.\n\nA role is one of these: {', '.join(str(each.label) for each in WorkRole)}."
)


@require_safe
def training(request: HttpRequest) -> HttpResponse:
    """Who has had training that counts today, by agency and role."""
    user, now = allowed(request, VIEW)
    form = forms.CoverageForm(request.GET or None)
    rows = selectors.coverage(local_day(now), course=form.chosen())
    return show(request, "training", user, form=form, rows=rows, totals=presenters.by_role(rows), today=local_day(now))


@require_safe
def training_csv(request: HttpRequest) -> HttpResponse:
    _, now = allowed(request, VIEW)
    rows = selectors.coverage(local_day(now), course=forms.CoverageForm(request.GET or None).chosen())
    return spreadsheet.download("training", spreadsheet.as_csv(presenters.COLUMNS, map(presenters.cells, rows)))


@require_safe
def ending_soon(request: HttpRequest) -> HttpResponse:
    """Whose training ends soon or has ended, of those whom this person answers for."""
    user, now = allowed(request, RECORD)
    rows = selectors.ending_soon(user, local_day(now))
    page = page_of(request, rows, selectors.ENDING_KEY, earliest_first=True)
    return show(request, "ending_soon", user, page=page, today=local_day(now))


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    user, _ = allowed(request, VIEW)
    return show(request, "courses", user, courses=list(selectors.courses()))


@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    user, _ = allowed(request, VIEW)
    found = get_object_or_404(Course, pk=pk)
    page = page_of(request, selectors.sessions_of(found), selectors.SESSION_KEY)
    return show(request, "course", user, course=found, subjects=presenters.taught(found), page=page)


def add_course(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, KEEP)
    return ask(
        request,
        forms.CourseForm(typed(request)),
        lambda given: services.add_course(by=user, at=now, **{name: given[name] for name in services.COURSE}),
        heading="Add a course",
        back=reverse("prevention:courses"),
        onward=lambda made: reverse("prevention:course", args=[made.pk]),
    )


def change_course(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Course, pk=pk)
    initial = values_of(found, services.COURSE) | {"multi_agency": str(found.multi_agency)}
    return ask(
        request,
        forms.CourseForm(typed(request), initial=initial),
        lambda given: services.change_course(by=user, at=now, course=found, **given),
        heading="Change the course",
        caption=found.title,
        back=reverse("prevention:course", args=[pk]),
        names=services.COURSE,
    )


def withdraw_course(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Course, pk=pk)
    return confirm(
        request,
        lambda: services.withdraw_course(by=user, at=now, course=found),
        heading="Withdraw the course",
        caption=found.title,
        button="Withdraw the course",
        beside="No session can be added to it. Who has had it has had it.",
        back=reverse("prevention:course", args=[pk]),
        said="The course has been withdrawn.",
    )


def add_session(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, RECORD)
    found = get_object_or_404(Course, pk=pk)
    return ask(
        request,
        forms.SessionForm(typed(request), user=user, today=local_day(now)),
        lambda given: services.add_session(by=user, at=now, course=found, **given),
        heading="Add a session",
        caption=found.title,
        back=reverse("prevention:course", args=[pk]),
        onward=lambda made: reverse("prevention:session", args=[made.pk]),
    )


@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Its names are shown to those who answer for them; others see how many there were."""
    user, _ = allowed(request, VIEW)
    found = _session(pk)
    context = {"session": found, "attended": found.attendances.count(), "page": None, "lists": []}
    if RECORD in user.permissions:
        rows = selectors.attendances(user, found)
        context["page"] = page_of(request, rows, ("id",))
        context["lists"] = list(selectors.lists_of(user, found))
    return show(request, "session", user, **context)


def count_staff(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, RECORD)
    return ask(
        request,
        forms.StaffForm(typed(request), user=user, today=local_day(now), initial={"counted_on": local_day(now)}),
        lambda given: services.count_staff(by=user, at=now, **given),
        heading="Say how many people work in a role",
        back=reverse("prevention:training"),
    )


def record_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, RECORD)
    found = _session(pk)
    return ask(
        request,
        forms.AttendanceForm(typed(request), user=user),
        lambda given: services.record_attendance(by=user, at=now, session=found, **given),
        heading="Record who was there",
        caption=found.course.title,
        back=reverse("prevention:session", args=[pk]),
    )


@require_POST
def remove_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, RECORD)
    found = get_object_or_404(Attendance, pk=pk)
    return press(
        request,
        lambda: services.remove_attendance(by=user, at=now, attendance=found),
        said="The attendance has been removed.",
        onward=reverse("prevention:session", args=[found.session_id]),
    )


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, RECORD)
    found = get_object_or_404(Learner, pk=pk)
    return press(
        request,
        lambda: services.leave(by=user, at=now, learner=found),
        said="They are not counted any more.",
        onward=reverse("prevention:ending_soon"),
    )


def propose_list(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, RECORD)
    found = _session(pk)
    return ask(
        request,
        forms.ListForm(typed(request), request.FILES or None),
        lambda given: services.propose_list(by=user, at=now, session=found, **given),
        heading="Add a list of who was there",
        caption=found.course.title,
        button="See what it would change",
        back=reverse("prevention:session", args=[pk]),
        onward=lambda made: reverse("prevention:training_list", args=[made.pk]),
        beside=COLUMNS_OF_A_LIST,
        said="",
    )


@require_safe
def training_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What recording it would change, row by row, or what it has changed."""
    user, now = allowed(request, RECORD)
    found = _list(user, pk, now)
    rows = list(found.rows.select_related("agency").order_by("number"))
    return show(
        request,
        "training_list",
        user,
        list=found,
        rows=rows,
        counts=presenters.outcomes(rows),
        was=presenters.were(rows),
    )


@require_POST
def apply_list(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, RECORD)
    found = _list(user, pk, now)
    return press(
        request,
        lambda: services.apply_list(by=user, at=now, training_list=found),
        said="The list has been recorded.",
        onward=reverse("prevention:training_list", args=[pk]),
    )


@require_POST
def undo_list(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, RECORD)
    found = _list(user, pk, now)
    return press(
        request,
        lambda: services.undo_list(by=user, at=now, training_list=found),
        said="What the list recorded has been taken back.",
        onward=reverse("prevention:training_list", args=[pk]),
    )


def _session(pk: int) -> Session:
    return get_object_or_404(Session.objects.select_related("course", "agency"), pk=pk)


def _list(user: User, pk: int, now: datetime) -> TrainingList:
    """The list, for whoever may settle it. Raises PermissionDenied."""
    found = get_object_or_404(TrainingList.objects.select_related("session__course", "proposed_by"), pk=pk)
    if not selectors.may_settle(user, found):
        gate.refuse("prevention.record", by=user, at=now, subject=found)
    return found
