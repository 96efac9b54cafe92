"""The queue, the page of one referral, and the pages of those who made it: what they show, and to whom."""

import re
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Team, User
from audit.models import Event
from people.models import Child, Involvement
from referrals import services
from referrals.models import Referral
from referrals.rules import Grade, Outcome, State
from tests import factories
from tests.referrals.conftest import accepted, decided, make_referral
from tests.referrals.reading import MOST_QUERIES, at_page, queries, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("three_hours_later")]


class TestQueue:
    def test_shows_what_an_officer_needs_at_a_glance(
        self, mashs: Client, officer: User, worker: User, child: Child, at: datetime
    ) -> None:
        accepted(make_referral(worker, child, at, immediate_danger=True), officer, at, grade=None)
        page = text_of(mashs.get(at_page("queue")))
        for words in (child.name, "Red", "Immediate danger", "due in", str(officer), "Being triaged", str(worker.team)):
            assert words in page

    def test_asks_the_same_number_of_questions_for_three_as_for_three_hundred(
        self, mashs: Client, worker: User, child: Child, at: datetime
    ) -> None:
        for _ in range(3):
            make_referral(worker, child, at)
        few = queries(mashs, at_page("queue"))
        for _ in range(297):
            factories.referral(made_by=worker, child=child, received_at=at)
        assert queries(mashs, at_page("queue")) == few
        assert few <= MOST_QUERIES

    def test_says_so_when_nothing_waits_or_fits(self, mashs: Client) -> None:
        assert "The queue is empty" in text_of(mashs.get(at_page("queue")))
        assert "No referral fits these filters" in text_of(mashs.get(at_page("queue"), {"grade": "4"}))

    @pytest.mark.parametrize(
        "query",
        [
            {"older": "x"},
            {"older": "9.9.9.9"},
            {"newer": "9999999999999999.9999999999999999.9999999999999999"},
            {"older": "-1.-1.-1"},
            {"grade": "9"},
            {"state": "lost"},
            {"holder": "\x00"},
            {"reference": "\x00"},
            {"reference": "9" * 300},
            {"outcome": "🙂"},
        ],
    )
    def test_leaves_out_what_cannot_be(self, mashs: Client, referral: Referral, query: dict[str, str]) -> None:
        assert mashs.get(at_page("queue"), query).status_code == 200

    def test_keeps_the_filter_from_page_to_page(self, mashs: Client, worker: User, child: Child, at: datetime) -> None:
        for _ in range(30):
            factories.referral(made_by=worker, child=child, received_at=at)
        page = text_of(mashs.get(at_page("queue"), {"holder": "nobody"}))
        onward = re.search(r'href="([^"]*older=[^"]*)"', page)
        assert onward
        assert "holder=nobody" in onward[1]
        assert "newer=" in text_of(mashs.get(onward[1].replace("&amp;", "&")))

    def test_is_a_search_that_is_recorded_with_what_it_showed(
        self, mashs: Client, officer: User, referral: Referral
    ) -> None:
        mashs.get(at_page("queue"), {"grade": "3"})
        event = Event.objects.get(verb="referrals.queue")
        shown = {"terms": {"grade": "3"}, "shown": [f"referrals.referral:{referral.pk}"]}
        assert (event.actor_id, event.payload.after) == (officer.pk, shown)


class TestReferral:
    @pytest.mark.parametrize("state", State)
    def test_offers_what_can_be_done_now(self, mashs: Client, bring_to: Any, state: State) -> None:
        referral = bring_to(state)
        page = text_of(mashs.get(at_page("referral", referral.pk)))
        assert (at_page("accept", referral.pk) in page) == (state == State.RECEIVED)
        offered = f'href="{at_page("decide", referral.pk)}"' in page
        assert offered == (state in (State.ACCEPTED, State.IN_DISCUSSION))

    def test_is_404_to_a_stranger_and_refused_to_the_referrer(
        self, browser_of: Any, stranger: User, theirs: Client, referral: Referral
    ) -> None:
        assert browser_of(stranger).get(at_page("referral", referral.pk)).status_code == 404
        assert theirs.get(at_page("referral", referral.pk)).status_code == 403

    @pytest.mark.parametrize("pk", [0, 999_999, 10**30])
    def test_is_404_where_there_is_none(self, mashs: Client, pk: int) -> None:
        assert mashs.get(at_page("referral", pk)).status_code == 404

    def test_the_look_is_recorded(self, mashs: Client, officer: User, referral: Referral) -> None:
        mashs.get(at_page("referral", referral.pk))
        event = Event.objects.get(verb="referrals.referral.view")
        assert (event.actor_id, event.child_id) == (officer.pk, referral.child_id)

    def test_asks_the_same_number_of_questions_however_much_has_happened(
        self, mashs: Client, bring_to: Any, officer: User, at: datetime
    ) -> None:
        referral = bring_to(State.ACCEPTED)
        for _ in range(2):
            services.ask_agency(by=officer, at=at, referral=referral, agency=factories.agency())
        few = queries(mashs, at_page("referral", referral.pk))
        for _ in range(20):
            services.ask_agency(by=officer, at=at, referral=referral, agency=factories.agency())
        assert queries(mashs, at_page("referral", referral.pk)) == few

    def test_leads_to_naming_a_key_worker_until_there_is_one(
        self, mashs: Client, officer: User, referral: Referral, team: Team, at: datetime
    ) -> None:
        page, link = at_page("referral", referral.pk), reverse("people:name_key_worker", args=[referral.child_id])
        assert link not in text_of(mashs.get(page))
        decided(accepted(referral, officer, at), officer, at, Outcome.EARLY_HELP, team)
        assert link in text_of(mashs.get(page))
        Involvement.objects.update(key_worker=factories.user(team=team))
        assert link not in text_of(mashs.get(page))

    def test_leads_nobody_to_a_case_that_they_may_not_see(
        self, mashs: Client, officer: User, referral: Referral, team: Team, at: datetime
    ) -> None:
        known = factories.child()
        Child.objects.filter(pk=referral.child_id).update(provisional=True, same_as=known)
        decided(accepted(referral, officer, at), officer, at, Outcome.EARLY_HELP, team)
        assert "Name a key worker" not in text_of(mashs.get(at_page("referral", referral.pk)))

    def test_leads_to_matching_where_the_child_is_provisional(
        self, mashs: Client, worker: User, team: Team, at: datetime
    ) -> None:
        child = factories.child(known_to=team, provisional=True)
        referral = make_referral(worker, child, at)
        assert reverse("people:match", args=[child.pk]) in text_of(mashs.get(at_page("referral", referral.pk)))

    def test_escapes_what_was_typed(self, mashs: Client, worker: User, child: Child, at: datetime) -> None:
        referral = make_referral(worker, child, at, concern="<script>alert(1)</script>")
        page = text_of(mashs.get(at_page("referral", referral.pk)))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


class TestMake:
    TYPED = {
        "concern": "Collected by an older man.",
        "immediate_danger": "no",
        "trafficking_indicated": "no",
        "child_informed": "yes",
        "parents_informed": "not_known",
    }

    def test_sends_it_to_mash(self, mash: Team, theirs: Client, child: Child) -> None:
        page = text_of(theirs.post(at_page("make", child.pk), self.TYPED, follow=True))
        referral = Referral.objects.get()
        assert referral.reference in page
        assert (referral.child_informed, referral.parents_informed) == (True, None)

    def test_a_second_press_makes_no_second(self, mash: Team, theirs: Client, child: Child) -> None:
        token = re.search(r'name="token" value="([^"]+)"', text_of(theirs.get(at_page("make", child.pk))))
        assert token
        typed = {**self.TYPED, "token": token[1]}
        first, second = (theirs.post(at_page("make", child.pk), typed) for _ in range(2))
        assert first["Location"] == second["Location"]
        assert Referral.objects.count() == 1

    def test_says_call_999_and_takes_what_the_danger_is(self, mash: Team, theirs: Client, child: Child) -> None:
        assert "call 999" in text_of(theirs.get(at_page("make", child.pk)))
        theirs.post(at_page("make", child.pk), {**self.TYPED, "immediate_danger": "yes", "danger_details": "He waits."})
        assert (Referral.objects.get().grade, Referral.objects.get().danger_details) == (Grade.RED, "He waits.")

    def test_leads_an_adult_elsewhere_before_anything_is_typed(self, mash: Team, theirs: Client, team: Team) -> None:
        adult = factories.child(known_to=team, date_of_birth=date(2000, 1, 1))
        for response in (theirs.get(at_page("make", adult.pk)), theirs.post(at_page("make", adult.pk), self.TYPED)):
            assert "adult safeguarding pathway" in text_of(response, 409)
        assert not Referral.objects.exists()

    def test_is_404_for_a_child_that_is_not_theirs(
        self, mash: Team, browser_of: Any, stranger: User, child: Child
    ) -> None:
        assert browser_of(stranger).post(at_page("make", child.pk), self.TYPED).status_code == 404
        assert not Referral.objects.exists()

    def test_says_what_is_missing(self, mash: Team, theirs: Client, child: Child) -> None:
        page = text_of(theirs.post(at_page("make", child.pk), {"token": str(uuid4())}))
        assert "Enter what worries you" in page
        assert "Select whether the child is in immediate danger" in page


class TestMadeAndTrack:
    def test_show_where_it_stands_and_what_was_told_and_nothing_else(
        self, theirs: Client, bring_to: Any, child: Child
    ) -> None:
        referral = bring_to(State.CLOSED)
        assert child.name in text_of(theirs.get(at_page("made")))
        page = text_of(theirs.get(at_page("track", referral.pk)))
        assert "We gave advice." in page
        for secret in ("What we know so far.", "Older man, gifts.", "Amber"):
            assert secret not in page

    def test_made_is_recorded_with_what_it_showed(self, theirs: Client, worker: User, referral: Referral) -> None:
        theirs.get(at_page("made"))
        event = Event.objects.get(verb="referrals.made")
        assert event.actor_id == worker.pk
        assert event.payload.after["shown"] == [f"referrals.referral:{referral.pk}"]

    def test_are_not_for_strangers(self, browser_of: Any, stranger: User, referral: Referral) -> None:
        client = browser_of(stranger)
        assert client.get(at_page("track", referral.pk)).status_code == 404
        assert referral.reference not in text_of(client.get(at_page("made")))

    def test_made_asks_the_same_number_of_questions_for_any_number(
        self, theirs: Client, worker: User, child: Child, referral: Referral, at: datetime
    ) -> None:
        few = queries(theirs, at_page("made"))
        for _ in range(60):
            factories.referral(made_by=worker, child=child, received_at=at)
        assert queries(theirs, at_page("made")) == few
        assert few <= MOST_QUERIES


class TestPanel:
    def test_stands_on_the_childs_page(self, theirs: Client, mashs: Client, referral: Referral) -> None:
        page = reverse("people:child", args=[referral.child_id])
        assert at_page("track", referral.pk) in text_of(theirs.get(page))
        assert at_page("referral", referral.pk) in text_of(mashs.get(page))
