"""The measurement of the sweeps measures what it says: that many due, nothing else, whatever is closed."""

from contextlib import nullcontext
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts import selectors as people_and_teams
from cse.bench import database, sweep
from deadlines import services
from deadlines.models import Deadline, Stage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the tests' own database, in one transaction, where nothing can be vacuumed."""
    execute = sweep._execute
    monkeypatch.setattr(database, "for_once", lambda *_, **__: nullcontext())
    monkeypatch.setattr(sweep, "_execute", lambda sql, *params: sql.startswith("vacuum") or execute(sql, *params))
    monkeypatch.setattr(sweep, "DUE", 5)
    factories.child(known_to=factories.user(team=factories.team()).team)


def test_says_what_each_sweep_costs_before_and_after() -> None:
    said = StringIO()
    call_command("bench_sweep", open=300, closed=200, more=100, stdout=said)
    lines = said.getvalue().splitlines()
    assert [line.partition("least")[0].strip() for line in lines if "least" in line] == [
        "sweep, nothing due",
        "sweep, 5 due",
        "derived sweep",
    ] * 2
    assert "300 open and 200 closed" in lines[0]
    assert "300 open and 300 closed" in lines[4]
    assert Deadline.objects.filter(subject_type="bench.closed").count() == 300


def test_what_it_makes_is_as_the_sweeps_leave_it() -> None:
    now = timezone.now()  # noqa: TID251 - as the command does
    Deadline.objects.bulk_create(sweep._open(300, now))
    Stage.objects.bulk_create(sweep._claimed(now))
    system: Any = people_and_teams.system_actor()
    assert services.sweep(by=system, at=now) == 0
    assert services.heal(by=system, at=now) == 0
    sweep._execute(sweep.FALL_NOW, [now, now, now, 5])
    assert services.sweep(by=system, at=now) == 5
    assert Deadline.objects.filter(due_at__gt=now + timedelta(days=150)).exists()
