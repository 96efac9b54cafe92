"""Several at once, on real commits: two sweeps that find the same clock missing, two people who share the same."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction

import deadlines.services
import people.services
from accounts.models import TeamKind, User
from accounts.refusals import Refusal
from accounts.roles import Role
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind
from missing import promises, services
from missing.models import Episode, Share
from missing.rules import Consent, LawfulBasis, Shared
from people.models import Involvement
from tests import factories

pytestmark = pytest.mark.usefixtures("committed")
LONG_ENOUGH_TO_WAIT_FOR = 0.5


def at_once(deed: Callable[[], Any]) -> list[Any]:
    """What came of the deed, done by two: the second begins while the first has not committed yet."""
    holds, outcomes = Event(), []

    def first() -> None:
        with transaction.atomic():
            outcomes.append(deed())
            holds.set()
            time.sleep(LONG_ENOUGH_TO_WAIT_FOR)
        connections.close_all()

    def second() -> None:
        holds.wait(10)
        try:
            with transaction.atomic():
                outcomes.append(deed())
        except Refusal as refusal:
            outcomes.append(refusal)
        connections.close_all()

    threads = [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def somebody_waits() -> None:
    """Until another connection waits for what this one holds."""
    with connection.cursor() as cursor:
        for _ in range(100):
            cursor.execute("select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))")
            if cursor.rowcount:
                return
            time.sleep(0.05)
    raise AssertionError("nobody waits")


def hold_late_interview(at: datetime) -> None:
    """What makes a promise broken that no sweep saw, in the transaction of a command."""
    deadlines.services.meet(Kind.RETURN_INTERVIEW, subject=Episode.objects.get(), at=at)


def sweep_at(at: datetime) -> None:
    deadlines.services.sweep(by=User.objects.get(email="system@cse.invalid"), at=at)


@pytest.mark.parametrize("breaks", [sweep_at, hold_late_interview])
def test_a_breach_waits_for_who_names_a_key_worker_and_holds_nothing_that_they_wait_for(
    at: datetime, breaks: Callable[[datetime], None]
) -> None:
    manager = factories.user(team=factories.team(), roles=[Role.TEAM_MANAGER])
    first, second = factories.user(team=manager.team), factories.user(team=manager.team)
    episode = factories.episode(child=factories.child(known_to=manager.team), returned_at=at)
    case = factories.involvement(child=episode.child, team=manager.team, key_worker=first)
    deadlines.services.heal(by=User.objects.get(email="system@cse.invalid"), at=at)
    late = at + timedelta(hours=73)

    def apart() -> None:
        with transaction.atomic():
            breaks(late)
        connections.close_all()

    breach = Thread(target=apart)
    with transaction.atomic():
        Involvement.objects.select_for_update().get()  # as every command on a case begins
        breach.start()
        somebody_waits()
        with connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '500ms'")
        people.services.name_key_worker(by=manager, at=late, case=case, key_worker=second)
    breach.join()
    assert Deadline.objects.get().owner == second
    assert Involvement.objects.get().cmog_listed_at == late


@pytest.fixture
def episode(at: datetime) -> Episode:
    factories.team(kind=TeamKind.MASH)
    return factories.episode(returned_at=at, responsible_authority="332")


def test_two_sweeps_start_a_missing_clock_once(episode: Episode, at: datetime) -> None:
    system = User.objects.get(email="system@cse.invalid")
    assert at_once(lambda: promises.heal(system, at)) == [None, None]
    assert sorted(Deadline.objects.values_list("kind", flat=True)) == ["return_interview", "tell_responsible"]


def test_a_form_sent_twice_shares_once_and_tells_once(episode: Episode, at: datetime) -> None:
    partner = factories.user(team=factories.team())
    outcomes = at_once(
        lambda: services.share_with(
            by=episode.recorded_by,
            at=at,
            episode=episode,
            teams=[partner.team],
            what=Shared.SAFETY,
            purpose="Safety at school",
            lawful_basis=LawfulBasis.PUBLIC_TASK,
            consent=Consent.GIVEN,
        )
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["Episode", "AlreadyShared"]
    assert Share.objects.count() == Notice.objects.count() == 1


def test_two_of_a_team_acknowledge_once(episode: Episode, at: datetime) -> None:
    partner = factories.user(team=factories.team())
    factories.let_know(episode.child, partner.team)
    share = factories.share(episode=episode, team=partner.team)
    outcomes = at_once(lambda: services.acknowledge(by=partner, at=at, share=share))
    assert [type(outcome).__name__ for outcome in outcomes] == ["Share", "AlreadyAcknowledged"]
    assert Notice.objects.filter(recipient=share.shared_by).count() == 1
