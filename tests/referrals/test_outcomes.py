"""What MASH decides, what follows from it, and what the referrer is told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts import policy
from accounts.models import Agency, AgencyKind, Team, User
from accounts.roles import Role
from audit.models import Event
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind
from people.models import Child, Involvement
from referrals import services
from referrals.models import Grounds, Referral, Route
from referrals.rules import OPENS_CASE, Outcome, State
from riskassessment.rules import Level
from tests import factories
from tests.referrals.conftest import accepted, decided, discussed

pytestmark = pytest.mark.django_db


class TestDecide:
    @pytest.mark.parametrize("outcome", [Outcome.NO_FURTHER_ACTION, Outcome.ADVICE])
    def test_keeps_the_outcome_with_its_reason(
        self, referral: Referral, officer: User, at: datetime, outcome: Outcome
    ) -> None:
        after = decided(accepted(referral, officer, at), officer, at, outcome)
        assert (after.state, after.outcome) == (State.DECIDED, outcome)
        assert after.decisions.get().reason == "What we know so far."
        assert not Involvement.objects.exists()

    @pytest.mark.parametrize("outcome", sorted(OPENS_CASE - {Outcome.SECTION_47}))
    def test_opens_a_case_with_the_team_that_takes_it(
        self, referral: Referral, officer: User, case_team: Team, at: datetime, outcome: Outcome
    ) -> None:
        decided(accepted(referral, officer, at), officer, at, outcome, case_team)
        case = Involvement.objects.get()
        assert (case.child, case.team) == (referral.child, case_team)

    def test_tells_the_managers_of_the_team_that_takes_the_case(
        self, referral: Referral, officer: User, case_team: Team, at: datetime
    ) -> None:
        manager = factories.user(team=case_team, roles=[Role.TEAM_MANAGER])
        factories.user(team=case_team)
        decided(accepted(referral, officer, at), officer, at, Outcome.EARLY_HELP, case_team)
        assert Notice.objects.get().recipient == manager

    def test_tells_who_holds_the_case_that_is_open(
        self, referral: Referral, officer: User, case_team: Team, at: datetime
    ) -> None:
        factories.user(team=case_team, roles=[Role.TEAM_MANAGER])
        coordinator = factories.user(roles=[Role.CSE_COORDINATOR])
        holders = {"key_worker": factories.user(team=case_team), "coordinator": coordinator}
        factories.involvement(child=referral.child, team=case_team, **holders)
        decided(accepted(referral, officer, at), officer, at, Outcome.CHILD_IN_NEED)
        assert {notice.recipient for notice in Notice.objects.all()} == set(holders.values())
        assert referral.child.given_name not in Notice.objects.all()[0].text

    def test_tells_the_managers_where_who_held_the_open_case_has_left(
        self, referral: Referral, officer: User, case_team: Team, at: datetime
    ) -> None:
        manager = factories.user(team=case_team, roles=[Role.TEAM_MANAGER])
        left = factories.user(team=case_team, is_active=False)
        factories.involvement(child=referral.child, team=case_team, key_worker=left)
        decided(accepted(referral, officer, at), officer, at, Outcome.CHILD_IN_NEED)
        assert Notice.objects.get().recipient == manager

    def test_tells_all_of_a_team_without_managers(
        self, referral: Referral, officer: User, case_team: Team, at: datetime
    ) -> None:
        member = factories.user(team=case_team)
        decided(accepted(referral, officer, at), officer, at, Outcome.EARLY_HELP, case_team)
        assert Notice.objects.get().recipient == member

    @pytest.mark.parametrize("case_is_open", [True, False])
    @pytest.mark.parametrize(
        ("level", "listed"), [(Level.SERIOUS, True), (Level.SIGNIFICANT, True), (Level.AT_RISK, False), (None, False)]
    )
    def test_lists_at_cmog_who_was_screened_before_the_case(
        self,
        referral: Referral,
        officer: User,
        case_team: Team,
        at: datetime,
        level: Level | None,
        listed: bool,
        case_is_open: bool,
    ) -> None:
        """domain.md 22."""
        if level is not None:
            factories.screening(child=referral.child, submitted_at=at, suggested_level=level, judged_level=level)
        if case_is_open:
            factories.involvement(child=referral.child, team=case_team)
        decided(accepted(referral, officer, at), officer, at, Outcome.EARLY_HELP, case_team)
        assert (Involvement.objects.get().cmog_listed_at is not None) == listed

    def test_lists_at_cmog_who_was_screened_on_the_record_that_mash_matched(
        self, referral: Referral, officer: User, case_team: Team, at: datetime
    ) -> None:
        known = factories.child()
        factories.screening(
            child=referral.child, submitted_at=at, suggested_level=Level.SERIOUS, judged_level=Level.SERIOUS
        )
        Child.objects.filter(pk=referral.child_id).update(provisional=True, same_as=known)
        decided(accepted(referral, officer, at), officer, at, Outcome.EARLY_HELP, case_team)
        assert Involvement.objects.get(child=known).cmog_listed_at

    def test_needs_a_team_where_no_case_is_open(self, referral: Referral, officer: User, at: datetime) -> None:
        mine = accepted(referral, officer, at)
        with pytest.raises(services.NotReady, match="Select the team"):
            decided(mine, officer, at, Outcome.CHILD_IN_NEED)
        referral.refresh_from_db()
        assert referral.state == State.ACCEPTED
        assert not referral.decisions.exists()

    def test_goes_on_with_the_case_that_is_open(
        self, referral: Referral, officer: User, case_team: Team, at: datetime
    ) -> None:
        case = factories.involvement(child=referral.child, team=case_team)
        decided(accepted(referral, officer, at), officer, at, Outcome.CHILD_IN_NEED)
        assert Involvement.objects.get() == case
        assert Deadline.objects.get(kind=Kind.ASSESSMENT).owner_team == case_team

    def test_of_a_matched_child_opens_the_case_on_the_record_it_was_matched_with(
        self, referral: Referral, officer: User, case_team: Team, at: datetime
    ) -> None:
        known = factories.child()
        Child.objects.filter(pk=referral.child_id).update(provisional=True, same_as=known)
        decided(accepted(referral, officer, at), officer, at, Outcome.EARLY_HELP, case_team)
        assert Involvement.objects.get().child == known
        keeper = factories.user(team=case_team)
        assert set(policy.visible(keeper, Child)) == {known, referral.child}
        assert set(policy.visible(officer, Child)) == {referral.child}
        assert Event.objects.get(verb="people.begin_case").child_id == known.pk

    def test_of_a_matched_child_lets_mash_see_no_more_where_a_case_is_open(
        self, referral: Referral, officer: User, case_team: Team, at: datetime
    ) -> None:
        known = factories.child()
        factories.involvement(child=known, team=case_team)
        Child.objects.filter(pk=referral.child_id).update(provisional=True, same_as=known)
        decided(accepted(referral, officer, at), officer, at, Outcome.EARLY_HELP)
        assert set(policy.visible(officer, Child)) == {referral.child}
        assert set(policy.visible(factories.user(team=case_team), Child)) == {referral.child}

    def test_child_in_need_is_assessed_within_45_working_days_of_receipt(
        self, referral: Referral, officer: User, case_team: Team, at: datetime
    ) -> None:
        """domain.md 19: from Monday 23 November 2026, over Christmas and New Year."""
        decided(accepted(referral, officer, at), officer, at, Outcome.CHILD_IN_NEED, case_team)
        clock = Deadline.objects.get(kind=Kind.ASSESSMENT)
        assert clock.due_at == datetime(2027, 1, 28, 23, 59, 59, tzinfo=UTC)
        assert clock.owner_team == case_team

    def test_section_47_needs_a_recorded_discussion(
        self, bring_to: Any, referral: Referral, officer: User, case_team: Team, at: datetime
    ) -> None:
        with pytest.raises(services.NotReady, match="Decide on a strategy discussion first"):
            decided(bring_to(State.ACCEPTED), officer, at, Outcome.SECTION_47, case_team)
        referral.refresh_from_db()
        after = decided(referral, officer, at, Outcome.STRATEGY_DISCUSSION)
        with pytest.raises(services.NotReady, match="Record the discussion first"):
            decided(after, officer, at, Outcome.SECTION_47, case_team)

    def test_section_47_has_its_conference_within_15_working_days_of_the_discussion(
        self, bring_to: Any, officer: User, partners: list[Agency], case_team: Team, at: datetime
    ) -> None:
        """domain.md 19: Monday 23 November 2026 and fifteen working days."""
        referral = discussed(bring_to(State.IN_DISCUSSION), officer, at, partners)
        decided(referral, officer, at, Outcome.SECTION_47, case_team)
        clock = Deadline.objects.get(kind=Kind.INITIAL_CONFERENCE)
        assert clock.due_at == datetime(2026, 12, 14, 23, 59, 59, tzinfo=UTC)
        assert Deadline.objects.filter(kind=Kind.ASSESSMENT).exists()

    def test_a_strategy_discussion_keeps_it_open(self, bring_to: Any) -> None:
        referral = bring_to(State.IN_DISCUSSION)
        assert (referral.outcome, referral.decided_at) == (Outcome.STRATEGY_DISCUSSION, None)

    def test_needs_a_grade(self, referral: Referral, officer: User, at: datetime) -> None:
        mine = accepted(referral, officer, at, grade=None)
        with pytest.raises(services.NotReady, match="Grade this referral"):
            decided(mine, officer, at, Outcome.ADVICE)

    def test_meets_the_clock_of_the_grade_at_the_first_decision(self, bring_to: Any, at: datetime) -> None:
        bring_to(State.IN_DISCUSSION)
        assert Deadline.objects.get(kind=Kind.REFERRAL_AMBER).met_at == at + timedelta(minutes=30)

    def test_a_stale_page_changes_nothing(
        self, referral: Referral, officer: User, colleague: User, at: datetime
    ) -> None:
        mine = accepted(referral, officer, at)
        seen = mine.version
        services.hand_over(by=officer, at=at, referral=mine, version=seen, officer=colleague)
        with pytest.raises(services.Stale):
            services.decide(by=officer, at=at, referral=mine, version=seen, outcome=Outcome.ADVICE, reason="Nothing.")
        assert not referral.decisions.exists()

    def test_is_refused_to_the_referrer_and_remembered(
        self, referral: Referral, worker: User, at: datetime, refusals: Any
    ) -> None:
        with pytest.raises(PermissionDenied):
            decided(referral, worker, at, Outcome.ADVICE)
        assert refusals("referrals.decide").count() == 1


class TestAcknowledge:
    def test_tells_the_referrer_without_a_name(
        self, referral: Referral, worker: User, officer: User, at: datetime
    ) -> None:
        services.acknowledge(by=officer, at=at, referral=referral)
        notice = Notice.objects.get()
        assert (notice.recipient, notice.path) == (worker, f"/referrals/{referral.pk}/")
        assert referral.child.given_name not in notice.text

    @pytest.mark.parametrize("decision_first", [True, False])
    def test_meets_the_one_working_day_clock_together_with_the_decision(
        self, referral: Referral, officer: User, at: datetime, decision_first: bool
    ) -> None:
        """domain.md 18: decision and acknowledgement; whichever comes last meets it."""
        mine = accepted(referral, officer, at)
        deeds = [
            lambda: decided(Referral.objects.get(pk=mine.pk), officer, at, Outcome.ADVICE),
            lambda: services.acknowledge(by=officer, at=at + timedelta(minutes=40), referral=mine),
        ]
        first, second = deeds if decision_first else reversed(deeds)
        first()
        assert Deadline.objects.get(kind=Kind.MASH_DECISION).met_at is None
        second()
        assert Deadline.objects.get(kind=Kind.MASH_DECISION).met_at is not None

    def test_happens_once(self, referral: Referral, officer: User, at: datetime) -> None:
        services.acknowledge(by=officer, at=at, referral=referral)
        with pytest.raises(services.AlreadyTold):
            services.acknowledge(by=officer, at=at, referral=referral)

    def test_is_not_asked_for_somebody_who_left_no_way_to_be_reached(
        self, referral: Referral, officer: User, at: datetime
    ) -> None:
        Referral.objects.filter(pk=referral.pk).update(route=Route.PUBLIC, origin_team=None)
        referral.refresh_from_db()
        with pytest.raises(services.CannotBeTold):
            services.acknowledge(by=officer, at=at, referral=referral)
        decided(accepted(referral, officer, at), officer, at, Outcome.ADVICE)
        assert Deadline.objects.get(kind=Kind.MASH_DECISION).met_at

    def test_tells_the_team_once_the_referrer_has_left(
        self, referral: Referral, worker: User, manager: User, officer: User, at: datetime
    ) -> None:
        User.objects.filter(pk=worker.pk).update(is_active=False)
        services.acknowledge(by=officer, at=at, referral=Referral.objects.get(pk=referral.pk))
        assert Notice.objects.get().recipient == manager


class TestGiveFeedback:
    def test_closes_and_tells_the_referrer(self, bring_to: Any, worker: User) -> None:
        referral = bring_to(State.CLOSED)
        assert (referral.state, referral.feedback) == (State.CLOSED, "We gave advice.")
        assert Notice.objects.get(recipient=worker, key__startswith="referral-feedback").path.endswith(
            f"/{referral.pk}/"
        )

    def test_acknowledges_where_nobody_had(self, bring_to: Any) -> None:
        referral = bring_to(State.CLOSED)
        assert referral.acknowledged_at == referral.feedback_at
        assert Deadline.objects.get(kind=Kind.MASH_DECISION).met_at == referral.feedback_at

    def test_leaves_an_earlier_acknowledgement_as_it_was(
        self, bring_to: Any, officer: User, colleague: User, at: datetime
    ) -> None:
        referral = services.acknowledge(by=colleague, at=at, referral=bring_to(State.DECIDED))
        referral = services.give_feedback(by=officer, at=at + timedelta(days=1), referral=referral, feedback="Done.")
        assert (referral.acknowledged_by, referral.acknowledged_at) == (colleague, at)


class TestReferToNrm:
    def test_names_the_first_responder(
        self, bring_to: Any, officer: User, partners: list[Agency], at: datetime
    ) -> None:
        referral = sent(bring_to(State.ACCEPTED), officer, partners[1], at)
        assert referral.nrm.first_responder == partners[1]
        assert referral.trafficking_indicated

    @pytest.mark.parametrize("kind", [AgencyKind.HEALTH, AgencyKind.SCHOOL])
    def test_refuses_who_is_no_first_responder(
        self, bring_to: Any, officer: User, at: datetime, kind: AgencyKind
    ) -> None:
        with pytest.raises(services.NotAFirstResponder, match="is not a first responder"):
            sent(bring_to(State.ACCEPTED), officer, factories.agency(kind=kind), at)

    @pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 24)])
    def test_refuses_a_day_before_receipt_or_after_today(
        self, bring_to: Any, officer: User, partners: list[Agency], at: datetime, day: date
    ) -> None:
        with pytest.raises(services.WrongGrounds, match="between the day the referral was received and today"):
            sent(bring_to(State.ACCEPTED), officer, partners[1], at, day)

    def test_is_recorded_once(self, bring_to: Any, officer: User, partners: list[Agency], at: datetime) -> None:
        referral = sent(bring_to(State.ACCEPTED), officer, partners[1], at)
        with pytest.raises(services.AlreadyReferred):
            sent(referral, officer, partners[1], at)


class TestRecordGrounds:
    def test_conclusive_grounds_follow_positive_reasonable_ones(
        self, bring_to: Any, officer: User, partners: list[Agency], at: datetime
    ) -> None:
        referral = sent(bring_to(State.ACCEPTED), officer, partners[1], at)
        for grounds in (Grounds.POSITIVE, Grounds.NEGATIVE):
            referral = on_grounds(referral, officer, at, grounds)
        nrm = referral.nrm
        nrm.refresh_from_db()
        assert (nrm.reasonable_grounds, nrm.conclusive_grounds) == (Grounds.POSITIVE, Grounds.NEGATIVE)

    def test_negative_reasonable_grounds_are_the_end(
        self, bring_to: Any, officer: User, partners: list[Agency], at: datetime
    ) -> None:
        referral = sent(bring_to(State.ACCEPTED), officer, partners[1], at)
        referral = on_grounds(referral, officer, at, Grounds.NEGATIVE)
        with pytest.raises(services.WrongGrounds, match="already been recorded"):
            on_grounds(referral, officer, at, Grounds.POSITIVE)

    @pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 24)])
    def test_refuses_a_day_out_of_order(
        self, bring_to: Any, officer: User, partners: list[Agency], at: datetime, day: date
    ) -> None:
        referral = sent(bring_to(State.ACCEPTED), officer, partners[1], at)
        with pytest.raises(services.WrongGrounds, match="between the step before it and today"):
            on_grounds(referral, officer, at, Grounds.POSITIVE, day)

    def test_needs_a_referral_to_decide_on(self, bring_to: Any, officer: User, at: datetime) -> None:
        with pytest.raises(services.WrongGrounds, match="first"):
            on_grounds(bring_to(State.ACCEPTED), officer, at, Grounds.POSITIVE)


def sent(referral: Referral, officer: User, agency: Agency, at: datetime, day: date = date(2026, 11, 23)) -> Referral:
    return services.refer_to_nrm(by=officer, at=at, referral=referral, first_responder=agency, sent_on=day)


def on_grounds(
    referral: Referral, officer: User, at: datetime, grounds: Grounds, day: date = date(2026, 11, 23)
) -> Referral:
    return services.record_grounds(by=officer, at=at, referral=referral, grounds=grounds, decided_on=day)
