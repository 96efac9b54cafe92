"""A child whom a worker's team knows, and one who has just been reported missing."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Team, User
from missing.models import Episode
from people.models import Child
from tests import factories
from tests.missing.acting import report


@pytest.fixture
def child(team: Team, mash: Team) -> Child:
    return factories.child(known_to=team)


@pytest.fixture
def episode(child: Child, worker: User, at: datetime) -> Episode:
    """Last seen two hours ago, reported an hour ago, written down now."""
    return report(worker, child, at)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> Any:
    """`now(at + HOUR)`: what the views take for now; at first, `at`."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(at)
    return set_to


@pytest.fixture
def theirs(worker: User, browser_of: Any, now: Any) -> Client:
    client: Client = browser_of(worker)
    return client


@pytest.fixture
def managers(manager: User, browser_of: Any, now: Any) -> Client:
    client: Client = browser_of(manager)
    return client
