"""What leads claim, what the figures say, and what the chair lets stand (domain.md 25)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import ClassVar

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.refusals import NotNow
from delivery_plan import selectors, services
from delivery_plan.models import Action, Plan, Update
from delivery_plan.rules import Pillar, Rag, UpdateState
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = {"starts_on": date(2027, 4, 1), "ends_on": date(2028, 3, 31)}


def begin(chair: User, at: datetime, *carried: Action) -> Plan:
    return services.begin(by=chair, at=at, title="Plan 2027", carried=carried, **YEAR)


class TestBegin:
    def test_the_first_has_the_strategys_21_actions(self, chair: User, at: datetime) -> None:
        plan = begin(chair, at)
        counts = [plan.actions.filter(pillar=each).count() for each in Pillar]
        assert counts == [6, 7, 8]
        assert plan.actions.get(number=1).text.startswith("Undertake regular local CSE profiling")

    def test_the_next_carries_over_what_is_chosen_and_closes_the_rest(self, chair: User, at: datetime) -> None:
        kept, left = factories.action(rag=Rag.AMBER, rag_reason="Late"), factories.action()
        factories.barrier(action=kept)
        factories.plan_update(action=kept, drafted_by=chair, state=UpdateState.ACCEPTED)
        plan = begin(chair, at, kept)
        (carried,) = plan.actions.all()
        assert (carried.carried_from, carried.rag, carried.number) == (kept, Rag.AMBER, 1)
        assert carried.barriers.get().what == kept.barriers.get().what
        left.refresh_from_db()
        assert left.closed_reason == "Not carried over into Plan 2027"
        assert kept.updates.count() == 1
        assert not carried.updates.exists()
        assert selectors.current_plan() == plan

    def test_what_is_carried_over_keeps_its_way_ahead(self, chair: User, lead: User, at: datetime) -> None:
        first, second, left = factories.action(lead=lead), factories.action(), factories.action()
        first.depends_on.set([second, left])
        factories.milestone(action=first, text="Ahead")
        factories.milestone(action=first, text="Reached", done_on=at.date())
        begin(chair, at, first, second)
        assert [each.text for each in first.carried_to.milestones.all()] == ["Ahead"]
        assert [each.carried_from for each in first.carried_to.depends_on.all()] == [second]
        assert first.milestones.count() == 2

    def test_an_update_that_waits_goes_on_waiting(self, chair: User, lead: User, at: datetime) -> None:
        old = factories.action(lead=lead)
        accepted, waiting = (
            factories.plan_update(action=old, drafted_by=lead, settled_by=chair, settled_at=at, state=state)
            for state in (UpdateState.ACCEPTED, UpdateState.SUBMITTED)
        )
        days = {"starts_on": date(2027, 4, 1), "ends_on": date(2028, 3, 31)}
        services.begin(by=chair, at=at, title="The next", carried=[old], **days)
        new = Action.objects.get(carried_from=old)
        assert [list(each.updates.all()) for each in (old, new)] == [[accepted], [waiting]]
        services.accept_update(by=chair, at=at, update=waiting)
        new.refresh_from_db()
        assert new.rag == waiting.rag

    def test_a_lead_cannot_begin_one(self, lead: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            begin(lead, at)


class TestSetUp:
    def test_what_another_has_changed_is_not_overwritten(self, action: Action, set_up: Callable[..., Action]) -> None:
        set_up(action, success="Theirs")
        with pytest.raises(services.Changed):
            set_up(action, success="Ours", version=1)
        action.refresh_from_db()
        assert action.success == "Theirs"

    def test_no_action_waits_for_itself(self, action: Action, set_up: Callable[..., Action]) -> None:
        second, third = factories.action(), factories.action()
        set_up(action, depends_on=[second])
        set_up(second, depends_on=[third])
        with pytest.raises(services.Circle):
            set_up(third, depends_on=[action])


class TestSaveUpdate:
    def test_one_that_waits_for_the_chair_is_not_changed(
        self, action: Action, lead: User, draft: Callable[..., Update], at: datetime
    ) -> None:
        services.submit_update(by=lead, at=at, update=draft(action))
        with pytest.raises(services.NotNow, match="waits for the chair"):
            draft(action, version=1)

    def test_two_who_write_at_once_overwrite_neither(self, action: Action, draft: Callable[..., Update]) -> None:
        draft(action, text="Theirs")
        with pytest.raises(services.Changed) as refusal:
            draft(action, text="Ours")
        assert refusal.value.theirs.text == "Theirs"

    def test_are_written_by_the_lead_or_the_chair_alone(
        self, action: Action, stranger: User, chair: User, at: datetime
    ) -> None:
        words = {"version": 0, "text": "x", "rag": Rag.RED, "rag_reason": "y", "despite": ""}
        with pytest.raises(PermissionDenied):
            services.save_update(by=stranger, at=at, action=action, **words)
        assert services.save_update(by=chair, at=at, action=action, **words).drafted_by == chair


class TestSubmitUpdate:
    @pytest.fixture
    def measured(self, action: Action, set_up: Callable[..., Action], made_up: Callable[..., None]) -> Action:
        return set_up(action, measure="test.made_up", target=90)

    def test_needs_a_reason_where_the_figures_say_otherwise(
        self,
        measured: Action,
        lead: User,
        draft: Callable[..., Update],
        made_up: Callable[..., None],
        at: datetime,
    ) -> None:
        made_up(60, 80)
        with pytest.raises(services.SaysOtherwise, match=r"75% \(60 of 80\) in Q3 2026, target at least 90%"):
            services.submit_update(by=lead, at=at, update=draft(measured))
        reasoned = draft(measured, version=1, despite="One school was closed")
        sent = services.submit_update(by=lead, at=at, update=reasoned)
        assert sent.figure == "75% (60 of 80) in Q3 2026, target at least 90%"

    @pytest.mark.parametrize(("of", "rag"), [(80, Rag.GREEN), (60, Rag.AMBER), (60, Rag.RED)])
    def test_needs_none_where_they_agree_or_it_is_not_claimed(
        self,
        measured: Action,
        lead: User,
        draft: Callable[..., Update],
        made_up: Callable[..., None],
        at: datetime,
        of: int,
        rag: Rag,
    ) -> None:
        made_up(of, 80)
        sent = services.submit_update(by=lead, at=at, update=draft(measured, rag=rag))
        assert sent.state == UpdateState.SUBMITTED

    def test_is_marked_once_the_figures_fall(
        self, measured: Action, made_up: Callable[..., None], at: datetime
    ) -> None:
        Action.objects.update(rag=Rag.GREEN)
        later = at + timedelta(minutes=1)
        made_up(80, 80)
        made_up(60, 80, counted_at=later)
        assert not selectors.lines(selectors.actions(), at=at)[0].contradicted
        assert selectors.lines(selectors.actions(), at=later)[0].contradicted


class TestAcceptUpdate:
    def test_stand_on_the_action_once_the_chair_accepts(
        self, action: Action, chair: User, lead: User, draft: Callable[..., Update], at: datetime
    ) -> None:
        sent = services.submit_update(by=lead, at=at, update=draft(action, rag=Rag.AMBER))
        action.refresh_from_db()
        assert not action.rag
        services.accept_update(by=chair, at=at + timedelta(days=1), update=sent)
        action.refresh_from_db()
        assert (action.rag, action.rag_reason, action.updated_on) == (Rag.AMBER, "All is done", date(2026, 11, 24))

    def test_is_done_once(self, action: Action, chair: User, at: datetime) -> None:
        update = factories.plan_update(action=action, drafted_by=chair, state=UpdateState.SUBMITTED)
        services.accept_update(by=chair, at=at, update=update)
        with pytest.raises(services.NotNow):
            services.accept_update(by=chair, at=at, update=update)

    def test_is_for_the_chair_alone(self, action: Action, lead: User, at: datetime) -> None:
        update = factories.plan_update(action=action, drafted_by=lead, state=UpdateState.SUBMITTED)
        with pytest.raises(PermissionDenied):
            services.accept_update(by=lead, at=at, update=update)


class TestReturnUpdate:
    def test_sent_back_can_be_written_again(
        self, action: Action, chair: User, lead: User, draft: Callable[..., Update], at: datetime
    ) -> None:
        sent = services.submit_update(by=lead, at=at, update=draft(action))
        returned = services.return_update(by=chair, at=at, update=sent, reason="Say when")
        again = draft(action, version=returned.version, text="In June")
        assert services.submit_update(by=lead, at=at, update=again).state == UpdateState.SUBMITTED
        assert action.updates.count() == 1


class TestAddAction:
    def test_has_the_next_number_and_says_what_it_arises_from(self, action: Action, chair: User, at: datetime) -> None:
        words = {"pillar": Pillar.PREVENTION, "text": "Teach it", "finding": "audit.7"}
        made = services.add_action(by=chair, at=at, plan=action.plan, **words)
        assert (made.number, made.finding) == (action.number + 1, "audit.7")

    def test_one_finding_makes_one_action_and_is_carried_over_with_it(
        self, action: Action, chair: User, at: datetime
    ) -> None:
        words = {"pillar": Pillar.PREVENTION, "text": "Teach it", "finding": "audit.7"}
        made = services.add_action(by=chair, at=at, plan=action.plan, **words)
        with pytest.raises(NotNow, match="already arises from this"):
            services.add_action(by=chair, at=at, plan=action.plan, **words)
        days = {"starts_on": date(2027, 4, 1), "ends_on": date(2028, 3, 31)}
        services.begin(by=chair, at=at, title="The next", carried=[made], **days)
        followed = selectors.arisen_from(["audit.7"])["audit.7"]
        assert [each.title for each in followed] == ["Action 1"]


class TestClose:
    def test_is_done_once(self, action: Action, chair: User, at: datetime) -> None:
        closed = services.close(by=chair, at=at, action=action, reason="Done")
        assert (closed.closed_on, closed.closed_reason) == (at.date(), "Done")
        with pytest.raises(services.NotNow, match="already been closed"):
            services.close(by=chair, at=at, action=action, reason="Again")


class TestRaiseBarrier:
    WORDS: ClassVar = {
        "what": "No money",
        "since_on": date(2026, 11, 2),
        "who_can_lift": "The council",
        "raised_to": "",
    }

    def test_is_done_by_the_lead(self, action: Action, lead: User, at: datetime) -> None:
        services.raise_barrier(by=lead, at=at, action=action, **self.WORDS)
        assert [each.what for each in selectors.lines(selectors.actions(), at=at)[0].barriers] == ["No money"]

    def test_is_not_done_by_another(self, action: Action, stranger: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.raise_barrier(by=stranger, at=at, action=action, **self.WORDS)


class TestLiftBarrier:
    def test_is_not_done_before_it_arose(self, action: Action, lead: User, at: datetime) -> None:
        barrier = factories.barrier(action=action)
        with pytest.raises(services.NotNow, match="same as or after"):
            services.lift_barrier(by=lead, at=at, barrier=barrier, lifted_on=date(2026, 10, 31), how_lifted="Paid")

    def test_is_done_once(self, action: Action, lead: User, at: datetime) -> None:
        barrier = factories.barrier(action=action)
        lifted = services.lift_barrier(by=lead, at=at, barrier=barrier, lifted_on=at.date(), how_lifted="Paid")
        with pytest.raises(services.NotNow, match="already"):
            services.lift_barrier(by=lead, at=at, barrier=lifted, lifted_on=at.date(), how_lifted="Paid")


def test_nothing_is_said_of_a_closed_action_any_more(chair: User, lead: User, at: datetime) -> None:
    closed = factories.action(lead=lead, closed_on=at.date(), closed_reason="Done")
    with pytest.raises(services.NotNow, match="has been closed"):
        services.add_evidence(by=lead, at=at, action=closed, title="Minutes", link="")
    with pytest.raises(services.NotNow, match="has been closed"):
        services.add_milestone(by=chair, at=at, action=closed, text="Opened", due_on=at.date())


class TestAddMilestone:
    def test_is_for_the_chair_alone(self, action: Action, chair: User, lead: User, at: datetime) -> None:
        words = {"text": "The venue is booked", "due_on": date(2026, 12, 1)}
        assert services.add_milestone(by=chair, at=at, action=action, **words).done_on is None
        with pytest.raises(PermissionDenied):
            services.add_milestone(by=lead, at=at, action=action, **words)


class TestChangeMilestone:
    def test_is_for_the_chair_alone(self, action: Action, chair: User, lead: User, at: datetime) -> None:
        words = {"milestone": factories.milestone(action=action), "version": 1, "text": "Opened"}
        changed = services.change_milestone(by=chair, at=at, due_on=date(2027, 2, 1), **words)
        assert (changed.text, changed.due_on, changed.version) == ("Opened", date(2027, 2, 1), 2)
        with pytest.raises(PermissionDenied):
            services.change_milestone(by=lead, at=at, due_on=date(2027, 3, 1), **words)

    def test_what_another_has_changed_is_not_overwritten(self, action: Action, chair: User, at: datetime) -> None:
        words = {"milestone": factories.milestone(action=action), "version": 1, "text": "Opened"}
        services.change_milestone(by=chair, at=at, due_on=date(2027, 2, 1), **words)
        with pytest.raises(services.Changed):
            services.change_milestone(by=chair, at=at, due_on=date(2027, 3, 1), **words)

    def test_one_that_was_reached_stays_as_it_was(self, action: Action, chair: User, at: datetime) -> None:
        reached = factories.milestone(action=action, done_on=at.date())
        words = {"version": 1, "text": "Opened", "due_on": date(2027, 2, 1)}
        with pytest.raises(services.NotNow, match="already been reached"):
            services.change_milestone(by=chair, at=at, milestone=reached, **words)


class TestReachMilestone:
    def test_is_done_once(self, action: Action, lead: User, at: datetime) -> None:
        reached = services.reach_milestone(by=lead, at=at, milestone=factories.milestone(action=action))
        assert reached.done_on == at.date()
        with pytest.raises(services.NotNow, match="already been reached"):
            services.reach_milestone(by=lead, at=at, milestone=reached)


class TestAddEvidence:
    def test_is_done_by_the_lead_and_by_no_other(
        self, action: Action, lead: User, stranger: User, at: datetime
    ) -> None:
        words = {"title": "Minutes", "link": "https://example.org/minutes"}
        assert services.add_evidence(by=lead, at=at, action=action, **words).added_at == at
        with pytest.raises(PermissionDenied):
            services.add_evidence(by=stranger, at=at, action=action, **words)
