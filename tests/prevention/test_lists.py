"""A list from a file shows what it would change, row by row; is recorded; is undone (domain.md 33)."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Agency, User
from frontend.lists import ListState
from prevention import services
from prevention.models import Attendance, Learner, Session, TrainingList
from prevention.rules import ListRow, Outcome, WorkRole
from tests import factories

pytestmark = pytest.mark.django_db
Listed = Callable[..., ListRow]


@pytest.fixture
def session() -> Session:
    return factories.session()


@pytest.fixture
def propose(session: Session, at: datetime) -> Callable[..., TrainingList]:
    def run(by: User, *rows: ListRow) -> TrainingList:
        return services.propose_list(by=by, at=at, session=session, rows=rows)

    return run


Propose = Callable[..., TrainingList]


def outcomes(training_list: TrainingList) -> list[str]:
    return list(training_list.rows.order_by("number").values_list("outcome", flat=True))


class TestProposeList:
    def test_says_what_each_row_would_do_and_does_none_of_it(
        self, manager: User, own: Agency, session: Session, propose: Propose, listed: Listed
    ) -> None:
        known = factories.learner(reference="known@example.org", name="Jo Bloggs", agency=own, role="foster_carer")
        factories.learner(reference="other@example.org", name="Jo Bloggs", agency=own, role="school")
        there = factories.learner(reference="there@example.org", agency=own)
        factories.attendance(session=session, learner=there)
        rows = [
            listed(2, reference="new@example.org"),
            listed(3, reference="KNOWN@example.org"),
            listed(4, reference="other@example.org"),
            listed(5, reference="there@example.org"),
            listed(6, reference=known.reference),
            listed(7, role="Astronaut", name=""),
            listed(8, role="", agency=""),
        ]
        made = propose(manager, *rows)
        expected = [Outcome.ADDS_PERSON, Outcome.ADDS, Outcome.CHANGES, Outcome.NOTHING, *[Outcome.WRONG] * 3]
        assert outcomes(made) == expected
        assert made.rows.get(number=4).was == {"role": "school"}
        assert made.rows.get(number=6).why == "This person stands in the list more than once"
        assert made.rows.get(number=7).why == "The name is missing. No role is called “Astronaut”"
        assert made.rows.get(number=8).why == "The agency is missing. The role is missing"
        assert Attendance.objects.count() == 1

    def test_a_manager_records_nobody_of_another_agency(
        self, manager: User, keeper: User, propose: Propose, listed: Listed
    ) -> None:
        factories.learner(reference="jo@example.org")
        other = factories.agency()
        rows = [listed(), listed(3, reference="b@example.org", agency=other.name)]
        assert outcomes(propose(manager, *rows)) == [Outcome.WRONG, Outcome.WRONG]
        assert outcomes(propose(keeper, *rows)) == [Outcome.CHANGES, Outcome.ADDS_PERSON]

    def test_is_not_for_a_practitioner(self, worker: User, propose: Propose, listed: Listed) -> None:
        with pytest.raises(PermissionDenied):
            propose(worker, listed())


class TestApplyList:
    def test_records_what_was_shown(
        self, manager: User, own: Agency, propose: Propose, listed: Listed, at: datetime
    ) -> None:
        left = date(2026, 1, 1)
        factories.learner(reference="b@example.org", name="Old Name", agency=own, role="school", left_on=left)
        rows = [listed(), listed(3, reference="b@example.org"), listed(4, role="?")]
        applied = services.apply_list(by=manager, at=at, training_list=propose(manager, *rows))
        assert applied.state == ListState.APPLIED
        assert Attendance.objects.count() == 2
        changed = Learner.objects.get(reference="b@example.org")
        assert (changed.name, changed.role, changed.left_on) == ("Jo Bloggs", WorkRole.FOSTER_CARER, None)
        with pytest.raises(services.NotNow):
            services.apply_list(by=manager, at=at, training_list=applied)

    def test_records_nothing_once_the_register_has_changed(
        self, manager: User, own: Agency, propose: Propose, listed: Listed, at: datetime
    ) -> None:
        made = propose(manager, listed())
        factories.learner(reference="jo@example.org", agency=own)
        with pytest.raises(services.NotNow, match="has changed since"):
            services.apply_list(by=manager, at=at, training_list=made)
        assert not Attendance.objects.exists()

    def test_of_nothing_is_refused(self, manager: User, propose: Propose, listed: Listed, at: datetime) -> None:
        with pytest.raises(services.NotNow, match="nothing in this list"):
            services.apply_list(by=manager, at=at, training_list=propose(manager, listed(role="?")))

    def test_is_for_who_proposed_it_and_who_keeps_the_registers(
        self, manager: User, keeper: User, propose: Propose, listed: Listed, at: datetime
    ) -> None:
        made = propose(manager, listed())
        other = factories.user(team=factories.team(), roles=manager.roles)
        with pytest.raises(PermissionDenied):
            services.apply_list(by=other, at=at, training_list=made)
        assert services.apply_list(by=keeper, at=at, training_list=made).applied_at == at


class TestUndoList:
    def test_takes_back_what_it_recorded(
        self, manager: User, own: Agency, propose: Propose, listed: Listed, at: datetime
    ) -> None:
        left = date(2026, 1, 1)
        was = {"name": "Old Name", "agency": own, "role": "school", "left_on": left}
        factories.learner(reference="b@example.org", **was)
        rows = [listed(), listed(3, reference="b@example.org")]
        applied = services.apply_list(by=manager, at=at, training_list=propose(manager, *rows))
        undone = services.undo_list(by=manager, at=at, training_list=applied)
        assert undone.state == ListState.UNDONE
        assert not Attendance.objects.exists()
        (only,) = Learner.objects.all()
        assert {name: getattr(only, name) for name in was} == was
        with pytest.raises(services.NotNow):
            services.undo_list(by=manager, at=at, training_list=undone)

    def test_leaves_what_was_changed_since_and_who_came_again(
        self, manager: User, own: Agency, propose: Propose, listed: Listed, at: datetime
    ) -> None:
        factories.learner(reference="b@example.org", name="Old Name", agency=own, role="school")
        rows = [listed(), listed(3, reference="b@example.org")]
        applied = services.apply_list(by=manager, at=at, training_list=propose(manager, *rows))
        factories.attendance(learner=Learner.objects.get(reference="jo@example.org"))
        Learner.objects.filter(reference="b@example.org").update(role="police")
        services.undo_list(by=manager, at=at, training_list=applied)
        changed = Learner.objects.get(reference="b@example.org")
        assert (changed.name, changed.role) == ("Old Name", "police")
        assert Attendance.objects.get().learner.reference == "jo@example.org"
