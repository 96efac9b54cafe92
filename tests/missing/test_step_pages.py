"""The page of each step of an episode: what it saves, what it refuses, and that nothing typed is lost."""

from datetime import datetime

import pytest
from django.test import Client

from accounts.models import User
from frontend.moments import Moment
from missing.models import Episode
from people.models import Child
from tests.missing.acting import HOUR, come_back, find, report
from tests.missing.reading import at_page, queries, text_of, typed, version_in

pytestmark = pytest.mark.django_db


class TestStepPages:
    PAGES = ("grade", "record_location", "record_return", "record_check", "correct_moment", "review", "void")

    @pytest.mark.parametrize("name", PAGES)
    def test_an_empty_form_comes_back_with_its_errors(self, managers: Client, episode: Episode, name: str) -> None:
        page = text_of(managers.post(at_page(name, episode.pk), {"version": episode.version}))
        assert "There is a problem" in page

    @pytest.mark.parametrize("name", PAGES)
    def test_opens_with_few_questions_to_the_database(self, managers: Client, episode: Episode, name: str) -> None:
        assert queries(managers, at_page(name, episode.pk)) <= 8

    @pytest.mark.parametrize(
        ("name", "moment", "answers", "words"),
        [
            ("grade", "", {"grade": "high", "reason": "No medication"}, "The grade is saved."),
            ("record_location", "located", {"located_where": "Town"}, "recorded where the child was found"),
            ("record_return", "returned", {"returned_to": "home"}, "The return is recorded."),
            (
                "record_check",
                "conducted",
                {"conducted_by": "PC 1", "seen_alone": "no", "found": "Well"},
                "The prevention check is recorded.",
            ),
            ("correct_moment", "became", {"moment": "reported", "reason": "Misheard"}, "It is corrected"),
            ("review", "", {"review": "A new school"}, "The review is saved."),
            ("void", "", {"reason": "The wrong child"}, "marked as recorded in error"),
        ],
    )
    def test_saves_and_says_so(
        self,
        managers: Client,
        worker: User,
        episode: Episode,
        at: datetime,
        name: str,
        moment: str,
        answers: dict[str, str],
        words: str,
    ) -> None:
        if name in {"record_check", "review"}:
            come_back(worker, episode, at)
        version = version_in(text_of(managers.get(at_page(name, episode.pk))))
        data = answers | {"version": version} | (typed(**{moment: at}) if moment else {})
        page = text_of(managers.post(at_page(name, episode.pk), data, follow=True))
        assert words in page

    def test_who_comes_second_keeps_what_they_typed_and_reads_what_happened(
        self, managers: Client, worker: User, episode: Episode, at: datetime
    ) -> None:
        page = text_of(managers.get(at_page("record_return", episode.pk)))
        come_back(worker, episode, at)
        data = {"version": version_in(page), "returned_to": "home", "return_notes": "Wet through", **typed(returned=at)}
        refused = text_of(managers.post(at_page("record_return", episode.pk), data), 409)
        assert f"{worker} has already recorded that the child returned" in refused
        assert "What happened last" in refused
        assert "Cold and hungry." in refused
        assert "Wet through" in refused

    def test_an_old_page_can_be_sent_again_once_it_was_read(
        self, managers: Client, worker: User, episode: Episode, at: datetime
    ) -> None:
        page = text_of(managers.get(at_page("grade", episode.pk)))
        find(worker, episode, at)
        data = {"version": version_in(page), "grade": "low", "reason": "At a friend's"}
        refused = text_of(managers.post(at_page("grade", episode.pk), data), 409)
        assert "changed while you had the page open" in refused
        again = data | {"version": version_in(refused)}
        assert managers.post(at_page("grade", episode.pk), again).status_code == 302

    def test_a_moment_that_cannot_be_is_refused_beside_it(self, theirs: Client, episode: Episode, at: datetime) -> None:
        data = {"version": "1", "returned_to": "home", **typed(returned=at - 3 * HOUR)}
        page = text_of(theirs.post(at_page("record_return", episode.pk), data), 409)
        assert 'href="#id_returned_on-day"' in page
        assert "When the child returned must be the same as or after when the child was last seen" in page
        assert "What happened last" not in page

    def test_the_hour_that_comes_twice_is_asked_for(
        self, theirs: Client, worker: User, child: Child, at: datetime
    ) -> None:
        seen = Moment.of(datetime.fromisoformat("2026-10-24T20:00:00+01:00"))
        episode = report(worker, child, at, last_seen=seen, reported=seen)
        data = {
            "version": "1",
            "returned_to": "home",
            **typed(returned=datetime.fromisoformat("2026-10-25T01:30+01:00")),
        }
        page = text_of(theirs.post(at_page("record_return", episode.pk), data))
        assert "1:30am came twice on 25 October 2026" in page
        theirs.post(at_page("record_return", episode.pk), data | {"returned_which": "second"})
        episode.refresh_from_db()
        assert episode.returned_at == datetime.fromisoformat("2026-10-25T01:30+00:00")
        assert episode.returned_offset == 0
