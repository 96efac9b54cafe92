"""Two people on one interview in the same second, on real commits: nothing is overwritten, nobody waits in a circle."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connections, transaction

from accounts.models import TeamKind, User
from accounts.refusals import Refusal
from accounts.roles import Role
from missing import services
from missing.models import Episode, Interview
from missing.parts import Part
from missing.rules import RiskGrade
from tests import factories
from tests.missing.acting import HOUR, come_back, report
from tests.missing.interviewing import accept, meeting, offer, write

pytestmark = pytest.mark.usefixtures("committed")
LONG_ENOUGH_TO_WAIT_FOR = 0.5


def while_another_is_at_it(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What came of the second deed, begun while the first has not committed yet."""
    holds, outcomes = Event(), []

    def begin() -> None:
        with transaction.atomic():
            first()
            holds.set()
            time.sleep(LONG_ENOUGH_TO_WAIT_FOR)
        connections.close_all()

    def follow() -> None:
        holds.wait(10)
        try:
            outcomes.append(second())
        except Refusal as refusal:
            outcomes.append(refusal)
        connections.close_all()

    threads = [Thread(target=begin), Thread(target=follow)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes[0]


@pytest.fixture
def people() -> list[User]:
    factories.team(kind=TeamKind.MASH)
    team = factories.team()
    return [factories.user(team=team, roles=roles) for roles in ([Role.PRACTITIONER], [Role.TEAM_MANAGER])]


@pytest.fixture
def interview(people: list[User], at: datetime) -> Interview:
    worker, _ = people
    assert worker.team
    back = come_back(worker, report(worker, factories.child(known_to=worker.team), at), at)
    return accept(worker, offer(worker, back, at), at)


def test_who_is_named_overwrites_nobody_who_is_being_written_down(
    people: list[User], interview: Interview, at: datetime
) -> None:
    worker, manager = people
    episode = interview.episodes.get()
    given = {"by": manager, "at": at, "episode": episode, "version": episode.version, "interviewer": manager}
    writing = partial(write, worker, interview, at, Part.MEETING, meeting(worker, at))
    assert isinstance(while_another_is_at_it(writing, partial(services.name_interviewer, **given)), Episode)
    interview.refresh_from_db()
    assert (interview.interviewer, interview.interviewer_name) == (worker, worker.full_name)


def test_who_takes_the_interview_back_waits_for_nobody_who_is_at_the_episode(
    people: list[User], interview: Interview, at: datetime
) -> None:
    worker, manager = people
    episode = interview.episodes.get()
    given = {"by": worker, "at": at, "episode": episode, "version": episode.version}
    grading = partial(services.grade, grade=RiskGrade.HIGH, reason="Younger than thought", **given)
    void = partial(services.void_interview, by=manager, at=at + HOUR, interview=interview, reason="Error")
    outcome = while_another_is_at_it(grading, partial(void, version=interview.version))
    assert str(outcome) == f"Somebody else is changing {episode.reference} right now. Send this again in a moment."
    assert void(version=interview.version).voided_by == manager
