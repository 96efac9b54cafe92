"""A referral in any state, brought there by the commands themselves, and the agencies of a strategy discussion."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Agency, AgencyKind, Team, User
from people.models import Child
from referrals import services
from referrals.models import Referral
from referrals.rules import Grade, Outcome, State
from tests import factories


@pytest.fixture
def child(worker: User, team: Team) -> Child:
    return factories.child(known_to=team)


@pytest.fixture
def partners(db: None) -> list[Agency]:
    """Local authority, police and health."""
    kinds = (AgencyKind.LOCAL_AUTHORITY, AgencyKind.POLICE, AgencyKind.HEALTH)
    return [factories.agency(kind=kind) for kind in kinds]


@pytest.fixture
def case_team(db: None) -> Team:
    return factories.team(name="Children's social care")


@pytest.fixture
def referral(mash: Team, worker: User, child: Child, at: datetime) -> Referral:
    """As a worker makes it, at noon."""
    return make_referral(worker, child, at)


@pytest.fixture
def colleague(mash: Team) -> User:
    """Another MASH officer."""
    return factories.user(team=mash, roles=["mash"])


@pytest.fixture
def three_hours_later(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Views read the clock: for them it is three hours after `at`."""
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(hours=3))


@pytest.fixture
def mashs(officer: User, browser_of: Any) -> Client:
    """A MASH officer's browser."""
    client: Client = browser_of(officer)
    return client


@pytest.fixture
def theirs(worker: User, browser_of: Any) -> Client:
    """The referrer's browser."""
    client: Client = browser_of(worker)
    return client


def make_referral(worker: User, child: Child, at: datetime, **values: Any) -> Referral:
    given = {
        "token": uuid4(),
        "concern": "Collected from school by an older man.",
        "immediate_danger": False,
        "danger_details": "",
        "trafficking_indicated": False,
        "child_informed": True,
        "parents_informed": None,
        **values,
    }
    return services.make(by=worker, at=at, child=child, **given)


def accepted(referral: Referral, officer: User, at: datetime, *, grade: Grade | None = Grade.AMBER) -> Referral:
    """Accepted and, unless None is asked for, graded, a minute later each."""
    referral = services.accept(by=officer, at=at + timedelta(minutes=1), referral=referral)
    if grade is None:
        return referral
    return services.grade(
        by=officer,
        at=at + timedelta(minutes=2),
        referral=referral,
        version=referral.version,
        grade=grade,
        reason="Older man, gifts.",
    )


def decided(referral: Referral, officer: User, at: datetime, outcome: Outcome, team: Team | None = None) -> Referral:
    return services.decide(
        by=officer,
        at=at + timedelta(minutes=30),
        referral=referral,
        version=referral.version,
        outcome=outcome,
        reason="What we know so far.",
        team=team,
    )


def discussed(referral: Referral, officer: User, at: datetime, partners: list[Agency]) -> Referral:
    return services.record_discussion(
        by=officer,
        at=at + timedelta(minutes=50),
        referral=referral,
        held_at=at + timedelta(minutes=40),
        agencies=partners,
        summary="Agreed to enquire.",
    )


@pytest.fixture
def bring_to(referral: Referral, officer: User, at: datetime) -> Any:
    """`bring_to(State.DECIDED)`: the referral, brought there step by step."""

    def bring(state: State) -> Referral:
        now = referral
        if state == State.RECEIVED:
            return now
        now = accepted(now, officer, at)
        if state == State.ACCEPTED:
            return now
        if state == State.IN_DISCUSSION:
            return decided(now, officer, at, Outcome.STRATEGY_DISCUSSION)
        now = decided(now, officer, at, Outcome.ADVICE)
        if state == State.DECIDED:
            return now
        return services.give_feedback(by=officer, at=at + timedelta(hours=1), referral=now, feedback="We gave advice.")

    return bring
