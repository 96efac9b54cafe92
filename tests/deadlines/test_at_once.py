"""Several in the same second, on real commits: sweepers, corrections, readers, and letters on their way."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.core import mail
from django.db import connection, connections, transaction

from accounts import selectors as people_and_teams
from accounts.models import Team, User
from deadlines import services
from deadlines.models import Absence, Deadline, Notice, Stage
from deadlines.rules import Kind
from deadlines.services import AlreadyAway
from people.models import Child
from tests import factories
from tests.deadlines import post_office

pytestmark = pytest.mark.usefixtures("committed")
AMBER = Kind.REFERRAL_AMBER
HOUR = timedelta(hours=1)


def start(at: datetime, *, team: Team | None = None) -> tuple[Deadline, Child, User]:
    worker = factories.user(team=team or factories.team())
    child = factories.child(known_to=worker.team)
    made = services.start(AMBER, subject=child, child=child, started_at=at, owner_team=worker.team)
    return made, child, worker


def apart(deed: Callable[[], Any]) -> Thread:
    """The deed, begun on connections of its own."""

    def run() -> None:
        try:
            deed()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_four_sweepers_claim_each_stage_once_and_tell_each_person_once(at: datetime) -> None:
    team = factories.team()
    for _ in range(12):
        start(at, team=team)
    system, barrier = people_and_teams.system_actor(), Barrier(4)

    def sweep() -> None:
        barrier.wait()
        for hours in (20, 24):
            services.sweep(by=system, at=at + hours * HOUR)

    for thread in [apart(sweep) for _ in range(4)]:
        thread.join()
    services.sweep(by=system, at=at + 24 * HOUR)
    assert Stage.objects.count() == 24
    told = Notice.objects.values_list("deadline", "created_at", "recipient")
    assert len(told) == len(set(told))


def test_a_correction_that_a_sweeper_meets_is_what_holds(at: datetime) -> None:
    """Until it is committed the sweep leaves the promise alone; afterwards it goes by the new times."""
    _, child, worker = start(at)
    system = people_and_teams.system_actor()
    with transaction.atomic():
        services.move(AMBER, subject=child, started_at=at + 10 * HOUR, by=worker, at=at + 20 * HOUR, reason="Wrong")
        apart(partial(services.sweep, by=system, at=at + 20 * HOUR)).join()
        apart(partial(services.heal, by=system, at=at + 20 * HOUR)).join()
    assert not Stage.objects.exists()
    assert Deadline.objects.get().next_fire_at == at + 30 * HOUR
    assert services.sweep(by=system, at=at + 30 * HOUR) == 1


def test_a_heal_never_undoes_a_correction_made_meanwhile(at: datetime) -> None:
    """It looked before the correction and writes after it: then it leaves it to the next."""
    _, child, worker = start(at)
    Deadline.objects.update(next_fire_at=None)
    system = people_and_teams.system_actor()
    with transaction.atomic():
        services.move(AMBER, subject=child, started_at=at - 30 * HOUR, by=worker, at=at, reason="Wrong")
        healed = apart(partial(services.heal, by=system, at=at))
        healed.join(5)
        assert not healed.is_alive(), "it waited for the correction"
    assert Deadline.objects.get().next_fire_at == at - 10 * HOUR


def test_whoever_opens_a_notice_waits_for_no_mail_server(
    at: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending, answered = Event(), Event()

    def hangs(self: Any, messages: Any) -> int:
        sending.set()
        answered.wait(20)
        return len(messages)

    monkeypatch.setattr(post_office.FailsAtOne, "send_messages", hangs)
    settings.EMAIL_BACKEND = "tests.deadlines.post_office.FailsAtOne"
    reader = factories.user(team=factories.team())
    services.notify([reader], key="x", text="Something waits", path="/", at=at)
    system = people_and_teams.system_actor()
    letter = apart(partial(services.deliver, by=system, at=at))
    assert sending.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("set lock_timeout = '2s'")
    services.open_notice(by=reader, at=at, notice=Notice.objects.get())
    assert services.deliver(by=system, at=at) == 0, "it was sent twice at once"
    answered.set()
    letter.join()
    notice = Notice.objects.get()
    assert notice.read_at
    assert notice.sent_at
    assert not mail.outbox


def test_of_two_who_record_one_absence_one_is_told(at: datetime) -> None:
    person = factories.user(team=factories.team())
    barrier, refused = Barrier(2), []

    def record() -> None:
        barrier.wait()
        try:
            services.record_absence(
                by=person, at=at, person=person, starts_at=at, ends_at=at + 24 * HOUR, delegate=None
            )
        except AlreadyAway as refusal:
            refused.append(refusal)

    for thread in [apart(record) for _ in range(2)]:
        thread.join()
    assert Absence.objects.count() == len(refused) == 1
