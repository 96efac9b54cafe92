"""A missing episode, step by step: what each does, what it refuses, and what the interview's clock makes of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts import policy
from accounts.models import Team, TeamKind, User
from accounts.roles import Role
from audit.models import Event
from deadlines.models import Deadline, Move
from deadlines.rules import Kind
from frontend.moments import Moment
from missing import services
from missing.models import Episode
from missing.rules import EpisodeType, InterviewStatus, ReturnedTo, RiskGrade
from people.codes import Authority, LookedAfter
from people.models import Child
from tests import factories
from tests.missing.acting import HOUR, check, come_back, correct, find, interview_clock, report

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class TestReport:
    def test_keeps_what_was_told_and_how_the_child_stood_then(self, worker: User, team: Team, mash: Team) -> None:
        child = factories.child(
            known_to=team, looked_after=LookedAfter.CARE_ORDER, responsible_authority=Authority.WALSALL
        )
        at = datetime(2026, 7, 3, 22, tzinfo=UTC)
        episode = report(worker, child, at, episode_type=EpisodeType.AWAY, circumstances="Took her coat")
        child.responsible_authority = Authority.DUDLEY
        child.save()
        kept = Episode.objects.get(pk=episode.pk)
        assert (kept.last_seen_at, kept.last_seen_offset) == (at - 2 * HOUR, 60)
        assert (kept.responsible_authority, kept.looked_after) == (Authority.WALSALL, LookedAfter.CARE_ORDER)
        assert (kept.team, kept.recorded_by, kept.episode_type) == (team, worker, EpisodeType.AWAY)
        assert kept.is_open
        assert not Deadline.objects.filter(kind=Kind.RETURN_INTERVIEW).exists()

    def test_lets_mash_and_every_cse_team_know(self, worker: User, child: Child, officer: User, at: datetime) -> None:
        coordinator = factories.user(team=factories.team(kind=TeamKind.CSE), roles=[Role.CSE_COORDINATOR])
        assert not policy.visible(coordinator, Child).exists()
        episode = report(worker, child, at)
        assert policy.visible(coordinator, Episode).get() == episode
        assert policy.visible(officer, Episode).get() == episode

    def test_of_a_child_who_is_back_starts_the_clock_at_once(self, worker: User, child: Child, at: datetime) -> None:
        episode = report(worker, child, at, returned=Moment.of(at - HOUR), returned_to=ReturnedTo.HOME)
        assert interview_clock(episode).due_at == at - HOUR + timedelta(hours=72)
        assert episode.return_recorded_by == worker

    def test_sent_twice_makes_one(self, worker: User, child: Child, at: datetime) -> None:
        token = uuid4()
        first = report(worker, child, at, token=token)
        with pytest.raises(services.AlreadyReported) as refusal:
            report(worker, child, at, token=token)
        assert refusal.value.episode == first

    def test_is_for_whoever_was_a_child_when_last_seen(
        self, worker: User, team: Team, mash: Team, at: datetime
    ) -> None:
        child = factories.child(known_to=team, date_of_birth=date(2008, 11, 23))
        with pytest.raises(services.Adult, match="18 or over when last seen"):
            report(worker, child, at)
        assert report(worker, child, at, last_seen=Moment.of(at - DAY)).is_open

    def test_needs_a_team(self, child: Child, at: datetime) -> None:
        alone = factories.user(roles=[Role.PRACTITIONER])
        factories.let_know(child, alone)
        with pytest.raises(services.InNoTeam, match="You are in no team"):
            report(alone, child, at)

    def test_of_a_child_they_may_not_see_is_refused(
        self, stranger: User, child: Child, at: datetime, refusals: Any
    ) -> None:
        with pytest.raises(PermissionDenied):
            report(stranger, child, at)
        assert refusals("missing.report").filter(actor_id=stranger.pk).exists()

    @pytest.mark.parametrize(
        ("values", "moment", "words"),
        [
            ({"last_seen": 1}, "last_seen", "must not be in the future"),
            ({"reported": -3}, "reported", "must be the same as or after when the child was last seen"),
            ({"returned": -3}, "returned", "must be the same as or after when the child was last seen"),
            ({"returned": 1}, "returned", "must not be in the future"),
        ],
    )
    def test_of_moments_that_cannot_be_is_refused(
        self, worker: User, child: Child, at: datetime, values: dict[str, int], moment: str, words: str
    ) -> None:
        given = {name: Moment.of(at + hours * HOUR) for name, hours in values.items()}
        with pytest.raises(services.WrongMoment, match=words) as refusal:
            report(worker, child, at, **given)
        assert refusal.value.moment == moment

    @pytest.mark.parametrize(("began", "ended"), [(-10, None), (-4, -1), (-10, -1), (-1, None)])
    def test_that_overlaps_another_names_it(
        self, worker: User, child: Child, at: datetime, began: int, ended: int | None
    ) -> None:
        """Beside one from five hours ago to now minus half an hour."""
        other = report(worker, child, at, last_seen=Moment.of(at - 5 * HOUR), returned=Moment.of(at - HOUR / 2))
        given: dict[str, Any] = {"last_seen": Moment.of(at + began * HOUR), "reported": Moment.of(at)}
        if ended:
            given["returned"] = Moment.of(at + ended * HOUR)
        with pytest.raises(services.Overlaps, match=f"{other.reference} covers this time") as refusal:
            report(worker, child, at, **given)
        assert refusal.value.episode == other

    @pytest.mark.parametrize("sees", [True, False])
    def test_overlapping_one_on_another_record_of_the_child_says_which_only_to_who_sees_it(
        self, worker: User, team: Team, child: Child, at: datetime, sees: bool
    ) -> None:
        other = factories.child(known_to=team if sees else None, same_as=child, provisional=True)
        there = factories.episode(child=other, last_seen_at=at - 3 * HOUR)
        with pytest.raises(services.Overlaps) as refusal:
            report(worker, child, at)
        assert (there.reference in str(refusal.value)) is sees
        assert ("already recorded as missing at that time. Ask MASH" in str(refusal.value)) is not sees

    @pytest.mark.parametrize(("until", "comes_to_know"), [(datetime(2999, 1, 1, tzinfo=UTC), False), (None, True)])
    def test_the_team_of_who_sees_the_child_for_a_time_alone_does_not_come_to_know(
        self, stranger: User, child: Child, at: datetime, until: datetime | None, comes_to_know: bool
    ) -> None:
        factories.let_know(child, stranger, until=until)
        report(stranger, child, at)
        colleague = factories.user(team=stranger.team)
        assert policy.visible(colleague, Child).exists() is comes_to_know

    def test_right_after_another_is_no_overlap(self, worker: User, child: Child, at: datetime) -> None:
        report(worker, child, at, last_seen=Moment.of(at - 5 * HOUR), returned=Moment.of(at - 2 * HOUR))
        assert report(worker, child, at, last_seen=Moment.of(at - 2 * HOUR)).is_open

    def test_beside_one_recorded_in_error_is_no_overlap(
        self, worker: User, manager: User, child: Child, episode: Episode, at: datetime
    ) -> None:
        services.void(by=manager, at=at, episode=episode, version=episode.version, reason="Another child")
        assert report(worker, child, at).is_open


class TestGrade:
    def test_keeps_every_grade_with_its_reason(self, worker: User, episode: Episode, at: datetime) -> None:
        for grade, reason in ((RiskGrade.MEDIUM, "First time"), (RiskGrade.HIGH, "No medication")):
            episode = services.grade(
                by=worker, at=at, episode=episode, version=episode.version, grade=grade, reason=reason
            )
        assert episode.grade == RiskGrade.HIGH
        assert [(each.grade, each.reason, each.by) for each in episode.grade_changes.order_by("pk")] == [
            ("medium", "First time", worker),
            ("high", "No medication", worker),
        ]
        event = Event.objects.filter(verb="missing.grade").latest("pk")
        assert event.payload.after["grades"][-1] == {"grade": "high", "reason": "No medication"}

    def test_the_same_again_and_an_old_page_are_refused(self, worker: User, episode: Episode, at: datetime) -> None:
        graded: dict[str, Any] = {"by": worker, "at": at, "grade": RiskGrade.LOW, "reason": "Known to be at a friend's"}
        now = services.grade(episode=episode, version=episode.version, **graded)
        with pytest.raises(services.SameGrade, match="already graded low"):
            services.grade(episode=now, version=now.version, **graded)
        with pytest.raises(services.Stale):
            services.grade(episode=now, version=now.version - 1, **graded | {"grade": RiskGrade.HIGH})

    def test_by_a_stranger_is_refused(self, stranger: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.grade(
                by=stranger, at=at, episode=episode, version=episode.version, grade=RiskGrade.LOW, reason="None"
            )


class TestRecordLocation:
    def test_starts_the_interviews_clock(self, worker: User, episode: Episode, at: datetime) -> None:
        found = find(worker, episode, at, located=at - HOUR)
        assert interview_clock(found).due_at == at - HOUR + timedelta(hours=72)
        assert (found.located_where, found.location_recorded_by) == ("The bus station", worker)
        assert found.is_open

    def test_after_the_return_leaves_the_clock_alone(self, worker: User, episode: Episode, at: datetime) -> None:
        back = come_back(worker, episode, at)
        find(worker, back, at + HOUR, located=at - HOUR)
        assert interview_clock(back).started_at == at

    def test_twice_is_refused(self, worker: User, manager: User, episode: Episode, at: datetime) -> None:
        found = find(worker, episode, at)
        with pytest.raises(services.NotPossibleNow, match=f"{worker} has already recorded that the child was found"):
            find(manager, found, at + HOUR)

    def test_before_the_child_was_missing_is_refused(self, worker: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(services.WrongMoment, match="after when the child was last seen"):
            find(worker, episode, at, located=at - 3 * HOUR)

    def test_by_a_stranger_is_refused(self, stranger: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            find(stranger, episode, at)


class TestRecordReturn:
    @pytest.mark.parametrize(
        ("returned", "due"),
        [
            (datetime(2026, 11, 23, 9, 15, tzinfo=UTC), datetime(2026, 11, 26, 9, 15, tzinfo=UTC)),
            (datetime(2026, 10, 23, 17, tzinfo=UTC), datetime(2026, 10, 26, 17, tzinfo=UTC)),  # over the end of BST
        ],
    )
    def test_starts_the_interviews_clock(self, worker: User, child: Child, returned: datetime, due: datetime) -> None:
        episode = come_back(worker, report(worker, child, returned), returned + HOUR, returned=returned)
        assert interview_clock(episode).due_at == due
        assert not episode.is_open

    def test_after_a_location_moves_the_clock(self, worker: User, episode: Episode, at: datetime) -> None:
        back = come_back(worker, find(worker, episode, at), at + 5 * HOUR)
        assert interview_clock(back).started_at == at + 5 * HOUR
        assert Move.objects.get(deadline__kind=Kind.RETURN_INTERVIEW).was_started_at == at

    def test_tells_another_authority_on_the_same_clock(
        self, worker: User, team: Team, mash: Team, at: datetime
    ) -> None:
        child = factories.child(known_to=team, responsible_authority=Authority.WALSALL)
        episode = come_back(worker, find(worker, report(worker, child, at), at), at + HOUR)
        told = Deadline.objects.get(kind=Kind.TELL_RESPONSIBLE_AUTHORITY)
        assert told.due_at == interview_clock(episode).due_at == at + HOUR + timedelta(hours=72)

    def test_the_key_worker_owes_the_interview(
        self, worker: User, team: Team, child: Child, episode: Episode, at: datetime
    ) -> None:
        factories.involvement(child=child, team=team, key_worker=worker)
        clock = interview_clock(come_back(worker, episode, at))
        assert (clock.owner, clock.owner_team) == (worker, team)

    def test_twice_is_refused_with_who_was_first(
        self, worker: User, manager: User, episode: Episode, at: datetime
    ) -> None:
        back = come_back(worker, episode, at)
        with pytest.raises(services.NotPossibleNow, match=f"{worker} has already recorded that the child returned"):
            come_back(manager, back, at + HOUR)

    @pytest.mark.parametrize("hours", [-3, 1])
    def test_before_missing_or_in_the_future_is_refused(
        self, worker: User, episode: Episode, at: datetime, hours: int
    ) -> None:
        with pytest.raises(services.WrongMoment) as refusal:
            come_back(worker, episode, at, returned=at + hours * HOUR)
        assert refusal.value.moment == "returned"

    def test_before_the_child_was_found_is_refused(self, worker: User, episode: Episode, at: datetime) -> None:
        found = find(worker, episode, at)
        with pytest.raises(services.WrongMoment, match="after when the child was found"):
            come_back(worker, found, at, returned=at - HOUR)

    def test_an_old_page_is_refused(self, worker: User, episode: Episode, at: datetime) -> None:
        find(worker, episode, at)
        with pytest.raises(services.Stale):
            come_back(worker, episode, at)

    def test_by_a_stranger_is_refused(self, stranger: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            come_back(stranger, episode, at)


class TestRecordCheck:
    def test_may_be_made_several_times_and_is_no_interview(self, worker: User, episode: Episode, at: datetime) -> None:
        back = come_back(worker, episode, at)
        twice = check(worker, check(worker, back, at + HOUR), at + 2 * HOUR)
        assert twice.prevention_checks.count() == 2
        assert interview_clock(twice).is_open
        assert twice.interview is None

    def test_while_the_child_is_missing_is_refused(self, worker: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(services.NotPossibleNow, match="follows the return"):
            check(worker, episode, at)

    @pytest.mark.parametrize("hours", [-1, 1])
    def test_before_the_return_or_in_the_future_is_refused(
        self, worker: User, episode: Episode, at: datetime, hours: int
    ) -> None:
        back = come_back(worker, episode, at)
        with pytest.raises(services.WrongMoment) as refusal:
            check(worker, back, at, conducted=at + hours * HOUR)
        assert refusal.value.moment == "conducted"

    def test_by_a_stranger_is_refused(self, stranger: User, worker: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            check(stranger, come_back(worker, episode, at), at)


class TestCorrectMoment:
    def test_moves_the_clock_and_keeps_what_was(self, worker: User, episode: Episode, at: datetime) -> None:
        back = come_back(worker, episode, at)
        corrected = correct(worker, back, at + HOUR, "returned", at - HOUR)
        assert interview_clock(corrected).due_at == at - HOUR + timedelta(hours=72)
        kept = corrected.corrections.get()
        assert (kept.moment, kept.was_at, kept.became_at, kept.by) == ("returned", at, at - HOUR, worker)
        assert Move.objects.get().reason == "The carer remembered"

    def test_of_when_the_child_was_found_moves_it_until_the_return(
        self, worker: User, episode: Episode, at: datetime
    ) -> None:
        found = correct(worker, find(worker, episode, at), at, "located", at - HOUR)
        assert interview_clock(found).started_at == at - HOUR
        back = come_back(worker, found, at + HOUR)
        back = correct(worker, back, at + HOUR, "located", at)
        assert interview_clock(back).started_at == at + HOUR

    def test_of_when_the_child_was_seen_leaves_the_clock(self, worker: User, episode: Episode, at: datetime) -> None:
        back = correct(worker, come_back(worker, episode, at), at, "last_seen", at - 9 * HOUR)
        assert back.last_seen_at == at - 9 * HOUR
        assert not Move.objects.exists()

    def test_of_what_is_not_recorded_is_refused(self, worker: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(services.NotPossibleNow, match="When the child returned has not been recorded yet"):
            correct(worker, episode, at, "returned", at)

    def test_to_the_same_is_refused(self, worker: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(services.SameMoment):
            correct(worker, episode, at, "reported", at - HOUR)

    @pytest.mark.parametrize(
        ("moment", "hours", "words"),
        [
            ("last_seen", -0.5, "reported missing must be the same as or after"),
            ("reported", -3, "must be the same as or after when the child was last seen"),
            ("returned", -3, "must be the same as or after when the child was last seen"),
            ("returned", 2, "must not be in the future"),
        ],
    )
    def test_to_what_cannot_be_is_refused_and_changes_nothing(
        self, worker: User, episode: Episode, at: datetime, moment: str, hours: float, words: str
    ) -> None:
        back = come_back(worker, episode, at)
        with pytest.raises(services.WrongMoment, match=words) as refusal:
            correct(worker, back, at, moment, at + hours * HOUR)
        assert refusal.value.moment == "became"
        assert not back.corrections.exists()

    def test_over_another_episode_is_refused(self, worker: User, child: Child, at: datetime) -> None:
        other = report(worker, child, at, last_seen=Moment.of(at - DAY), returned=Moment.of(at - 3 * HOUR))
        with pytest.raises(services.Overlaps, match=other.reference):
            correct(worker, report(worker, child, at), at, "last_seen", at - 4 * HOUR)

    def test_past_a_prevention_check_or_the_interview_is_refused(
        self, worker: User, episode: Episode, at: datetime
    ) -> None:
        back = check(worker, come_back(worker, episode, at), at + HOUR)
        with pytest.raises(services.WrongMoment, match="prevention check"):
            correct(worker, back, at + 3 * HOUR, "returned", at + 2 * HOUR)
        back.prevention_checks.all().delete()
        back.interview = factories.interview(
            child=back.child, status=InterviewStatus.COMPLETED, conducted_at=at + HOUR, recorded_by=worker
        )
        back.save()
        with pytest.raises(services.WrongMoment, match="return interview was held"):
            correct(worker, back, at + 3 * HOUR, "returned", at + 2 * HOUR)

    def test_an_old_page_is_refused(self, worker: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(services.Stale):
            correct(worker, episode, at, "reported", at, version=episode.version - 1)

    def test_by_a_stranger_is_refused(self, stranger: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            correct(stranger, episode, at, "reported", at)


class TestReview:
    def test_is_the_managers_once_the_child_is_back(
        self, worker: User, manager: User, episode: Episode, at: datetime
    ) -> None:
        def reviewed(by: User, record: Episode) -> Episode:
            return services.review(by=by, at=at, episode=record, version=record.version, review="Move her school")

        with pytest.raises(services.NotPossibleNow, match="still missing"):
            reviewed(manager, episode)
        back = come_back(worker, episode, at)
        with pytest.raises(PermissionDenied):
            reviewed(worker, back)
        done = reviewed(manager, back)
        assert (done.review, done.reviewed_by, done.reviewed_at) == ("Move her school", manager, at)
        with pytest.raises(services.NotPossibleNow, match=f"{manager} has already reviewed this"):
            reviewed(manager, done)


class TestVoid:
    def test_stops_the_clocks_and_keeps_the_rest(
        self, worker: User, manager: User, episode: Episode, at: datetime
    ) -> None:
        back = come_back(worker, episode, at)
        gone = services.void(by=manager, at=at, episode=back, version=back.version, reason="The wrong child")
        assert (gone.voided_by, gone.void_reason, gone.returned_at) == (manager, "The wrong child", at)
        assert not Deadline.objects.filter(met_at=None, voided_at=None).exists()
        with pytest.raises(services.NotPossibleNow, match="recorded in error"):
            check(worker, gone, at)

    def test_is_not_for_everybody(self, worker: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.void(by=worker, at=at, episode=episode, version=episode.version, reason="A mistake")
