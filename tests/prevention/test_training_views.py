"""The pages of the training register: what they say to whom, in how many queries."""

import csv
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, User
from accounts.roles import Role
from prevention.models import Attendance, Course, Headcount, Learner, Session, TrainingList
from prevention.rules import Subject, WorkRole
from tests import factories

pytestmark = pytest.mark.django_db
MOST_QUERIES = 18


def page(name: str, *arguments: int) -> str:
    return reverse(f"prevention:{name}", args=arguments)


def read(client: Client, name: str, *arguments: int, **asked: str) -> str:
    response = client.get(page(name, *arguments), asked)
    assert response.status_code == 200
    return str(response.content.decode())


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


class TestEmpty:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("training", "No agency has said yet"),
            ("courses", "No course has been added yet"),
            ("ending_soon", "Nobody’s training ends"),
        ],
    )
    def test_lists_say_so(self, keeper: User, browser_of: Any, name: str, words: str) -> None:
        assert words in read(browser_of(keeper), name)

    def test_a_reader_is_offered_nothing_to_write(self, browser_of: Any) -> None:
        board = browser_of(factories.user(team=factories.team(), roles=[Role.BOARD_READER]))
        assert page("count_staff") not in read(board, "training")
        assert page("add_course") not in read(board, "courses")
        assert "No session has been added" in read(board, "course", factories.course().pk)


class TestKeeping:
    def test_a_course_is_added_held_and_attended(self, keeper: User, browser_of: Any) -> None:
        client, agency = browser_of(keeper), factories.agency(name="A school")
        words = {"title": "Forms", "subjects": [Subject.FORMS], "multi_agency": "True", "valid_months": "24"}
        client.post(page("add_course"), words)
        course = Course.objects.get()
        assert "Screening and risk assessment forms" in read(client, "course", course.pk)
        client.post(page("add_session", course.pk), {**day("held_on", date(2026, 2, 2)), "place": "Town hall"})
        session = Session.objects.get()
        assert "Town hall" in read(client, "course", course.pk)
        person = {"name": "Jo Bloggs", "reference": "jo@example.org", "agency": str(agency.pk), "role": "school"}
        client.post(page("record_attendance", session.pk), person)
        said = client.post(page("record_attendance", session.pk), person).content.decode()
        assert "This person’s attendance has already been recorded" in said
        assert "Jo Bloggs" in read(client, "session", session.pk)
        client.post(page("remove_attendance", Attendance.objects.get().pk))
        assert "Nobody’s attendance has been recorded yet" in read(client, "session", session.pk)
        client.post(page("withdraw_course", course.pk))
        assert "This course was withdrawn on" in read(client, "course", course.pk)

    def test_two_who_change_a_course_see_both_versions(self, keeper: User, browser_of: Any) -> None:
        client, course = browser_of(keeper), factories.course(title="Forms")
        words = {"subjects": [Subject.FORMS], "multi_agency": "False", "valid_months": "12", "version": "1"}
        assert 'value="1"' in read(client, "change_course", course.pk)
        assert client.post(page("change_course", course.pk), {**words, "title": "Theirs"}).status_code == 302
        said = client.post(page("change_course", course.pk), {**words, "title": "Ours"}).content.decode()
        for each in ("What was saved meanwhile", "Theirs", "Ours", "People of one agency", 'name="version" value="2"'):
            assert each in said

    def test_staff_are_counted_and_shown(self, manager: User, own: Agency, browser_of: Any) -> None:
        client = browser_of(manager)
        words = {"agency": str(own.pk), "role": "foster_carer", "people": "8", **day("counted_on", date(2026, 1, 5))}
        assert client.post(page("count_staff"), words).status_code == 302
        assert Headcount.objects.get().people == 8
        learner = factories.learner(agency=own, role=WorkRole.FOSTER_CARER)
        session = factories.attendance(learner=learner).session
        said = read(client, "training")
        assert "13% (1 of 8)" in said
        assert "0% (0 of 8)" in read(client, "training", course=str(factories.course().pk))
        assert "13% (1 of 8)" in read(client, "training", course=str(session.course_id))
        (row,) = csv.DictReader(io.StringIO(read(client, "training_csv")))
        assert (row["Role"], row["People"], row["Coverage"]) == ("Foster carer", "8", "13%")

    def test_names_are_shown_to_who_answers_for_them(
        self, manager: User, own: Agency, keeper: User, worker: User, browser_of: Any
    ) -> None:
        session = factories.session()
        for name, agency in (("Olive Own", own), ("Olga Other", factories.agency())):
            factories.attendance(session=session, learner=factories.learner(name=name, agency=agency))
        shown = {user: read(browser_of(user), "session", session.pk) for user in (manager, keeper, worker)}
        assert [name in shown[manager] for name in ("Olive Own", "Olga Other")] == [True, False]
        assert [name in shown[keeper] for name in ("Olive Own", "Olga Other")] == [True, True]
        assert [name in shown[worker] for name in ("Olive Own", "Olga Other")] == [False, False]

    def test_who_has_left_is_not_asked_again(self, manager: User, own: Agency, browser_of: Any) -> None:
        client, today = browser_of(manager), timezone.localdate()
        ending = factories.session(held_on=date(2025, 1, 1), valid_until=today - timedelta(days=1))
        learner = factories.learner(name="Lee Leaver", agency=own)
        factories.attendance(session=ending, learner=learner)
        assert "Lee Leaver" in read(client, "ending_soon")
        client.post(page("leave", learner.pk))
        assert "Lee Leaver" not in read(client, "ending_soon")


class TestLists:
    def send(self, client: Client, session: Session, text: str) -> Any:
        file = SimpleUploadedFile("list.csv", text.encode())
        return client.post(page("propose_list", session.pk), {"rows": file})

    def test_is_shown_recorded_and_undone(self, manager: User, own: Agency, browser_of: Any) -> None:
        client, session = browser_of(manager), factories.session()
        factories.learner(name="Bo Before", reference="b@example.org", agency=own, role=WorkRole.SCHOOL)
        text = f"Name,Email,Agency,Role\nJo,jo@example.org,{own.name},Foster carer\n"
        text += f"Bo Now,b@example.org,{own.name},School or college staff\nX,x@example.org,Nowhere,?\n"
        self.send(client, session, text)
        made = TrainingList.objects.get()
        said = read(client, "training_list", made.pk)
        for words in ("Nothing has been recorded yet", "Before: name Bo Before", "No agency is called “Nowhere”"):
            assert words in said
        assert Learner.objects.count() == 1
        client.post(page("apply_list", made.pk))
        assert Attendance.objects.count() == 2
        assert "Undo this list" in read(client, "training_list", made.pk)
        client.post(page("undo_list", made.pk))
        assert not Attendance.objects.exists()
        assert "Undone" in read(client, "session", session.pk)

    @pytest.mark.parametrize(("text", "sentence"), [("", "is empty"), ("Name\nJo", "Not found"), ('"', "is damaged")])
    def test_says_why_a_file_is_refused(self, manager: User, browser_of: Any, text: str, sentence: str) -> None:
        assert sentence in self.send(browser_of(manager), factories.session(), text).content.decode()

    def test_of_another_manager_is_not_shown(self, manager: User, keeper: User, browser_of: Any) -> None:
        at = factories.NOON
        made = TrainingList.objects.create(session=factories.session(), proposed_by=keeper, proposed_at=at)
        assert browser_of(manager).get(page("training_list", made.pk)).status_code == 403


class TestCost:
    """30 agencies, 60 sessions, 120 people, a list of 200 rows."""

    @pytest.fixture
    def full(self, keeper: User) -> Session:
        course = factories.course()
        sessions = [
            factories.session(course=course, held_on=date(2026, 1, 1), valid_until=date(2026, 12, 1)) for _ in range(60)
        ]
        agencies = [factories.agency() for _ in range(30)]
        for each in agencies:
            factories.headcount(agency=each)
        for n in range(120):
            learner = factories.learner(agency=agencies[n % 30])
            factories.attendance(session=sessions[-1], learner=learner, recorded_by=keeper)
        return sessions[-1]

    @pytest.mark.parametrize("name", ["training", "training_csv", "courses", "ending_soon"])
    def test_each_list_is_read_in_few_queries(
        self, full: Session, keeper: User, browser_of: Any, django_assert_max_num_queries: Any, name: str
    ) -> None:
        client = browser_of(keeper)
        with django_assert_max_num_queries(MOST_QUERIES):
            read(client, name)

    def test_long_lists_go_on_and_back(
        self, full: Session, keeper: User, browser_of: Any, django_assert_max_num_queries: Any
    ) -> None:
        client = browser_of(keeper)
        for name, pk in (("course", full.course_id), ("session", full.pk), ("ending_soon", None)):
            numbers = [pk] if pk else []
            with django_assert_max_num_queries(MOST_QUERIES):
                first = read(client, name, *numbers)
            (place,) = re.findall(r"older=([0-9.]+)", first)
            with django_assert_max_num_queries(MOST_QUERIES):
                second = read(client, name, *numbers, older=place)
            rows, following = (set(re.findall(r'<th scope="row".*?</th>', said)) for said in (first, second))
            assert following
            assert not rows & following

    def test_a_list_of_many_rows_is_kept_and_recorded_in_few_queries(
        self, manager: User, own: Agency, browser_of: Any, django_assert_max_num_queries: Any
    ) -> None:
        client, session = browser_of(manager), factories.session()
        lines = [f"Person {n},p{n}@example.org,{own.name},Foster carer" for n in range(200)]
        with django_assert_max_num_queries(MOST_QUERIES + 12):
            TestLists().send(client, session, "\n".join(["Name,Email,Agency,Role", *lines]))
        made = TrainingList.objects.get()
        with django_assert_max_num_queries(MOST_QUERIES + 12):
            client.post(page("apply_list", made.pk))
        assert Attendance.objects.count() == 200
