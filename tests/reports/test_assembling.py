"""The figures of a draft: put together by a worker while its chair writes, step by step, cancelled, asked for again."""

from datetime import datetime
from typing import Any

import pytest

from accounts.models import User
from audit.models import Event
from reports import assembling, outline, selectors, services, tasks
from reports.models import Assembling, Assembly, Draft
from reports.rules import Progress
from tests.reports.conftest import BY_AGENCY, LAST, SUBMITTED, Count

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(chair: User, at: datetime) -> Draft:
    """Without its figures."""
    return services.open_draft(by=chair, at=at, first=LAST.first)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Those that were noted."""
    noted, goes_on = list[int](), services.goes_on
    monkeypatch.setattr(services, "goes_on", lambda *of, **given: noted.append(of[1]) or goes_on(*of, **given))
    return noted


def state() -> str:
    return Assembling.objects.latest("pk").state


class TestAssemble:
    def test_each_step_can_be_seen_and_the_draft_has_its_figures(
        self, opened: Draft, steps: list[int], count: Count
    ) -> None:
        count(SUBMITTED, 38)
        count(BY_AGENCY, {("Police", "Serious"): 28, ("School", "Serious"): 10})
        assert tasks.assemble() == 1
        names = assembling.steps()
        weighing = names.index("Weighing “Screenings by agency and level”") + 1
        assert steps == [1, 2, 3, weighing, len(names)]
        opened.refresh_from_db()
        assert opened.assembly
        assert opened.assembly.first == LAST.first
        assert "Screenings by agency and level" in repr(services.written(opened, opened.assembly))
        assert (state(), tasks.assemble()) == (Progress.DONE, 0)

    @pytest.mark.parametrize("last", [1, 2, 3])
    def test_ends_where_it_was_cancelled(
        self, opened: Draft, steps: list[int], chair: User, monkeypatch: pytest.MonkeyPatch, last: int
    ) -> None:
        goes_on = services.goes_on

        def cancelled(work: Assembling, step: int, **given: Any) -> bool:
            if step == last:
                services.cancel(by=chair, work=work, **given)
            return goes_on(work, step, **given)

        monkeypatch.setattr(services, "goes_on", cancelled)
        assert tasks.assemble() == 0
        assert (steps[-1], state()) == (last, Progress.CANCELLED)
        opened.refresh_from_db()
        assert (opened.assembly, Assembly.objects.count()) == (None, 0)

    def test_says_that_it_failed_and_can_be_asked_again(
        self, opened: Draft, chair: User, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(outline, "filled", lambda asked: 1 / 0)
            assert tasks.assemble() == 0
        assert state() == Progress.FAILED
        services.bring_up_to_date(by=chair, at=at, draft=opened)
        assert (tasks.assemble(), state()) == (1, Progress.DONE)

    def test_of_a_draft_that_was_given_up_meanwhile_is_not_gone_on_with(
        self, opened: Draft, chair: User, steps: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        counted = selectors.counted

        def given_up(*of: Any, at: datetime) -> Any:
            services.discard(by=chair, at=at, draft=opened)
            return counted(*of, at=at)

        monkeypatch.setattr(selectors, "counted", given_up)
        assert tasks.assemble() == 0
        assert (steps, state(), Assembly.objects.count()) == ([1, 2], Progress.CANCELLED, 0)

    def test_is_weighed_against_all_that_was_issued(self, issue: Any, chair: User, at: datetime) -> None:
        issue(next(LAST.quarters_before(2)))
        services.open_draft(by=chair, at=at, first=LAST.first)
        assert tasks.assemble() == 1
        assert Assembly.objects.latest("pk").after == 1


def test_a_tick_with_nothing_to_assemble_leaves_nothing_in_the_log() -> None:
    assert tasks.assemble() == 0
    assert not Event.objects.exists()
