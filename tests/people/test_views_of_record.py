"""The pages of one record: read, print, correct, match, and its case."""

import re
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
from tests.people.reading import TYPED, amy, page, same_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(worker: User, browser_of: Any) -> Client:
    """The worker's browser."""
    client: Client = browser_of(worker)
    return client


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

    def test_has_the_sections_of_other_rooms_that_the_role_may_read(
        self, worker: User, theirs: Client, browser_of: Any
    ) -> None:
        child = amy(known_to=worker.team)
        member = factories.user(team=worker.team, roles=[Role.CMOG_MEMBER])
        both, fewer = (page(browser.get(f"/children/{child.pk}/")) for browser in (theirs, browser_of(member)))
        assert [each in both for each in (">Screenings</h2>", ">Referrals</h2>")] == [True, True]
        assert [each in fewer for each in (">Screenings</h2>", ">Referrals</h2>")] == [True, False]
        assert "Correct these details" not in fewer

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

    def test_asvs_15_3_3_fields_that_a_client_adds_are_ignored(self, worker: User, theirs: Client) -> None:
        child, other = amy(known_to=worker.team), amy()
        before = Child.objects.filter(pk=child.pk).values("provisional", "same_as", "added_by_team", "added_at").get()
        added = {"provisional": "on", "same_as": other.pk, "added_by_team": other.added_by_team_id, "id": other.pk}
        theirs.post(f"/children/{child.pk}/correct/", {**TYPED, **added, "school": "Northgate", "version": "1"})
        assert Child.objects.filter(school="Northgate").get() == child
        assert Child.objects.filter(pk=child.pk).values(*before).get() == before

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


class TestToMatch:
    URL = "/children/to-match/"

    def test_lists_what_nobody_has_matched_and_records_the_list(
        self, officer: User, mash: Team, browser_of: Any
    ) -> None:
        waits = amy(known_to=mash, provisional=True)
        amy(known_to=mash, provisional=True, same_as=waits)
        amy(known_to=mash)
        amy(provisional=True)
        text = page(browser_of(officer).get(self.URL))
        assert text.count("Amy Jones") == 1
        assert reverse("people:match", args=[waits.pk]) in text
        event = Event.objects.get(verb="people.to_match")
        assert event.payload.after == {"terms": {}, "shown": [f"people.child:{waits.pk}"]}

    def test_goes_on_page_by_page(self, officer: User, mash: Team, browser_of: Any) -> None:
        for _ in range(26):
            amy(known_to=mash, provisional=True)
        client = browser_of(officer)
        first = page(client.get(self.URL))
        older = re.search(r"older=[0-9.]+", first)
        assert older
        assert (first.count("Amy Jones"), page(client.get(f"{self.URL}?{older[0]}")).count("Amy Jones")) == (25, 1)

    def test_says_when_there_is_nothing(self, officer: User, browser_of: Any) -> None:
        assert "No record waits to be matched" in page(browser_of(officer).get(self.URL))

    def test_stands_on_mashs_home_page_alone(self, officer: User, worker: User, browser_of: Any) -> None:
        assert self.URL in page(browser_of(officer).get("/"))
        assert self.URL not in page(browser_of(worker).get("/"))


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
        holder = factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])
        child = amy(known_to=holder)
        factories.involvement(child=child, key_worker=holder)
        response = browser_of(holder).post(f"/children/{child.pk}/case/close/")
        assert response.headers["Location"] == "/children/"

    def test_another_teams_case_is_not_offered_to_a_manager_and_refused_with_a_sentence(
        self, manager: User, browser_of: Any
    ) -> None:
        child, client = amy(known_to=manager.team), browser_of(manager)
        case = factories.involvement(child=child)
        assert reverse("people:close_case", args=[child.pk]) not in page(client.get(f"/children/{child.pk}/"))
        refused = page(client.post(f"/children/{child.pk}/case/close/", follow=True))
        assert f"This is for {case.team} to decide" in refused

    def test_a_practitioner_may_not(self, worker: User, theirs: Client) -> None:
        assert theirs.get(f"/children/{amy(known_to=worker.team).pk}/case/open/").status_code == 403
