"""An interview that was recorded in error, and one that is for an episode that was."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from accounts.models import Team, User
from deadlines.models import OPEN, Deadline
from deadlines.rules import Kind
from missing import services
from missing.models import Episode, Interview, InterviewAction, Share
from missing.parts import Part
from missing.rules import Consent, InterviewStatus, LawfulBasis, Shared
from tests import factories
from tests.missing.acting import HOUR, come_back, interview_clock, report
from tests.missing.interviewing import LATER, accept, complete, decline, offer, write, write_all
from tests.missing.reading import at_page, text_of

pytestmark = pytest.mark.django_db


def void(by: User, episode: Episode, at: datetime) -> Episode:
    episode.refresh_from_db()
    return services.void(by=by, at=at, episode=episode, version=episode.version, reason="Another child")


def void_interview(by: User, interview: Interview, at: datetime) -> Interview:
    interview.refresh_from_db()
    return services.void_interview(by=by, at=at, interview=interview, version=interview.version, reason="Error")


def running(kind: Kind = Kind.RETURN_INTERVIEW) -> list[int]:
    """The subjects of the clocks that run."""
    return sorted(Deadline.objects.filter(OPEN, kind=kind).values_list("subject_id", flat=True))


def add_action(by: User, interview: Interview, team: Team, at: datetime) -> InterviewAction:
    interview.refresh_from_db()
    given = {"what": "Call school", "owner_team": team, "due_on": at.date()}
    return services.add_action(by=by, at=at, interview=interview, **given)


def share(by: User, episode: Episode, at: datetime, what: Shared) -> int:
    """With a team of its own; its number."""
    episode.refresh_from_db()
    partner = factories.user(team=factories.team())
    said = {"purpose": "Safety", "lawful_basis": LawfulBasis.PUBLIC_TASK, "consent": Consent.GIVEN}
    services.share_with(by=by, at=at, episode=episode, teams=[partner.team], what=what, **said)
    return Share.objects.order_by("-pk")[0].pk


@pytest.fixture
def again(worker: User, back: Episode, at: datetime) -> Episode:
    """The child was missing once more, and is back."""
    return come_back(worker, report(worker, back.child, at + 9 * HOUR), at + 9 * HOUR)


@pytest.fixture
def both(worker: User, back: Episode, again: Episode, at: datetime) -> Interview:
    """An interview for both times."""
    return accept(worker, offer(worker, again, at + 10 * HOUR, also=[back]), at + 10 * HOUR)


class TestEpisodeInError:
    @pytest.mark.parametrize("completed", [False, True])
    def test_has_no_clock_again_when_its_interview_is_found_to_be_in_error_too(
        self, worker: User, manager: User, back: Episode, written: Interview, at: datetime, completed: bool
    ) -> None:
        if completed:
            complete(worker, written, at + LATER)
        void(manager, back, at + LATER)
        void_interview(manager, written, at + LATER)
        assert running() == []

    def test_keeps_nobody_from_completing_the_interview_for_the_other_time(
        self, worker: User, manager: User, back: Episode, again: Episode, both: Interview, at: datetime
    ) -> None:
        """It was for one that was thought to have ended later than the interview was held."""
        held = at + 10 * HOUR
        written = write_all(worker, both, held)
        Episode.objects.filter(pk=again.pk).update(returned_at=held + HOUR)
        with pytest.raises(services.NotComplete, match=again.reference):
            complete(worker, written, held + HOUR)
        void(manager, again, held + HOUR)
        assert complete(worker, written, held + HOUR).status == InterviewStatus.COMPLETED
        assert interview_clock(back).met_at == held

    def test_leaves_no_action_and_nothing_more_to_write_of_an_interview_that_was_for_it_alone(
        self, worker: User, manager: User, team: Team, back: Episode, written: Interview, at: datetime
    ) -> None:
        action = add_action(worker, written, team, at)
        void(manager, back, at + LATER)
        assert running(Kind.INTERVIEW_ACTION) == []
        deeds: list[Callable[[], object]] = [
            lambda: write(worker, written, at + LATER, Part.WORDS, {"own_words": "Changed"}),
            lambda: complete(worker, written, at + LATER),
            lambda: add_action(worker, written, team, at + LATER),
            lambda: decline(worker, written, at + LATER),
            lambda: services.finish_action(by=worker, at=at + LATER, action=action, outcome="Done"),
        ]
        for deed in deeds:
            with pytest.raises(services.NothingToRecord, match="is for was recorded in error, so nothing more"):
                deed()

    def test_takes_nothing_from_an_interview_that_is_for_another_time_until_that_is_in_error_too(
        self, worker: User, manager: User, team: Team, back: Episode, again: Episode, both: Interview, at: datetime
    ) -> None:
        held = at + 10 * HOUR
        action = add_action(worker, both, team, held)
        complete(worker, write_all(worker, both, held), held)
        whole = share(worker, again, held, Shared.WHOLE)
        safety = share(worker, again, held, Shared.SAFETY)
        assert running(Kind.SHARE_ACKNOWLEDGEMENT) == [whole, safety]
        void(manager, again, held)
        assert running(Kind.INTERVIEW_ACTION) == [action.pk]
        assert running(Kind.SHARE_ACKNOWLEDGEMENT) == [whole]
        void(manager, back, held)
        assert running(Kind.INTERVIEW_ACTION) == running(Kind.SHARE_ACKNOWLEDGEMENT) == []


class TestInterviewInError:
    def test_stays_readable_and_printable_marked_so_to_those_who_see_the_child(
        self, browser_of: Any, worker: User, manager: User, stranger: User, written: Interview, now: Any, at: datetime
    ) -> None:
        now(at + LATER)
        void_interview(manager, complete(worker, written, at + LATER), at + LATER)
        for name in ("interview", "print_interview"):
            page = text_of(browser_of(worker).get(at_page(name, written.pk)))
            assert "He has a grey van." in page
            assert "Recorded in error: Error" in page
            assert browser_of(stranger).get(at_page(name, written.pk)).status_code == 404
