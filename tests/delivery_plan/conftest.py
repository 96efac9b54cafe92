"""A chair, a lead, their action, and a made-up measure whose figure a test may set."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from accounts.models import Team, User
from accounts.roles import Role
from delivery_plan import services
from delivery_plan.models import Action, Update
from delivery_plan.rules import Rag
from figures import measures
from figures.measures import Better
from figures.models import Current
from figures.rules import Part, Period
from tests import factories

THIRD_QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))


@pytest.fixture
def chair(team: Team) -> User:
    return factories.user(team=factories.team(), roles=[Role.SEMT_CHAIR])


@pytest.fixture
def lead(worker: User) -> User:
    return worker


@pytest.fixture
def action(lead: User) -> Action:
    return factories.action(lead=lead)


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch, at: datetime) -> Callable[..., None]:
    """Register a measure by its one function, and let it have been so many of so many in the third quarter."""
    monkeypatch.setattr(measures, "_MEASURES", dict(measures._MEASURES))

    @measures.measure("test.made_up", "Letters answered", better=Better.MORE, source="made up")
    def answered(period: Period, at: datetime) -> Part:
        return Part(1, 2)

    def counted(of: int, whole: int, *, counted_at: datetime = at) -> None:
        days = {"first": THIRD_QUARTER.first, "last": THIRD_QUARTER.last}
        counts = {"of": of, "whole": whole, "counted_at": counted_at}
        Current.objects.update_or_create(measure="test.made_up", **days, defaults=counts)

    return counted


@pytest.fixture
def set_up(chair: User, at: datetime) -> Callable[..., Action]:
    """Set the action up as given, and otherwise as it is."""

    def run(action: Action, **changes: Any) -> Action:
        action.refresh_from_db()
        given = {name: getattr(action, name) for name in (*services.SET_UP, "version")}
        given |= {"supporting": [], "depends_on": []} | changes
        return services.set_up(by=chair, at=at, action=action, **given)

    return run


@pytest.fixture
def draft(lead: User, at: datetime) -> Callable[..., Update]:
    """An update of the action that its lead has written and not sent."""

    def run(action: Action, **words: Any) -> Update:
        given = {"version": 0, "text": "Much was done", "rag": Rag.GREEN, "rag_reason": "All is done", "despite": ""}
        return services.save_update(by=lead, at=at, action=action, **(given | words))

    return run
