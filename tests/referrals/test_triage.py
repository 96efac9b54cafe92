"""What MASH does before it decides."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

import accounts.selectors
import deadlines.services
from accounts.models import Agency, User
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind
from referrals import services
from referrals.models import Check, Referral
from referrals.rules import GRADE_CLOCKS, Grade, Outcome, State
from tests import factories
from tests.referrals.conftest import accepted, decided, discussed

pytestmark = pytest.mark.django_db


class TestAccept:
    def test_puts_the_officers_name_on_the_referral_and_its_clock(
        self, referral: Referral, officer: User, at: datetime
    ) -> None:
        referral = services.accept(by=officer, at=at, referral=referral)
        assert (referral.state, referral.accepted_by, referral.accepted_at) == (State.ACCEPTED, officer, at)
        assert Deadline.objects.get().owner == officer

    def test_names_who_has_it_already(self, referral: Referral, officer: User, colleague: User, at: datetime) -> None:
        services.accept(by=colleague, at=at, referral=referral)
        with pytest.raises(services.NotPossibleNow, match=str(colleague)):
            services.accept(by=officer, at=at, referral=referral)

    def test_is_refused_to_the_referrer_and_remembered(
        self, referral: Referral, worker: User, at: datetime, refusals: Any
    ) -> None:
        with pytest.raises(PermissionDenied):
            services.accept(by=worker, at=at, referral=referral)
        assert refusals("referrals.accept").get().subject_id == referral.pk


class TestGrade:
    def test_the_first_grades_clock_runs_from_receipt(self, referral: Referral, officer: User, at: datetime) -> None:
        give(referral, officer, at + timedelta(hours=3), Grade.AMBER)
        clock = Deadline.objects.get(kind=Kind.REFERRAL_AMBER)
        assert clock.started_at == at
        assert clock.due_at == datetime(2026, 11, 24, 12, tzinfo=UTC)

    def test_a_later_grade_voids_the_former_clock_and_starts_its_own_from_the_change(
        self, referral: Referral, officer: User, at: datetime
    ) -> None:
        graded = give(referral, officer, at, Grade.GREEN)
        later = at + timedelta(hours=50)
        give(graded, officer, later, Grade.RED)
        former = Deadline.objects.get(kind=Kind.REFERRAL_GREEN)
        assert (former.voided_at, former.void_reason) == (later, "Graded Red")
        assert Deadline.objects.get(kind=Kind.REFERRAL_RED).started_at == later

    def test_after_immediate_danger_it_is_a_later_grade(
        self, worker: User, officer: User, child: Any, at: datetime
    ) -> None:
        from tests.referrals.conftest import make_referral

        referral = make_referral(worker, child, at, immediate_danger=True)
        graded = give(referral, officer, at + timedelta(hours=1), Grade.AMBER)
        assert [change.grade for change in graded.grade_changes.order_by("at")] == [Grade.RED, Grade.AMBER]
        assert Deadline.objects.get(kind=Kind.REFERRAL_AMBER).started_at == at + timedelta(hours=1)

    def test_blue_has_no_clock(self, referral: Referral, officer: User, at: datetime) -> None:
        give(referral, officer, at, Grade.BLUE)
        assert [clock.kind for clock in Deadline.objects.filter(voided_at=None)] == [Kind.MASH_DECISION]

    def test_keeps_the_history_with_its_reasons(self, referral: Referral, officer: User, at: datetime) -> None:
        give(give(referral, officer, at, Grade.GREEN), officer, at, Grade.AMBER)
        assert [(change.grade, change.reason) for change in referral.grade_changes.order_by("pk")] == [
            (Grade.GREEN, "Because."),
            (Grade.AMBER, "Because."),
        ]

    def test_red_tells_the_other_officers_without_a_name(
        self, referral: Referral, officer: User, colleague: User, at: datetime
    ) -> None:
        give(referral, officer, at, Grade.RED)
        notice = Notice.objects.get()
        assert notice.recipient == colleague
        assert referral.child.given_name not in notice.text

    def test_refuses_the_grade_it_has(self, referral: Referral, officer: User, at: datetime) -> None:
        graded = give(referral, officer, at, Grade.AMBER)
        with pytest.raises(services.SameGrade, match="already graded Amber"):
            give(graded, officer, at, Grade.AMBER)

    def test_refuses_a_stale_page(self, referral: Referral, officer: User, colleague: User, at: datetime) -> None:
        give(referral, colleague, at, Grade.RED)
        with pytest.raises(services.Stale, match="This referral was changed"):
            give(referral, officer, at, Grade.BLUE)
        referral.refresh_from_db()
        assert referral.grade == Grade.RED


class TestHandOver:
    def test_gives_the_referral_and_its_clocks_to_another_officer_and_tells_them(
        self, referral: Referral, officer: User, colleague: User, at: datetime
    ) -> None:
        mine = accepted(referral, officer, at)
        theirs = services.hand_over(by=officer, at=at, referral=mine, version=mine.version, officer=colleague)
        assert theirs.accepted_by == colleague
        assert {clock.owner for clock in Deadline.objects.filter(met_at=None, voided_at=None)} == {colleague}
        assert Notice.objects.get().recipient == colleague
        passed = referral.hand_overs.get()
        assert (passed.from_officer, passed.to_officer) == (officer, colleague)

    def test_refuses_somebody_who_is_no_officer(
        self, referral: Referral, officer: User, worker: User, at: datetime
    ) -> None:
        mine = accepted(referral, officer, at)
        with pytest.raises(services.NotAnOfficer, match="is not a MASH officer"):
            services.hand_over(by=officer, at=at, referral=mine, version=mine.version, officer=worker)

    def test_refuses_whoever_has_it(self, referral: Referral, officer: User, at: datetime) -> None:
        mine = accepted(referral, officer, at)
        with pytest.raises(services.NotAnOfficer, match="already has"):
            services.hand_over(by=officer, at=at, referral=mine, version=mine.version, officer=officer)


class TestAskAgency:
    def test_notes_who_was_asked_when(
        self, referral: Referral, officer: User, partners: list[Agency], at: datetime
    ) -> None:
        services.ask_agency(by=officer, at=at, referral=accepted(referral, officer, at), agency=partners[1])
        check = Check.objects.get()
        assert (check.agency, check.asked_by, check.asked_at) == (partners[1], officer, at)

    def test_asks_an_agency_once(self, referral: Referral, officer: User, partners: list[Agency], at: datetime) -> None:
        mine = accepted(referral, officer, at)
        services.ask_agency(by=officer, at=at, referral=mine, agency=partners[1])
        with pytest.raises(services.AlreadyAsked, match="has already been asked"):
            services.ask_agency(by=officer, at=at, referral=mine, agency=partners[1])


class TestRecordCheck:
    def test_keeps_the_answer_and_who_gave_it(self, check: Check, officer: User, at: datetime) -> None:
        answered = services.record_check(
            by=officer, at=at, check=check, finding="Two call-outs.", answered_by="PC Hill"
        )
        assert (answered.finding, answered.answered_by, answered.answered_at) == ("Two call-outs.", "PC Hill", at)

    def test_does_not_overwrite_an_answer(self, check: Check, officer: User, at: datetime) -> None:
        services.record_check(by=officer, at=at, check=check, finding="Two call-outs.", answered_by="PC Hill")
        with pytest.raises(services.AlreadyAnswered):
            services.record_check(by=officer, at=at, check=check, finding="None.", answered_by="PC Hill")
        check.refresh_from_db()
        assert check.finding == "Two call-outs."

    def test_counts_as_a_change_of_the_referral(self, check: Check, officer: User, at: datetime) -> None:
        """Whoever is deciding meanwhile must read it first."""
        before = check.referral.version
        services.record_check(by=officer, at=at, check=check, finding="Two call-outs.", answered_by="PC Hill")
        with pytest.raises(services.Stale):
            services.decide(
                by=officer, at=at, referral=check.referral, version=before, outcome=Outcome.ADVICE, reason="Nothing."
            )

    def test_a_late_answer_is_kept(self, check: Check, officer: User, at: datetime) -> None:
        referral = Referral.objects.get(pk=check.referral_id)
        decided(referral, officer, at, Outcome.ADVICE)
        assert services.record_check(by=officer, at=at, check=check, finding="Known.", answered_by="").answered_at == at

    def test_is_refused_to_the_referrer(self, check: Check, worker: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.record_check(by=worker, at=at, check=check, finding="x", answered_by="x")


class TestRecordDiscussion:
    def test_keeps_who_took_part(self, bring_to: Any, officer: User, partners: list[Agency], at: datetime) -> None:
        referral = discussed(bring_to(State.IN_DISCUSSION), officer, at, partners)
        discussion = referral.strategy_discussion
        assert set(discussion.agencies.all()) == set(partners)
        assert discussion.held_at == at + timedelta(minutes=40)

    @pytest.mark.parametrize(
        ("present", "missing"),
        [
            ((0, 1), "Missing: health."),
            ((0,), "Missing: the police and health."),
            ((), "Missing: the local authority, the police and health."),
        ],
    )
    def test_names_who_is_missing(
        self, bring_to: Any, officer: User, partners: list[Agency], at: datetime, present: tuple[int], missing: str
    ) -> None:
        """domain.md 19."""
        with pytest.raises(services.NotADiscussion, match=missing):
            discussed(bring_to(State.IN_DISCUSSION), officer, at, [partners[index] for index in present])

    @pytest.mark.parametrize(
        ("moved", "sentence"),
        [(timedelta(days=2), "must be in the past"), (timedelta(days=-1), "before the referral was received")],
    )
    def test_refuses_a_moment_it_cannot_have_been_held_at(
        self, bring_to: Any, officer: User, partners: list[Agency], at: datetime, moved: timedelta, sentence: str
    ) -> None:
        referral = bring_to(State.IN_DISCUSSION)
        with pytest.raises(services.WrongMoment, match=sentence):
            services.record_discussion(
                by=officer,
                at=at + timedelta(hours=1),
                referral=referral,
                held_at=at + moved,
                agencies=partners,
                summary="Agreed.",
            )

    def test_is_recorded_once(self, bring_to: Any, officer: User, partners: list[Agency], at: datetime) -> None:
        referral = discussed(bring_to(State.IN_DISCUSSION), officer, at, partners)
        with pytest.raises(services.AlreadyHeld):
            discussed(referral, officer, at, partners)


@pytest.fixture
def check(referral: Referral, officer: User, at: datetime) -> Check:
    mine = accepted(referral, officer, at)
    services.ask_agency(by=officer, at=at, referral=mine, agency=factories.agency())
    return Check.objects.get()


def give(referral: Referral, officer: User, at: datetime, grade: Grade) -> Referral:
    return services.grade(
        by=officer, at=at, referral=referral, version=referral.version, grade=grade, reason="Because."
    )


class TestClocks:
    @pytest.mark.parametrize("kind", [Kind.MASH_DECISION, *GRADE_CLOCKS.values()])
    def test_lead_whoever_is_told_to_the_referral(
        self, referral: Referral, officer: User, at: datetime, kind: Kind
    ) -> None:
        Deadline.objects.all().update(kind=kind)
        deadlines.services.sweep(by=accounts.selectors.system_actor(), at=at + timedelta(days=7))
        notice = Notice.objects.get(recipient=officer)
        assert notice.path == reverse("referrals:referral", args=[referral.pk])

    @pytest.mark.parametrize("kind", [Kind.ASSESSMENT, Kind.INITIAL_CONFERENCE])
    def test_lead_whoever_holds_the_case_to_the_child(self, kind: Kind) -> None:
        """They may not see the referral."""
        assert Deadline(kind=kind, child_id=7, subject_id=9).page == reverse("people:child", args=[7])
