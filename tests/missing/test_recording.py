"""Writing a return interview down part by part, and completing it once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AgencyKind, User
from missing import parts, services
from missing.models import Episode, Interview
from missing.parts import Part
from missing.rules import InterviewStatus
from tests import factories
from tests.missing.acting import HOUR, interview_clock
from tests.missing.interviewing import LATER, TOLD, complete, meeting, write, write_all

pytestmark = pytest.mark.django_db


class TestSaveInterview:
    def test_keeps_each_part_as_often_as_one_likes(self, worker: User, accepted: Interview, at: datetime) -> None:
        for part, values in TOLD.items():
            write(worker, accepted, at, part, values)
        write(worker, accepted, at, Part.WORDS, {"own_words": "I was with Dee, twice."})
        accepted.refresh_from_db()
        assert accepted.own_words == "I was with Dee, twice."
        assert accepted.places == ["The arcade", "Queen Street"]
        assert accepted.status == InterviewStatus.ACCEPTED

    def test_the_same_again_changes_nothing(self, worker: User, accepted: Interview, at: datetime) -> None:
        version = write(worker, accepted, at, Part.WORDS, TOLD[Part.WORDS]).version
        assert write(worker, accepted, at, Part.WORDS, TOLD[Part.WORDS], seen="stale").version == version

    def test_never_overwrites_what_a_colleague_saved_meanwhile(
        self, worker: User, manager: User, accepted: Interview, at: datetime
    ) -> None:
        opened = parts.content(accepted, Part.WORDS).digest
        write(manager, accepted, at, Part.WORDS, {"own_words": "Theirs"})
        with pytest.raises(services.ChangedMeanwhile) as refusal:
            write(worker, accepted, at, Part.WORDS, {"own_words": "Mine"}, seen=opened)
        assert refusal.value.theirs.values["own_words"] == "Theirs"
        accepted.refresh_from_db()
        assert accepted.own_words == "Theirs"

    def test_two_people_may_write_different_parts(
        self, worker: User, manager: User, accepted: Interview, at: datetime
    ) -> None:
        opened = parts.content(accepted, Part.NEXT).digest
        write(manager, accepted, at, Part.WORDS, TOLD[Part.WORDS])
        assert write(worker, accepted, at, Part.NEXT, TOLD[Part.NEXT], seen=opened).needs == "Somebody to talk to."

    def test_refuses_what_is_completed(self, worker: User, written: Interview, at: datetime) -> None:
        complete(worker, written, at + LATER)
        with pytest.raises(services.AlreadyCompleted, match="completed already"):
            write(worker, written, at + LATER, Part.WORDS, {"own_words": "Changed"})

    def test_is_not_for_a_stranger(self, stranger: User, accepted: Interview, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            write(stranger, accepted, at, Part.WORDS, TOLD[Part.WORDS])


class TestRecordInterview:
    def test_meets_the_clock_by_when_it_was_held_not_by_when_it_was_typed(
        self, worker: User, back: Episode, written: Interview, at: datetime
    ) -> None:
        typed = at + timedelta(days=5)
        made = complete(worker, written, typed)
        assert (made.status, made.completed_at, made.completed_by) == (InterviewStatus.COMPLETED, typed, worker)
        clock = interview_clock(back)
        assert (clock.met_at, clock.recorded_at, clock.was_late) == (at + LATER, typed, False)

    def test_held_late_is_late(self, worker: User, back: Episode, accepted: Interview, at: datetime) -> None:
        held = at + timedelta(hours=71, minutes=1)
        complete(worker, write_all(worker, accepted, held), held)
        assert interview_clock(back).was_late

    def test_without_an_answer_to_the_offer_it_was_accepted_by_being_held(
        self, worker: User, offered: Interview, at: datetime
    ) -> None:
        made = complete(worker, write_all(worker, offered, at + LATER), at + LATER)
        assert made.responded_at == at + LATER

    def test_refuses_to_complete_twice_and_names_the_first(
        self, worker: User, manager: User, written: Interview, at: datetime
    ) -> None:
        complete(worker, written, at + LATER)
        written.refresh_from_db()
        with pytest.raises(services.AlreadyCompleted, match=f"on 24 November 2026 at 6:00pm by {worker}"):
            complete(manager, written, at + LATER + HOUR)

    def test_refuses_a_page_that_is_stale(self, worker: User, written: Interview, at: datetime) -> None:
        with pytest.raises(services.Stale):
            services.record_interview(by=worker, at=at + LATER, interview=written, version=written.version - 1)

    @pytest.mark.parametrize(
        ("moved", "sentence"), [(LATER + HOUR, "in the future"), (-2 * HOUR, "after the child returned")]
    )
    def test_asvs_2_2_3_refuses_a_moment_at_which_it_cannot_have_been(
        self, worker: User, accepted: Interview, at: datetime, moved: timedelta, sentence: str
    ) -> None:
        write_all(worker, accepted, at)
        interview = write(worker, accepted, at, Part.MEETING, {"conducted_at": at + moved})
        with pytest.raises(services.NotComplete, match=sentence) as refusal:
            complete(worker, interview, at + LATER)
        assert (refusal.value.lack.part, refusal.value.lack.field) == (Part.MEETING, "conducted")

    @pytest.mark.parametrize(
        ("missing", "sentence"),
        [
            ({"conducted_at": None}, "Enter when"),
            ({"place": ""}, "Enter where"),
            ({"present": ""}, "Enter who was present"),
            ({"interviewer_role": ""}, "Select who held"),
            ({"independent": None}, "Select whether the interviewer is independent"),
            ({"independent": False}, "Enter why the interviewer was not independent"),
        ],
    )
    def test_refuses_what_is_incomplete(
        self, worker: User, accepted: Interview, at: datetime, missing: dict[str, Any], sentence: str
    ) -> None:
        interview = write_all(worker, accepted, at, **missing)
        with pytest.raises(services.NotComplete, match=sentence):
            complete(worker, interview, at)

    @pytest.mark.parametrize("field", ["own_words", "risks", "needs"])
    def test_refuses_silence_on_what_it_is_held_for(
        self, worker: User, written: Interview, at: datetime, field: str
    ) -> None:
        part = Part.WORDS if field == "own_words" else Part.NEXT
        interview = write(worker, written, at, part, {field: ""})
        with pytest.raises(services.NotComplete):
            complete(worker, interview, at + LATER)

    @pytest.mark.parametrize("kind", [AgencyKind.RESIDENTIAL, AgencyKind.FOSTERING])
    @pytest.mark.parametrize("account", [True, False])
    def test_the_placements_own_staff_never_pass_silently(
        self, worker: User, accepted: Interview, at: datetime, kind: AgencyKind, account: bool
    ) -> None:
        agency = factories.agency(kind=kind, name="Heronfold Homes")
        carer = factories.user(team=factories.team(agency=agency))
        given = meeting(carer, at + HOUR) if account else {}
        named = {"interviewer_id": None, "interviewer_name": "Jo", "interviewer_role": "Carer"}
        given |= {} if account else {**named, "interviewer_employer": "heronfold homes"}
        interview = write_all(worker, accepted, at + HOUR, **given)
        with pytest.raises(services.NotComplete, match="looks after children") as refusal:
            complete(worker, interview, at + HOUR)
        assert refusal.value.lack.field == "not_independent_reason"
        reason = {"not_independent_reason": "The child asked for her."}
        interview = write(worker, interview, at + HOUR, Part.MEETING, reason)
        assert complete(worker, interview, at + HOUR).status == InterviewStatus.COMPLETED

    def test_is_not_for_a_stranger(self, stranger: User, written: Interview, at: datetime, refusals: Any) -> None:
        with pytest.raises(PermissionDenied):
            complete(stranger, written, at + LATER)
        assert refusals("missing.record_interview").count() == 1
