"""What repeated missing asks for (domain.md 15): a screening, and a strategy meeting."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Team, User
from accounts.roles import Role
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind
from missing import services
from missing.models import Episode, StrategyMeeting
from missing.rules import EpisodeType
from people.models import Child
from riskassessment import services as screening_services
from riskassessment.rules import Level, Presence
from tests import factories
from tests.missing.acting import come_back, correct, report

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def child(team: Team, mash: Team) -> Child:
    return factories.child(known_to=team)


@pytest.fixture
def went(child: Child, worker: User, at: datetime) -> Any:
    """`went(10, 5, 0)`: last seen so long ago each, back within a minute of it; the last of them."""

    def made(*ago: timedelta | int, **values: Any) -> Episode:
        episodes = []
        for each in ago:
            seen = at - (each if isinstance(each, timedelta) else each * DAY)
            moments = {"last_seen_at": seen, "reported_at": seen, "returned_at": seen + timedelta(minutes=1)}
            episodes.append(factories.episode(child=child, recorded_by=worker, **moments, **values))
        return episodes[-1]

    return made


def asked(child: Child) -> dict[str, Deadline]:
    return {each.kind: each for each in Deadline.objects.filter(child=child, met_at=None, voided_at=None)}


class TestAsking:
    def test_three_in_thirty_days_ask_for_both(self, went: Any, child: Child, worker: User, at: datetime) -> None:
        episode = went(20, 10, 0)
        services.ask_for_what_repeats_ask(episode, by=worker, at=at)
        running = asked(child)
        assert running.keys() == {Kind.SCREENING_DUE, Kind.STRATEGY_MEETING}
        screening, meeting = running[Kind.SCREENING_DUE], running[Kind.STRATEGY_MEETING]
        assert (screening.subject_type, screening.subject_id) == ("people.child", child.pk)
        assert (meeting.subject_type, meeting.subject_id) == ("missing.episode", episode.pk)
        assert screening.due_at.date() == (at + 7 * DAY).date()  # five working days from a Monday
        assert meeting.due_at.date() == (at + 3 * DAY).date()

    def test_three_in_ninety_days_ask_for_a_screening(
        self, went: Any, child: Child, worker: User, at: datetime
    ) -> None:
        services.ask_for_what_repeats_ask(went(80, 40, 0), by=worker, at=at)
        assert asked(child).keys() == {Kind.SCREENING_DUE}

    @pytest.mark.parametrize(
        ("days", "kind"), [(90, Kind.SCREENING_DUE), (30, Kind.STRATEGY_MEETING)], ids=["screening", "meeting"]
    )
    def test_the_window_ends_exactly_so_many_days_ago(
        self, went: Any, child: Child, worker: User, at: datetime, days: int, kind: Kind
    ) -> None:
        services.ask_for_what_repeats_ask(went(days, 5, 0), by=worker, at=at)
        assert kind not in asked(child)
        services.ask_for_what_repeats_ask(went(days * DAY - SECOND - timedelta(minutes=2)), by=worker, at=at)
        assert kind in asked(child)

    def test_two_ask_for_nothing(self, went: Any, child: Child, worker: User, at: datetime) -> None:
        services.ask_for_what_repeats_ask(went(1, 0), by=worker, at=at)
        assert not asked(child)

    def test_void_episodes_do_not_count(self, went: Any, child: Child, worker: User, at: datetime) -> None:
        went(9, voided_at=at, void_reason="Wrong child")
        services.ask_for_what_repeats_ask(went(5, 0), by=worker, at=at)
        assert not asked(child)

    def test_away_without_authorisation_counts(self, went: Any, child: Child, worker: User, at: datetime) -> None:
        went(9, 5, episode_type=EpisodeType.AWAY)
        services.ask_for_what_repeats_ask(went(0), by=worker, at=at)
        assert Kind.SCREENING_DUE in asked(child)

    def test_other_children_do_not_count(self, went: Any, child: Child, worker: User, team: Team, at: datetime) -> None:
        factories.episode(child=factories.child(known_to=team), recorded_by=worker)
        services.ask_for_what_repeats_ask(went(5, 0), by=worker, at=at)
        assert not asked(child)

    def test_what_is_asked_for_already_is_not_asked_again(
        self, went: Any, child: Child, worker: User, at: datetime
    ) -> None:
        services.ask_for_what_repeats_ask(went(20, 10, 5), by=worker, at=at)
        services.ask_for_what_repeats_ask(went(0), by=worker, at=at)
        assert Deadline.objects.filter(child=child).count() == 2

    @pytest.mark.parametrize(("ago", "asks"), [(89, False), (91, True)])
    def test_a_screening_of_these_days_spares_another(
        self, went: Any, child: Child, worker: User, at: datetime, ago: int, asks: bool
    ) -> None:
        factories.screening(child=child, author=worker, submitted_at=at - ago * DAY)
        services.ask_for_what_repeats_ask(went(60, 40, 0), by=worker, at=at)
        assert (Kind.SCREENING_DUE in asked(child)) is asks

    def test_a_draft_spares_nothing(self, went: Any, child: Child, worker: User, at: datetime) -> None:
        factories.screening(child=child, author=worker)
        services.ask_for_what_repeats_ask(went(60, 40, 0), by=worker, at=at)
        assert Kind.SCREENING_DUE in asked(child)

    @pytest.mark.parametrize(("ago", "asks"), [(29, False), (31, True)])
    def test_a_meeting_of_these_days_spares_another(
        self, went: Any, child: Child, worker: User, at: datetime, ago: int, asks: bool
    ) -> None:
        episode = went(20, 10, 0)
        StrategyMeeting.objects.create(
            episode=episode, held_at=at - ago * DAY, held_offset=0, recorded_by=worker, recorded_at=at
        )
        services.ask_for_what_repeats_ask(episode, by=worker, at=at)
        assert (Kind.STRATEGY_MEETING in asked(child)) is asks

    def test_is_owed_by_the_case_and_tells_who_holds_it_without_a_name(
        self, went: Any, child: Child, worker: User, team: Team, at: datetime
    ) -> None:
        factories.involvement(child=child, team=team, key_worker=worker)
        services.ask_for_what_repeats_ask(went(20, 10, 0), by=worker, at=at)
        assert {(each.owner_team, each.owner) for each in asked(child).values()} == {(team, worker)}
        notices = list(Notice.objects.all())
        assert {notice.recipient for notice in notices} == {worker}
        assert not [notice for notice in notices if child.given_name in notice.text]

    def test_is_owed_by_those_who_coordinate_where_no_case_is_open(
        self, went: Any, child: Child, worker: User, at: datetime
    ) -> None:
        coordinator = factories.user(team=factories.team(kind="cse"), roles=[Role.CSE_COORDINATOR])
        services.ask_for_what_repeats_ask(went(20, 10, 0), by=worker, at=at)
        assert {each.owner_team for each in asked(child).values()} == {coordinator.team}
        assert {notice.recipient for notice in Notice.objects.all()} == {coordinator}


class TestAskingNoMore:
    def void(self, episode: Episode, by: User, at: datetime) -> None:
        Episode.objects.filter(pk=episode.pk).update(voided_at=at, void_reason="Wrong child")
        services.ask_no_more_for(episode, by=by, at=at)

    def test_what_a_void_episode_had_asked_for_falls_away(
        self, went: Any, child: Child, worker: User, at: datetime
    ) -> None:
        episode = went(20, 10, 0)
        services.ask_for_what_repeats_ask(episode, by=worker, at=at)
        self.void(episode, worker, at)
        assert not asked(child)

    def test_what_others_ask_for_as_well_stays_and_a_meeting_goes_to_the_last_of_them(
        self, went: Any, child: Child, worker: User, at: datetime
    ) -> None:
        third = went(20, 10, 5)
        services.ask_for_what_repeats_ask(third, by=worker, at=at)
        last = went(0)
        self.void(third, worker, at)
        running = asked(child)
        assert running.keys() == {Kind.SCREENING_DUE, Kind.STRATEGY_MEETING}
        assert running[Kind.STRATEGY_MEETING].subject_id == last.pk

    def test_a_meeting_on_the_third_falls_away_with_the_first(
        self, went: Any, child: Child, worker: User, at: datetime
    ) -> None:
        oldest = went(20)
        services.ask_for_what_repeats_ask(went(10, 0), by=worker, at=at)
        self.void(oldest, worker, at)
        assert not asked(child)

    def test_a_meeting_falls_away_when_an_episode_is_corrected_out_of_the_days(
        self, went: Any, child: Child, worker: User, at: datetime
    ) -> None:
        oldest = went(20)
        services.ask_for_what_repeats_ask(went(10, 0), by=worker, at=at)
        correct(worker, oldest, at, "last_seen", at - 40 * DAY)
        assert asked(child).keys() == {Kind.SCREENING_DUE}
        oldest.refresh_from_db()
        correct(worker, oldest, at, "last_seen", at - 20 * DAY)
        assert asked(child).keys() == {Kind.SCREENING_DUE, Kind.STRATEGY_MEETING}

    def test_voiding_an_old_episode_ends_nothing_that_was_rightly_asked(
        self, went: Any, child: Child, worker: User, at: datetime
    ) -> None:
        """What was due months ago is still owed, although the episodes have left the rolling days since."""
        services.ask_for_what_repeats_ask(went(60, 40, 5), by=worker, at=at)
        old = went(200)
        self.void(old, worker, at + 80 * DAY)
        assert Kind.SCREENING_DUE in asked(child)


class TestTwoRecordsOfOneChild:
    """MASH found two records to be of one child (domain.md 20): what repeats ask for counts both."""

    @pytest.fixture
    def other(self, child: Child) -> Child:
        return factories.child(known_to=factories.team(), same_as=child, provisional=True)

    def test_episodes_of_both_count_together_and_ask_once(
        self, went: Any, child: Child, other: Child, worker: User, at: datetime
    ) -> None:
        went(20, 10)
        there = factories.episode(child=other, last_seen_at=at, reported_at=at)
        services.ask_for_what_repeats_ask(there, by=worker, at=at)
        assert asked(other).keys() == {Kind.SCREENING_DUE, Kind.STRATEGY_MEETING}
        services.ask_for_what_repeats_ask(went(1), by=worker, at=at)
        assert not asked(child)

    def test_what_was_done_on_either_spares_another(
        self, went: Any, child: Child, other: Child, worker: User, at: datetime
    ) -> None:
        there = factories.episode(child=other, last_seen_at=at - 2 * DAY, returned_at=at - DAY)
        factories.screening(child=other, author=worker, submitted_at=at - DAY)
        StrategyMeeting.objects.create(
            episode=there, held_at=at - DAY, held_offset=0, recorded_by=worker, recorded_at=at
        )
        services.ask_for_what_repeats_ask(went(20, 10, 0), by=worker, at=at)
        assert not asked(child)

    def test_voiding_one_on_the_other_record_ends_what_was_asked_for_on_this(
        self, went: Any, child: Child, other: Child, worker: User, at: datetime
    ) -> None:
        there = factories.episode(child=other, last_seen_at=at - 2 * DAY, returned_at=at - DAY)
        services.ask_for_what_repeats_ask(went(20, 0), by=worker, at=at)
        assert asked(child).keys() == {Kind.SCREENING_DUE, Kind.STRATEGY_MEETING}
        TestAskingNoMore().void(there, worker, at)
        assert not asked(child)

    @pytest.mark.parametrize("sees", [True, False])
    def test_are_owed_by_the_case_on_the_other_record_if_its_team_sees_this_one(
        self, went: Any, child: Child, other: Child, worker: User, team: Team, mash: Team, at: datetime, sees: bool
    ) -> None:
        theirs = other.added_by_team
        holder = factories.user(team=theirs)
        factories.involvement(child=other, team=theirs, key_worker=holder)
        if sees:
            factories.let_know(child, theirs)
        services.ask_for_what_repeats_ask(went(20, 10, 0), by=worker, at=at)
        owed = {(each.owner_team, each.owner) for each in asked(child).values()}
        assert owed == ({(theirs, holder)} if sees else {(mash, None)})
        assert {notice.recipient for notice in Notice.objects.all()} <= {holder}
        assert Notice.objects.exists() is sees


class TestByTheCommands:
    def test_the_third_report_asks_and_voiding_it_asks_no_more(
        self, went: Any, child: Child, worker: User, manager: User, at: datetime
    ) -> None:
        went(20)
        second = report(worker, child, at - 10 * DAY)
        second = come_back(worker, second, at - 10 * DAY)
        assert not asked(child).keys() & {Kind.SCREENING_DUE, Kind.STRATEGY_MEETING}
        third = report(worker, child, at)
        assert asked(child).keys() >= {Kind.SCREENING_DUE, Kind.STRATEGY_MEETING}
        services.void(by=manager, at=at, episode=third, version=third.version, reason="Wrong child")
        assert not asked(child).keys() & {Kind.SCREENING_DUE, Kind.STRATEGY_MEETING}


class TestScreening:
    @pytest.mark.parametrize("with_case", [False, True])
    def test_any_submitted_screening_keeps_the_promise(
        self, went: Any, child: Child, worker: User, team: Team, at: datetime, with_case: bool
    ) -> None:
        services.ask_for_what_repeats_ask(went(60, 40, 5), by=worker, at=at)
        if with_case:
            factories.involvement(child=child, team=team, key_worker=worker)
        answers = {line.code: Presence.NO for line in factories.indicator_set().indicators.all()}
        draft = factories.screening(
            child=child,
            author=worker,
            answers=answers | {"G1": Presence.CURRENT},
            immediate_danger=False,
            through_technology="no",
            analysis="Worried.",
        )
        screening_services.submit(
            by=worker,
            at=at + DAY,
            screening=draft,
            seen=draft.version,
            judged_level=Level.SIGNIFICANT,
            judged_reason="",
        )
        promise = Deadline.objects.get(kind=Kind.SCREENING_DUE)
        assert promise.met_at == at + DAY
