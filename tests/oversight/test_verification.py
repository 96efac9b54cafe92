"""Whether the log is as it was written: asked for, done by a worker, told (issue: seals; ASVS 16.4.2)."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.refusals import NotNow
from accounts.roles import Role
from accounts.selectors import system_actor
from audit import seals, verifying
from audit.models import Event, Seal
from audit.tasks import seal as tick
from audit.verifying import Fault
from deadlines.models import Notice
from oversight import rules, selectors, services, tasks
from oversight.models import Verification
from oversight.rules import Verdict
from tests import factories
from tests.audit.tampering import as_superuser, record

pytestmark = pytest.mark.django_db
CHANGED = Fault("audit_event", 17, "was changed after seal 1", 1)


@pytest.fixture
def ig(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.IG_OFFICER])


@pytest.fixture
def sealed(at: datetime) -> Event:
    """An event with a payload, and one without; sealed."""
    record(at, verb="one", before={"a": "1"}, after={"a": "2"})
    record(at, verb="two")
    tick()
    return Event.objects.latest("pk")


def waiting(at: datetime) -> Verification:
    return services.verify_nightly(by=system_actor(), at=at)


def running(at: datetime) -> Verification:
    waiting(at)
    taken = services.take_up_verification(by=system_actor(), at=at)
    assert taken
    return taken


def settled(verification: Verification, at: datetime, *faults: Fault) -> Verification:
    return services.settle_verification(by=system_actor(), at=at, pk=verification.pk, faults=faults, told=0)


class TestVerify:
    def test_is_asked_for_and_recorded(self, ig: User, at: datetime) -> None:
        asked = services.verify(by=ig, at=at)
        assert (asked.state, asked.asked_by) == (Verdict.WAITING, ig)
        assert Event.objects.filter(verb="oversight.verify", actor_id=ig.pk).count() == 1

    def test_one_at_a_time(self, ig: User, at: datetime) -> None:
        services.verify(by=ig, at=at)
        with pytest.raises(NotNow, match="already"):
            services.verify(by=ig, at=at)

    def test_again_once_the_other_has_ended(self, ig: User, at: datetime) -> None:
        settled(running(at), at)
        services.verify(by=ig, at=at)
        assert Verification.objects.count() == 2

    def test_is_not_for_others(self, manager: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.verify(by=manager, at=at)


class TestVerifyNightly:
    def test_is_the_clocks_alone(self, ig: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.verify_nightly(by=ig, at=at)

    def test_is_due_once_a_night_however_late_somebody_comes(self, at: datetime) -> None:
        assert selectors.is_due(at)
        waiting(at)
        assert not selectors.is_due(at + timedelta(days=2))
        Verification.objects.update(state=Verdict.INTACT, ended_at=at)
        assert not selectors.is_due(rules.last_night(at) + timedelta(hours=23, minutes=59))
        assert selectors.is_due(rules.last_night(at) + timedelta(days=1))
        assert selectors.is_due(at + timedelta(days=9))


class TestCancelVerification:
    def test_stops_whoever_is_at_it(self, ig: User, at: datetime) -> None:
        verification = running(at)
        services.cancel_verification(by=ig, at=at, pk=verification.pk)
        assert not services.goes_on(verification, 1, at=at)
        verification.refresh_from_db()
        assert (verification.state, verification.cancelled_by) == (Verdict.CANCELLED, ig)

    def test_not_what_has_ended(self, ig: User, at: datetime) -> None:
        verification = settled(running(at), at)
        with pytest.raises(NotNow, match="ended already"):
            services.cancel_verification(by=ig, at=at, pk=verification.pk)

    def test_is_not_for_others(self, manager: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.cancel_verification(by=manager, at=at, pk=waiting(at).pk)


class TestTakeUpVerification:
    def test_says_how_much_there_is(self, sealed: Event, at: datetime) -> None:
        steps = verifying.steps()
        taken = running(at)
        assert steps >= 2
        assert (taken.steps, taken.seal) == (steps + 1, Seal.objects.get().pk)  # that it was asked for is an event too

    def test_one_worker_and_another_once_that_is_lost(self, at: datetime) -> None:
        taken = running(at)
        services.goes_on(taken, 1, at=at)
        assert services.take_up_verification(by=system_actor(), at=at + timedelta(minutes=4)) is None
        again = services.take_up_verification(by=system_actor(), at=at + timedelta(minutes=6))
        assert again == taken
        assert again.done == 0

    def test_is_not_for_people(self, ig: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.take_up_verification(by=ig, at=at)


def running_row() -> Verification:
    return Verification.objects.get(state=Verdict.RUNNING)


class TestSettleVerification:
    def test_what_is_intact_alarms_nobody(self, ig: User, at: datetime) -> None:
        assert settled(running(at), at).state == Verdict.INTACT
        assert not Notice.objects.exists()

    def test_a_fault_is_told_to_information_governance_at_once(self, ig: User, manager: User, at: datetime) -> None:
        verification = settled(running(at), at, CHANGED)
        assert (verification.state, verification.faults[0]["key"]) == (Verdict.FAULTY, 17)
        told = Notice.objects.get()
        assert (told.recipient, told.path, told.in_digest) == (ig, "/log/verification/", False)
        assert told.text.startswith("The audit log is not as it was written (1 found).")

    def test_what_was_found_outlives_a_late_cancellation(self, ig: User, at: datetime) -> None:
        found, nothing = running(at), None
        services.cancel_verification(by=ig, at=at, pk=found.pk)
        assert settled(found, at, CHANGED).state == Verdict.FAULTY
        nothing = running(at + timedelta(days=1))
        services.cancel_verification(by=ig, at=at, pk=nothing.pk)
        assert settled(nothing, at).state == Verdict.CANCELLED

    def test_is_not_for_people(self, ig: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.settle_verification(by=ig, at=at, pk=waiting(at).pk, faults=[], told=0)


class TestGiveUpVerification:
    def test_says_so_and_may_be_asked_for_again(self, ig: User, at: datetime) -> None:
        given_up = services.give_up_verification(by=system_actor(), at=at, pk=running(at).pk)
        assert given_up.state == Verdict.FAILED
        assert Notice.objects.get(recipient=ig).text.startswith("The audit log could not be verified")
        assert services.verify(by=ig, at=at).state == Verdict.WAITING

    def test_leaves_what_has_ended(self, ig: User, at: datetime) -> None:
        ended = settled(running(at), at)
        assert services.give_up_verification(by=system_actor(), at=at, pk=ended.pk).state == Verdict.INTACT
        assert not Notice.objects.exists()


class TestConstraints:
    @pytest.mark.parametrize(
        "change",
        [
            {"state": Verdict.INTACT},
            {"ended_at": factories.NOON},
            {"state": Verdict.FAULTY, "ended_at": factories.NOON},
            {"state": Verdict.CANCELLED, "ended_at": factories.NOON},
            {"state": Verdict.INTACT, "ended_at": factories.NOON, "faults": [{"table": "x"}]},
        ],
    )
    def test_the_database_refuses_what_cannot_be(self, at: datetime, change: dict[str, Any]) -> None:
        waiting(at)
        with pytest.raises(IntegrityError), transaction.atomic():
            Verification.objects.update(**change)


class TestTask:
    """As the scheduler ticks it."""

    def test_the_night_is_verified_once(self, sealed: Event) -> None:
        assert tasks.verify()
        assert not tasks.verify()
        found = Verification.objects.get()
        assert (found.state, found.asked_by) == (Verdict.INTACT, system_actor())

    def test_a_tick_with_nothing_to_do_leaves_nothing_in_the_log(self, sealed: Event) -> None:
        tasks.verify()
        before = Event.objects.count()
        tasks.verify()
        assert Event.objects.count() == before

    def test_asvs_16_4_2_a_change_by_a_superuser_raises_the_alarm(
        self, ig: User, sealed: Event, caplog: pytest.LogCaptureFixture
    ) -> None:
        as_superuser("update audit_event set actor_id = 99 where id = %s", sealed.pk)
        assert tasks.verify()
        found = Verification.objects.get()
        assert [(each["table"], each["key"], each["seal"]) for each in found.faults] == [("audit_event", sealed.pk, 1)]
        assert Notice.objects.filter(recipient=ig, in_digest=False).count() == 1
        assert f"audit_event {sealed.pk}: was changed after seal 1" in caplog.text

    def test_ends_at_the_tenth_fault(self, at: datetime, ig: User) -> None:
        for number in range(12):
            record(at, verb=str(number))
        tick()
        as_superuser("update audit_event set actor_id = 99")
        tasks.verify()
        assert len(Verification.objects.get().faults) == rules.MOST_FAULTS
        assert "10 faults or more" in Notice.objects.get(recipient=ig).text

    def test_asvs_16_4_3_compares_with_the_seals_that_were_told_outside(
        self, at: datetime, settings: Any, tmp_path: Path
    ) -> None:
        settings.SEAL_FILE = str(tmp_path / "seals")
        record(at, verb="one")
        tick()
        as_superuser("update audit_event set actor_id = 99")
        as_superuser("delete from audit_sealedrows")
        as_superuser("delete from audit_seal")
        assert seals.seal()  # a chain written anew, which holds in itself
        tasks.verify()
        found = Verification.objects.get()
        assert found.faults[0]["what"] == "is not the one that was exported: the chain was written anew"
        assert found.told == 1

    def test_stops_at_the_next_step_where_it_was_cancelled(
        self, ig: User, sealed: Event, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def cancelled(*_: object) -> list[Any]:
            services.cancel_verification(by=ig, at=factories.NOON, pk=running_row().pk)
            return []

        monkeypatch.setattr(verifying, "_of_seal", cancelled)
        assert not tasks.verify()
        assert Verification.objects.get().state == Verdict.CANCELLED

    def test_one_that_breaks_off_is_told(self, ig: User, sealed: Event, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(verifying, "_of_seal", lambda *_: [][0])
        assert not tasks.verify()
        assert Verification.objects.get().state == Verdict.FAILED
        assert Notice.objects.filter(recipient=ig).count() == 1

    def test_the_scheduler_ticks_it(self, settings: Any) -> None:
        assert settings.CELERY_BEAT_SCHEDULE["oversight-verify"]["task"] == tasks.verify.name


class TestVerificationPage:
    def page(self, browser: Any, path: str = "/log/verification/", status: int = 200) -> str:
        answer = browser.get(path)
        assert answer.status_code == status
        return str(answer.content.decode())

    def test_before_the_first_says_so(self, ig: User, browser_of: Any) -> None:
        page = self.page(browser_of(ig))
        assert "The log has never been verified." in page
        assert "Verify the log now" in page

    def test_shows_the_chain_and_the_last_verification(self, ig: User, sealed: Event, browser_of: Any) -> None:
        tasks.verify()
        page = self.page(browser_of(ig))
        for words in ("Intact", "Nobody: done every night", Seal.objects.get().digest, "Nothing outside this"):
            assert words in page
        assert "What to do now" not in page

    def test_a_button_begins_it_and_another_cancels_it(self, ig: User, browser_of: Any) -> None:
        browser = browser_of(ig)
        page = browser.post("/log/verification/verify/", follow=True).content.decode()
        assert "it begins within a few seconds" in page
        assert 'data-next="?keep=1"' in page
        asked = Verification.objects.get()
        again = browser.post("/log/verification/verify/", follow=True).content.decode()
        assert "The log is being verified already" in again
        browser.post(f"/log/verification/{asked.pk}/cancel/")
        assert f"by {ig.full_name}" in self.page(browser)

    def test_shows_how_far_it_is(self, ig: User, sealed: Event, at: datetime, browser_of: Any) -> None:
        verification = running(at)
        services.goes_on(verification, 1, at=at)
        page = self.page(browser_of(ig))
        assert f"1 of {verification.steps} steps are verified" in page
        assert f'max="{verification.steps}" value="1"' in page

    def test_names_the_bad_row_what_it_says_now_and_what_to_do(
        self, ig: User, sealed: Event, worker: User, browser_of: Any
    ) -> None:
        as_superuser("update audit_event set actor_id = %s where id = %s", worker.pk, sealed.pk)
        as_superuser("update audit_seal set digest = repeat('0', 64)")
        tasks.verify()
        page = self.page(browser_of(ig))
        assert f"An event of the log, number {sealed.pk}" in page
        assert "It was changed after seal 1" in page
        assert worker.full_name in page
        assert "A seal, number 1" in page
        assert "What to do now" in page
        assert "is not as it was written" in self.page(browser_of(ig), "/log/")

    def test_says_that_the_last_one_is_too_long_ago(self, ig: User, sealed: Event, browser_of: Any) -> None:
        tasks.verify()
        Verification.objects.update(ended_at=factories.NOON - rules.OVERDUE_AFTER)  # the page goes by today's clock
        for path in ("/log/", "/log/verification/"):
            assert "has come to its end for a day and a half" in self.page(browser_of(ig), path)

    def test_asks_the_database_as_often_whatever_was_found(
        self, ig: User, sealed: Event, browser_of: Any, django_assert_max_num_queries: Any
    ) -> None:
        as_superuser("update audit_event set actor_id = 99")
        tasks.verify()
        browser = browser_of(ig)
        self.page(browser)
        with django_assert_max_num_queries(16):
            self.page(browser)

    def test_a_number_that_no_verification_can_have_is_404(self, ig: User, browser_of: Any) -> None:
        for number in (1, 2**64):
            assert browser_of(ig).post(f"/log/verification/{number}/cancel/").status_code == 404


class TestWhen:
    def test_the_last_night_is_at_two_in_london(self) -> None:
        summer = datetime(2026, 7, 1, 0, 59, tzinfo=rules.LONDON)
        assert rules.last_night(summer).isoformat() == "2026-06-30T02:00:00+01:00"
        assert rules.last_night(summer + timedelta(hours=2)).isoformat() == "2026-07-01T02:00:00+01:00"

    def test_never_is_overdue(self, at: datetime) -> None:
        assert rules.is_overdue(None, at)
        assert not rules.is_overdue(at, at + rules.OVERDUE_AFTER)
