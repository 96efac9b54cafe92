"""Two people in the same second, on real commits: one wins, nothing is overwritten, nothing is doubled."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from accounts.models import TeamKind, User
from accounts.refusals import Refusal
from accounts.roles import Role
from people import services
from people.models import Child
from tests import factories

pytestmark = pytest.mark.usefixtures("committed")


def register(by: User, at: datetime, **values: Any) -> Child:
    given = {"given_name": "Amy", "family_name": "Jones", "date_of_birth": date(2012, 3, 27), "team": by.team}
    return services.register(by=by, at=at, **given, **values)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed returned or raised, all begun together on connections of their own."""
    outcomes: list[Any] = []
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            outcomes.append(deed())
        except Refusal as refusal:
            outcomes.append(refusal)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


class TestAtOnce:
    def test_of_two_corrections_one_wins_and_the_other_is_told(self, at: datetime) -> None:
        team = factories.team()
        people = [factories.user(team=team), factories.user(team=team)]
        child = factories.child(known_to=team)
        outcomes = at_once(
            *(
                partial(services.correct, by=by, at=at, child=child, version=1, school=f"School {by.pk}")
                for by in people
            )
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Child", "Stale"]
        child.refresh_from_db()
        assert child.version == 2

    def test_of_two_cases_one_is_opened(self, at: datetime) -> None:
        team = factories.team()
        people = [factories.user(team=team, roles=[Role.TEAM_MANAGER]) for _ in range(2)]
        child = factories.child(known_to=team)
        outcomes = at_once(*(partial(services.open_case, by=by, at=at, child=child, team=team) for by in people))
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CaseAlreadyOpen", "Involvement"]

    def test_two_colleagues_who_add_one_child_make_one_record(self, at: datetime) -> None:
        team = factories.team()
        people = [factories.user(team=team), factories.user(team=team)]
        outcomes = at_once(*(partial(register, by, at) for by in people))
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Child", "PossibleDuplicates"]

    def test_two_teams_who_add_one_child_both_succeed_and_mash_matches(self, at: datetime) -> None:
        people = [factories.user(team=factories.team()) for _ in range(2)]
        outcomes = at_once(*(partial(register, by, at, nhs_number="9990000018") for by in people))
        assert sorted(child.provisional for child in outcomes) == [False, True]

    def test_of_two_officers_who_match_crosswise_at_most_one_succeeds(self, at: datetime) -> None:
        mash = factories.team(kind=TeamKind.MASH)
        officers = [factories.user(team=mash, roles=[Role.MASH]) for _ in range(2)]
        one, other = factories.child(known_to=mash), factories.child(known_to=mash)
        pairs = zip(officers, [(one, other), (other, one)], strict=True)
        at_once(*(partial(services.match, by=by, at=at, provisional=a, existing=b) for by, (a, b) in pairs))
        assert Child.objects.exclude(same_as=None).count() <= 1
