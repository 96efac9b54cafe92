"""Courses, sessions, who was there, how many ought to have been (strategy §7.1, §7.3; domain.md 33)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Agency, User
from audit.history import history_of
from figures import measures
from figures.rules import Part, Period
from prevention import selectors, services
from prevention.models import Attendance, Course, Headcount, Learner, Session
from prevention.rules import Subject, WorkRole
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


class TestAddCourse:
    def add(self, by: User, at: datetime, title: str = "Screening forms") -> Course:
        given = {"subjects": [Subject.FORMS], "multi_agency": True, "valid_months": 24}
        return services.add_course(by=by, at=at, title=title, **given)  # type: ignore[arg-type]

    def test_is_named_once(self, keeper: User, at: datetime) -> None:
        assert self.add(keeper, at).subjects == [Subject.FORMS]
        with pytest.raises(services.AlreadyThere):
            self.add(keeper, at, "SCREENING forms")

    def test_is_not_for_a_manager(self, manager: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            self.add(manager, at)


class TestChangeCourse:
    GIVEN: ClassVar = {"title": "Signs", "subjects": [Subject.FORMS], "multi_agency": False, "valid_months": 6}

    def test_holds_for_sessions_added_from_then_on(self, keeper: User, at: datetime) -> None:
        course = factories.course(valid_months=24)
        before = factories.session(course=course, held_on=date(2026, 1, 1), valid_until=date(2028, 1, 1))
        services.change_course(by=keeper, at=at, course=course, version=1, **self.GIVEN)
        course.refresh_from_db()
        assert (course.title, course.valid_months, course.version) == ("Signs", 6, 2)
        before.refresh_from_db()
        assert before.valid_until == date(2028, 1, 1)

    def test_overwrites_nobody(self, keeper: User, at: datetime) -> None:
        course = factories.course()
        services.change_course(by=keeper, at=at, course=course, version=1, **self.GIVEN)
        with pytest.raises(services.Changed):
            services.change_course(by=keeper, at=at, course=course, version=1, **self.GIVEN)

    def test_is_refused_where_the_title_is_taken_or_the_course_withdrawn(self, keeper: User, at: datetime) -> None:
        factories.course(title="signs")
        course = factories.course()
        with pytest.raises(services.AlreadyThere):
            services.change_course(by=keeper, at=at, course=course, version=1, **self.GIVEN)
        gone = factories.course(withdrawn_on=at.date())
        with pytest.raises(services.NotNow):
            services.change_course(by=keeper, at=at, course=gone, version=1, **self.GIVEN)


class TestWithdrawCourse:
    def test_is_done_once_and_ends_its_sessions(self, keeper: User, at: datetime) -> None:
        course = services.withdraw_course(by=keeper, at=at, course=factories.course())
        assert course.withdrawn_on == TODAY
        with pytest.raises(services.NotNow):
            services.withdraw_course(by=keeper, at=at, course=course)
        with pytest.raises(services.NotNow):
            services.add_session(by=keeper, at=at, course=course, held_on=TODAY, agency=None, place="")


class TestAddSession:
    def add(self, by: User, at: datetime, agency: Agency | None, months: int | None = 24) -> Session:
        course = factories.course(valid_months=months)
        return services.add_session(by=by, at=at, course=course, held_on=date(2026, 2, 28), agency=agency, place="")

    def test_counts_for_the_months_of_its_course(self, keeper: User, at: datetime) -> None:
        assert self.add(keeper, at, None).valid_until == date(2028, 2, 28)
        assert self.add(keeper, at, None, months=None).valid_until is None

    def test_a_manager_adds_those_of_their_own_agency(self, manager: User, own: Agency, at: datetime) -> None:
        assert self.add(manager, at, own).agency == own
        for other in (None, factories.agency()):
            with pytest.raises(PermissionDenied):
                self.add(manager, at, other)


class TestCountStaff:
    def count(self, by: User, at: datetime, agency: Agency, people: int, day: date = TODAY) -> Headcount:
        role = WorkRole.FOSTER_CARER
        return services.count_staff(by=by, at=at, agency=agency, role=role, counted_on=day, people=people)

    def test_of_the_same_day_is_corrected_and_of_another_added(self, manager: User, own: Agency, at: datetime) -> None:
        self.count(manager, at, own, 10)
        self.count(manager, at, own, 12)
        self.count(manager, at, own, 9, TODAY - timedelta(days=365))
        assert sorted(Headcount.objects.values_list("people", flat=True)) == [9, 12]
        assert [each.people for each in selectors.coverage(TODAY)] == [12]
        assert [each.people for each in selectors.coverage(TODAY - timedelta(days=1))] == [9]

    def test_is_not_said_of_another_agency(self, manager: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            self.count(manager, at, factories.agency(), 10)


class TestRecordAttendance:
    def record(self, by: User, at: datetime, session: Session, agency: Agency, **values: str) -> Attendance:
        given = {"name": "Jo Bloggs", "reference": " Jo@Example.org", "role": WorkRole.FOSTER_CARER, **values}
        return services.record_attendance(by=by, at=at, session=session, agency=agency, **given)

    def test_of_one_person_is_recorded_once_however_spelt(self, manager: User, own: Agency, at: datetime) -> None:
        session = factories.session()
        assert self.record(manager, at, session, own).learner.reference == "jo@example.org"
        with pytest.raises(services.AlreadyThere):
            self.record(manager, at, session, own, reference="JO@EXAMPLE.ORG")
        self.record(manager, at, factories.session(), own)
        assert Learner.objects.count() == 1

    def test_other_details_are_not_overwritten(self, manager: User, own: Agency, at: datetime) -> None:
        factories.learner(reference="jo@example.org", agency=own, role=WorkRole.SCHOOL)
        with pytest.raises(services.OfAnother):
            self.record(manager, at, factories.session(), own)

    def test_who_had_left_is_back(self, manager: User, own: Agency, at: datetime) -> None:
        role = WorkRole.FOSTER_CARER
        factories.learner(reference="jo@example.org", agency=own, role=role, left_on=date(2026, 1, 1))
        assert self.record(manager, at, factories.session(), own).learner.left_on is None

    def test_is_not_recorded_for_another_agency(self, manager: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            self.record(manager, at, factories.session(), factories.agency())


class TestRemoveAttendance:
    def test_leaves_the_person(self, manager: User, own: Agency, at: datetime) -> None:
        attendance = factories.attendance(learner=factories.learner(agency=own))
        services.remove_attendance(by=manager, at=at, attendance=attendance)
        assert not Attendance.objects.exists()
        assert Learner.objects.exists()

    def test_is_not_done_to_another_agency(self, manager: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.remove_attendance(by=manager, at=at, attendance=factories.attendance())


class TestLeave:
    def test_is_counted_no_more_from_that_day_on(self, manager: User, own: Agency, at: datetime) -> None:
        learner = factories.attendance(learner=factories.learner(agency=own)).learner
        factories.headcount(agency=own)
        services.leave(by=manager, at=at, learner=learner)
        assert selectors.whole(selectors.coverage(TODAY)) == Part(0, 10)
        assert selectors.whole(selectors.coverage(TODAY - timedelta(days=1))) == Part(1, 10)
        with pytest.raises(services.NotNow):
            services.leave(by=manager, at=at, learner=learner)


class TestCoverage:
    """By hand: ten people in a school; whose training counts on the day."""

    @pytest.fixture
    def school(self) -> Agency:
        school = factories.agency(name="A school")
        factories.headcount(agency=school, people=10)
        return school

    def attend(self, school: Agency, until: date | None, held: date = date(2025, 6, 1)) -> Learner:
        session = factories.session(held_on=held, valid_until=until)
        return factories.attendance(session=session, learner=factories.learner(agency=school)).learner

    def test_counts_those_whose_training_has_not_ended(self, school: Agency) -> None:
        self.attend(school, None)
        self.attend(school, TODAY)
        self.attend(school, TODAY + timedelta(days=60))
        self.attend(school, TODAY - timedelta(days=1))
        self.attend(school, None, held=TODAY + timedelta(days=1))
        (row,) = selectors.coverage(TODAY)
        assert (row.trained, row.ending, row.part) == (3, 1, Part(3, 10))

    def test_of_one_course_counts_nothing_else(self, school: Agency) -> None:
        self.attend(school, None)
        (row,) = selectors.coverage(TODAY, course=factories.course())
        assert row.trained == 0

    def test_who_came_twice_is_one_person(self, school: Agency) -> None:
        factories.attendance(session=factories.session(), learner=self.attend(school, None))
        assert selectors.coverage(TODAY)[0].trained == 1

    def test_never_covers_more_than_all_and_says_so(self, school: Agency) -> None:
        Headcount.objects.update(people=1)
        self.attend(school, None)
        self.attend(school, None)
        (row,) = selectors.coverage(TODAY)
        assert row.part == Part(1, 1)
        assert row.too_many

    def test_of_whom_nobody_counted_is_shown_and_not_measured(self, school: Agency) -> None:
        self.attend(school, None)
        factories.attendance(learner=factories.learner(agency=school, role=WorkRole.FOSTER_CARER))
        assert [each.people for each in selectors.coverage(TODAY)] == [10, None]
        assert selectors.whole(selectors.coverage(TODAY)) == Part(1, 10)

    def was(self, learner: Learner, since: datetime, **changes: Any) -> None:
        """Write a state into the history as if it had been recorded then."""
        history: Any = history_of(Learner)
        names = ("id", "name", "reference", "agency_id", "role", "left_on")
        given = {name: getattr(learner, name) for name in names} | changes
        history.objects.create(**given, pgh_created_at=since, pgh_label="update", pgh_transaction=0)

    def test_a_past_quarter_counts_people_where_they_worked_then(self, school: Agency, at: datetime) -> None:
        """In spring at the school, from summer on with the police."""
        police = factories.agency(name="Z police")
        learner = self.attend(school, None, held=date(2026, 1, 10))
        spring, summer = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
        self.was(learner, spring)
        self.was(learner, summer, agency_id=police.pk, role=WorkRole.POLICE)
        Learner.objects.update(agency=police, role=WorkRole.POLICE)
        trained = {day: self.trained(day) for day in (date(2026, 5, 31), date(2026, 7, 31), date(2027, 5, 31))}
        assert trained == {
            date(2026, 5, 31): {(school.name, WorkRole.SCHOOL): 1},
            date(2026, 7, 31): {("Z police", WorkRole.POLICE): 1},
            date(2027, 5, 31): {("Z police", WorkRole.POLICE): 1},
        }

    def test_before_anything_was_recorded_of_somebody_the_first_word_on_them_holds(self, school: Agency) -> None:
        learner = self.attend(school, None, held=date(2026, 1, 10))
        Learner.objects.filter(pk=learner.pk).update(role=WorkRole.POLICE)
        assert self.trained(date(2026, 2, 1)) == {(school.name, WorkRole.SCHOOL): 1}

    def test_who_left_since_counts_in_the_quarter_before(self, school: Agency) -> None:
        learner = self.attend(school, None, held=date(2026, 1, 10))
        self.was(learner, datetime(2026, 4, 1, tzinfo=UTC))
        self.was(learner, datetime(2026, 8, 1, tzinfo=UTC), left_on=date(2026, 8, 1))
        assert self.trained(date(2026, 6, 30)) == {(school.name, WorkRole.SCHOOL): 1}
        assert self.trained(date(2026, 9, 30)) == {}

    def trained(self, day: date) -> dict[tuple[str, WorkRole], int]:
        return {(each.agency.name, each.role): each.trained for each in selectors.coverage(day) if each.trained}

    def test_is_what_the_plan_may_be_measured_by(self, school: Agency, at: datetime) -> None:
        self.attend(school, None, held=date(2026, 11, 2))
        found = measures.find("training.coverage")
        assert found
        assert found.count(Period(date(2026, 10, 1), date(2026, 12, 31)), at) == Part(1, 10)
        assert found.count(Period(date(2026, 7, 1), date(2026, 9, 30)), at) == Part(0, 10)


class TestEndingSoon:
    def test_has_those_whose_last_training_ends(self, manager: User, keeper: User, own: Agency) -> None:
        soon, later, elsewhere = factories.learner(agency=own), factories.learner(agency=own), factories.learner()
        short = factories.session(valid_until=TODAY + timedelta(days=59))
        for each in (soon, later, elsewhere):
            factories.attendance(session=short, learner=each)
        factories.attendance(session=factories.session(valid_until=TODAY + timedelta(days=60)), learner=later)
        assert set(selectors.ending_soon(manager, TODAY)) == {soon}
        assert set(selectors.ending_soon(keeper, TODAY)) == {soon, elsewhere}

    def test_has_nobody_whose_training_never_ends(self, keeper: User) -> None:
        learner = factories.attendance(session=factories.session(valid_until=TODAY)).learner
        factories.attendance(learner=learner)
        assert not selectors.ending_soon(keeper, TODAY)
