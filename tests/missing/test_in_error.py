"""An interview that was recorded in error, and one that is for an episode that was."""

from datetime import datetime
from typing import Any

import pytest

from accounts.models import User
from deadlines.models import OPEN, Deadline
from deadlines.rules import Kind
from missing import services
from missing.models import Episode, Interview
from missing.rules import InterviewStatus
from tests.missing.acting import HOUR, come_back, interview_clock, report
from tests.missing.interviewing import LATER, accept, complete, offer, write_all
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
