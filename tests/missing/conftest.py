"""A child whom a worker's team knows, and one who has just been reported missing."""

from datetime import datetime

import pytest

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
