"""Promises started, kept, moved, voided and taken up again: what they remember, and what falls afterwards."""

from datetime import UTC, datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import resolve

from accounts.models import User
from deadlines import services
from deadlines.models import Deadline, Move, Notice, Stage
from deadlines.rules import CLOCKS, Kind
from people.models import Child
from tests import factories
from tests.deadlines.conftest import Sweep

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
AMBER = Kind.REFERRAL_AMBER


def stages() -> list[str]:
    return list(Stage.objects.filter(withdrawn_at=None).order_by("fell_at").values_list("name", flat=True))


class TestPage:
    @pytest.mark.parametrize("kind", list(Kind))
    def test_every_clock_leads_to_an_address(self, kind: Kind) -> None:
        page = Deadline(kind=kind, child_id=7, subject_id=8).page
        assert ("/7/" in page) == CLOCKS[kind].leads_to.of_child
        assert resolve(page).view_name == CLOCKS[kind].leads_to.name


class TestStart:
    def test_stores_when_it_is_due_and_when_it_falls_next(self, deadline: Deadline, at: datetime) -> None:
        assert deadline.due_at == at + timedelta(hours=24)
        assert deadline.next_fire_at == at + timedelta(hours=20)

    def test_one_open_promise_of_a_kind_about_a_record(self, deadline: Deadline, child: Child, at: datetime) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            services.start(AMBER, subject=child, child=child, started_at=at, owner_team=deadline.owner_team)

    @pytest.mark.parametrize(
        ("returned", "due"),
        [
            (datetime(2026, 10, 23, 18, tzinfo=LONDON), datetime(2026, 10, 26, 17, tzinfo=LONDON)),
            (datetime(2026, 3, 28, 20, tzinfo=LONDON), datetime(2026, 3, 31, 21, tzinfo=LONDON)),
        ],
    )
    def test_seventy_two_real_hours_across_both_clock_changes(
        self, worker: User, child: Child, sweep: Sweep, returned: datetime, due: datetime
    ) -> None:
        """domain.md 11: the warning 6 hours before falls 66 real hours after the return."""
        assert worker.team
        made = services.start(
            Kind.RETURN_INTERVIEW, subject=child, child=child, started_at=returned, owner_team=worker.team
        )
        assert made.due_at == due
        start = returned.astimezone(UTC)
        assert sweep(start + timedelta(hours=65, minutes=59)) == 2
        assert sweep(start + timedelta(hours=66)) == 1
        assert sweep(start + timedelta(hours=71, minutes=59)) == 0
        assert sweep(start + timedelta(hours=72)) == 1

    def test_is_due_when_it_was_agreed_to_be(self, worker: User, child: Child, at: datetime) -> None:
        assert worker.team
        agreed = {"subject": child, "child": child, "started_at": at, "owner_team": worker.team}
        with pytest.raises(ValueError, match="say when"):
            services.start(Kind.INTERVIEW_ACTION, **agreed)  # type: ignore[arg-type]
        made = services.start(Kind.INTERVIEW_ACTION, due_at=at + timedelta(days=9), **agreed)  # type: ignore[arg-type]
        assert made.next_fire_at == at + timedelta(days=8)

    def test_what_fell_before_it_was_typed_in_is_told_and_not_called_late(
        self, worker: User, child: Child, at: datetime, sweep: Sweep
    ) -> None:
        assert worker.team
        typed = at + timedelta(hours=30)
        team = worker.team
        services.start(AMBER, subject=child, child=child, started_at=at, owner_team=team, at=typed)
        assert sweep(typed) == 2
        assert not Stage.objects.filter(late=True).exists()
        assert "Told late" not in Notice.objects.get(recipient=worker).text


class TestMeet:
    def test_late_is_breached_and_met(self, deadline: Deadline, child: Child, at: datetime, sweep: Sweep) -> None:
        services.meet(AMBER, subject=child, at=at + timedelta(hours=25))
        deadline.refresh_from_db()
        assert deadline.was_late
        assert stages() == ["4h", "breach"]
        assert sweep(at + timedelta(hours=26)) == 0

    def test_a_breach_that_no_sweep_saw_has_its_effects_and_is_told_as_done(
        self, deadline: Deadline, child: Child, worker: User, system: User, at: datetime, effect: mock.Mock
    ) -> None:
        kept = at + timedelta(hours=25)
        services.meet(AMBER, subject=child, at=kept)
        effect.assert_called_once_with(deadline, system, kept)
        notice = Notice.objects.get()
        assert (notice.recipient, notice.deadline, notice.escalate_at) == (worker, deadline, None)
        assert notice.text == f"Act on an AMBER referral: done late, overdue by 1 h 0 m ({child})"
        assert child.given_name not in notice.text

    def test_is_told_again_where_it_was_reopened_and_is_late_again(
        self, deadline: Deadline, child: Child, at: datetime, effect: mock.Mock
    ) -> None:
        for hours in (25, 30):
            services.meet(AMBER, subject=child, at=at + timedelta(hours=hours))
            services.reopen(AMBER, subject=child, at=at + timedelta(hours=hours + 1))
        assert Notice.objects.count() == effect.call_count == 2

    def test_a_breach_that_a_sweep_saw_is_not_told_a_second_time(
        self, deadline: Deadline, child: Child, at: datetime, sweep: Sweep, effect: mock.Mock
    ) -> None:
        sweep(at + timedelta(hours=24))
        services.meet(AMBER, subject=child, at=at + timedelta(hours=25))
        assert effect.call_count == Notice.objects.count() == 1

    def test_done_in_time_and_typed_in_late_is_in_time(
        self, deadline: Deadline, child: Child, at: datetime, sweep: Sweep
    ) -> None:
        """domain.md 11. The breach that was noticed meanwhile remains."""
        sweep(at + timedelta(hours=24))
        done = at + timedelta(hours=23)
        services.meet(AMBER, subject=child, at=at + timedelta(hours=30), done_at=done)
        deadline.refresh_from_db()
        assert not deadline.was_late
        assert (deadline.met_at, deadline.recorded_at) == (done, at + timedelta(hours=30))
        assert stages() == ["4h", "breach"]

    def test_in_time_is_no_breach_though_nobody_swept(self, deadline: Deadline, child: Child, at: datetime) -> None:
        services.meet(AMBER, subject=child, at=at + timedelta(hours=30), done_at=at + timedelta(hours=23))
        assert stages() == ["4h"]
        assert not Notice.objects.exists()

    def test_at_the_very_moment_it_is_due_is_in_time(
        self, deadline: Deadline, child: Child, at: datetime, effect: mock.Mock
    ) -> None:
        services.meet(AMBER, subject=child, at=at + timedelta(hours=24))
        effect.assert_not_called()
        assert not Notice.objects.exists()

    def test_twice_is_once(self, deadline: Deadline, child: Child, at: datetime) -> None:
        services.meet(AMBER, subject=child, at=at)
        services.meet(AMBER, subject=child, at=at + timedelta(hours=1))
        deadline.refresh_from_db()
        assert deadline.met_at == at

    def test_of_all_kinds_about_a_child(self, deadline: Deadline, child: Child, at: datetime) -> None:
        services.meet_all([AMBER, Kind.REFERRAL_RED], child=child, at=at)
        assert not Deadline.objects.filter(met_at=None).exists()


class TestVoid:
    def test_keeps_why_and_falls_no_more(self, deadline: Deadline, child: Child, at: datetime, sweep: Sweep) -> None:
        services.void(AMBER, subject=child, at=at, reason="Graded GREEN")
        deadline.refresh_from_db()
        assert (deadline.voided_at, deadline.void_reason, deadline.next_fire_at) == (at, "Graded GREEN", None)
        assert sweep(at + timedelta(days=7)) == 0


class TestReopen:
    def test_has_the_due_moment_that_it_had(self, deadline: Deadline, child: Child, at: datetime, sweep: Sweep) -> None:
        services.void(AMBER, subject=child, at=at, reason="By mistake")
        services.reopen(AMBER, subject=child, at=at + timedelta(hours=30))
        assert sweep(at + timedelta(hours=30)) == 2
        deadline.refresh_from_db()
        assert (deadline.due_at, deadline.void_reason) == (at + timedelta(hours=24), "")
        assert not Stage.objects.filter(late=True).exists()

    def test_what_was_told_is_not_told_again(
        self, deadline: Deadline, child: Child, at: datetime, sweep: Sweep
    ) -> None:
        sweep(at + timedelta(hours=20))
        services.void(AMBER, subject=child, at=at + timedelta(hours=21), reason="By mistake")
        services.reopen(AMBER, subject=child, at=at + timedelta(hours=22))
        assert sweep(at + timedelta(hours=23)) == 0

    def test_what_fell_unnoticed_before_it_was_closed_is_told(
        self, deadline: Deadline, child: Child, at: datetime, sweep: Sweep
    ) -> None:
        services.void(AMBER, subject=child, at=at + timedelta(hours=25), reason="By mistake")
        services.reopen(AMBER, subject=child, at=at + timedelta(hours=26))
        assert sweep(at + timedelta(hours=26)) == 2
        assert Notice.objects.filter(deadline=deadline).exists()
        assert sweep(at + timedelta(hours=27)) == 0

    def test_changes_nothing_where_one_is_open_or_none_was(
        self, deadline: Deadline, child: Child, at: datetime
    ) -> None:
        services.reopen(Kind.REFERRAL_RED, subject=child, at=at)
        services.void(AMBER, subject=child, at=at, reason="Again")
        team = deadline.owner_team
        services.start(AMBER, subject=child, child=child, started_at=at, owner_team=team)
        services.reopen(AMBER, subject=child, at=at)
        deadline.refresh_from_db()
        assert not deadline.is_open


class TestMove:
    def move(self, child: Child, by: User, to: datetime, at: datetime) -> None:
        services.move(AMBER, subject=child, started_at=to, by=by, at=at, reason="The time was wrong")

    def test_earlier_tells_at_once_what_has_come_by_then(
        self, deadline: Deadline, child: Child, worker: User, at: datetime, sweep: Sweep
    ) -> None:
        self.move(child, worker, at - timedelta(hours=30), at)
        assert sweep(at) == 2
        assert not Stage.objects.filter(late=True).exists()

    def test_later_lets_a_warning_fall_again(
        self, deadline: Deadline, child: Child, worker: User, at: datetime, sweep: Sweep
    ) -> None:
        sweep(at + timedelta(hours=20))
        self.move(child, worker, at + timedelta(hours=5), at + timedelta(hours=21))
        assert sweep(at + timedelta(hours=24)) == 0
        assert sweep(at + timedelta(hours=25)) == 1
        assert Stage.objects.filter(name="4h").count() == 2
        assert Notice.objects.filter(recipient=worker).count() == 2

    def test_after_the_breach_it_is_broken_no_more(
        self, deadline: Deadline, child: Child, worker: User, manager: User, at: datetime, sweep: Sweep
    ) -> None:
        """And nobody is chased for not having opened what is no longer so."""
        sweep(at + timedelta(hours=24))
        self.move(child, worker, at + timedelta(hours=10), at + timedelta(hours=25))
        assert stages() == []
        assert not Notice.objects.exclude(escalate_at=None).exists()
        assert sweep(at + timedelta(hours=33)) == 1
        assert stages() == ["4h"]

    def test_keeps_what_had_been(self, deadline: Deadline, child: Child, worker: User, at: datetime) -> None:
        """domain.md 12."""
        self.move(child, worker, at + timedelta(hours=1), at)
        move = Move.objects.get()
        assert (move.was_started_at, move.was_due_at, move.moved_by) == (at, at + timedelta(hours=24), worker)

    def test_judges_anew_whether_a_closed_one_was_in_time(
        self, deadline: Deadline, child: Child, worker: User, at: datetime, sweep: Sweep
    ) -> None:
        services.meet(AMBER, subject=child, at=at + timedelta(hours=23))
        self.move(child, worker, at - timedelta(hours=2), at + timedelta(hours=24))
        deadline.refresh_from_db()
        assert deadline.was_late
        assert sweep(at + timedelta(days=3)) == 0

    def test_of_one_that_was_agreed_needs_the_new_agreement(self, worker: User, child: Child, at: datetime) -> None:
        assert worker.team
        kind, due = Kind.INTERVIEW_ACTION, at + timedelta(days=9)
        services.start(kind, subject=child, child=child, started_at=at, owner_team=worker.team, due_at=due)
        later = due + timedelta(days=1)
        services.move(kind, subject=child, started_at=at, due_at=later, by=worker, at=at, reason="Agreed anew")
        assert Deadline.objects.get().due_at == later


class TestHandOn:
    def test_only_what_the_former_key_worker_owed(self, worker: User, child: Child, at: datetime) -> None:
        assert worker.team
        owned = {"subject": child, "child": child, "started_at": at, "owner_team": worker.team}
        mine = services.start(Kind.ASSESSMENT, owner=worker, **owned)  # type: ignore[arg-type]
        colleague, third = factories.user(team=worker.team), factories.user(team=worker.team)
        theirs = services.start(Kind.INITIAL_CONFERENCE, owner=third, **owned)  # type: ignore[arg-type]
        services.hand_on(child=child, former=worker, to=colleague, at=at)
        assert Deadline.objects.get(pk=mine.pk).owner == colleague
        assert Deadline.objects.get(pk=theirs.pk).owner == third

    def test_the_new_one_hears_at_once_of_what_is_urgent(self, worker: User, child: Child, at: datetime) -> None:
        assert worker.team
        owned = {"subject": child, "child": child, "started_at": at, "owner_team": worker.team, "owner": worker}
        services.start(Kind.ASSESSMENT, **owned)  # type: ignore[arg-type]
        interview = services.start(Kind.RETURN_INTERVIEW, **owned)  # type: ignore[arg-type]
        colleague = factories.user(team=worker.team, daily_digest=True)
        services.hand_on(child=child, former=worker, to=colleague, at=at + timedelta(hours=70))
        notice = Notice.objects.get()
        assert (notice.recipient, notice.deadline, notice.in_digest) == (colleague, interview, False)
        assert "due in 2 h 0 m" in notice.text
        assert child.reference in notice.text
        assert child.given_name not in notice.text
        assert notice.escalate_at == at + timedelta(hours=74)

    def test_the_team_alone_is_not_told(self, worker: User, child: Child, at: datetime) -> None:
        assert worker.team
        services.start(
            Kind.RETURN_INTERVIEW, subject=child, child=child, started_at=at, owner_team=worker.team, owner=worker
        )
        services.hand_on(child=child, former=worker, to=None, at=at)
        assert Deadline.objects.get().owner is None
        assert not Notice.objects.exists()
