"""Reporting a child missing, the page of the episode, the list of a child's episodes, and what their record shows."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

import deadlines.services
from accounts.models import AgencyKind, Team, TeamKind, User
from audit.models import Event
from deadlines.rules import Kind
from frontend.moments import Moment
from missing import services
from missing.models import AuthorityTold, Episode, InterviewAction, StrategyMeeting
from missing.rules import Capacity, InterviewStatus
from people.codes import Authority, LookedAfter
from people.models import Child
from tests import factories
from tests.cse.test_held import browser_after_session_of, sign_in_over, with_password
from tests.missing.acting import HOUR, check, come_back, correct, find, report
from tests.missing.reading import at_page, queries, text_of, typed
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 14


def reported(at: datetime, **values: str) -> dict[str, str]:
    moments = typed(last_seen=at - 2 * HOUR, reported=at - HOUR)
    return moments | {"reported_by": "carer", "state": "missing", "token": str(uuid4()), **values}


class TestReport:
    def test_is_offered_where_the_child_is(self, theirs: Client, team: Team) -> None:
        child = factories.child(known_to=team, family_name="Jones")
        page = text_of(theirs.get(reverse("people:child", args=[child.pk])))
        assert page.count(at_page("report", child.pk)) == 2
        found = text_of(theirs.post(reverse("people:find"), {"family_name": child.family_name}))
        assert at_page("report", child.pk) in found

    def test_begins_with_what_can_be_guessed(self, child: Child, browser_of: Any, now: Any) -> None:
        home = factories.team(agency=factories.agency(kind=AgencyKind.RESIDENTIAL))
        carer = factories.user(team=home)
        factories.let_know(child, home)
        page = text_of(browser_of(carer).get(at_page("report", child.pk)))
        assert page.count('value="23"') == 3  # today, for each of the moments
        assert 'name="reported_time" type="text" value="12:00"' in page
        assert 'value="placement" checked' in page
        assert 'value="missing" checked' in page
        assert "episode_type" not in page

    def test_asks_a_placed_child_s_carer_whether_it_was_missing_or_away(
        self, theirs: Client, team: Team, mash: Team
    ) -> None:
        placed = factories.child(known_to=team, looked_after=LookedAfter.CARE_ORDER)
        assert "Away from placement without authorisation" in text_of(theirs.get(at_page("report", placed.pk)))

    def test_leads_to_the_episode(self, theirs: Client, child: Child, at: datetime) -> None:
        page = text_of(theirs.post(at_page("report", child.pk), reported(at), follow=True))
        assert "The report is recorded" in page
        assert "Still missing for" in page
        assert "2 h 0 m" in page

    def test_of_a_child_who_is_back_leads_to_the_countdown(self, theirs: Client, child: Child, at: datetime) -> None:
        data = reported(at, state="back", returned_to="home") | typed(returned=at - HOUR)
        page = text_of(theirs.post(at_page("report", child.pk), data, follow=True))
        assert "due in 2 days 23 h" in page

    def test_of_a_child_who_is_not_back_forgets_what_is_hidden(
        self, theirs: Client, child: Child, at: datetime
    ) -> None:
        theirs.post(at_page("report", child.pk), reported(at, returned_time="soon"))
        assert Episode.objects.get().is_open

    def test_sent_twice_leads_to_the_one_it_made(self, theirs: Client, child: Child, at: datetime) -> None:
        data = reported(at)
        first, second = (theirs.post(at_page("report", child.pk), data) for _ in range(2))
        assert first.url == second.url
        assert Episode.objects.count() == 1

    def test_refused_keeps_what_was_typed_and_names_the_other(
        self, theirs: Client, episode: Episode, at: datetime
    ) -> None:
        data = reported(at, circumstances="Took her coat")
        page = text_of(theirs.post(at_page("report", episode.child_id), data), 409)
        assert f"{episode.reference} covers this time" in page
        assert "Took her coat" in page
        assert "This child is already recorded as missing" in page

    def test_on_a_site_without_mash_says_so_and_keeps_what_was_typed(
        self, theirs: Client, child: Child, at: datetime
    ) -> None:
        Team.objects.filter(kind=TeamKind.MASH).update(kind=TeamKind.PRACTICE)
        data = reported(at, circumstances="Took her coat")
        page = text_of(theirs.post(at_page("report", child.pk), data), 409)
        assert "This site has no MASH team yet" in page
        assert "Took her coat" in page
        assert not Episode.objects.exists()

    def test_an_empty_form_says_what_to_enter(self, theirs: Client, child: Child) -> None:
        page = text_of(theirs.post(at_page("report", child.pk), {}))
        assert "Enter the time when the child was last seen" in page
        assert "Select who reported it" in page

    def test_strangers_are_not_told(self, stranger: User, child: Child, browser_of: Any) -> None:
        assert browser_of(stranger).get(at_page("report", child.pk)).status_code == 404

    def test_sent_after_the_session_ended_comes_back_after_the_sign_in(
        self, worker: User, child: Child, at: datetime, now: Any
    ) -> None:
        browser = browser_after_session_of(with_password(worker))
        refused = browser.post(at_page("report", child.pk), reported(at, circumstances="Took her coat"))
        assert refused.status_code == 401
        page = sign_in_over(browser, refused, worker)
        assert "Took her coat" in page
        assert 'value="10:00"' in page
        assert not Episode.objects.exists()


class TestEpisode:
    def test_of_a_missing_child_says_how_long(self, theirs: Client, episode: Episode) -> None:
        page = text_of(theirs.get(at_page("episode", episode.pk)))
        for words in (episode.child.name, "Still missing for", "2 h 0 m", "Record the return", "Not graded yet"):
            assert words in page
        assert "due in" not in page

    @pytest.mark.parametrize(
        ("later", "words", "not_words"),
        [
            (timedelta(hours=1), ["due in 2 days 23 h"], ["Under 24 hours", "overdue by"]),
            (timedelta(hours=66, minutes=48), ["due in 5 h 12 m", "Under 24 hours"], ["overdue by"]),
            (timedelta(hours=72), ["due in 0 m", "Under 24 hours"], ["overdue by"]),
            (timedelta(hours=74, minutes=3), ["overdue by 2 h 3 m"], ["Under 24 hours"]),
        ],
    )
    def test_counts_down_in_words(
        self,
        theirs: Client,
        worker: User,
        episode: Episode,
        at: datetime,
        now: Any,
        later: timedelta,
        words: list[str],
        not_words: list[str],
    ) -> None:
        come_back(worker, episode, at)
        now(at + later)
        sign_in(theirs, worker)
        page = text_of(theirs.get(at_page("episode", episode.pk)))
        assert all(each in page for each in [*words, "By 26 November 2026 at midday, 72 hours after the return"])
        assert not any(each in page for each in not_words)

    def test_says_that_the_clock_runs_from_the_find(
        self, theirs: Client, worker: User, episode: Episode, at: datetime
    ) -> None:
        find(worker, episode, at)
        page = text_of(theirs.get(at_page("episode", episode.pk)))
        assert "72 hours after the child was found, until the return is recorded" in page
        assert "Found, not yet back after" in page

    @pytest.mark.parametrize(("after", "words"), [(2, "held in time"), (75, "held 3 h 0 m late")])
    def test_says_how_the_interview_was_held(
        self, theirs: Client, worker: User, episode: Episode, at: datetime, after: int, words: str
    ) -> None:
        back = come_back(worker, episode, at)
        deadlines.services.meet(Kind.RETURN_INTERVIEW, subject=back, at=at + after * HOUR)
        assert words in text_of(theirs.get(at_page("episode", episode.pk)))

    def test_says_why_no_interview_is_due(self, theirs: Client, worker: User, episode: Episode, at: datetime) -> None:
        back = come_back(worker, episode, at)
        deadlines.services.void(Kind.RETURN_INTERVIEW, subject=back, at=at, reason="Declined by the child")
        page = text_of(theirs.get(at_page("episode", episode.pk)))
        assert "declined by the child" in page
        assert "due in" not in page

    def test_tells_the_whole_story(
        self, managers: Client, worker: User, manager: User, mash: Team, at: datetime
    ) -> None:
        record = whole(worker, manager, at)
        page = text_of(managers.get(at_page("episode", record.pk)))
        for words in (
            "Risk graded: High",
            "Found",
            "Prevention check",
            "Corrected: when the child returned",
            "Reviewed",
        ):
            assert words in page
        assert page.index("Reviewed") < page.index("Last seen</h3>")

    def test_offers_each_person_what_they_may_do(
        self, theirs: Client, managers: Client, worker: User, episode: Episode, at: datetime
    ) -> None:
        come_back(worker, episode, at)
        for client, may in ((theirs, False), (managers, True)):
            page = text_of(client.get(at_page("episode", episode.pk)))
            assert (at_page("review", episode.pk) in page) is may
            assert (at_page("void", episode.pk) in page) is may
            assert at_page("record_check", episode.pk) in page
            assert at_page("record_return", episode.pk) not in page

    def test_recorded_in_error_offers_nothing(
        self, managers: Client, manager: User, worker: User, episode: Episode, at: datetime
    ) -> None:
        back = come_back(worker, episode, at)
        services.void(by=manager, at=at, episode=back, version=back.version, reason="The wrong child")
        page = text_of(managers.get(at_page("episode", episode.pk)))
        assert "Recorded in error: The wrong child" in page
        assert "What to do next" not in page
        assert "due in" not in page

    def test_asks_the_same_number_of_questions_however_much_happened(
        self, theirs: Client, worker: User, manager: User, mash: Team, at: datetime
    ) -> None:
        record = whole(worker, manager, at)
        few = queries(theirs, at_page("episode", record.pk))
        more_of_everything(record, worker, at)
        assert queries(theirs, at_page("episode", record.pk)) == few
        assert few <= MOST_QUERIES

    def test_is_not_there_for_strangers(self, stranger: User, episode: Episode, browser_of: Any) -> None:
        assert browser_of(stranger).get(at_page("episode", episode.pk)).status_code == 404


class TestPrintEpisode:
    def test_is_recorded_as_printed(self, theirs: Client, worker: User, episode: Episode) -> None:
        page = text_of(theirs.get(at_page("print_episode", episode.pk)))
        assert f"printed by {worker}" in page
        assert "Still missing for" in page
        assert Event.objects.filter(verb="missing.episode.print", subject_id=episode.pk).exists()


class TestOfChild:
    def test_lists_every_episode_the_newest_first(
        self, theirs: Client, worker: User, child: Child, at: datetime
    ) -> None:
        seen, back = Moment.of(at - 50 * HOUR), Moment.of(at - 40 * HOUR)
        old = report(worker, child, at, last_seen=seen, reported=back, returned=back)
        new = report(worker, child, at)
        page = text_of(theirs.get(at_page("of_child", child.pk)))
        assert page.index(new.reference) < page.index(old.reference)
        for words in ("Still missing", "Back, interview to be offered", "10 h 0 m"):
            assert words in page

    def test_says_so_where_there_is_none(self, theirs: Client, child: Child) -> None:
        assert "has not been reported missing" in text_of(theirs.get(at_page("of_child", child.pk)))

    def test_asks_the_same_number_of_questions_for_two_as_for_sixty(self, theirs: Client, child: Child) -> None:
        episodes_of(child, 2)
        few = queries(theirs, at_page("of_child", child.pk))
        episodes_of(child, 60, first=2)
        assert queries(theirs, at_page("of_child", child.pk)) == few
        assert "Older" in text_of(theirs.get(at_page("of_child", child.pk)))


class TestPanel:
    def test_counts_and_puts_the_open_one_on_top(
        self, theirs: Client, worker: User, child: Child, at: datetime
    ) -> None:
        episodes_of(child, 7)
        report(worker, child, at)
        page = text_of(theirs.get(reverse("people:child", args=[child.pk])))
        assert "8 in the last 90 days" in page
        assert page.count("Still missing") == 2  # under the name, and in its section
        assert at_page("of_child", child.pk) in page

    def test_leaves_out_what_is_long_ago_and_what_was_in_error(
        self, theirs: Client, child: Child, at: datetime
    ) -> None:
        factories.episode(child=child, last_seen_at=at - timedelta(days=91), returned_at=at - timedelta(days=90))
        gone = factories.episode(child=child, voided_at=at, void_reason="The wrong child")
        page = text_of(theirs.get(reverse("people:child", args=[child.pk])))
        assert "0 in the last 90 days" in page
        assert gone.reference not in page


def whole(worker: User, manager: User, at: datetime) -> Episode:
    """An episode in which everything happened once."""
    team = worker.team
    assert team
    child = factories.child(known_to=team, responsible_authority=Authority.WALSALL)
    episode = report(worker, child, at - 9 * HOUR, grade="high")
    episode = find(worker, episode, at - 8 * HOUR)
    episode = come_back(worker, episode, at - 7 * HOUR)
    episode = correct(worker, episode, at - 6 * HOUR, "returned", at - 7.5 * HOUR)
    episode = check(worker, episode, at - 5 * HOUR)
    version = episode.version
    services.review(by=manager, at=at - HOUR, episode=episode, version=version, review="Move her school")
    episode.refresh_from_db()
    factories.interview(episodes=[episode], status=InterviewStatus.COMPLETED, recorded_by=worker)
    more_of_everything(episode, worker, at, times=1)
    AuthorityTold.objects.create(
        episode=episode,
        capacity=Capacity.RESPONSIBLE,
        authority=Authority.WALSALL,
        told_at=at,
        told_offset=0,
        recorded_by=worker,
        recorded_at=at,
    )
    return episode


def more_of_everything(episode: Episode, worker: User, at: datetime, *, times: int = 5) -> None:
    for _ in range(times):
        factories.share(episode=episode)
        meeting = StrategyMeeting.objects.create(
            episode=episode, held_at=at, held_offset=0, recorded_by=worker, recorded_at=at
        )
        meeting.agencies.add(factories.agency(), factories.agency())
        InterviewAction.objects.create(
            interview=episode.interview,
            what="Move school",
            owner_team=factories.team(),
            due_on=at.date(),
            added_by=worker,
            added_at=at,
        )
        factories.interview(child=episode.child, recorded_by=worker).formerly_of.add(episode)
        check(worker, Episode.objects.get(pk=episode.pk), at)


def episodes_of(child: Child, count: int, *, first: int = 0) -> None:
    """Each an hour long, one every ten hours, back from NOON."""
    for number in range(first, first + count):
        began = factories.NOON - (number + 1) * 10 * HOUR
        factories.episode(child=child, last_seen_at=began, reported_at=began, returned_at=began + HOUR)
