"""The pages: what they show and to whom, what they refuse and keep, what is recorded."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Team, User
from accounts.roles import Role
from audit.models import Event
from people.models import Child, Involvement
from tests import factories
from tests.people.reading import same_page

pytestmark = pytest.mark.django_db

NAME = {"given_name": "Amy", "family_name": "Jones"}
BIRTH = {"date_of_birth-day": "27", "date_of_birth-month": "3", "date_of_birth-year": "2012"}
TYPED = {**NAME, **BIRTH}
BORN = date(2012, 3, 27)


def amy(**values: Any) -> Child:
    return factories.child(**{**NAME, "date_of_birth": BORN, **values})


def page(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


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

    def test_the_search_is_one_event_with_its_terms(self, worker: User, theirs: Client) -> None:
        amy(known_to=worker.team)
        theirs.post(self.URL, TYPED)
        event = Event.objects.get(verb="people.find")
        assert (event.actor_id, event.reason) == (worker.pk, "name Amy Jones; born 2012-03-27")
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
        assert Event.objects.get(verb="people.register.duplicates").reason == other.reference
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

    def test_something_must_be_known(self, theirs: Client) -> None:
        assert "Enter something by which the child can be recognised" in page(theirs.post(self.URL, {"unknown": "yes"}))

    def test_somebody_without_a_team_is_told_so(self, browser_of: Any) -> None:
        loner = factories.user()
        assert "You are not in a team yet" in page(browser_of(loner).post(self.URL, TYPED))


class TestChild:
    def test_shows_the_record_and_records_the_look(self, worker: User, theirs: Client) -> None:
        child = amy(known_to=worker.team, nhs_number="9434765919", school="Northgate", aliases=["Ames"])
        text = page(theirs.get(f"/children/{child.pk}/"))
        assert all(each in text for each in ("Amy Jones", "943 476 5919", "Northgate", "Ames", "27 March 2012"))
        assert Event.objects.get(verb="people.child.view").child_id == child.pk

    def test_is_404_for_a_stranger_as_if_it_did_not_exist(self, stranger: User, browser_of: Any, refusals: Any) -> None:
        child = amy()
        hidden = browser_of(stranger).get(f"/children/{child.pk}/")
        nothing = browser_of(stranger).get(f"/children/{child.pk + 1}/")
        assert (hidden.status_code, nothing.status_code) == (404, 404)
        assert same_page(hidden, nothing)
        assert refusals("people.child.view").count() == 2

    def test_a_record_made_provisional_does_not_show_it_to_its_author(self, worker: User, theirs: Client) -> None:
        child = amy(known_to=worker.team, provisional=True)
        assert "provisional" not in page(theirs.get(f"/children/{child.pk}/")).lower()

    def test_mash_is_asked_to_match_a_provisional_record(self, officer: User, mash: Team, browser_of: Any) -> None:
        child = amy(known_to=mash, provisional=True)
        assert reverse("people:match", args=[child.pk]) in page(browser_of(officer).get(f"/children/{child.pk}/"))

    def test_an_adult_can_still_be_read(self, worker: User, theirs: Client) -> None:
        child = amy(known_to=worker.team, date_of_birth=date(2000, 1, 1))
        assert "Now an adult" in page(theirs.get(f"/children/{child.pk}/"))

    def test_shows_other_records_of_the_child_only_to_those_who_may_see_them(
        self, worker: User, theirs: Client, mash: Team, officer: User, browser_of: Any
    ) -> None:
        held = amy(known_to=worker.team)
        told_of = amy(known_to=mash, same_as=held)
        factories.let_know(held, officer)
        assert told_of.reference not in page(theirs.get(f"/children/{held.pk}/"))
        assert told_of.reference in page(browser_of(officer).get(f"/children/{held.pk}/"))

    def test_reads_as_often_with_one_screening_as_with_fifty(self, worker: User, theirs: Client, at: Any) -> None:
        counts = []
        child = amy(known_to=worker.team)
        for made in (1, 49):
            for _ in range(made):
                factories.screening(child=child, author=worker, submitted_at=at)
            with CaptureQueriesContext(connection) as queries:
                page(theirs.get(f"/children/{child.pk}/"))
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestPrintChild:
    def test_is_recorded_as_printed(self, worker: User, theirs: Client) -> None:
        child = amy(known_to=worker.team)
        assert "Amy Jones" in page(theirs.get(f"/children/{child.pk}/print/"))
        assert Event.objects.get(verb="people.child.print").child_id == child.pk


class TestCorrect:
    def test_saves_and_returns_to_the_page(self, worker: User, theirs: Client) -> None:
        child = amy(known_to=worker.team)
        response = theirs.post(f"/children/{child.pk}/correct/", {**TYPED, "school": "Northgate", "version": "1"})
        assert response.headers["Location"] == f"/children/{child.pk}/"
        child.refresh_from_db()
        assert (child.school, child.version) == ("Northgate", 2)

    def test_a_stale_tab_shows_both_versions_and_overwrites_neither(self, worker: User, theirs: Client) -> None:
        child = amy(known_to=worker.team)
        url = f"/children/{child.pk}/correct/"
        theirs.post(url, {**TYPED, "school": "Theirs", "version": "1"})
        text = page(theirs.post(url, {**TYPED, "school": "Mine", "version": "1"}))
        assert "What is saved now" in text
        assert "Saved by User Number" in text
        assert "Theirs" in text
        assert 'value="Mine"' in text
        assert 'name="version" value="2"' in text
        child.refresh_from_db()
        assert child.school == "Theirs"

    def test_what_is_named_stays_named(self, worker: User, theirs: Client) -> None:
        child = amy(known_to=worker.team)
        text = page(theirs.post(f"/children/{child.pk}/correct/", {**TYPED, "given_name": "", "version": "1"}))
        assert "Enter the child&#39;s first name" in text

    def test_a_number_of_another_record_that_they_may_see(self, worker: User, theirs: Client) -> None:
        amy(known_to=worker.team, given_name="Ann", nhs_number="9434765919")
        child = amy(known_to=worker.team)
        typed = {**TYPED, "nhs_number": "9434765919", "version": "1"}
        assert "Same NHS number as Ann Jones" in page(theirs.post(f"/children/{child.pk}/correct/", typed))

    def test_is_404_for_a_stranger(self, stranger: User, browser_of: Any) -> None:
        assert browser_of(stranger).post(f"/children/{amy().pk}/correct/", TYPED).status_code == 404


class TestMatch:
    @pytest.fixture
    def told_of(self, mash: Team) -> Child:
        return amy(known_to=mash, provisional=True)

    def test_shows_what_identifies_a_hidden_candidate_and_records_each_look(
        self, officer: User, told_of: Child, browser_of: Any
    ) -> None:
        hidden = amy(given_name="Amie", school="Northgate", address="1 High Street", notes="Secret")
        text = page(browser_of(officer).get(f"/children/{told_of.pk}/match/"))
        assert "Amie Jones" in text
        assert "Similar name, same date of birth" in text
        assert str(hidden.added_by_team) in text
        assert not any(each in text for each in ("Northgate", "High Street", "Secret"))
        look = Event.objects.get(verb="people.child.match")
        assert (look.child_id, look.actor_id) == (hidden.pk, officer.pk)

    def test_matches_and_undoes(self, officer: User, told_of: Child, browser_of: Any) -> None:
        hidden, url = amy(), f"/children/{told_of.pk}/match/"
        client = browser_of(officer)
        client.post(url, {"chosen": str(hidden.pk)})
        told_of.refresh_from_db()
        assert told_of.same_as == hidden
        assert "Undo the match" in page(client.get(url))
        assert client.get(f"/children/{hidden.pk}/").status_code == 404
        client.post(f"/children/{told_of.pk}/unmatch/")
        told_of.refresh_from_db()
        assert told_of.same_as is None

    def test_none_of_these(self, officer: User, told_of: Child, browser_of: Any) -> None:
        browser_of(officer).post(f"/children/{told_of.pk}/match/", {"chosen": "none"})
        told_of.refresh_from_db()
        assert not told_of.provisional

    def test_another_record_by_its_reference(self, officer: User, mash: Team, told_of: Child, browser_of: Any) -> None:
        other = factories.child(known_to=mash, given_name="Zoltan", family_name="Kovacs")
        browser_of(officer).post(
            f"/children/{told_of.pk}/match/", {"chosen": "other", "reference": other.reference.lower()}
        )
        told_of.refresh_from_db()
        assert told_of.same_as == other

    @pytest.mark.parametrize(("reference", "sentence"), [("X", "Enter the reference"), ("C999999", "no record with")])
    def test_a_wrong_reference(
        self, officer: User, told_of: Child, browser_of: Any, reference: str, sentence: str
    ) -> None:
        typed = {"chosen": "other", "reference": reference}
        assert sentence in page(browser_of(officer).post(f"/children/{told_of.pk}/match/", typed))

    def test_a_record_that_was_not_offered_cannot_be_chosen(
        self, officer: User, told_of: Child, browser_of: Any
    ) -> None:
        unlike = factories.child(given_name="Zoltan", family_name="Kovacs", date_of_birth=date(2016, 6, 6))
        text = page(browser_of(officer).post(f"/children/{told_of.pk}/match/", {"chosen": str(unlike.pk)}))
        assert "from the list" in text

    def test_is_403_for_a_practitioner_who_sees_the_record(self, worker: User, theirs: Client) -> None:
        assert theirs.get(f"/children/{amy(known_to=worker.team).pk}/match/").status_code == 403


class TestUnmatch:
    def test_says_when_there_is_nothing_to_undo(self, officer: User, mash: Team, browser_of: Any) -> None:
        child = amy(known_to=mash)
        response = browser_of(officer).post(f"/children/{child.pk}/unmatch/", follow=True)
        assert "This record is not matched with another" in page(response)

    def test_only_by_post(self, officer: User, mash: Team, browser_of: Any) -> None:
        assert browser_of(officer).get(f"/children/{amy(known_to=mash).pk}/unmatch/").status_code == 405


class TestCase:
    """Open, name a key worker, close."""

    def test_opens_hands_over_and_closes(self, manager: User, browser_of: Any) -> None:
        child, key_worker = amy(known_to=manager.team), factories.user(full_name="Kim Keyworker")
        client: Client = browser_of(manager)
        base = f"/children/{child.pk}/case"
        page(client.get(f"{base}/open/"))
        client.post(f"{base}/open/", {"team": str(manager.team_id)})
        client.post(f"{base}/key-worker/", {"key_worker": str(key_worker.pk)})
        assert "Kim Keyworker" in page(client.get(f"/children/{child.pk}/"))
        page(client.get(f"{base}/close/"))
        response: HttpResponse = client.post(f"{base}/close/")
        assert response.headers["Location"] == f"/children/{child.pk}/"
        assert Involvement.objects.get().closed_at

    def test_a_second_open_case_is_refused_with_a_sentence(self, manager: User, browser_of: Any) -> None:
        child = amy(known_to=manager.team)
        factories.involvement(child=child)
        text = page(browser_of(manager).post(f"/children/{child.pk}/case/open/", {"team": str(manager.team_id)}))
        assert "This child already has an open case" in text

    @pytest.mark.parametrize("leaf", ["key-worker", "close"])
    def test_without_an_open_case_there_is_no_such_page(self, manager: User, browser_of: Any, leaf: str) -> None:
        child = amy(known_to=manager.team)
        assert browser_of(manager).get(f"/children/{child.pk}/case/{leaf}/").status_code == 404

    def test_a_key_worker_who_closes_their_case_is_led_to_a_page_they_may_see(self, browser_of: Any) -> None:
        holder = factories.user(team=factories.team(), roles=[Role.TEAM_MANAGER])
        child = amy(known_to=holder)
        factories.involvement(child=child, key_worker=holder)
        response = browser_of(holder).post(f"/children/{child.pk}/case/close/")
        assert response.headers["Location"] == "/children/"

    def test_a_practitioner_may_not(self, worker: User, theirs: Client) -> None:
        assert theirs.get(f"/children/{amy(known_to=worker.team).pk}/case/open/").status_code == 403
