"""What leads to a return interview and what follows it, as a browser sends it; reading it, and printing it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Team, User
from audit.models import Event
from missing import services
from missing.models import Episode, Interview, InterviewAction
from missing.parts import Part
from missing.rules import DeclinedBy, InterviewStatus
from tests import factories
from tests.missing.acting import HOUR, interview_clock
from tests.missing.interviewing import LATER, TOLD, add_more, complete, decline
from tests.missing.reading import at_page, beside, queries, text_of, typed, version_in
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOST_QUERIES = 14


def send(client: Client, page: str, **answers: Any) -> Any:
    """Open a page and send its form."""
    return client.post(page, {"version": version_in(text_of(client.get(page))), **answers})


def asked(team: Team, **changed: str) -> dict[str, str]:
    """An action for anyone of a team, due in three days."""
    due = {"due_on-day": "26", "due_on-month": "11", "due_on-year": "2026"}
    return due | {"what": "Ring the school", "owner": f"{team.pk}-"} | changed


@pytest.fixture
def completed(worker: User, written: Interview, at: datetime) -> Interview:
    return complete(worker, written, at + LATER)


class TestNameInterviewer:
    def test_puts_the_name_on_the_clock_and_on_the_offer(
        self, managers: Client, browser_of: Any, stranger: User, back: Episode, at: datetime
    ) -> None:
        page = at_page("name_interviewer", back.pk)
        after = send(managers, page, interviewer=str(stranger.pk))
        assert after.url == at_page("episode", back.pk)
        assert interview_clock(back).owner == stranger
        assert "The interviewer is named and has been told." in text_of(managers.get(after.url))
        theirs = browser_of(stranger)  # who came to see the child by it
        offered = send(theirs, at_page("offer", back.pk), offered_to="The child", **typed(offered=at))
        assert offered.url == at_page("episode", back.pk)
        assert Interview.objects.get().interviewer == stranger

    def test_asks_for_a_person(self, managers: Client, back: Episode) -> None:
        page = at_page("name_interviewer", back.pk)
        assert beside(text_of(send(managers, page)), "interviewer") == "Select who holds the interview"

    def test_is_refused_where_the_child_is_not_back(self, managers: Client, worker: User, episode: Episode) -> None:
        page = text_of(send(managers, at_page("name_interviewer", episode.pk), interviewer=str(worker.pk)), 409)
        assert "The child has not been found" in page
        assert f'value="{worker.pk}" selected' in page

    def test_is_a_managers(self, theirs: Client, browser_of: Any, stranger: User, back: Episode) -> None:
        page = at_page("name_interviewer", back.pk)
        assert theirs.get(page).status_code == 403
        assert theirs.post(page, {"version": "1", "interviewer": str(stranger.pk)}).status_code == 403
        assert browser_of(stranger).get(page).status_code == 404


class TestOffer:
    def test_leads_to_the_answer(self, theirs: Client, worker: User, back: Episode, at: datetime) -> None:
        answer = send(theirs, at_page("offer", back.pk), offered_to="The child", **typed(offered=at))
        assert answer.url == at_page("episode", back.pk)
        interview = Interview.objects.get()
        assert (interview.offered_at, interview.offered_by) == (at, worker)
        assert at_page("record_response", interview.pk) in text_of(theirs.get(at_page("interview", interview.pk)))

    @pytest.mark.parametrize(
        ("changed", "field", "sentence"),
        [
            ({"offered_time": ""}, "offered_time", "Enter the time it was offered"),
            ({"offered_time": "25:00"}, "offered_time", "The time it was offered must be a time"),
            ({"offered_to": ""}, "offered_to", "Enter who it was offered to"),
            ({"offered_to": "x" * 121}, "offered_to", "Who it was offered to must be 120 characters or fewer"),
        ],
    )
    def test_complains_beside_the_field_and_keeps_the_rest(
        self, theirs: Client, back: Episode, at: datetime, changed: dict[str, str], field: str, sentence: str
    ) -> None:
        answers = typed(offered=at) | {"offered_to": "The foster carer"} | changed
        page = text_of(send(theirs, at_page("offer", back.pk), **answers))
        assert beside(page, field).startswith(sentence)
        assert all(value in page for value in answers.values())
        assert not Interview.objects.exists()

    def test_cannot_have_been_before_the_child_was_back(self, theirs: Client, back: Episode, at: datetime) -> None:
        answers = typed(offered=at - 2 * HOUR) | {"offered_to": "The foster carer"}
        page = text_of(send(theirs, at_page("offer", back.pk), **answers), 409)
        assert "must be the same as or after the child returned" in beside(page, "offered_on")
        assert "The foster carer" in page

    def test_may_be_for_other_times_but_not_for_those_alone(
        self, theirs: Client, worker: User, back: Episode, at: datetime
    ) -> None:
        gone = {"last_seen_at": at - 9 * DAY, "reported_at": at - 9 * DAY, "returned_at": at - 8 * DAY}
        before = factories.episode(child=back.child, recorded_by=worker, **gone)
        answers = typed(offered=at) | {"offered_to": "The child"}
        page = text_of(send(theirs, at_page("offer", back.pk), **answers, covers=[str(before.pk)]))
        assert beside(page, "covers") == f"{back.reference} must stay selected: you offer this for it"
        send(theirs, at_page("offer", back.pk), **answers, covers=[str(back.pk), str(before.pk)])
        assert set(Interview.objects.get().episodes.all()) == {back, before}

    def test_is_made_once(self, theirs: Client, offered: Interview, back: Episode, at: datetime) -> None:
        answers = typed(offered=at) | {"offered_to": "The foster carer"}
        page = text_of(send(theirs, at_page("offer", back.pk), **answers), 409)
        assert "The interview was offered already" in page
        assert "The foster carer" in page

    def test_is_for_nobody_else(self, browser_of: Any, stranger: User, back: Episode, now: Any) -> None:
        assert browser_of(stranger).get(at_page("offer", back.pk)).status_code == 404
        assert browser_of(stranger).post(at_page("offer", back.pk), {"offered_to": "x"}).status_code == 404


class TestNotOffer:
    def test_keeps_why_and_lets_the_clock_run(self, theirs: Client, back: Episode) -> None:
        page = at_page("not_offer", back.pk)
        assert beside(text_of(send(theirs, page)), "reason") == "Enter why no interview was offered"
        assert send(theirs, page, reason="In hospital").url == at_page("episode", back.pk)
        interview = Interview.objects.get()
        assert interview.not_offered_reason == "In hospital"
        assert interview_clock(back).met_at is None
        assert "In hospital" in text_of(theirs.get(at_page("interview", interview.pk)))

    def test_is_refused_once_it_was_offered(self, theirs: Client, offered: Interview, back: Episode) -> None:
        page = text_of(send(theirs, at_page("not_offer", back.pk), reason="In hospital"), 409)
        assert "The interview was offered already" in page
        assert "In hospital" in page

    def test_is_for_nobody_else(self, browser_of: Any, stranger: User, back: Episode) -> None:
        assert browser_of(stranger).post(at_page("not_offer", back.pk), {"reason": "x"}).status_code == 404


class TestRecordResponse:
    def test_accepted_opens_the_pages_to_write_it_down(
        self, theirs: Client, offered: Interview, at: datetime, now: Any
    ) -> None:
        now(at + HOUR)
        page = at_page("record_response", offered.pk)
        assert send(theirs, page, answer="accepted", **typed(responded=at)).url == at_page("interview", offered.pk)
        shown = text_of(theirs.get(at_page("interview", offered.pk)))
        assert "Write the interview down" in shown
        assert "They declined after all" in shown
        assert 'value="accepted"' not in text_of(theirs.get(page))

    def test_declined_says_by_whom_and_why(
        self, theirs: Client, offered: Interview, back: Episode, at: datetime
    ) -> None:
        answers = {
            "answer": "declined",
            "declined_by": "child",
            "declined_why": "Tired",
            "carer_account": "Came home wet",
        }
        send(theirs, at_page("record_response", offered.pk), **answers, **typed(responded=at))
        offered.refresh_from_db()
        assert (offered.status, offered.declined_by) == (InterviewStatus.DECLINED, DeclinedBy.CHILD)
        shown = text_of(theirs.get(at_page("interview", offered.pk)))
        assert "Tired" in shown
        assert "Came home wet" in shown
        assert not back.child.deadlines.filter(kind="return_interview", met_at=None, voided_at=None).exists()

    @pytest.mark.parametrize(
        ("changed", "field", "sentence"),
        [
            ({"answer": ""}, "answer", "Select the answer"),
            ({"declined_by": ""}, "declined_by", "Select who declined"),
            ({"declined_why": ""}, "declined_why", "Enter why it was declined"),
            ({"responded_on-day": ""}, "responded_on", "The day they answered must include a day"),
        ],
    )
    def test_complains_beside_the_field_and_keeps_the_rest(
        self, theirs: Client, offered: Interview, at: datetime, changed: dict[str, str], field: str, sentence: str
    ) -> None:
        answers = {
            "answer": "declined",
            "declined_by": "child",
            "declined_why": "Tired",
            "carer_account": "Came home wet",
        }
        page = text_of(send(theirs, at_page("record_response", offered.pk), **answers | typed(responded=at) | changed))
        assert beside(page, field) == sentence
        assert "Came home wet" in page
        offered.refresh_from_db()
        assert offered.status == InterviewStatus.OFFERED

    def test_cannot_have_been_before_the_offer(self, theirs: Client, offered: Interview, at: datetime) -> None:
        answers = {"answer": "accepted"} | typed(responded=at - HOUR)
        page = text_of(send(theirs, at_page("record_response", offered.pk), **answers), 409)
        assert "must be the same as or after it was offered" in beside(page, "responded_on")

    def test_is_recorded_once(self, theirs: Client, worker: User, offered: Interview, at: datetime) -> None:
        page = at_page("record_response", offered.pk)
        opened = version_in(text_of(theirs.get(page)))
        decline(worker, offered, at)
        answers = {"version": opened, "answer": "declined", "declined_by": "carer", "declined_why": "Not at home"}
        refused = text_of(theirs.post(page, answers | typed(responded=at)), 409)
        assert "The interview was declined" in refused
        assert "Not at home" in refused

    def test_is_for_nobody_else(self, browser_of: Any, stranger: User, offered: Interview) -> None:
        page = at_page("record_response", offered.pk)
        assert browser_of(stranger).get(page).status_code == 404
        assert browser_of(stranger).post(page, {"answer": "accepted"}).status_code == 404


class TestVoidInterview:
    def test_lets_the_episode_await_an_interview_again(
        self, managers: Client, manager: User, completed: Interview, back: Episode, at: datetime, now: Any
    ) -> None:
        now(at + LATER)
        sign_in(managers, manager)
        page = at_page("void_interview", completed.pk)
        assert beside(text_of(send(managers, page)), "reason") == "Enter what was recorded in error"
        shown = text_of(managers.post(page, {"version": completed.version, "reason": "Another child"}, follow=True))
        assert "Recorded in error: Another child" in shown
        assert f"{back.reference}</a>, no longer" in shown
        assert interview_clock(back).met_at is None
        assert "Another child" in text_of(managers.get(at_page("episode", back.pk)))

    def test_is_done_once(self, managers: Client, manager: User, offered: Interview, at: datetime) -> None:
        page = at_page("void_interview", offered.pk)
        opened = version_in(text_of(managers.get(page)))
        services.void_interview(by=manager, at=at, interview=offered, version=offered.version, reason="Twice")
        refused = text_of(managers.post(page, {"version": opened, "reason": "Another child"}), 409)
        assert "The interview was recorded in error" in refused
        assert "Another child" in refused

    def test_is_a_managers(self, theirs: Client, browser_of: Any, stranger: User, offered: Interview) -> None:
        page = at_page("void_interview", offered.pk)
        assert theirs.post(page, {"version": offered.version, "reason": "x"}).status_code == 403
        assert browser_of(stranger).post(page, {"reason": "x"}).status_code == 404


class TestAddAction:
    def test_adds_one_after_another(self, theirs: Client, team: Team, worker: User, accepted: Interview) -> None:
        page = at_page("add_action", accepted.pk)
        assert "Ring the school" in text_of(theirs.post(page, asked(team, another="1"), follow=True))
        assert theirs.post(page, asked(team, what="See the school", owner=f"{team.pk}-{worker.pk}")).status_code == 302
        shown = text_of(theirs.get(at_page("interview", accepted.pk)))
        assert "Ring the school" in shown
        assert f"{worker}, {team}" in shown
        assert "2 added" in shown

    @pytest.mark.parametrize(
        ("changed", "field", "sentence"),
        [
            ({"what": ""}, "what", "Enter what is to be done"),
            ({"owner": ""}, "owner", "Select who does it"),
            ({"owner": "999999-"}, "owner", "Select who does it from the list"),
            ({"due_on-year": "2020"}, "due_on", "The day it is due must be today or in the future"),
            ({"due_on-day": ""}, "due_on", "The day it is due must include a day"),
        ],
    )
    def test_complains_beside_the_field_and_keeps_the_rest(
        self,
        theirs: Client,
        team: Team,
        accepted: Interview,
        changed: dict[str, str],
        field: str,
        sentence: str,
    ) -> None:
        answers = asked(team) | changed
        page = text_of(theirs.post(at_page("add_action", accepted.pk), answers))
        assert beside(page, field) == sentence
        assert answers["what"] in page
        assert not InterviewAction.objects.exists()

    def test_is_refused_of_an_interview_that_was_declined(
        self, theirs: Client, team: Team, worker: User, offered: Interview, at: datetime
    ) -> None:
        decline(worker, offered, at)
        page = text_of(theirs.post(at_page("add_action", offered.pk), asked(team)), 409)
        assert "The interview was declined" in page
        assert "Ring the school" in page

    def test_is_for_nobody_else(self, browser_of: Any, team: Team, stranger: User, accepted: Interview) -> None:
        assert browser_of(stranger).get(at_page("add_action", accepted.pk)).status_code == 404
        assert browser_of(stranger).post(at_page("add_action", accepted.pk), asked(team)).status_code == 404


class TestInterviewAction:
    @pytest.fixture
    def action(self, worker: User, team: Team, accepted: Interview, at: datetime) -> InterviewAction:
        given: dict[str, Any] = {"what": "Ring the school", "owner_team": team, "due_on": date(2026, 11, 27)}
        return services.add_action(by=worker, at=at, interview=accepted, **given)

    def test_is_finished_with_what_came_of_it(self, theirs: Client, action: InterviewAction) -> None:
        page = at_page("interview_action", action.pk)
        assert "Ring the school" in text_of(theirs.get(page))
        assert beside(text_of(theirs.post(page, {})), "outcome") == "Enter what was done and what came of it"
        shown = text_of(theirs.post(page, {"outcome": "They moved his seat"}, follow=True))
        assert "The action is finished." in shown
        shown = text_of(theirs.get(page))
        assert "They moved his seat" in shown
        assert "Finish this action" not in shown
        twice = text_of(theirs.post(page, {"outcome": "Once more"}), 409)
        assert "This was finished already" in twice

    def test_of_another_team_is_only_read(
        self, browser_of: Any, action: InterviewAction, accepted: Interview, now: Any
    ) -> None:
        other = factories.team()
        colleague = factories.user(team=other)
        factories.let_know(accepted.child, other)
        page = at_page("interview_action", action.pk)
        assert "Its owner, their team or a manager finishes it here." in text_of(browser_of(colleague).get(page))
        refused = text_of(browser_of(colleague).post(page, {"outcome": "Not mine"}), 409)
        assert "This is for its owner and their team to finish" in refused

    def test_is_for_nobody_else(self, browser_of: Any, stranger: User, action: InterviewAction, now: Any) -> None:
        assert browser_of(stranger).get(at_page("interview_action", action.pk)).status_code == 404
        assert browser_of(stranger).post(at_page("interview_action", action.pk), {"outcome": "x"}).status_code == 404


class TestInterview:
    def test_shows_what_the_child_said_once_it_is_completed(
        self, later: Client, worker: User, written: Interview, at: datetime
    ) -> None:
        said = TOLD[Part.WORDS]["own_words"]
        assert said not in text_of(later.get(at_page("interview", written.pk)))
        complete(worker, written, at + LATER)
        assert said in text_of(later.get(at_page("interview", written.pk)))

    def test_every_look_is_recorded(self, later: Client, worker: User, completed: Interview) -> None:
        later.get(at_page("interview", completed.pk))
        event = Event.objects.get(verb="missing.interview.view", actor_id=worker.pk)
        assert (event.subject_id, event.child_id) == (completed.pk, completed.child_id)

    def test_is_for_nobody_else(self, browser_of: Any, stranger: User, completed: Interview) -> None:
        assert browser_of(stranger).get(at_page("interview", completed.pk)).status_code == 404

    @pytest.mark.parametrize("stage", ["accepted", "completed"])
    def test_asks_the_database_as_much_however_many_times_and_actions_there_are(
        self, later: Client, worker: User, at: datetime, stage: str, request: pytest.FixtureRequest
    ) -> None:
        """The list of what is still to be written, and what can be read once it is."""
        interview = request.getfixturevalue(stage)
        add_more(worker, interview, at, 1)
        few = queries(later, at_page("interview", interview.pk))
        add_more(worker, interview, at, 4)
        assert queries(later, at_page("interview", interview.pk)) == few <= MOST_QUERIES


class TestPrintInterview:
    def test_is_recorded_as_printed(self, later: Client, worker: User, completed: Interview, at: datetime) -> None:
        shown = text_of(later.get(at_page("print_interview", completed.pk)))
        assert "He has a grey van." in shown
        assert f"printed by {worker}" in shown
        assert Event.objects.filter(
            verb="missing.interview.print", subject_id=completed.pk, actor_id=worker.pk
        ).exists()

    def test_is_none_before_it_is_completed(self, theirs: Client, accepted: Interview) -> None:
        assert theirs.get(at_page("print_interview", accepted.pk)).status_code == 404
        assert not Event.objects.filter(verb="missing.interview.print").exists()

    def test_is_for_nobody_else(self, browser_of: Any, stranger: User, completed: Interview) -> None:
        assert browser_of(stranger).get(at_page("print_interview", completed.pk)).status_code == 404
        assert not Event.objects.filter(verb="missing.interview.print").exists()
