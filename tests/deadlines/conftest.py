"""A promise of the team's about a child, and what to do with it."""

from collections.abc import Callable
from datetime import datetime
from unittest import mock

import pytest

from accounts import selectors as people_and_teams
from accounts.models import User
from deadlines import effects, services
from deadlines.models import Deadline
from deadlines.rules import Kind
from people.models import Child
from tests import factories

Sweep = Callable[[datetime], int]


@pytest.fixture
def child(worker: User) -> Child:
    return factories.child(known_to=worker.team)


@pytest.fixture
def deadline(worker: User, child: Child, at: datetime) -> Deadline:
    """An AMBER referral: 24 hours, with a warning 4 hours before."""
    assert worker.team
    return services.start(Kind.REFERRAL_AMBER, subject=child, child=child, started_at=at, owner_team=worker.team)


@pytest.fixture
def effect(monkeypatch: pytest.MonkeyPatch) -> mock.Mock:
    """What a room above does when an AMBER referral is not acted on."""
    handler = mock.Mock()
    monkeypatch.setattr(effects, "_ON_BREACH", {})
    effects.on_breach(Kind.REFERRAL_AMBER, handler)
    return handler


@pytest.fixture
def system(db: None) -> User:
    return people_and_teams.system_actor()


@pytest.fixture
def sweep(system: User) -> Sweep:
    return lambda at: services.sweep(by=system, at=at)
