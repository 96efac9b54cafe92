"""Promises: started, met, voided, swept; and the notices that follow."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import selectors as people_and_teams
from accounts.models import User
from accounts.roles import Role
from deadlines import selectors, services, tasks
from deadlines.models import Deadline, Notice, Stage
from deadlines.rules import Kind
from people.models import Child
from tests import factories
from tests.deadlines import post_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(worker: User) -> Child:
    return factories.child(known_to=worker.team)


@pytest.fixture
def deadline(worker: User, child: Child, at: datetime) -> Deadline:
    assert worker.team
    return services.start(Kind.REFERRAL_AMBER, subject=child, child=child, started_at=at, owner_team=worker.team)


def sweep(at: datetime) -> int:
    return services.sweep(by=people_and_teams.system_actor(), at=at)


class TestStart:
    def test_stores_when_it_is_due(self, deadline: Deadline, at: datetime) -> None:
        assert deadline.due_at == at + timedelta(hours=24)

    def test_one_open_promise_of_a_kind_about_a_record(self, deadline: Deadline, child: Child, at: datetime) -> None:
        from django.db import IntegrityError, transaction

        with pytest.raises(IntegrityError), transaction.atomic():
            services.start(
                Kind.REFERRAL_AMBER, subject=child, child=child, started_at=at, owner_team=deadline.owner_team
            )


class TestSweep:
    def test_tells_the_team_at_the_warning_and_at_the_breach_once_each(
        self, deadline: Deadline, worker: User, at: datetime
    ) -> None:
        assert sweep(at + timedelta(hours=1)) == 0
        assert sweep(at + timedelta(hours=20)) == 1
        assert sweep(at + timedelta(hours=21)) == 0
        assert sweep(at + timedelta(hours=25)) == 1
        assert [stage.name for stage in Stage.objects.order_by("pk")] == ["4h", "breach"]
        assert Notice.objects.filter(recipient=worker).count() == 2

    def test_catches_up_after_a_week_without_a_tick_and_says_it_once(self, deadline: Deadline, at: datetime) -> None:
        assert sweep(at + timedelta(days=7)) == 2
        assert "overdue by 6 days" in Notice.objects.get().text
        breach = Stage.objects.get(name="breach")
        assert (breach.fell_at, breach.noticed_at) == (deadline.due_at, at + timedelta(days=7))

    def test_leaves_what_was_kept_or_voided_alone(self, deadline: Deadline, child: Child, at: datetime) -> None:
        services.meet(Kind.REFERRAL_AMBER, subject=child, at=at)
        assert sweep(at + timedelta(days=7)) == 0

    def test_tells_the_person_named_alone(self, deadline: Deadline, child: Child, worker: User, at: datetime) -> None:
        colleague = factories.user(team=worker.team)
        services.assign(subject=child, owner=colleague)
        sweep(at + timedelta(hours=25))
        assert {notice.recipient for notice in Notice.objects.all()} == {colleague}

    def test_tells_the_team_when_the_person_named_has_left(
        self, deadline: Deadline, child: Child, worker: User, at: datetime
    ) -> None:
        services.assign(subject=child, owner=factories.user(team=worker.team, is_active=False))
        sweep(at + timedelta(hours=25))
        assert {notice.recipient for notice in Notice.objects.all()} == {worker}

    def test_tells_nobody_who_reads_no_childs_record(self, deadline: Deadline, worker: User, at: datetime) -> None:
        """domain.md 35."""
        factories.user(team=worker.team, roles=[Role.ADMINISTRATOR, Role.SEMT_MEMBER])
        sweep(at + timedelta(hours=25))
        assert {notice.recipient for notice in Notice.objects.all()} == {worker}

    def test_names_no_child(self, deadline: Deadline, child: Child, at: datetime) -> None:
        sweep(at + timedelta(days=7))
        for notice in Notice.objects.all():
            assert child.given_name not in notice.text
            assert child.reference in notice.text

    def test_belongs_to_the_system_alone(self, worker: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.sweep(by=worker, at=at)


class TestVoid:
    def test_keeps_why(self, deadline: Deadline, child: Child, at: datetime) -> None:
        services.void(Kind.REFERRAL_AMBER, subject=child, at=at, reason="Graded GREEN")
        deadline.refresh_from_db()
        assert (deadline.voided_at, deadline.void_reason) == (at, "Graded GREEN")


class TestSent:
    def test_an_email_leaves_once_with_a_marking_and_no_name(
        self, deadline: Deadline, child: Child, worker: User, at: datetime
    ) -> None:
        sweep(at + timedelta(days=7))
        waiting = Notice.objects.count()
        assert tasks.deliver() == waiting
        assert tasks.deliver() == 0
        assert len(mail.outbox) == waiting
        assert mail.outbox[0].to == [worker.email]
        assert mail.outbox[0].subject.startswith("OFFICIAL-SENSITIVE")
        assert child.family_name not in str(mail.outbox[0].message())

    def test_nobody_who_left_is_written_to(self, deadline: Deadline, worker: User, at: datetime) -> None:
        sweep(at + timedelta(days=7))
        User.objects.filter(pk=worker.pk).update(is_active=False)
        assert tasks.deliver() == 0
        assert not mail.outbox


class TestPostpone:
    @pytest.fixture
    def two(self, deadline: Deadline, worker: User, at: datetime) -> list[Notice]:
        """The notices of two colleagues, of which the first has an address that is refused."""
        User.objects.filter(pk=worker.pk).update(email=post_office.REFUSED)
        colleague = factories.user(team=worker.team)
        services.notify([worker, colleague], key="test", text="Something waits", path="/", at=at)
        return list(Notice.objects.order_by("pk"))

    def test_a_refused_address_waits_and_the_others_go_on(
        self, two: list[Notice], settings: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.EMAIL_BACKEND = "tests.deadlines.post_office.RefusesOne"
        assert tasks.deliver() == 1
        assert [message.to for message in mail.outbox] == [[two[1].recipient.email]]
        refused = Notice.objects.get(pk=two[0].pk)
        assert (refused.tries, refused.sent_at) == (1, None)
        assert tasks.deliver() == 0
        assert str(refused.pk) in caplog.text
        assert post_office.REFUSED not in caplog.text

    def test_is_tried_again_when_its_time_has_come(self, two: list[Notice], at: datetime) -> None:
        services.postpone(by=people_and_teams.system_actor(), at=at.replace(year=2020), notice=two[0])
        assert tasks.deliver() == 2

    def test_a_server_that_does_not_answer_is_asked_once(self, two: list[Notice], settings: Any) -> None:
        settings.EMAIL_BACKEND = "tests.deadlines.post_office.CannotBeReached"
        assert tasks.deliver() == 0
        assert [notice.tries for notice in Notice.objects.order_by("pk")] == [1, 0]


class TestReadAll:
    def test_the_inbox_shows_ones_own_and_marks_them_read(
        self, deadline: Deadline, worker: User, stranger: User, at: datetime, browser_of: Any
    ) -> None:
        sweep(at + timedelta(days=7))
        assert "AMBER" in browser_of(worker).get(reverse("deadlines:inbox")).content.decode()
        assert "AMBER" not in browser_of(stranger).get(reverse("deadlines:inbox")).content.decode()
        newest = Notice.objects.filter(recipient=worker).latest("pk")
        browser_of(worker).post(reverse("deadlines:read_all"), {"up_to": newest.pk})
        assert selectors.unread_count(worker) == 0

    def test_leaves_what_came_after_the_page_was_shown(self, worker: User, at: datetime, browser_of: Any) -> None:
        client = browser_of(worker)
        services.notify([worker], key="first", text="First", path="", at=at)
        shown = re.search(r'name="up_to" value="([0-9]+)"', client.get(reverse("deadlines:inbox")).content.decode())
        assert shown
        services.notify([worker], key="second", text="Second", path="", at=at)
        client.post(reverse("deadlines:read_all"), {"up_to": shown[1]})
        assert [notice.text for notice in selectors.inbox(worker).filter(read_at=None)] == ["Second"]

    @pytest.mark.parametrize("up_to", ["", "x", "9" * 30, "-1"])
    def test_takes_anything_and_marks_nothing(self, worker: User, at: datetime, browser_of: Any, up_to: str) -> None:
        services.notify([worker], key="first", text="First", path="", at=at)
        assert browser_of(worker).post(reverse("deadlines:read_all"), {"up_to": up_to}).status_code == 302
        assert selectors.unread_count(worker) == 1

    def test_the_inbox_goes_on_page_by_page(self, worker: User, at: datetime, browser_of: Any) -> None:
        for number in range(26):
            services.notify([worker], key=f"{number}", text=f"Notice {number:02}.", path="", at=at)
        first = browser_of(worker).get(reverse("deadlines:inbox")).content.decode()
        older = re.search(r"older=[0-9.]+", first)
        assert older
        second = browser_of(worker).get(f"{reverse('deadlines:inbox')}?{older[0]}").content.decode()
        assert ("Notice 25." in first, "Notice 00." in first, "Notice 00." in second) == (True, False, True)


class TestRunning:
    def test_shows_a_team_its_own_promises_only(self, deadline: Deadline, worker: User, stranger: User) -> None:
        assert list(selectors.running(worker)) == [deadline]
        assert not selectors.running(stranger).exists()

    def test_shows_nothing_of_a_child_one_may_no_longer_see(self, deadline: Deadline, child: Child) -> None:
        former = factories.user(team=factories.team())
        services.assign(subject=child, owner=former)
        assert not selectors.running(former).exists()
        factories.let_know(child, former)
        assert list(selectors.running(former)) == [deadline]

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.IG_OFFICER, Role.SEMT_CHAIR])
    def test_shows_nothing_to_a_role_that_reads_no_childs_record(
        self, deadline: Deadline, worker: User, role: Role
    ) -> None:
        """domain.md 35: whatever team they were put in."""
        assert not selectors.running(factories.user(team=worker.team, roles=[role])).exists()
