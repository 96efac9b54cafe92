"""The pages on which it is shared, acknowledged, told and met, as a browser sends them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Team, User
from audit.models import Event
from deadlines.rules import Kind
from frontend.text import LONDON
from missing import services
from missing.models import Episode, Share
from missing.rules import Consent, InterviewStatus, LawfulBasis, Shared
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MOST_QUERIES = 14


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> datetime:
    """Views read the clock: for them it is `at`."""
    monkeypatch.setattr(timezone, "now", lambda: at)
    return at


@pytest.fixture
def episode(team: Team, mash: Team, worker: User, now: datetime) -> Episode:
    """Of a child of Dudley who lives in Sandwell, back since an hour ago."""
    return factories.episode(
        child=factories.child(known_to=team, responsible_authority="332", host_authority="333"),
        recorded_by=worker,
        last_seen_at=now - 3 * HOUR,
        reported_at=now - 3 * HOUR,
        returned_at=now - HOUR,
        circumstances="Left after tea.",
    )


@pytest.fixture
def partner(db: None) -> User:
    return factories.user(team=factories.team(name="Pastoral care"))


def page(name: str, pk: int) -> str:
    return reverse(f"missing:{name}", args=[pk])


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()
    return str(response.content.decode())


def moment(name: str, at: Any) -> dict[str, Any]:
    local = at.astimezone(LONDON)
    day = {f"{name}_on-{part}": getattr(local, part) for part in ("day", "month", "year")}
    return {**day, f"{name}_time": f"{local:%H:%M}"}


def answers(episode: Episode, *teams: Team | None, **changed: Any) -> dict[str, Any]:
    return {
        "version": episode.version,
        "teams": [team.pk for team in teams if team],
        "what": "safety",
        "purpose": "So that the school can keep the child safe",
        "lawful_basis": "public_task",
        "consent": "given",
        **changed,
    }


class TestShareWith:
    def test_shares_with_each_team_that_was_ticked(
        self, browser_of: Any, worker: User, partner: User, episode: Episode
    ) -> None:
        other = factories.user(team=factories.team())
        browser = browser_of(worker)
        assert "Pastoral care" in text(browser.get(page("share_with", episode.pk)))
        response = browser.post(page("share_with", episode.pk), answers(episode, partner.team, other.team), follow=True)
        assert "The teams have been told" in text(response)
        assert {share.team for share in Share.objects.all()} == {partner.team, other.team}

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"lawful_basis": ""}, "Select the lawful basis. Nothing may be shared without one"),
            ({"teams": []}, "Select at least one team"),
            ({"purpose": ""}, "Enter the purpose"),
            ({"consent": ""}, "Select whether consent was asked"),
            ({"consent": "refused"}, "Enter why consent was refused or not sought"),
            ({"consent": "not_sought", "consent_note": " "}, "Enter why consent was refused or not sought"),
            ({"what": "whole"}, "Select what you share from the list"),
            ({"teams": ["999999"]}, "Select at least one team from the list"),
        ],
    )
    def test_asks_for_what_is_lacking_and_shares_nothing(
        self,
        browser_of: Any,
        worker: User,
        partner: User,
        episode: Episode,
        changed: dict[str, Any],
        sentence: str,
    ) -> None:
        typed = answers(episode, partner.team, **changed)
        assert sentence in text(browser_of(worker).post(page("share_with", episode.pk), typed))
        assert not Share.objects.exists()

    def test_keeps_what_was_typed_when_it_is_refused(
        self, browser_of: Any, worker: User, partner: User, episode: Episode
    ) -> None:
        typed = answers(
            episode, partner.team, lawful_basis="consent", consent="refused", consent_note="Afraid", purpose="Mine own"
        )
        shown = text(browser_of(worker).post(page("share_with", episode.pk), typed), 409)
        assert "Consent is the lawful basis only where it was given" in shown
        assert "Mine own" in shown
        assert "Afraid" in shown

    def test_offers_no_team_of_ones_own(self, browser_of: Any, worker: User, partner: User, episode: Episode) -> None:
        shown = text(browser_of(worker).get(page("share_with", episode.pk)))
        assert str(partner.team) in shown
        assert str(worker.team) not in shown.split("<form")[1]
        typed = answers(episode, worker.team)
        assert "from the list" in text(browser_of(worker).post(page("share_with", episode.pk), typed))

    def test_of_a_completed_interview_may_be_its_summary(
        self, browser_of: Any, worker: User, partner: User, episode: Episode
    ) -> None:
        factories.interview(episodes=[episode], status=InterviewStatus.COMPLETED)
        typed = answers(episode, partner.team, what="summary")
        assert browser_of(worker).post(page("share_with", episode.pk), typed).status_code == 302

    def test_of_an_interview_about_two_episodes_stands_on_both(
        self, browser_of: Any, worker: User, partner: User, episode: Episode, at: datetime
    ) -> None:
        moments = {"last_seen_at": at - 30 * HOUR, "reported_at": at - 30 * HOUR, "returned_at": at - 29 * HOUR}
        other = factories.episode(child=episode.child, recorded_by=worker, **moments)
        factories.interview(episodes=[episode, other], status=InterviewStatus.COMPLETED)
        browser = browser_of(worker)
        asks = "Share the interview with partners"
        assert asks in text(browser.get(page("episode", other.pk)))
        browser.post(page("share_with", episode.pk), answers(episode, partner.team, what="summary"))
        shown = text(browser.get(page("episode", other.pk)))
        assert asks not in shown
        assert f"Shared with {partner.team}, from {episode.reference}" in shown

    def test_is_404_to_a_stranger(self, browser_of: Any, stranger: User, episode: Episode) -> None:
        assert browser_of(stranger).get(page("share_with", episode.pk)).status_code == 404

    def test_asks_as_much_of_the_database_for_one_partner_as_for_many(
        self, browser_of: Any, worker: User, partner: User, episode: Episode
    ) -> None:
        browser = browser_of(worker)
        few = queries(browser, page("share_with", episode.pk))
        for _ in range(4):
            factories.share(episode=episode, team=factories.user(team=factories.team()).team)
        assert queries(browser, page("share_with", episode.pk)) == few <= MOST_QUERIES


class TestDecideNotToShare:
    def test_is_recorded_with_its_reason(self, browser_of: Any, worker: User, partner: User, episode: Episode) -> None:
        typed = {
            "version": episode.version,
            "teams": [partner.team.pk],
            "reason": "A relative works there",
            "consent": "refused",
            "consent_note": "The child said no",
        }
        shown = text(browser_of(worker).post(page("decide_not_to_share", episode.pk), typed, follow=True))
        assert "Not shared with Pastoral care" in shown
        assert "A relative works there" in text(browser_of(worker).get(page("share", Share.objects.get().pk)))
        assert browser_of(partner).get(page("share", Share.objects.get().pk)).status_code == 404

    def test_is_kept_from_the_team_it_was_decided_about(
        self, browser_of: Any, worker: User, partner: User, episode: Episode, at: datetime
    ) -> None:
        """A children's home that sees the child does not read that a member of its staff is suspected."""
        factories.let_know(episode.child, partner.team)
        suspected = "A member of their staff is suspected"
        services.decide_not_to_share(
            by=worker, at=at, episode=episode, teams=[partner.team], reason=suspected, consent=Consent.GIVEN
        )
        share = Share.objects.get()
        for name in ("episode", "print_episode", "share_with", "decide_not_to_share"):
            theirs, ours = (text(browser_of(who).get(page(name, episode.pk))) for who in (partner, worker))
            for words in (suspected, "Not shared with", "What was decided on sharing before", page("share", share.pk)):
                assert words not in theirs
            assert page("share", share.pk) in ours
        assert browser_of(worker).get(page("share", share.pk)).status_code == 200
        assert browser_of(partner).get(page("share", share.pk)).status_code == 404
        assert browser_of(partner).post(page("acknowledge", share.pk)).status_code == 404


class TestShare:
    @pytest.fixture
    def shared(self, episode: Episode, worker: User, partner: User, now: datetime) -> Share:
        services.share_with(
            by=worker,
            at=now - HOUR,
            episode=episode,
            teams=[partner.team],
            what=Shared.SAFETY,
            purpose="Safety at school",
            lawful_basis=LawfulBasis.PUBLIC_TASK,
            consent=Consent.GIVEN,
        )
        return Share.objects.get()

    def test_is_read_and_acknowledged_by_the_partner(
        self, browser_of: Any, worker: User, partner: User, shared: Share
    ) -> None:
        theirs = browser_of(partner)
        shown = text(theirs.get(page("share", shared.pk)))
        assert "Left after tea." in shown
        assert "due in 23 h 0 m" in shown
        assert "Acknowledge for your team" in shown
        after = text(theirs.post(page("acknowledge", shared.pk), follow=True))
        assert f"{worker} has been told" in after
        assert "Acknowledge for your team" not in after
        assert "acknowledged this already" in text(theirs.post(page("acknowledge", shared.pk), follow=True))

    def test_shows_whoever_shared_that_it_waits_and_who_acknowledged(
        self, browser_of: Any, worker: User, partner: User, shared: Share, now: datetime
    ) -> None:
        mine = browser_of(worker)
        shown = text(mine.get(page("share", shared.pk)))
        assert "Not yet" in shown
        assert "Acknowledge for your team" not in shown
        assert mine.post(page("acknowledge", shared.pk)).status_code == 403
        services.acknowledge(by=partner, at=now, share=shared)
        assert str(partner) in text(mine.get(page("share", shared.pk)))

    def test_is_404_to_a_stranger_and_every_look_is_logged(
        self, browser_of: Any, stranger: User, partner: User, shared: Share
    ) -> None:
        assert browser_of(stranger).get(page("share", shared.pk)).status_code == 404
        assert browser_of(stranger).post(page("acknowledge", shared.pk)).status_code == 404
        browser_of(partner).get(page("share", shared.pk))
        event = Event.objects.get(verb="missing.share.view", actor_id=partner.pk)
        assert (event.subject_id, event.child_id) == (shared.pk, shared.episode.child_id)

    def test_opens_the_episode_and_the_child_to_the_partner(
        self, browser_of: Any, partner: User, shared: Share
    ) -> None:
        theirs = browser_of(partner)
        assert theirs.get(page("episode", shared.episode_id)).status_code == 200
        assert theirs.get(reverse("people:child", args=[shared.episode.child_id])).status_code == 200

    def test_asks_the_database_a_fixed_number_of_questions(self, browser_of: Any, partner: User, shared: Share) -> None:
        factories.interview(episodes=[shared.episode], status=InterviewStatus.COMPLETED)
        assert queries(browser_of(partner), page("share", shared.pk)) <= MOST_QUERIES


class TestTellAuthority:
    def test_is_recorded_and_then_not_asked_for_again(self, browser_of: Any, worker: User, episode: Episode) -> None:
        browser, address = browser_of(worker), page("tell_authority", episode.pk)
        shown = text(browser.get(address))
        assert "Dudley (responsible authority)" in shown
        assert "Sandwell (host authority)" in shown
        typed = {"version": episode.version, "capacity": "responsible", "whom": "Duty desk", "how": "Phone"}
        browser.post(address, typed | moment("told", episode.returned_at + HOUR / 2))
        told = episode.authorities_told.get()
        assert (told.authority, told.told_at) == ("332", episode.returned_at + HOUR / 2)
        assert "Dudley told (responsible authority)" in text(browser.get(page("episode", episode.pk)))
        assert "Dudley (responsible authority) was told on 23 November 2026 at 11:30am" in text(browser.get(address))
        typed |= moment("told", episode.returned_at + HOUR / 2) | {"whom": "Somebody else"}
        refused = text(browser.post(address, typed), 409)
        assert "was told already" in refused
        assert "Somebody else" in refused

    def test_asks_nothing_where_no_other_authority_is_concerned(
        self, browser_of: Any, worker: User, team: Team
    ) -> None:
        ours = factories.episode(child=factories.child(known_to=team), recorded_by=worker)
        shown = text(browser_of(worker).get(page("tell_authority", ours.pk)))
        assert "no other authority need be told" in shown
        assert "Which authority was told?" not in shown

    def test_says_beside_the_day_that_it_cannot_be(self, browser_of: Any, worker: User, episode: Episode) -> None:
        typed = {"version": episode.version, "capacity": "host", "whom": "Duty desk", "how": "Phone"}
        typed |= moment("told", episode.returned_at - HOUR)
        shown = text(browser_of(worker).post(page("tell_authority", episode.pk), typed), 409)
        assert "before the child was back" in shown
        assert "Duty desk" in shown


class TestRecordStrategyMeeting:
    def test_is_asked_for_on_the_episode_and_recorded(
        self, browser_of: Any, worker: User, episode: Episode, now: datetime
    ) -> None:
        for days in (4, 8):
            seen = now - timedelta(days=days)
            factories.episode(
                child=episode.child, recorded_by=worker, last_seen_at=seen, reported_at=seen, returned_at=seen + HOUR
            )
        services.ask_for_what_repeats_ask(episode, by=worker, at=now)
        browser = browser_of(worker)
        shown = text(browser.get(page("episode", episode.pk)))
        assert "Record a strategy meeting" in shown
        assert "Screen a child who keeps going missing" in shown
        agencies = [factories.agency(kind=kind).pk for kind in ("local_authority", "police", "health")]
        address = page("record_strategy_meeting", episode.pk)
        assert "missing or away 3 times" in text(browser.get(address))
        typed = {"version": episode.version, "outcome": "A mentor."} | moment("held", episode.returned_at + HOUR / 2)
        assert "Missing: health." in text(browser.post(address, typed | {"agencies": agencies[:2]}), 409)
        after = text(browser.post(address, typed | {"agencies": agencies}, follow=True))
        assert "Strategy meeting held" in after
        assert not episode.child.deadlines.filter(kind=Kind.STRATEGY_MEETING, met_at=None).exists()


def queries(browser: Any, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)
