"""Promises about no child: an action of the plan, a document to review."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from accounts.models import Team, User
from accounts.roles import Role
from deadlines import rules, selectors, services
from deadlines.models import Deadline, Notice
from deadlines.rules import Audience, Kind
from tests import factories

LATER = timedelta(days=2)


@pytest.fixture(autouse=True)
def kept_by_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """AMBER as if it were the partnership's own: anybody can keep it, and SEMT's chair hears of it at last."""
    amber = rules.CLOCKS[Kind.REFERRAL_AMBER]
    own = replace(amber, kept_by=rules.Permission.NOTICE_READ, at_last=Audience.SEMT)
    monkeypatch.setitem(rules.CLOCKS, Kind.REFERRAL_AMBER, own)  # type: ignore[arg-type]


@pytest.fixture
def chair(stranger: User) -> User:
    return factories.user(team=stranger.team, roles=[Role.SEMT_CHAIR])


def promise(subject: Team, *, to: User, at: datetime, by_name: bool = False) -> Deadline:
    assert to.team
    owner = to if by_name else None
    return services.start(
        Kind.REFERRAL_AMBER, subject=subject, child=None, started_at=at, owner_team=to.team, owner=owner
    )


def test_is_called_as_its_subject_is(worker: User, team: Team, at: datetime) -> None:
    assert promise(team, to=worker, at=at).about == str(team)


def test_needs_a_child_or_a_name(worker: User, team: Team, at: datetime) -> None:
    made = promise(team, to=worker, at=at)
    with pytest.raises(IntegrityError, match="deadline_about_a_child_or_named"):
        Deadline.objects.filter(pk=made.pk).update(subject_name="")


def test_runs_for_whoever_owes_it_and_no_other(worker: User, stranger: User, team: Team, at: datetime) -> None:
    made = promise(team, to=worker, at=at)
    assert list(selectors.running(worker)) == [made]
    assert not selectors.running(stranger)


def test_runs_for_a_role_that_reads_no_child(chair: User, team: Team, at: datetime) -> None:
    made = promise(team, to=chair, at=at)
    assert list(selectors.running(chair)) == [made]


def test_tells_the_person_named(worker: User, team: Team, at: datetime, sweep: Callable[[datetime], int]) -> None:
    promise(team, to=worker, at=at, by_name=True)
    sweep(at + LATER)
    told = Notice.objects.get()
    assert told.recipient == worker
    assert f"({team})" in told.text


def test_tells_the_chair_of_what_nobody_can_be_told(
    worker: User, chair: User, team: Team, at: datetime, sweep: Callable[[datetime], int]
) -> None:
    promise(team, to=worker, at=at)
    User.objects.filter(pk=worker.pk).update(is_active=False)
    sweep(at + LATER)
    assert [each.recipient for each in Notice.objects.all()] == [chair]


def test_passes_an_unopened_notice_on_to_the_chair(
    worker: User, chair: User, team: Team, at: datetime, sweep: Callable[[datetime], int], system: User
) -> None:
    promise(team, to=worker, at=at, by_name=True)
    sweep(at + LATER)
    services.pass_on(by=system, at=at + 2 * LATER)
    assert {each.recipient for each in Notice.objects.all()} == {worker, chair}
