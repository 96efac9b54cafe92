"""Who keeps the registers, a manager of an agency, a practitioner who reads, and rows of a training list."""

from collections.abc import Callable

import pytest

from accounts.models import Agency, Team, User
from accounts.roles import Role
from prevention.rules import ListRow
from tests import factories


@pytest.fixture
def keeper(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.SEMT_MEMBER])


@pytest.fixture
def own(manager: User, team: Team) -> Agency:
    """The manager's agency."""
    return team.agency


@pytest.fixture
def listed(own: Agency) -> Callable[..., ListRow]:
    """A row of a list; of the manager's agency unless another is named."""

    def row(number: int = 2, **values: str) -> ListRow:
        given = {"name": "Jo Bloggs", "reference": "Jo@example.org", "agency": own.name, "role": "Foster carer"}
        return ListRow(number, **{**given, **values})

    return row
