"""A draft sent twice in the same second, on real commits: one submission counts, the other is told so."""

import time
from datetime import datetime
from threading import Event, Thread

import pytest
from django.db import connections, transaction

from accounts.models import TeamKind, User
from accounts.refusals import Refusal
from cse.bench import drafts
from riskassessment import services
from riskassessment.models import Screening
from riskassessment.rules import Level
from tests import factories

pytestmark = pytest.mark.usefixtures("committed")
LONG_ENOUGH_TO_WAIT_FOR = 0.5


def submit(draft: Screening, by: User, at: datetime) -> Screening:
    return services.submit(
        by=by, at=at, screening=draft, seen=draft.version, judged_level=Level.SERIOUS, judged_reason=""
    )


def test_the_second_is_told(at: datetime) -> None:
    """The second waits for the row, and then finds it submitted."""
    factories.team(kind=TeamKind.MASH)
    author = factories.user(team=factories.team())
    factories.child(known_to=author.team)
    [draft] = drafts.prepare(1, author, at)
    holds, outcomes = Event(), []

    def first() -> None:
        with transaction.atomic():
            outcomes.append(submit(draft, author, at))
            holds.set()
            time.sleep(LONG_ENOUGH_TO_WAIT_FOR)
        connections.close_all()

    def second() -> None:
        holds.wait(10)
        try:
            outcomes.append(submit(draft, author, at))
        except Refusal as refusal:
            outcomes.append(refusal)
        connections.close_all()

    threads = [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(outcome).__name__ for outcome in outcomes] == ["Screening", "AlreadySubmitted"]
