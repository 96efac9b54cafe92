"""Courses, sessions, who was there, and how many ought to have been (strategy §7.1, §7.3)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from accounts.gate import command, refuse
from accounts.models import Agency, User
from accounts.refusals import NotNow, Refusal
from accounts.roles import Permission
from frontend.text import local_day
from prevention import selectors
from prevention.conflicts import changed
from prevention.models import Attendance, Course, Headcount, Learner, Session
from prevention.rules import clean_reference, valid_until

COURSE = ("title", "subjects", "multi_agency", "valid_months")


class AlreadyThere(Refusal):
    """There is one already: a course of that title, an attendance of that person."""


class OfAnother(Refusal):
    """Somebody of that e-mail address or reference is recorded with other details."""


@command(Permission.PREVENTION_KEEP)
def add_course(
    *, by: User, at: datetime, title: str, subjects: Collection[str], multi_agency: bool, valid_months: int | None
) -> Course:
    """Say what is taught, and how long having been there counts. Raises AlreadyThere."""
    if Course.objects.filter(title__iexact=title).exists():
        raise AlreadyThere("There is a course of that title already")
    course = Course(title=title, subjects=list(subjects), multi_agency=multi_agency, valid_months=valid_months)
    course.full_clean()
    course.save()
    return course


@command(Permission.PREVENTION_KEEP, on="course")
def change_course(*, by: User, at: datetime, course: Course, version: int, **given: Any) -> Course:
    """How long it counts holds for sessions added from now on. Raises Changed, NotNow, AlreadyThere."""
    if course.withdrawn_on:
        raise NotNow("This course has been withdrawn")
    if Course.objects.filter(title__iexact=given["title"]).exclude(pk=course.pk).exists():
        raise AlreadyThere("There is a course of that title already")
    return changed(course, version, given, COURSE)


@command(Permission.PREVENTION_KEEP, on="course")
def withdraw_course(*, by: User, at: datetime, course: Course) -> Course:
    """It is not held any more; who has been there has been there. Raises NotNow."""
    if course.withdrawn_on:
        raise NotNow("This course has already been withdrawn")
    course.withdrawn_on = local_day(at)
    course.save(update_fields=["withdrawn_on"])
    return course


@command(Permission.PREVENTION_RECORD, on="course")
def add_session(*, by: User, at: datetime, course: Course, held_on: date, agency: Agency | None, place: str) -> Session:
    """It was held. A manager adds those of their own agency; the co-ordinator and the SEMT any. Raises NotNow."""
    if course.withdrawn_on:
        raise NotNow("This course has been withdrawn")
    _must_answer_for(by, agency, at=at)
    ends = valid_until(held_on, course.valid_months)
    session = Session(course=course, held_on=held_on, valid_until=ends, agency=agency, place=place)
    session.full_clean(exclude=["course", "agency"])
    session.save()
    return session


@command(Permission.PREVENTION_RECORD)
def count_staff(*, by: User, at: datetime, agency: Agency, role: str, counted_on: date, people: int) -> Headcount:
    """Say how many work in this role for the agency; said again of the same day, it is corrected."""
    _must_answer_for(by, agency, at=at)
    found = Headcount.objects.filter(agency=agency, role=role, counted_on=counted_on).first()
    count = found or Headcount(agency=agency, role=role, counted_on=counted_on)
    count.people = people
    count.full_clean(exclude=["agency"])
    count.save()
    return count


@command(Permission.PREVENTION_RECORD, on="session")
def record_attendance(
    *, by: User, at: datetime, session: Session, name: str, reference: str, agency: Agency, role: str
) -> Attendance:
    """Somebody was there, known before or not; who had left is back. Raises AlreadyThere, OfAnother."""
    _must_answer_for(by, agency, at=at)
    reference = clean_reference(reference)
    learner = Learner.objects.filter(reference=reference).first()
    if learner is None:
        learner = Learner(name=name, reference=reference, agency=agency, role=role)
        learner.full_clean(exclude=["agency"])
        learner.save()
    elif (learner.agency_id, learner.role) != (agency.pk, role):
        raise OfAnother("Somebody with this email or reference is recorded with another agency or role")
    elif learner.left_on:
        learner.left_on = None
        learner.save(update_fields=["left_on"])
    if Attendance.objects.filter(session=session, learner=learner).exists():
        raise AlreadyThere("This person’s attendance has already been recorded")
    return Attendance.objects.create(session=session, learner=learner, recorded_by=by, recorded_at=at)


@command(Permission.PREVENTION_RECORD, on="attendance", related=("learner__agency",))
def remove_attendance(*, by: User, at: datetime, attendance: Attendance) -> Attendance:
    """It was recorded in error. The person stays in the register."""
    _must_answer_for(by, attendance.learner.agency, at=at)
    attendance.delete()
    return attendance


@command(Permission.PREVENTION_RECORD, on="learner", related=("agency",))
def leave(*, by: User, at: datetime, learner: Learner) -> Learner:
    """They work here no more, so their training covers nobody. Raises NotNow."""
    _must_answer_for(by, learner.agency, at=at)
    if learner.left_on:
        raise NotNow("This person has already left")
    learner.left_on = local_day(at)
    learner.save(update_fields=["left_on"])
    return learner


def _must_answer_for(by: User, agency: Agency | None, *, at: datetime) -> None:
    """Those who keep the registers answer for every agency, a manager for their own. Raises PermissionDenied."""
    if not selectors.answers_for(by, agency):
        refuse("prevention.record", by=by, at=at, subject=agency)
