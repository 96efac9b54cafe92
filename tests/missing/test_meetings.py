"""The strategy meeting that repeated missing asks for (domain.md 15, 19)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Agency, AgencyKind, Team, User
from audit.models import Event
from deadlines import services as deadlines_services
from deadlines.models import Deadline
from deadlines.rules import Kind
from frontend.moments import Moment
from missing import services
from missing.models import Episode
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def agencies(db: None) -> list[Agency]:
    kinds = (AgencyKind.LOCAL_AUTHORITY, AgencyKind.POLICE, AgencyKind.HEALTH, AgencyKind.SCHOOL)
    return [factories.agency(kind=kind) for kind in kinds]


@pytest.fixture
def episode(team: Team, mash: Team, worker: User, at: datetime) -> Episode:
    """Of ten days ago."""
    moments = {"last_seen_at": at - 10 * DAY, "reported_at": at - 10 * DAY, "returned_at": at - 9 * DAY}
    return factories.episode(child=factories.child(known_to=team), recorded_by=worker, **moments)


@pytest.fixture
def promise(episode: Episode, worker: User, at: datetime) -> Deadline:
    """Made on the child's latest episode."""
    latest = factories.episode(child=episode.child, recorded_by=worker)
    return deadlines_services.start(
        Kind.STRATEGY_MEETING, subject=latest, child=episode.child, started_at=at, owner_team=worker.team
    )


def record(episode: Episode, by: User, at: datetime, agencies: list[Agency], held: datetime) -> Episode:
    return services.record_strategy_meeting(
        by=by, at=at, episode=episode, held=Moment.of(held), agencies=agencies, outcome="A mentor, a curfew."
    )


class TestRecordStrategyMeeting:
    def test_keeps_the_childs_promise_on_whichever_episode_it_stands(
        self, episode: Episode, promise: Deadline, worker: User, agencies: list[Agency], at: datetime
    ) -> None:
        record(episode, worker, at + 3 * DAY, agencies, at + DAY)
        promise.refresh_from_db()
        assert (promise.met_at, promise.recorded_at) == (at + DAY, at + 3 * DAY)
        assert set(episode.strategy_meetings.get().agencies.all()) == set(agencies)

    def test_held_before_the_promise_keeps_it_where_it_would_have_spared_it(
        self, episode: Episode, promise: Deadline, worker: User, agencies: list[Agency], at: datetime
    ) -> None:
        record(episode, worker, at + DAY, agencies, at - 8 * DAY)
        promise.refresh_from_db()
        assert promise.met_at == at - 8 * DAY

    def test_of_long_before_keeps_nothing(
        self, promise: Deadline, worker: User, agencies: list[Agency], at: datetime
    ) -> None:
        old = {"last_seen_at": at - 60 * DAY, "reported_at": at - 60 * DAY, "returned_at": at - 59 * DAY}
        earlier = factories.episode(child=promise.child, recorded_by=worker, **old)
        record(earlier, worker, at, agencies, at - 40 * DAY)
        promise.refresh_from_db()
        assert promise.is_open

    def test_is_logged_with_who_took_part(
        self, episode: Episode, worker: User, agencies: list[Agency], at: datetime
    ) -> None:
        record(episode, worker, at, agencies, at)
        event = Event.objects.get(verb="missing.record_strategy_meeting")
        meeting = event.payload.after[f"meeting_{episode.strategy_meetings.get().pk}"]
        assert meeting["agencies"] == sorted(agency.pk for agency in agencies)

    def test_names_who_was_missing(self, episode: Episode, worker: User, agencies: list[Agency], at: datetime) -> None:
        with pytest.raises(services.NotAMeeting, match="Missing: the police, health"):
            record(episode, worker, at, [agencies[0]], at)

    @pytest.mark.parametrize(("days", "sentence"), [(1, "in the past"), (-11, "before the child was last seen")])
    def test_is_refused_at_a_moment_that_cannot_be(
        self, episode: Episode, worker: User, agencies: list[Agency], at: datetime, days: int, sentence: str
    ) -> None:
        with pytest.raises(services.WrongMoment, match=sentence):
            record(episode, worker, at, agencies, at + days * DAY)

    def test_is_recorded_once(self, episode: Episode, worker: User, agencies: list[Agency], at: datetime) -> None:
        record(episode, worker, at, agencies, at)
        with pytest.raises(services.AlreadyHeld, match="recorded already"):
            record(episode, worker, at, agencies, at)

    def test_is_refused_on_an_episode_recorded_in_error(
        self, episode: Episode, worker: User, agencies: list[Agency], at: datetime
    ) -> None:
        Episode.objects.update(voided_at=at, void_reason="Wrong child")
        with pytest.raises(services.NotPossibleNow):
            record(episode, worker, at, agencies, at)

    def test_is_not_for_a_stranger(
        self, episode: Episode, stranger: User, agencies: list[Agency], at: datetime, refusals: Any
    ) -> None:
        with pytest.raises(PermissionDenied):
            record(episode, stranger, at, agencies, at)
        assert refusals("missing.record_strategy_meeting").exists()
