"""E-mails leave at least once under one name, no child's name in them, and none holds up another."""

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPSenderRefused, SMTPServerDisconnected
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connections

from accounts.models import User
from audit.models import Event
from deadlines import services
from deadlines.models import Deadline, Notice
from deadlines.services import sending
from people.models import Child
from tests import factories
from tests.deadlines import post_office
from tests.deadlines.conftest import Sweep

pytestmark = pytest.mark.django_db
HERE = "tests.deadlines.post_office"
SEVEN = datetime(2026, 11, 24, 7, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def two(worker: User, at: datetime) -> list[Notice]:
    """The notices of two colleagues, of which the first has an address that is refused."""
    User.objects.filter(pk=worker.pk).update(email=post_office.REFUSED)
    colleague = factories.user(team=worker.team)
    services.notify([worker, colleague], key="test", text="Something waits", path="/", at=at)
    return list(Notice.objects.order_by("pk"))


def names() -> list[str]:
    return [str(message.extra_headers["Message-ID"]) for message in mail.outbox]


class TestDeliver:
    def test_leaves_once_with_a_marking_and_no_name(
        self, deadline: Deadline, child: Child, worker: User, system: User, at: datetime, sweep: Sweep
    ) -> None:
        sweep(at + timedelta(days=7))
        assert services.deliver(by=system, at=at) == 1
        assert services.deliver(by=system, at=at) == 0
        assert mail.outbox[0].to == [worker.email]
        assert mail.outbox[0].subject.startswith("OFFICIAL-SENSITIVE")
        assert child.family_name not in str(mail.outbox[0].message())

    def test_nobody_who_left_is_written_to(self, two: list[Notice], system: User, at: datetime) -> None:
        User.objects.update(is_active=False)
        User.objects.filter(pk=system.pk).update(is_active=True)
        assert services.deliver(by=system, at=at) == 0

    @pytest.mark.parametrize(
        "problem",
        [
            post_office.FailsAtOne.problem,
            SMTPDataError(554, b"Spam"),
            ValueError("Header values can't contain newlines"),
            UnicodeEncodeError("ascii", "ü", 0, 1, "no"),
            ZeroDivisionError(),
        ],
        ids=lambda problem: type(problem).__name__,
    )
    def test_whatever_is_wrong_with_one_the_others_go_on(
        self,
        two: list[Notice],
        system: User,
        at: datetime,
        settings: Any,
        problem: Exception,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        settings.EMAIL_BACKEND = f"{HERE}.FailsAtOne"
        monkeypatch.setattr(post_office.FailsAtOne, "problem", problem)
        assert services.deliver(by=system, at=at) == 1
        assert [message.to for message in mail.outbox] == [[two[1].recipient.email]]
        refused = Notice.objects.get(pk=two[0].pk)
        assert (refused.tries, refused.sent_at, refused.next_try_at) == (1, None, at + timedelta(minutes=2))
        assert services.deliver(by=system, at=at) == 0
        assert str(refused.pk) in caplog.text
        assert post_office.REFUSED not in caplog.text
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert services.deliver(by=system, at=at + timedelta(minutes=2)) == 1

    @pytest.mark.parametrize(
        "problem",
        [TimeoutError(), SMTPServerDisconnected(), SMTPSenderRefused(530, b"Sign in", "us"), SMTPNotSupportedError()],
        ids=lambda problem: type(problem).__name__,
    )
    def test_what_would_meet_every_message_ends_the_run(
        self,
        two: list[Notice],
        system: User,
        at: datetime,
        settings: Any,
        problem: Exception,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        settings.EMAIL_BACKEND = f"{HERE}.FailsAtOne"
        monkeypatch.setattr(post_office.FailsAtOne, "problem", problem)
        assert services.deliver(by=system, at=at) == 0
        assert [notice.tries for notice in Notice.objects.order_by("pk")] == [1, 0]
        assert services.deliver(by=system, at=at) == 1

    def test_a_slow_server_does_not_keep_the_worker_from_its_sweeps(
        self, two: list[Notice], system: User, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is left is sent by the next run, seconds later."""
        monkeypatch.setattr(sending, "WITHIN", -1)
        assert [services.deliver(by=system, at=at) for _ in range(3)] == [1, 1, 0]

    def test_asvs_16_5_3_nothing_is_recorded_where_nothing_was_sent(
        self, two: list[Notice], system: User, at: datetime, settings: Any
    ) -> None:
        settings.EMAIL_BACKEND = f"{HERE}.CannotBeReached"
        before = Event.objects.count()
        assert services.deliver(by=system, at=at) == 0
        assert services.deliver_digests(by=system, at=at) == 0
        assert Event.objects.count() == before

    def test_one_that_was_accepted_without_an_answer_comes_again_under_its_name(
        self, two: list[Notice], system: User, at: datetime, settings: Any
    ) -> None:
        settings.EMAIL_BACKEND = f"{HERE}.FailsAfterAccepting"
        services.deliver(by=system, at=at)
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        services.deliver(by=system, at=at + timedelta(hours=1))
        first, *others = names()
        assert others.count(first) == 1
        assert first.startswith(f"<notice-{two[0].pk}@")

    def test_a_number_given_out_again_has_another_name(self, two: list[Notice], system: User, at: datetime) -> None:
        """After a database was brought back from a backup: a mail client shows no second one of the same name."""
        services.deliver(by=system, at=at)
        Notice.objects.update(sent_at=None, created_at=at + timedelta(days=1))
        services.deliver(by=system, at=at)
        assert len(set(names())) == 4

    def test_one_that_another_worker_is_sending_is_left_to_it(
        self, two: list[Notice], system: User, at: datetime
    ) -> None:
        with connections["refusals"].cursor() as other:
            other.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [f"notice:{two[0].pk}"])
            assert services.deliver(by=system, at=at) == 1
            other.execute("select pg_advisory_unlock_all()")
        assert services.deliver(by=system, at=at) == 1


class TestDeliverDigests:
    @pytest.fixture
    def reader(self, worker: User) -> User:
        """Someone who chose a daily digest, and was told two things in the night."""
        worker.daily_digest = True
        worker.save(update_fields=["daily_digest"])
        for hours in (9, 3):
            at = SEVEN - timedelta(hours=hours)
            services.notify([worker], key=f"{hours}", text=f"Told {hours} hours before", path="/", at=at)
        return worker

    def test_comes_once_a_day_with_all_in_one(self, reader: User, system: User) -> None:
        assert services.deliver(by=system, at=SEVEN) == 0
        assert services.deliver_digests(by=system, at=SEVEN - timedelta(minutes=1)) == 0
        assert services.deliver_digests(by=system, at=SEVEN) == 1
        assert services.deliver_digests(by=system, at=SEVEN + timedelta(minutes=10)) == 0
        [message] = mail.outbox
        assert message.body.startswith("- Told 9 hours before\n- Told 3 hours before\n")
        assert "2 notices wait" in message.subject
        assert names()[0].startswith(f"<digest-{reader.pk}-2026-11-24@")
        assert not Notice.objects.filter(sent_at=None).exists()

    def test_what_turns_up_later_comes_tomorrow(self, reader: User, system: User) -> None:
        """Also what began before seven and was committed after: a second e-mail of the same name would not be seen."""
        services.deliver_digests(by=system, at=SEVEN)
        for key, at in (("late", SEVEN - timedelta(seconds=1)), ("new", SEVEN + timedelta(seconds=1))):
            services.notify([reader], key=key, text=key, path="/", at=at)
        assert services.deliver_digests(by=system, at=SEVEN + timedelta(hours=1)) == 0
        assert services.deliver_digests(by=system, at=SEVEN + timedelta(days=1)) == 1
        assert mail.outbox[1].body.startswith("- late\n- new\n")

    def test_made_good_after_a_morning_without_a_tick(self, reader: User, system: User) -> None:
        assert services.deliver_digests(by=system, at=SEVEN + timedelta(hours=9)) == 1

    def test_one_that_failed_comes_again_under_its_name(self, reader: User, system: User, settings: Any) -> None:
        settings.EMAIL_BACKEND = f"{HERE}.FailsAfterAccepting"
        assert services.deliver_digests(by=system, at=SEVEN) == 0
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert services.deliver_digests(by=system, at=SEVEN) == 0
        assert services.deliver_digests(by=system, at=SEVEN + timedelta(minutes=10)) == 1
        assert names()[0] == names()[1]

    def test_what_waits_is_not_lost_when_one_changes_ones_mind(self, reader: User, system: User) -> None:
        reader.daily_digest = False
        reader.save(update_fields=["daily_digest"])
        assert services.deliver_digests(by=system, at=SEVEN) == 1

    def test_nobody_who_left_is_written_to(self, reader: User, system: User) -> None:
        User.objects.filter(pk=reader.pk).update(is_active=False)
        assert services.deliver_digests(by=system, at=SEVEN) == 0

    def test_is_due_at_seven_in_london_in_summer_too(self, reader: User, system: User) -> None:
        summer = datetime(2026, 7, 1, 7, tzinfo=ZoneInfo("Europe/London"))
        Notice.objects.update(created_at=summer - timedelta(hours=1))
        assert services.deliver_digests(by=system, at=summer - timedelta(minutes=1)) == 0
        assert services.deliver_digests(by=system, at=summer) == 1


class TestSent:
    def test_belongs_to_the_system_alone(self, two: list[Notice], worker: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.sent(by=worker, at=at, notices=two)

    def test_is_recorded(self, two: list[Notice], system: User, at: datetime) -> None:
        services.sent(by=system, at=at, notices=two)
        assert not Notice.objects.filter(sent_at=None).exists()
        assert Event.objects.filter(verb="deadlines.sent").count() == 1
