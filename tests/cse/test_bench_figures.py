"""The measurement of fresh figures waits for what it says it waits for."""

import time

import pytest
from django.db import connection

from accounts import selectors as people_and_teams
from cse.bench import freshness
from figures import marks, measures, selectors, services
from figures.measures import Better
from figures.models import Mark
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def test_reads_the_figure_of_the_newest_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "_BREAKDOWNS", {})
    monkeypatch.setattr(measures, "_MEASURES", {})
    measures.measure(freshness.KEY, "Screenings", better=Better.MORE, source="")(
        lambda period, at: period.first.month * 100 + (period.last - period.first).days
    )
    periods = [*selectors.quarters(NOON), *selectors.months(NOON)]
    services.recount(by=people_and_teams.system_actor(), at=NOON, periods=periods)
    assert freshness._figure() == 1129  # the thirty days of November


def test_without_marks_nothing_is_marked() -> None:
    marks.switch("disable")
    factories.referral(received_at=NOON)
    assert not Mark.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # a table whose checks wait cannot be altered
    marks.switch("enable")
    factories.referral(received_at=NOON)
    assert Mark.objects.exists()


def test_says_how_old_a_figure_was(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = iter([1, *[1] * 3, 2, *[2] * 100])
    monkeypatch.setattr(freshness, "_figure", lambda: next(shown))
    ages: list[float] = []
    with freshness._watching(ages):
        time.sleep(0.65)
    assert max(ages) == pytest.approx(0.3, abs=0.2)
    assert min(ages) < 0.1
