"""The authorities that must hear of a return: their clocks, and that they were told (domain.md 14, 21)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Team, User
from audit.models import Event
from deadlines.models import Deadline
from deadlines.rules import Kind
from frontend.moments import Moment
from missing import services
from missing.models import Episode
from missing.rules import Capacity
from missing.services import AlreadyTold, NotToBeTold, WrongMoment
from tests import factories

pytestmark = pytest.mark.django_db
DUDLEY, SANDWELL, OURS = "332", "333", "336"
HOUR = timedelta(hours=1)


@pytest.fixture
def back(team: Team, mash: Team, worker: User, at: datetime) -> Any:
    """`back("332", "336")`: an episode of a child of that responsible authority who lives in that host authority."""

    def made(responsible: str, host: str, **values: Any) -> Episode:
        given = {"returned_at": at, "responsible_authority": responsible, "host_authority": host, **values}
        child = factories.child(known_to=team, responsible_authority=responsible, host_authority=host)
        return factories.episode(child=child, recorded_by=worker, **given)

    return made


def owed(episode: Episode) -> dict[str, Deadline]:
    return {each.kind: each for each in Deadline.objects.filter(subject_type="missing.episode", subject_id=episode.pk)}


def tell(episode: Episode, by: User, at: datetime, **values: Any) -> Episode:
    given = {"capacity": Capacity.RESPONSIBLE, "told": Moment.of(at), "whom": "The duty desk", "how": "Phone", **values}
    return services.tell_authority(by=by, at=at, episode=episode, **given)


class TestPromises:
    @pytest.mark.parametrize(
        ("responsible", "host", "kinds"),
        [
            (OURS, OURS, set()),
            (DUDLEY, OURS, {Kind.TELL_RESPONSIBLE_AUTHORITY}),
            (OURS, SANDWELL, {Kind.TELL_HOST_AUTHORITY}),
            (DUDLEY, SANDWELL, {Kind.TELL_RESPONSIBLE_AUTHORITY, Kind.TELL_HOST_AUTHORITY}),
        ],
    )
    def test_run_for_each_authority_that_is_not_ours_for_72_hours(
        self, back: Any, worker: User, mash: Team, at: datetime, responsible: str, host: str, kinds: set[Kind]
    ) -> None:
        episode = back(responsible, host)
        services.start_promises(episode, started_at=at, by=worker, at=at)
        running = owed(episode)
        assert running.keys() == kinds
        assert all(each.due_at == at + 72 * HOUR and each.owner_team == mash for each in running.values())

    def test_are_owed_by_who_owes_the_interview(self, back: Any, worker: User, team: Team, at: datetime) -> None:
        episode = back(DUDLEY, OURS)
        factories.involvement(child=episode.child, team=team, key_worker=worker)
        services.start_promises(episode, started_at=at, by=worker, at=at)
        assert owed(episode)[Kind.TELL_RESPONSIBLE_AUTHORITY].owner == worker

    def test_move_with_the_return_and_fall_away_with_the_episode(self, back: Any, worker: User, at: datetime) -> None:
        episode = back(DUDLEY, SANDWELL)
        services.start_promises(episode, started_at=at, by=worker, at=at)
        services.move_promises(episode, started_at=at + HOUR, by=worker, at=at + 2 * HOUR, reason="Came back later")
        assert {each.due_at for each in owed(episode).values()} == {at + 73 * HOUR}
        services.void_promises(episode, at=at + 3 * HOUR, reason="Recorded in error")
        assert all(each.voided_at for each in owed(episode).values())


class TestTellAuthority:
    def test_says_whom_and_how_and_keeps_the_promise_when_they_were_told(
        self, back: Any, worker: User, at: datetime
    ) -> None:
        episode = back(DUDLEY, SANDWELL)
        services.start_promises(episode, started_at=at, by=worker, at=at)
        tell(episode, worker, at + 80 * HOUR, told=Moment.of(at + 70 * HOUR))
        told = episode.authorities_told.get()
        assert (told.authority, told.whom, told.recorded_by) == (DUDLEY, "The duty desk", worker)
        running = owed(episode)
        kept = running[Kind.TELL_RESPONSIBLE_AUTHORITY]
        assert (kept.met_at, kept.was_late) == (at + 70 * HOUR, False)
        assert running[Kind.TELL_HOST_AUTHORITY].is_open

    def test_is_logged_with_what_was_said(self, back: Any, worker: User, at: datetime) -> None:
        episode = back(DUDLEY, OURS)
        tell(episode, worker, at)
        event = Event.objects.get(verb="missing.tell_authority")
        assert (event.actor_id, event.child_id) == (worker.pk, episode.child_id)
        assert event.payload.after["told_responsible"]["whom"] == "The duty desk"

    def test_is_refused_where_the_authority_is_ours(self, back: Any, worker: User, at: datetime) -> None:
        with pytest.raises(NotToBeTold, match="our own"):
            tell(back(OURS, SANDWELL), worker, at)

    def test_is_refused_a_second_time(self, back: Any, worker: User, at: datetime) -> None:
        episode = tell(back(DUDLEY, OURS), worker, at)
        with pytest.raises(AlreadyTold, match="told already, on 23 November 2026 at midday"):
            tell(episode, worker, at + HOUR)

    @pytest.mark.parametrize(("told", "sentence"), [(HOUR, "in the past"), (-HOUR, "before the child was back")])
    def test_is_refused_at_a_moment_that_cannot_be(
        self, back: Any, worker: User, at: datetime, told: timedelta, sentence: str
    ) -> None:
        with pytest.raises(WrongMoment, match=sentence):
            tell(back(DUDLEY, OURS), worker, at, told=Moment.of(at + told))

    def test_waits_for_the_return(self, back: Any, worker: User, at: datetime) -> None:
        with pytest.raises(services.NotPossibleNow, match="told of the return"):
            tell(back(DUDLEY, OURS, returned_at=None), worker, at)

    def test_is_refused_on_an_episode_recorded_in_error(self, back: Any, worker: User, at: datetime) -> None:
        with pytest.raises(services.NotPossibleNow):
            tell(back(DUDLEY, OURS, voided_at=at, void_reason="Wrong child"), worker, at)

    def test_is_not_for_a_stranger(self, back: Any, stranger: User, at: datetime, refusals: Any) -> None:
        with pytest.raises(PermissionDenied):
            tell(back(DUDLEY, OURS), stranger, at)
        assert refusals("missing.tell_authority").exists()
