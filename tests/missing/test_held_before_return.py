"""The child was found, answered about the interview, and returned later (domain.md 11: the fallback is when found)."""

from datetime import datetime, timedelta

import pytest

from accounts.models import User
from deadlines.models import OPEN, Deadline
from deadlines.rules import Kind
from figures.rules import Period
from missing import services, todo
from missing.figures import Measure
from missing.models import Episode, Interview
from missing.selectors.counting import Asked, behind
from tests.missing.acting import HOUR, come_back, correct, find, interview_clock
from tests.missing.interviewing import complete, decline, offer, write_all

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


@pytest.fixture
def found(worker: User, episode: Episode, at: datetime) -> Episode:
    return find(worker, episode, at)


@pytest.fixture
def offered(worker: User, found: Episode, at: datetime) -> Interview:
    return offer(worker, found, at)


def counted(episode: Episode, measure: Measure, at: datetime) -> bool:
    day = at.date()
    asked = Asked(period=Period(day - 30 * DAYS, day + 30 * DAYS), at=at + 60 * DAYS)
    return behind(asked, measure).filter(pk=episode.pk).exists()


class TestHeldBeforeReturn:
    @pytest.mark.parametrize(("held_after", "late"), [(2 * DAYS, False), (4 * DAYS, True)])
    @pytest.mark.parametrize("typed_after_return", [False, True])
    def test_stands_and_is_judged_from_the_finding_by_clock_and_figures(
        self,
        worker: User,
        episode: Episode,
        offered: Interview,
        at: datetime,
        held_after: timedelta,
        late: bool,
        typed_after_return: bool,
    ) -> None:
        held = at + held_after
        written = write_all(worker, offered, held)
        if not typed_after_return:
            complete(worker, written, held)
        episode.refresh_from_db()
        come_back(worker, episode, held + HOUR)
        if typed_after_return:
            complete(worker, written, held + 2 * HOUR)
        clock = interview_clock(episode)
        assert (clock.started_at, clock.met_at, clock.was_late) == (at, held, late)
        assert counted(episode, Measure.IN_TIME, at) is not late
        assert counted(episode, Measure.COMPLETED, at)

    def test_leaves_the_moments_of_the_episode_to_be_corrected(
        self, worker: User, episode: Episode, offered: Interview, at: datetime
    ) -> None:
        held = at + HOUR
        complete(worker, write_all(worker, offered, held), held)
        episode.refresh_from_db()
        back = come_back(worker, episode, at + 3 * HOUR)
        back = correct(worker, back, at + 4 * HOUR, "last_seen", at - 3 * HOUR)
        back = correct(worker, back, at + 4 * HOUR, "returned", at + 2 * HOUR)
        assert interview_clock(episode).started_at == at
        with pytest.raises(services.WrongMoment, match="interview was held on"):
            correct(worker, back, at + 4 * HOUR, "located", held + HOUR / 2)
        correct(worker, back, at + 4 * HOUR, "returned", held)
        assert interview_clock(episode).started_at == held


class TestDeclinedBeforeReturn:
    def test_asks_to_offer_it_again_with_the_72_hours_from_the_return(
        self, worker: User, episode: Episode, offered: Interview, at: datetime
    ) -> None:
        decline(worker, offered, at + HOUR)
        episode.refresh_from_db()
        again = "Offer the return interview again"
        assert again not in [each.title for each in todo.of(episode, worker, asked=True)]
        back = come_back(worker, episode, at + 5 * HOUR)
        assert not Deadline.objects.filter(OPEN, kind=Kind.RETURN_INTERVIEW).exists()
        assert again in [each.title for each in todo.of(back, worker, asked=True)]
        offer(worker, back, at + 6 * HOUR)
        clock = interview_clock(episode)
        assert (clock.is_open, clock.started_at) == (True, at + 5 * HOUR)
