"""Those who chair, keep and sit in the committees."""

from typing import Any

import pytest

from accounts.models import Team, TeamKind, User
from accounts.roles import Role
from governance.models import Committee, Meeting, Member
from tests import factories
from tests.governance import making


@pytest.fixture
def cmog_team(db: None) -> Team:
    return factories.team(name="CMOG", kind=TeamKind.CMOG)


@pytest.fixture
def inspector(cmog_team: Team) -> User:
    """Who chairs CMOG."""
    return factories.user(team=cmog_team, roles=[Role.CMOG_CHAIR])


@pytest.fixture
def chief(db: None) -> User:
    """Who chairs SEMT."""
    return factories.user(team=factories.team(), roles=[Role.SEMT_CHAIR])


@pytest.fixture
def secretary(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])


@pytest.fixture
def partner(cmog_team: Team) -> User:
    """Somebody in CMOG."""
    return factories.user(team=cmog_team, roles=[Role.CMOG_MEMBER])


@pytest.fixture
def cmog(db: None) -> Committee:
    return making.committee()


@pytest.fixture
def seats(cmog: Committee) -> list[Member]:
    """The council, the police and health."""
    return making.quorum(cmog)


@pytest.fixture
def meeting(seats: list[Member]) -> Meeting:
    """A quorate one."""
    return making.held(seats)


@pytest.fixture
def listed(cmog_team: Team) -> Any:
    return making.listed(cmog_team)
