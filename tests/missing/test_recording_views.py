"""Writing a return interview down as a browser sends it: its parts, saving by itself, completing, a session's end."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from deadlines.rules import Kind
from missing import parts
from missing.models import Episode, Interview
from missing.parts import Part
from missing.rules import InterviewStatus
from tests import factories
from tests.cse.test_held import browser_after_session_of, sign_in_over, with_password
from tests.missing.acting import HOUR, interview_clock
from tests.missing.interviewing import LATER, TOLD, add_more, complete, write
from tests.missing.reading import at_page, beside, queries, text_of, typed, version_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 14


def of_part(interview: Interview, part: Part, name: str = "save_interview") -> str:
    return reverse(f"missing:{name}", args=[interview.pk, part])


def send(client: Client, interview: Interview, part: Part, **answers: Any) -> Any:
    """Open the page of a part and send it."""
    opened = version_in(text_of(client.get(of_part(interview, part))))
    return client.post(of_part(interview, part), {"version": opened, **answers})


@pytest.fixture
def held(at: datetime, now: Any) -> dict[str, str]:
    """The first part as a person fills it in, two hours after the interview was accepted."""
    now(at + 3 * HOUR)
    answers = {"place": "The youth centre", "present": "The child", "held_by": "me", "independent": "yes"}
    return typed(conducted=at + 2 * HOUR) | answers


class TestSaveInterview:
    @pytest.mark.parametrize(
        ("part", "answers", "following"),
        [
            (Part.WORDS, {"own_words": "I was with “Dee”."}, "why"),
            (Part.WHY, {"push_factors": ["conflict", "school"], "pull_factors": ["peer"]}, "away"),
            (Part.AWAY, {"who_with": "Dee", "places": "Arcade\r\n\r\n Queen St ", "harm": ["criminal"]}, "next"),
        ],
    )
    def test_leads_from_part_to_part(
        self, theirs: Client, accepted: Interview, part: Part, answers: dict[str, Any], following: str
    ) -> None:
        assert send(theirs, accepted, part, **answers).url == of_part(accepted, Part(following))
        accepted.refresh_from_db()
        for name, value in answers.items():
            assert getattr(accepted, name) == (["Arcade", "Queen St"] if name == "places" else value)

    def test_keeps_the_meeting_with_who_held_it_from_their_account(
        self, theirs: Client, worker: User, accepted: Interview, held: dict[str, str], at: datetime
    ) -> None:
        assert send(theirs, accepted, Part.MEETING, **held).url == of_part(accepted, Part.WORDS)
        accepted.refresh_from_db()
        assert accepted.conducted_at == at + 2 * HOUR
        assert accepted.interviewer == worker
        assert accepted.interviewer_name == worker.full_name
        assert accepted.independent is True

    def test_leads_from_the_last_part_to_the_actions(self, theirs: Client, accepted: Interview) -> None:
        answer = send(theirs, accepted, Part.NEXT, risks="The van", needs="A mentor")
        assert answer.url == at_page("add_action", accepted.pk)

    def test_may_be_left_incomplete_and_come_back_to(self, theirs: Client, accepted: Interview) -> None:
        answer = send(theirs, accepted, Part.NEXT, risks="The van", needs="", later="1")
        assert answer.url == at_page("interview", accepted.pk)
        assert "In progress" in text_of(theirs.get(answer.url))
        assert "The van" in text_of(theirs.get(of_part(accepted, Part.NEXT)))

    @pytest.mark.parametrize(
        ("part", "changed", "field", "sentence"),
        [
            (Part.MEETING, {"conducted_time": ""}, "conducted_time", "Enter the time the interview was held"),
            (Part.MEETING, {"place": ""}, "place", "Enter where the interview was held"),
            (Part.MEETING, {"present": " "}, "present", "Enter who was present"),
            (Part.MEETING, {"held_by": ""}, "held_by", "Select who held the interview, with their role and employer"),
            (
                Part.MEETING,
                {"independent": "no"},
                "not_independent_reason",
                "Enter why the interviewer was not independent",
            ),
            (
                Part.WORDS,
                {"own_words": ""},
                "own_words",
                "Enter what the child said, or that the child did not want to talk",
            ),
            (Part.AWAY, {"places": "x" * 201}, "places", "Each place must be 200 characters or fewer"),
            (Part.NEXT, {"risks": ""}, "risks", "Enter the risks that you see, or that you see none"),
            (Part.NEXT, {"needs": ""}, "needs", "Enter what the child needs, or that nothing is needed"),
        ],
    )
    def test_complains_beside_the_field_and_keeps_the_rest(
        self,
        theirs: Client,
        accepted: Interview,
        held: dict[str, str],
        part: Part,
        changed: dict[str, str],
        field: str,
        sentence: str,
    ) -> None:
        rest = {Part.MEETING: held, Part.AWAY: {"who_with": "Dee"}, Part.NEXT: {"risks": "Vans", "needs": "Rest"}}
        answers = rest.get(part, {}) | changed
        page = text_of(send(theirs, accepted, part, **answers))
        assert beside(page, field) == sentence
        for value in answers.values():
            assert value.strip() in page
        accepted.refresh_from_db()
        assert version_in(page) == parts.content(accepted, part).digest

    def test_says_that_it_saved_only_where_it_saved_everything(self, theirs: Client, accepted: Interview) -> None:
        said = "What you typed is saved. Some things are still missing."
        assert said in text_of(send(theirs, accepted, Part.NEXT, risks="Vans", needs=""))
        assert said not in text_of(send(theirs, accepted, Part.NEXT, risks="Vans", needs="x" * 4001))

    def test_was_not_held_before_the_child_was_back(
        self, theirs: Client, accepted: Interview, held: dict[str, str], at: datetime
    ) -> None:
        page = text_of(send(theirs, accepted, Part.MEETING, **held | typed(conducted=at - 2 * HOUR)))
        assert "must be the same as or after the child returned" in beside(page, "conducted_on")
        assert "The youth centre" in page

    def test_is_not_written_by_nobody_in_particular(
        self, theirs: Client, accepted: Interview, held: dict[str, str]
    ) -> None:
        page = text_of(send(theirs, accepted, Part.MEETING, **held | {"held_by": "other", "interviewer_name": "Jo"}))
        assert beside(page, "held_by") == "Select who held the interview, with their role and employer"
        assert 'value="Jo"' in page

    def test_takes_ten_thousand_characters_of_what_the_child_said(self, theirs: Client, accepted: Interview) -> None:
        said = "x\r\n" * 5000  # browsers send a line's end as two characters and count it as one
        assert send(theirs, accepted, Part.WORDS, own_words=said + "\r\n").status_code == 302
        most = "ö" * 10_000
        assert send(theirs, accepted, Part.WORDS, own_words=most).status_code == 302
        accepted.refresh_from_db()
        assert accepted.own_words == most

    def test_refuses_one_more_and_keeps_every_one_in_the_page(self, theirs: Client, accepted: Interview) -> None:
        page = text_of(send(theirs, accepted, Part.WORDS, own_words="y" * 10_001))
        assert beside(page, "own_words") == "What the child said must be 10,000 characters or fewer"
        assert "y" * 10_001 in page
        accepted.refresh_from_db()
        assert accepted.own_words == ""

    def test_asks_whether_words_were_meant_and_leaves_the_childs_alone(
        self, theirs: Client, accepted: Interview
    ) -> None:
        send(theirs, accepted, Part.WORDS, own_words="I absconded")
        assert "Words to think about" not in text_of(theirs.get(of_part(accepted, Part.WORDS)))
        send(theirs, accepted, Part.WHY, factors_notes="He absconded")
        assert "Words to think about" in text_of(theirs.get(of_part(accepted, Part.WHY)))

    def test_is_read_by_nobody_else_and_shut_once_it_is_completed(
        self, later: Client, worker: User, stranger: User, browser_of: Any, written: Interview, at: datetime
    ) -> None:
        strangers = browser_of(stranger)
        for part in Part:
            assert strangers.get(of_part(written, part)).status_code == 404
            assert strangers.post(of_part(written, part), {"own_words": "x"}).status_code == 404
        complete(worker, written, at + LATER)
        page = text_of(later.post(of_part(written, Part.WORDS), {"own_words": "Changed"}, follow=True))
        assert "The interview was completed already" in page
        assert "Changed" not in page

    def test_asks_the_database_as_much_however_many_times_and_actions_there_are(
        self, theirs: Client, worker: User, accepted: Interview, at: datetime
    ) -> None:
        few = queries(theirs, of_part(accepted, Part.WORDS))
        add_more(worker, accepted, at, 3)
        assert queries(theirs, of_part(accepted, Part.WORDS)) == few <= MOST_QUERIES


class TestConflict:
    @pytest.fixture
    def overtaken(self, theirs: Client, manager: User, accepted: Interview, at: datetime) -> str:
        """The version of a page that a colleague has changed since."""
        opened = version_in(text_of(theirs.get(of_part(accepted, Part.WORDS))))
        write(manager, accepted, at, Part.WORDS, {"own_words": "As the colleague heard it"})
        return opened

    def test_shows_both_versions_and_overwrites_nothing(
        self, theirs: Client, accepted: Interview, overtaken: str
    ) -> None:
        data = {"version": overtaken, "own_words": "As I heard it"}
        page = text_of(theirs.post(of_part(accepted, Part.WORDS), data), 409)
        for words in ("Saved meanwhile", "As the colleague heard it", "What you typed", "(different)"):
            assert words in page
        assert page.count("As I heard it") == 2  # beside theirs, and in the form
        accepted.refresh_from_db()
        assert accepted.own_words == "As the colleague heard it"

    def test_once_read_is_settled_by_sending_again(self, theirs: Client, accepted: Interview, overtaken: str) -> None:
        data = {"version": overtaken, "own_words": "As both heard it"}
        page = text_of(theirs.post(of_part(accepted, Part.WORDS), data), 409)
        again = data | {"version": version_in(page)}
        assert theirs.post(of_part(accepted, Part.WORDS), again).status_code == 302
        accepted.refresh_from_db()
        assert accepted.own_words == "As both heard it"

    def test_is_none_where_both_wrote_the_same_or_different_parts(
        self, theirs: Client, accepted: Interview, overtaken: str
    ) -> None:
        same = {"version": overtaken, "own_words": "As the colleague heard it"}
        assert theirs.post(of_part(accepted, Part.WORDS), same).status_code == 302
        assert send(theirs, accepted, Part.WHY, factors_notes="Rows").status_code == 302


class TestAutosave:
    def test_saves_and_gives_what_to_save_from_next(self, theirs: Client, accepted: Interview) -> None:
        page = of_part(accepted, Part.WORDS, "autosave")
        assert page in text_of(theirs.get(of_part(accepted, Part.WORDS)))
        opened = parts.content(accepted, Part.WORDS).digest
        first = theirs.post(page, {"version": opened, "own_words": "I was"}).json()
        assert first["saved_at_text"] == "Saved at midday"
        second = theirs.post(page, {"version": first["version"], "own_words": "I was out"}).json()
        accepted.refresh_from_db()
        assert accepted.own_words == "I was out"
        assert second["version"] == parts.content(accepted, Part.WORDS).digest

    def test_says_what_it_could_not_save(self, theirs: Client, accepted: Interview) -> None:
        data = {"version": parts.content(accepted, Part.WORDS).digest, "own_words": "x" * 10_001}
        answer = theirs.post(of_part(accepted, Part.WORDS, "autosave"), data)
        assert "except this: What the child said must be 10,000 characters or fewer" in answer.json()["saved_at_text"]

    def test_leads_to_the_page_where_somebody_else_changed_it(
        self, theirs: Client, manager: User, accepted: Interview, at: datetime
    ) -> None:
        opened = parts.content(accepted, Part.WORDS).digest
        write(manager, accepted, at, Part.WORDS, {"own_words": "Theirs"})
        answer = theirs.post(of_part(accepted, Part.WORDS, "autosave"), {"version": opened, "own_words": "Mine"})
        assert (answer.status_code, answer.json()["url"]) == (409, of_part(accepted, Part.WORDS))

    def test_says_that_the_interview_is_completed(
        self, theirs: Client, worker: User, written: Interview, at: datetime
    ) -> None:
        complete(worker, written, at + LATER)
        answer = theirs.post(of_part(written, Part.WORDS, "autosave"), {"own_words": "More"})
        assert answer.status_code == 400
        assert "completed already" in answer.json()["sentence"]

    def test_is_for_nobody_else(self, stranger: User, browser_of: Any, client: Client, accepted: Interview) -> None:
        page = of_part(accepted, Part.WORDS, "autosave")
        assert browser_of(stranger).post(page, {"own_words": "x"}).status_code == 404
        assert client.post(page, {"own_words": "x"}, headers={"x-requested-with": "fetch"}).status_code == 403


class TestSessionEnded:
    SAID = "We took the bus.\n" * 500  # half an hour of typing

    def test_brings_what_the_child_said_back_after_the_sign_in(
        self, worker: User, accepted: Interview, now: Any
    ) -> None:
        page = of_part(accepted, Part.WORDS)
        browser = browser_after_session_of(with_password(worker))
        opened = parts.content(accepted, Part.WORDS).digest
        refused = browser.post(page, {"version": opened, "own_words": self.SAID})
        assert refused.status_code == 401
        assert "We took the bus." not in refused.content.decode()
        back = sign_in_over(browser, refused, worker)
        assert self.SAID in back
        accepted.refresh_from_db()
        assert accepted.own_words == ""  # nothing is saved until they send it
        answer = browser.post(page, {"version": version_in(back), "own_words": self.SAID})
        assert answer.status_code == 302
        accepted.refresh_from_db()
        assert accepted.own_words == self.SAID.strip()

    def test_brings_it_to_nobody_else(self, worker: User, accepted: Interview, now: Any) -> None:
        colleague = with_password(factories.user(team=worker.team))
        browser = browser_after_session_of(worker)
        refused = browser.post(of_part(accepted, Part.WORDS), {"own_words": self.SAID})
        assert "We took the bus." not in sign_in_over(browser, refused, colleague)


class TestRecordInterview:
    def test_lists_what_is_missing_and_refuses_until_it_is_there(self, theirs: Client, accepted: Interview) -> None:
        page = text_of(theirs.get(at_page("record_interview", accepted.pk)))
        assert "Still to answer before you can complete it" in page
        assert of_part(accepted, Part.WORDS) in page
        data = {"version": version_in(page)}
        assert "Enter when the interview was held" in text_of(
            theirs.post(at_page("record_interview", accepted.pk), data), 409
        )
        accepted.refresh_from_db()
        assert accepted.status == InterviewStatus.ACCEPTED

    def test_completes_and_keeps_the_promise(
        self, later: Client, back: Episode, written: Interview, at: datetime
    ) -> None:
        page = text_of(later.get(at_page("record_interview", written.pk)))
        assert TOLD[Part.WORDS]["own_words"] in page
        assert "Still to answer" not in page
        data = {"version": version_in(page)}
        after = text_of(later.post(at_page("record_interview", written.pk), data, follow=True))
        assert f"{written.reference} is complete" in after
        assert "held within 72 hours" in after
        assert interview_clock(back).met_at == at + LATER
        assert back.child.deadlines.get(kind=Kind.RETURN_INTERVIEW).met_at == at + LATER

    def test_is_done_once(self, later: Client, worker: User, written: Interview, at: datetime) -> None:
        version = version_in(text_of(later.get(at_page("record_interview", written.pk))))
        complete(worker, written, at + LATER)
        answer = later.post(at_page("record_interview", written.pk), {"version": version}, follow=True)
        assert f"by {worker}" in text_of(answer)
        assert "completed already" in text_of(answer)

    def test_asks_to_be_read_again_where_it_changed_meanwhile(
        self, later: Client, manager: User, written: Interview, at: datetime
    ) -> None:
        version = version_in(text_of(later.get(at_page("record_interview", written.pk))))
        write(manager, written, at + LATER, Part.WORDS, {"own_words": "Something else altogether"})
        page = text_of(later.post(at_page("record_interview", written.pk), {"version": version}), 409)
        assert "changed while you had the page open" in page
        assert "Something else altogether" in page
        again = {"version": version_in(page)}
        assert later.post(at_page("record_interview", written.pk), again).status_code == 302

    def test_is_for_nobody_else(self, stranger: User, browser_of: Any, written: Interview) -> None:
        page = at_page("record_interview", written.pk)
        assert browser_of(stranger).get(page).status_code == 404
        assert browser_of(stranger).post(page, {"version": written.version}).status_code == 404
