"""Two people at the same moment, on two real connections: one wins, nothing is lost and nothing doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

import accounts.selectors
from accounts.models import TeamKind, User
from accounts.refusals import Refusal
from accounts.roles import Role
from people.models import Child
from referrals import services
from referrals.models import Referral
from referrals.rules import Outcome, State
from tests import factories
from tests.referrals.conftest import accepted, make_referral
from tests.referrals.test_intake import TOLD

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def officers(committed: None) -> list[User]:
    mash = factories.team(name="MASH", kind=TeamKind.MASH)
    return [factories.user(team=mash, roles=[Role.MASH]) for _ in range(2)]


@pytest.fixture
def referral(officers: list[User], at: datetime) -> Referral:
    team = factories.team()
    return make_referral(factories.user(team=team), factories.child(known_to=team), at)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed returned, or the refusal it met; all begin together, each on a connection of its own."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return deed()
        except Refusal as refusal:
            return refusal
        finally:
            for alias in connections:
                connections[alias].close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def won(results: list[Any]) -> int:
    return sum(isinstance(result, Referral) for result in results)


class TestTwoOfficersAtOnce:
    def test_asvs_15_4_2_one_accepts_and_the_other_is_told_who(
        self, officers: list[User], referral: Referral, at: datetime
    ) -> None:
        results = at_once(*(lambda who=who: services.accept(by=who, at=at, referral=referral) for who in officers))
        assert won(results) == 1
        referral.refresh_from_db()
        (refusal,) = [each for each in results if isinstance(each, Refusal)]
        assert str(referral.accepted_by) in str(refusal)

    def test_one_decides_and_the_other_changes_nothing(
        self, officers: list[User], referral: Referral, at: datetime
    ) -> None:
        mine = accepted(referral, officers[0], at)
        wanted = zip(officers, (Outcome.ADVICE, Outcome.NO_FURTHER_ACTION), strict=True)
        results = at_once(
            *(
                lambda who=who, outcome=outcome: services.decide(
                    by=who, at=at, referral=mine, version=mine.version, outcome=outcome, reason="Because."
                )
                for who, outcome in wanted
            )
        )
        assert won(results) == 1
        decision = referral.decisions.get()
        referral.refresh_from_db()
        assert (referral.state, referral.outcome) == (State.DECIDED, decision.outcome)


class TestOneFormSentTwiceAtOnce:
    def test_of_a_professional_makes_one_referral(self, officers: list[User], at: datetime) -> None:
        team, token = factories.team(), uuid4()
        worker, child = factories.user(team=team), factories.child(known_to=team)
        results = at_once(*[lambda: make_referral(worker, child, at, token=token)] * 2)
        assert won(results) == 1
        assert Referral.objects.count() == 1

    def test_of_somebody_without_an_account_makes_one_referral_and_one_child(
        self, officers: list[User], at: datetime
    ) -> None:
        public, told = accounts.selectors.public_actor(), {"token": uuid4(), **TOLD}
        results = at_once(*[lambda: services.make_publicly(by=public, at=at, **told)] * 4)
        assert won(results) == 1
        assert (Referral.objects.count(), Child.objects.count()) == (1, 1)
        assert {each.referral for each in results if isinstance(each, Refusal)} == {Referral.objects.get()}
