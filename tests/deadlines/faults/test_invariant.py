"""What judges the faults sees each thing that could go wrong."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from accounts import selectors as people_and_teams
from cse.torture import invariant, world
from cse.torture.invariant import Ledger
from cse.torture.post_office import PostOffice
from cse.torture.world import World
from deadlines import services
from deadlines.models import Deadline, Notice, Stage
from deadlines.rules import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def made_up(at: datetime) -> World:
    return world.new(at)


@pytest.fixture
def swept(made_up: World, at: datetime) -> list[Deadline]:
    """An AMBER referral of each team: the one breached, the other warned of."""
    deadlines = world.promise(made_up, [at, at + timedelta(hours=1)], [Kind.REFERRAL_AMBER])
    services.sweep(by=people_and_teams.system_actor(), at=at)
    return deadlines


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


def judged(deadlines: list[Deadline], at: datetime, office: PostOffice | None = None) -> Ledger:
    return invariant.ledger(Deadline.objects.filter(pk__in=[each.pk for each in deadlines]), at=at, office=office)


def test_it_holds_when_all_is_well(swept: list[Deadline], at: datetime) -> None:
    found = judged(swept, at)
    assert found.holds
    assert (len(found.due), found.claimed.total(), found.told.total()) == (3, 3, 3)


def test_a_moment_that_nobody_claimed(swept: list[Deadline], at: datetime) -> None:
    assert judged(swept, at + timedelta(hours=2)).lost == [(swept[1].pk, "breach")]


def test_a_moment_claimed_too_early(swept: list[Deadline], at: datetime) -> None:
    assert judged(swept, at - timedelta(minutes=1)).doubled == [(swept[0].pk, "breach")]


def test_a_person_who_was_not_told(swept: list[Deadline], at: datetime) -> None:
    notice = Notice.objects.filter(deadline=swept[0]).latest("pk")
    notice.delete()
    assert judged(swept, at).lost == [(swept[0].pk, at, notice.recipient_id)]


def test_a_person_who_was_told_twice(swept: list[Deadline], at: datetime) -> None:
    notice = Notice.objects.filter(deadline=swept[0]).latest("pk")
    notice.pk, notice.key = None, "stage:0:0"
    notice.save()
    assert judged(swept, at).doubled == [(swept[0].pk, at, notice.recipient_id)]


def test_a_stage_that_fell_unnoticed_and_was_closed_over(made_up: World, at: datetime) -> None:
    """Quietly claimed when it was voided, and open again: it must be told after all."""
    deadlines = world.promise(made_up, [at], [Kind.REFERRAL_AMBER])
    subject = world.subject(deadlines[0])
    services.void(Kind.REFERRAL_AMBER, subject=subject, at=at, reason="By mistake")
    assert judged(deadlines, at).holds
    Deadline.objects.update(voided_at=None, void_reason="")
    assert judged(deadlines, at).lost


def test_an_email_that_never_left_and_one_that_left_twice(
    swept: list[Deadline], at: datetime, office: PostOffice
) -> None:
    names = [f"notice-{notice.pk}@x" for notice in Notice.objects.order_by("pk")]
    office.accepted = Counter({(name, "someone@example.org"): 1 for name in names})
    Notice.objects.update(sent_at=at)
    assert judged(swept, at, office).holds
    office.accepted[names[0], "someone@example.org"] += 1
    assert judged(swept, at, office).emails_doubled == 1
    del office.accepted[names[1], "someone@example.org"]
    assert judged(swept, at, office).lost == [names[1].removesuffix("@x")]
    Notice.objects.filter(deadline=swept[0]).update(sent_at=None)
    assert judged(swept, at, office).unposted


def test_a_claim_is_of_one_stage_only_once(swept: list[Deadline]) -> None:
    with pytest.raises(IntegrityError, match="stage_once"):
        Stage.objects.create(deadline=swept[0], name="breach", fell_at=swept[0].due_at, noticed_at=swept[0].due_at)
