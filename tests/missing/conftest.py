"""A child whom a worker's team knows, and one who has just been reported missing."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Session, Team, User
from missing.models import Episode, Interview
from people.models import Child
from tests import factories
from tests.missing.acting import HOUR, come_back, report
from tests.missing.interviewing import LATER, accept, offer, write_all


@pytest.fixture
def child(team: Team, mash: Team) -> Child:
    return factories.child(known_to=team)


@pytest.fixture
def episode(child: Child, worker: User, at: datetime) -> Episode:
    """Last seen two hours ago, reported an hour ago, written down now."""
    return report(worker, child, at)


@pytest.fixture
def back(worker: User, episode: Episode, at: datetime) -> Episode:
    """Home an hour ago: the interview is due within 71 hours."""
    return come_back(worker, episode, at, returned=at - HOUR)


@pytest.fixture
def offered(worker: User, back: Episode, at: datetime) -> Interview:
    return offer(worker, back, at)


@pytest.fixture
def accepted(worker: User, offered: Interview, at: datetime) -> Interview:
    return accept(worker, offered, at + HOUR)


@pytest.fixture
def written(worker: User, accepted: Interview, at: datetime) -> Interview:
    """Held 30 hours later, everything written down, not completed."""
    return write_all(worker, accepted, at + LATER)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch, at: datetime, db: None) -> Any:
    """`now(at + HOUR)`: what the views take for now; at first, `at`. Whoever is signed in was at work until then."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        Session.objects.update(seen_at=moment)

    set_to(at)
    return set_to


@pytest.fixture
def theirs(worker: User, browser_of: Any, now: Any) -> Client:
    client: Client = browser_of(worker)
    return client


@pytest.fixture
def later(worker: User, browser_of: Any, now: Any, at: datetime) -> Client:
    """The worker again, at the time when a `written` interview was held."""
    now(at + LATER)
    client: Client = browser_of(worker)
    return client


@pytest.fixture
def managers(manager: User, browser_of: Any, now: Any) -> Client:
    client: Client = browser_of(manager)
    return client
