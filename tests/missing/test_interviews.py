"""The return interview: who holds it, the offer, the answer, writing it down, completing it once, taking it back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

import deadlines.services
from accounts import policy
from accounts.models import Team, User
from accounts.roles import Role
from audit.models import Event
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind
from frontend.moments import Moment
from missing import services
from missing.models import Episode, Interview
from missing.rules import DeclinedBy, InterviewStatus
from people.models import Child
from tests import factories
from tests.missing.acting import HOUR, come_back, correct, interview_clock, report
from tests.missing.interviewing import LATER, accept, complete, decline, offer, write_all

pytestmark = pytest.mark.django_db


def name(by: User, episode: Episode, at: datetime, interviewer: User, **values: Any) -> Episode:
    given = {"version": episode.version, **values}
    return services.name_interviewer(by=by, at=at, episode=episode, interviewer=interviewer, **given)


class TestNameInterviewer:
    def test_puts_their_name_on_the_clock_and_tells_them_at_once(
        self, manager: User, worker: User, back: Episode, at: datetime
    ) -> None:
        worker.daily_digest = True
        worker.save()
        name(manager, back, at, worker)
        assert interview_clock(back).owner == worker
        notice = Notice.objects.get(recipient=worker, key__startswith="interviewer:")
        assert not notice.in_digest
        assert (back.reference in notice.text, back.child.family_name in notice.text) == (True, False)
        assert notice.path == f"/missing/{back.pk}/"

    def test_lets_them_know_the_child_where_they_did_not(
        self, manager: User, stranger: User, back: Episode, at: datetime
    ) -> None:
        assert not policy.visible(stranger, Child).exists()
        name(manager, back, at, stranger)
        assert policy.visible(stranger, Child).get() == back.child
        assert policy.user_grants().get(user=stranger).kind == "interview"

    def test_gives_nothing_to_who_knows_the_child(
        self, manager: User, worker: User, back: Episode, at: datetime
    ) -> None:
        name(manager, back, at, worker)
        assert not policy.user_grants().exists()

    def test_names_the_interview_and_every_clock_that_it_is_for(
        self, manager: User, stranger: User, worker: User, back: Episode, at: datetime
    ) -> None:
        again = come_back(worker, report(worker, back.child, at + 9 * HOUR), at + 9 * HOUR)
        interview = offer(worker, again, at + 10 * HOUR, also=[back])
        name(manager, again, at + 10 * HOUR, stranger)
        assert {interview_clock(each).owner for each in (back, again)} == {stranger}
        interview.refresh_from_db()
        assert interview.interviewer == stranger

    def test_leaves_other_promises_of_the_episode_to_their_owners(
        self, manager: User, worker: User, team: Team, back: Episode, at: datetime
    ) -> None:
        other = factories.user(team=team)
        kind = Kind.STRATEGY_MEETING
        deadlines.services.start(kind, subject=back, child=back.child, started_at=at, owner_team=team, owner=other)
        name(manager, back, at, worker)
        assert Deadline.objects.get(kind=kind).owner == other

    def test_refuses_who_may_not_read_childrens_records(self, manager: User, back: Episode, at: datetime) -> None:
        reader = factories.user(team=factories.team(), roles=[Role.BOARD_READER])
        with pytest.raises(services.CannotInterview, match="may not read children"):
            name(manager, back, at, reader)

    def test_refuses_before_the_child_is_back(
        self, manager: User, worker: User, episode: Episode, at: datetime
    ) -> None:
        with pytest.raises(services.NotPossibleNow, match="has not been found"):
            name(manager, episode, at, worker)

    def test_refuses_a_page_that_is_stale(self, manager: User, worker: User, back: Episode, at: datetime) -> None:
        with pytest.raises(services.Stale):
            name(manager, back, at, worker, version=back.version - 1)

    def test_is_not_for_every_worker(self, worker: User, back: Episode, at: datetime, refusals: Any) -> None:
        with pytest.raises(PermissionDenied):
            name(worker, back, at, worker)
        assert refusals("missing.name_interviewer").count() == 1

    def test_is_logged_with_the_name(self, manager: User, worker: User, back: Episode, at: datetime) -> None:
        name(manager, back, at, worker)
        event = Event.objects.get(verb="missing.name_interviewer")
        assert event.payload.after["interviewer_id"] == worker.pk


class TestOffer:
    def test_keeps_to_whom_when_and_by_whom(self, worker: User, back: Episode, at: datetime) -> None:
        interview = offer(worker, back, at, offered_to="The child, through the foster carer")
        assert interview.status == InterviewStatus.OFFERED
        assert (interview.offered_at, interview.offered_offset, interview.offered_by) == (at, 0, worker)
        assert back.interview == interview
        assert interview_clock(back).is_open

    def test_may_be_for_several_times_each_with_its_own_clock(self, worker: User, back: Episode, at: datetime) -> None:
        again = come_back(worker, report(worker, back.child, at + 40 * HOUR), at + 40 * HOUR)
        interview = offer(worker, again, at + 41 * HOUR, also=[back, again])
        assert set(interview.episodes.all()) == {back, again}
        held = at + 80 * HOUR
        complete(worker, write_all(worker, accept(worker, interview, at + 42 * HOUR), held), held)
        assert [interview_clock(each).was_late for each in (back, again)] == [True, False]

    def test_never_covers_an_episode_of_another_child(
        self, worker: User, team: Team, back: Episode, at: datetime
    ) -> None:
        other = factories.episode(child=factories.child(known_to=team), returned_at=at)
        assert list(offer(worker, back, at, also=[other]).episodes.all()) == [back]

    def test_refuses_before_the_child_is_back(self, worker: User, episode: Episode, at: datetime) -> None:
        with pytest.raises(services.NotPossibleNow, match="has not been found"):
            offer(worker, episode, at)

    def test_refuses_a_second_offer_while_one_runs(
        self, worker: User, back: Episode, offered: Interview, at: datetime
    ) -> None:
        with pytest.raises(services.AlreadyOffered, match=back.reference):
            offer(worker, back, at)
        assert Interview.objects.count() == 1

    def test_refuses_one_for_a_time_that_another_runs_for(
        self, worker: User, back: Episode, offered: Interview, at: datetime
    ) -> None:
        again = come_back(worker, report(worker, back.child, at + 9 * HOUR), at + 9 * HOUR)
        with pytest.raises(services.AlreadyOffered, match=back.reference):
            offer(worker, again, at + 9 * HOUR, also=[back])

    @pytest.mark.parametrize(("moved", "sentence"), [(HOUR, "in the future"), (-2 * HOUR, "after the child returned")])
    def test_refuses_a_moment_at_which_it_cannot_have_been(
        self, worker: User, back: Episode, at: datetime, moved: timedelta, sentence: str
    ) -> None:
        with pytest.raises(services.WrongMoment, match=sentence) as refusal:
            offer(worker, back, at, offered=Moment.of(at + moved))
        assert refusal.value.moment == "offered"

    def test_refuses_a_page_that_is_stale(self, worker: User, back: Episode, at: datetime) -> None:
        with pytest.raises(services.Stale):
            offer(worker, back, at, version=back.version - 1)

    def test_after_a_refusal_lets_the_clock_run_again_and_keeps_what_was(
        self, worker: User, back: Episode, offered: Interview, at: datetime
    ) -> None:
        due = interview_clock(back).due_at
        decline(worker, offered, at + HOUR)
        second = offer(worker, back, at + 5 * HOUR)
        clock = interview_clock(back)
        assert (clock.is_open, clock.due_at) == (True, due)
        assert (back.interview, list(back.former_interviews.all())) == (second, [offered])

    def test_after_a_refusal_is_for_the_interviewer_who_was_named_before(
        self, manager: User, worker: User, back: Episode, at: datetime
    ) -> None:
        named = name(manager, back, at, manager)
        decline(worker, offer(worker, named, at), at + HOUR)
        assert offer(worker, named, at + 2 * HOUR).interviewer == manager

    def test_runs_from_the_return_as_it_was_corrected_meanwhile(
        self, worker: User, back: Episode, offered: Interview, at: datetime
    ) -> None:
        decline(worker, offered, at + HOUR)
        back.refresh_from_db()
        correct(worker, back, at + 2 * HOUR, "returned", at - HOUR / 2)
        back.refresh_from_db()
        offer(worker, back, at + 5 * HOUR)
        assert interview_clock(back).due_at == at - HOUR / 2 + timedelta(hours=72)

    def test_is_not_for_a_stranger(self, stranger: User, back: Episode, at: datetime, refusals: Any) -> None:
        with pytest.raises(PermissionDenied):
            offer(stranger, back, at)
        assert refusals("missing.offer").count() == 1


class TestNotOffer:
    def test_keeps_the_reason_and_the_clock_runs_on(self, worker: User, back: Episode, at: datetime) -> None:
        made = services.not_offer(by=worker, at=at, episode=back, version=back.version, reason="In hospital.")
        assert (made.status, made.not_offered_reason) == (InterviewStatus.NOT_OFFERED, "In hospital.")
        assert interview_clock(back).is_open
        back.refresh_from_db()
        assert offer(worker, back, at + HOUR).status == InterviewStatus.OFFERED

    @pytest.mark.parametrize("declined", [False, True])
    def test_refuses_what_was_offered(
        self, worker: User, back: Episode, offered: Interview, at: datetime, declined: bool
    ) -> None:
        if declined:
            decline(worker, offered, at)
        back.refresh_from_db()
        with pytest.raises((services.AlreadyOffered, services.NothingToRecord), match="offered"):
            services.not_offer(by=worker, at=at, episode=back, version=back.version, reason="No.")

    def test_is_not_for_a_stranger(self, stranger: User, back: Episode, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.not_offer(by=stranger, at=at, episode=back, version=back.version, reason="No.")


class TestRecordResponse:
    def test_accepted_leaves_the_clock_running(
        self, worker: User, back: Episode, offered: Interview, at: datetime
    ) -> None:
        made = accept(worker, offered, at + HOUR)
        assert (made.status, made.responded_at) == (InterviewStatus.ACCEPTED, at + HOUR)
        assert interview_clock(back).is_open

    def test_declined_keeps_by_whom_why_and_the_carers_account_and_ends_the_clock(
        self, worker: User, back: Episode, offered: Interview, at: datetime
    ) -> None:
        made = decline(worker, offered, at + HOUR, declined_by=DeclinedBy.CARER)
        assert (made.status, made.declined_by) == (InterviewStatus.DECLINED, DeclinedBy.CARER)
        assert (made.declined_why, made.carer_account) == ("Wants to be left alone.", "She slept all day.")
        clock = Deadline.objects.get(kind=Kind.RETURN_INTERVIEW)
        assert (clock.voided_at, clock.void_reason) == (at + HOUR, "Declined by a carer or the placement")

    def test_who_accepted_may_decline_after_all(self, worker: User, accepted: Interview, at: datetime) -> None:
        assert decline(worker, accepted, at + 2 * HOUR).status == InterviewStatus.DECLINED

    @pytest.mark.parametrize(("moved", "sentence"), [(HOUR, "in the future"), (-2 * HOUR, "after it was offered")])
    def test_refuses_a_moment_at_which_it_cannot_have_been(
        self, worker: User, offered: Interview, at: datetime, moved: timedelta, sentence: str
    ) -> None:
        with pytest.raises(services.WrongMoment, match=sentence):
            decline(worker, offered, at, responded=Moment.of(at + moved))

    def test_refuses_an_answer_to_what_was_answered(self, worker: User, accepted: Interview, at: datetime) -> None:
        with pytest.raises(services.NothingToRecord, match="accepted already"):
            accept(worker, accepted, at + HOUR)

    def test_refuses_a_page_that_is_stale(self, worker: User, offered: Interview, at: datetime) -> None:
        with pytest.raises(services.Stale):
            decline(worker, offered, at, version=offered.version + 1)

    def test_is_not_for_a_stranger(self, stranger: User, offered: Interview, at: datetime, refusals: Any) -> None:
        with pytest.raises(PermissionDenied):
            accept(stranger, offered, at)
        assert refusals("missing.record_response").count() == 1


class TestVoidInterview:
    def void(self, by: User, interview: Interview, at: datetime, **values: Any) -> Interview:
        given = {"version": interview.version, "reason": "Another child’s", **values}
        return services.void_interview(by=by, at=at, interview=interview, **given)

    def test_lets_the_clock_run_again_with_the_due_moment_that_it_had(
        self, worker: User, manager: User, back: Episode, written: Interview, at: datetime
    ) -> None:
        due = interview_clock(back).due_at
        made = self.void(manager, complete(worker, written, at + LATER), at + LATER + HOUR)
        assert (made.status, made.voided_by, made.void_reason) == (InterviewStatus.VOID, manager, "Another child’s")
        clock = interview_clock(back)
        assert (clock.is_open, clock.met_at, clock.due_at) == (True, None, due)
        back.refresh_from_db()
        assert (back.interview, list(back.former_interviews.all())) == (None, [made])

    def test_lets_unfinished_actions_fall_away(
        self, worker: User, manager: User, team: Team, written: Interview, at: datetime
    ) -> None:
        services.add_action(by=worker, at=at, interview=written, what="Call school", owner_team=team, due_on=at.date())
        written.refresh_from_db()
        self.void(manager, written, at + LATER)
        assert Deadline.objects.get(kind=Kind.INTERVIEW_ACTION).voided_at

    def test_refuses_twice_and_what_is_stale(
        self, worker: User, manager: User, offered: Interview, at: datetime
    ) -> None:
        with pytest.raises(services.Stale):
            self.void(manager, offered, at, version=99)
        self.void(manager, offered, at)
        with pytest.raises(services.NothingToRecord, match="in error"):
            self.void(manager, offered, at)

    def test_is_not_for_every_worker(self, worker: User, offered: Interview, at: datetime, refusals: Any) -> None:
        with pytest.raises(PermissionDenied):
            self.void(worker, offered, at)
        assert refusals("missing.void_interview").count() == 1
