"""The pages: what they show and to whom, what they refuse and keep, what is recorded."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Team, User
from accounts.roles import Role
from audit.models import Event
from people.models import Child
from tests import factories
from tests.people.reading import BIRTH, TYPED, amy, page, same_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(worker: User, browser_of: Any) -> Client:
    """The worker's browser."""
    client: Client = browser_of(worker)
    return client


class TestFind:
    URL = "/children/"

    def test_shows_what_was_found_and_why_and_what_to_do_next(self, worker: User, theirs: Client) -> None:
        child = amy(known_to=worker.team)
        text = page(theirs.post(self.URL, TYPED))
        assert "Same name and date of birth" in text
        assert reverse("people:child", args=[child.pk]) in text
        assert reverse("riskassessment:start", args=[child.pk]) in text
        assert reverse("referrals:make", args=[child.pk]) in text

    def test_the_search_is_one_event_with_its_terms_and_what_it_showed(self, worker: User, theirs: Client) -> None:
        child = amy(known_to=worker.team)
        theirs.post(self.URL, TYPED)
        event = Event.objects.get(verb="people.find")
        terms = {"given_name": "Amy", "family_name": "Jones", "date_of_birth": "2012-03-27"}
        assert (event.actor_id, event.reason) == (worker.pk, "")  # the reason outlives lawful disposal
        assert event.payload.after == {"terms": terms, "shown": [f"people.child:{child.pk}"]}
        assert not Event.objects.filter(verb="people.child.view").exists()

    def test_a_hidden_child_leaves_no_trace_in_the_page(self, theirs: Client) -> None:
        nobody = theirs.post(self.URL, {**TYPED, "nhs_number": "9434765919"})
        amy(nhs_number="9434765919")
        somebody = theirs.post(self.URL, {**TYPED, "nhs_number": "9434765919"})
        assert same_page(nobody, somebody)
        assert "No record that you may see" in page(somebody)

    def test_reads_as_often_whatever_exists(self, worker: User, theirs: Client) -> None:
        counts = []
        for made in (0, 1, 20):
            for _ in range(made):
                amy(known_to=worker.team)
            with CaptureQueriesContext(connection) as queries:
                theirs.post(self.URL, {**TYPED, "nhs_number": "9434765919"})
            counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
        assert counts[0] == counts[1] == counts[2]
        assert counts[0] <= 12

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({}, "Enter a name, a date of birth, an NHS number or a unique pupil number"),
            ({"nhs_number": "1111111111"}, "NHS number is not valid"),
            ({"upn": "A1"}, "Unique pupil number must be 13 characters"),
            ({"given_name": "🙂"}, "First name must only include letters"),
            ({**BIRTH, "date_of_birth-year": "2120"}, "Date of birth must be"),
            ({**BIRTH, "date_of_birth-month": "13"}, "Date of birth must be a real date"),
            ({"family_name": "x" * 50_000}, "Last name must be 80 characters or fewer"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, theirs: Client, typed: dict[str, str], sentence: str
    ) -> None:
        text = page(theirs.post(self.URL, typed))
        assert sentence in text
        assert all(f'value="{value}"' in text for value in typed.values())
        assert not Event.objects.filter(verb="people.find").exists()

    def test_what_was_typed_is_carried_to_add_a_child(self, theirs: Client) -> None:
        text = page(theirs.post("/children/add/", {**TYPED, "nhs_number": "99", "carried": "yes"}))
        assert all(f'value="{value}"' in text for value in [*TYPED.values(), "99"])
        assert "There is a problem" not in text
        assert not Child.objects.exists()

    def test_is_not_for_those_who_read_no_records(self, team: Team, browser_of: Any, refusals: Any) -> None:
        reader = factories.user(team=team, roles=[Role.BOARD_READER])
        assert browser_of(reader).post(self.URL, TYPED).status_code == 403
        assert refusals("child.find").count() == 1


class TestRegister:
    URL = "/children/add/"

    def test_adds_the_child_and_opens_its_page(self, worker: User, theirs: Client) -> None:
        response = theirs.post(self.URL, {**TYPED, "notes": "Likes drawing 🙂", "aliases": "Ames, Amy Rose"})
        child = Child.objects.get()
        assert response.headers["Location"] == reverse("people:child", args=[child.pk])
        assert (child.notes, child.aliases, child.added_by_team) == (
            "Likes drawing 🙂",
            ["Ames", "Amy Rose"],
            worker.team,
        )

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"given_name": ""}, "Enter the child&#39;s first name"),
            ({"given_name": "Amy 🙂"}, "The child&#39;s first name must only include letters"),
            ({"date_of_birth-year": "2007"}, "This person is 18 or over"),
            ({"date_of_birth-year": "2099"}, "date of birth must be today or in the past"),
            ({"date_of_birth-day": "31", "date_of_birth-month": "2"}, "date of birth must be a real date"),
            ({"date_of_birth-day": ""}, "date of birth must include a day"),
            ({"nhs_number": "123"}, "NHS number must be 10 digits"),
            ({"nhs_number": "0000000000"}, "NHS number is not valid"),
            ({"upn": "A336200012340"}, "Unique pupil number is not valid"),
            ({"notes": "x" * 50_000}, "Notes must be 4,000 characters or fewer"),
            ({"postcode": "Wolverhampton"}, "Postcode must be"),
            ({"aliases": "Ames, 7"}, "Each other name must only include letters"),
            ({"aliases": f"Ames, {'A' * 120}"}, "Each other name must be 80 characters or fewer"),
            ({"ethnicity": "KLINGON"}, "Select ethnicity from the list"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, theirs: Client, wrong: dict[str, str], sentence: str
    ) -> None:
        text = page(theirs.post(self.URL, {**TYPED, "school": "Northgate", **wrong}))
        assert sentence in text
        assert 'value="Northgate"' in text
        assert not Child.objects.exists()

    def test_shows_possible_duplicates_once_more_and_keeps_what_was_typed(self, worker: User, theirs: Client) -> None:
        other = amy(known_to=worker.team, given_name="Amie")
        text = page(theirs.post(self.URL, {**TYPED, "school": "Northgate"}))
        assert "Possible duplicates" in text
        assert "Similar name, same date of birth" in text
        assert 'name="school" value="Northgate"' in text
        assert f'name="known_to_differ" value="{other.pk}"' in text
        event = Event.objects.get(verb="people.register.duplicates")
        assert event.payload.after["shown"] == [f"people.child:{other.pk}"]
        theirs.post(self.URL, {**TYPED, "known_to_differ": [str(other.pk)]})
        assert Child.objects.count() == 2

    def test_change_what_i_typed_goes_back_to_the_form(self, theirs: Client) -> None:
        assert 'value="Amy"' in page(theirs.post(self.URL, {**TYPED, "change": "yes"}))
        assert not Child.objects.exists()

    def test_sent_twice_it_asks_instead_of_adding_another(self, theirs: Client) -> None:
        theirs.post(self.URL, TYPED)
        assert "Possible duplicates" in page(theirs.post(self.URL, TYPED))
        assert Child.objects.count() == 1

    def test_a_hidden_child_changes_neither_the_answer_nor_the_page_that_follows(
        self, worker: User, team: Team, browser_of: Any
    ) -> None:
        """The same steps with no such child, and with one that this person may not see."""
        pages = []
        for hidden in (False, True):
            other_team = factories.team(agency=team.agency, name=f"Team {hidden}")
            client = browser_of(factories.user(team=other_team, full_name="Newcomer"))
            if hidden:
                Child.objects.update(given_name="Zoltan", family_name="Kovacs", nhs_number=None)
                amy(nhs_number="9434765919", aliases=["Ames"])
            added = client.post(self.URL, {**TYPED, "nhs_number": "9434765919"})
            child = Child.objects.latest("pk")
            assert (added.status_code, child.provisional) == (302, hidden)
            pages.append([client.get(f"/children/{child.pk}/{leaf}") for leaf in ("", "correct/", "print/")])
        for one, other in zip(*pages, strict=True):
            assert same_page(one, other, "Team False", "Team True")

    def test_a_child_of_whom_little_is_known_is_added_provisionally(self, theirs: Client) -> None:
        theirs.post(self.URL, {"given_name": "Amy", "unknown": "yes"})
        child = Child.objects.get()
        assert child.provisional
        assert child.date_of_birth is None

    def test_a_child_of_whom_little_is_known_is_added_once_however_often_the_form_is_sent(self, theirs: Client) -> None:
        found = re.search(r'name="token" value="([^"]+)"', page(theirs.get(self.URL)))
        assert found
        typed = {"given_name": "Amy", "unknown": "yes", "token": found[1]}
        answers = [theirs.post(self.URL, typed) for _ in range(2)]
        assert {answer.headers["Location"] for answer in answers} == {f"/children/{Child.objects.get().pk}/"}

    def test_something_must_be_known(self, theirs: Client) -> None:
        assert "Enter something by which the child can be recognised" in page(theirs.post(self.URL, {"unknown": "yes"}))

    def test_somebody_without_a_team_is_told_so(self, browser_of: Any) -> None:
        loner = factories.user()
        assert "You are not in a team yet" in page(browser_of(loner).post(self.URL, TYPED))

    def test_what_was_typed_into_a_page_too_old_comes_back_and_is_not_saved_by_itself(
        self, worker: User, browser_of: Any
    ) -> None:
        theirs = browser_of(worker, enforce_csrf_checks=True)
        theirs.post(self.URL, {**TYPED, "school": "Northgate"})
        assert 'value="Northgate"' in page(theirs.get(self.URL))
        assert not Child.objects.exists()
