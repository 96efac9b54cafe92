"""How a concern reaches MASH: each way makes one referral, starts its clock, and lets MASH see the child."""

from contextlib import nullcontext
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

import accounts.selectors
from accounts import policy
from accounts.models import Team, User
from audit.models import Event
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind
from people.models import Child
from referrals import services
from referrals.models import Referral, Route
from referrals.rules import Grade, State
from riskassessment.models import AbuseModel
from tests import factories
from tests.referrals.conftest import make_referral

pytestmark = pytest.mark.django_db

TOLD = {
    "concern": "A man waits for her after school.",
    "immediate_danger": False,
    "danger_details": "",
    "referrer_relationship": "friend",
    "referrer_name": "",
    "referrer_contact": "",
    "safe_contact": "",
    "told_name": "Amy Jones",
    "told_age": "14",
    "told_place": "Bilston",
}


class TestMake:
    def test_stands_in_the_queue_of_mash_and_its_clock_runs(
        self, mash: Team, worker: User, child: Child, at: datetime
    ) -> None:
        referral = make_referral(worker, child, at)
        assert (referral.state, referral.grade) == (State.RECEIVED, Grade.UNGRADED)
        assert (referral.handling_team, referral.origin_team, referral.made_by) == (mash, worker.team, worker)
        clock = Deadline.objects.get()
        assert (clock.kind, clock.owner_team) == (Kind.MASH_DECISION, mash)

    def test_is_due_at_the_end_of_the_next_working_day_across_bank_holidays(
        self, mash: Team, worker: User, child: Child
    ) -> None:
        """domain.md 18: Thursday 24 December 2026 → Tuesday 29 December."""
        make_referral(worker, child, datetime(2026, 12, 24, 10, tzinfo=UTC))
        assert Deadline.objects.get().due_at == datetime(2026, 12, 29, 23, 59, 59, tzinfo=UTC)

    def test_lets_mash_see_the_child(self, officer: User, worker: User, child: Child, at: datetime) -> None:
        assert not policy.visible(officer, Child).exists()
        make_referral(worker, child, at)
        assert policy.visible(officer, Child).get() == child

    def test_immediate_danger_is_red_at_once_and_mash_is_told_without_a_name(
        self, officer: User, worker: User, child: Child, at: datetime
    ) -> None:
        referral = make_referral(worker, child, at, immediate_danger=True)
        assert referral.grade == Grade.RED
        assert referral.grade_changes.get().by == worker
        red = Deadline.objects.get(kind=Kind.REFERRAL_RED)
        assert red.due_at == datetime(2026, 11, 23, 16, tzinfo=UTC)
        notice = Notice.objects.get()
        assert (notice.recipient, notice.path) == (officer, f"/mash/{referral.pk}/")
        assert child.given_name not in notice.text

    def test_a_form_sent_twice_makes_one(self, mash: Team, worker: User, child: Child, at: datetime) -> None:
        token = uuid4()
        referral = make_referral(worker, child, at, token=token)
        with pytest.raises(services.AlreadySent) as refusal:
            make_referral(worker, child, at, token=token)
        assert refusal.value.referral == referral
        assert Referral.objects.count() == 1

    def test_is_refused_and_remembered_for_a_child_that_is_not_theirs(
        self, mash: Team, stranger: User, child: Child, at: datetime, refusals: Any
    ) -> None:
        with pytest.raises(PermissionDenied):
            make_referral(stranger, child, at)
        assert refusals("referrals.make").get().child_id == child.pk

    @pytest.mark.parametrize(("born", "refused"), [(date(2008, 11, 23), True), (date(2008, 11, 24), False)])
    def test_refuses_who_is_18_today(
        self, mash: Team, worker: User, team: Team, at: datetime, born: date, refused: bool
    ) -> None:
        person = factories.child(known_to=team, date_of_birth=born)
        with pytest.raises(services.Adult, match="adult safeguarding") if refused else nullcontext():
            make_referral(worker, person, at)
        assert Referral.objects.exists() != refused

    def test_takes_whose_date_of_birth_nobody_knows(self, mash: Team, worker: User, team: Team, at: datetime) -> None:
        assert make_referral(worker, factories.child(known_to=team, date_of_birth=None, provisional=True), at)

    def test_keeps_emoji_and_a_long_text_as_typed(self, mash: Team, worker: User, child: Child, at: datetime) -> None:
        text = "😟 " + "a" * 9_000
        assert Referral.objects.get(pk=make_referral(worker, child, at, concern=text).pk).concern == text


class TestMakePublicly:
    def test_makes_a_provisional_child_whom_mash_sees(self, officer: User, at: datetime) -> None:
        referral = told(at)
        child = referral.child
        assert (child.provisional, child.given_name, child.family_name) == (True, "Amy", "Jones")
        assert policy.visible(officer, Child).get() == child
        assert (referral.route, referral.origin_team) == (Route.PUBLIC, None)

    def test_is_done_by_the_public_actor_and_recorded(self, mash: Team, at: datetime) -> None:
        referral = told(at)
        event = Event.objects.get(verb="referrals.make_publicly")
        assert (event.actor_id, event.child_id) == (accounts.selectors.public_actor().pk, referral.child_id)

    @pytest.mark.parametrize("name", ["the girl at no. 5", "Amy 🌸", "???", "x1"])
    def test_refuses_no_name_but_keeps_one_that_cannot_be_as_it_was_told(
        self, mash: Team, at: datetime, name: str
    ) -> None:
        referral = told(at, told_name=name)
        assert (referral.told_name, referral.child.given_name) == (name, "")
        assert referral.child_name == name

    def test_gives_a_reference_that_says_nothing(self, mash: Team, at: datetime) -> None:
        first, second = told(at), told(at)
        assert len({first.public_reference, second.public_reference}) == 2
        for referral in (first, second):
            assert str(referral.pk) not in (referral.public_reference or str(referral.pk))[5:]
            assert len(referral.public_reference or "") == 9

    def test_a_form_sent_twice_makes_one_referral_and_one_child(self, mash: Team, at: datetime) -> None:
        token = uuid4()
        first = told(at, token=token)
        with pytest.raises(services.AlreadySent) as refusal:
            told(at, token=token)
        assert refusal.value.referral == first
        assert (Referral.objects.count(), Child.objects.count()) == (1, 1)

    def test_immediate_danger_is_red_at_once(self, officer: User, at: datetime) -> None:
        assert told(at, immediate_danger=True).grade == Grade.RED
        assert Notice.objects.get().recipient == officer

    def test_is_refused_to_everybody_who_has_an_account(self, mash: Team, worker: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.make_publicly(by=worker, at=at, token=uuid4(), **TOLD)


class TestReceiveScreening:
    def test_of_a_child_without_a_case_becomes_a_referral(self, mash: Team, worker: User, at: datetime) -> None:
        screening = factories.screening(author=worker, submitted_at=at, abuse_models=[AbuseModel.ORGANISED])
        referral = receive(screening, worker, at)
        assert (referral.route, referral.screening, referral.origin_team) == (Route.SCREENING, screening, worker.team)
        assert referral.trafficking_indicated
        assert screening.reference in referral.concern

    def test_with_immediate_danger_is_red_at_once(self, mash: Team, worker: User, at: datetime) -> None:
        """domain.md 5."""
        screening = factories.screening(
            author=worker, submitted_at=at, immediate_danger=True, danger_details="He is at the door."
        )
        referral = receive(screening, worker, at)
        assert referral.grade == Grade.RED
        assert referral.danger_details == "He is at the door."
        assert Deadline.objects.filter(kind=Kind.REFERRAL_RED).exists()

    def test_with_immediate_danger_is_a_red_referral_although_a_case_is_open(
        self, officer: User, worker: User, at: datetime
    ) -> None:
        """domain.md 5: the children the partnership knows best must not be the ones of whom nobody is alerted."""
        screening = factories.screening(author=worker, submitted_at=at, immediate_danger=True)
        factories.involvement(child=screening.child)
        referral = receive(screening, worker, at)
        assert referral.grade == Grade.RED
        notice = Notice.objects.get()
        assert (notice.recipient, notice.path) == (officer, f"/mash/{referral.pk}/")

    def test_of_a_child_whose_case_was_closed_becomes_one(self, mash: Team, worker: User, at: datetime) -> None:
        screening = factories.screening(author=worker, submitted_at=at)
        factories.involvement(child=screening.child, closed_at=at)
        assert receive(screening, worker, at)

    def test_follows_every_submission(self) -> None:
        from referrals import apps
        from riskassessment import routing

        assert apps._receive in routing._HANDLERS


def told(at: datetime, **values: Any) -> Referral:
    given: Any = {"token": uuid4(), **TOLD, **values}
    return services.make_publicly(by=accounts.selectors.public_actor(), at=at, **given)


def receive(screening: Any, worker: User, at: datetime) -> Any:
    return services.receive_screening(screening=screening, mash=accounts.selectors.mash_team(), by=worker, at=at)
