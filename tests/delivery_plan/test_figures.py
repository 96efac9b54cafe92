"""What the plan shows of figures: in full to whoever may see the children behind them, to others what may be published
(domain.md 25, 26)."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from delivery_plan import selectors, services
from delivery_plan.models import Action, Update
from delivery_plan.rules import Rag, UpdateState
from figures import measures
from figures.measures import Better
from figures.models import Current
from figures.rules import Part, Period
from tests import factories
from tests.delivery_plan.test_paper import words_of
from tests.reports import making

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
THIRD, SECOND = Period(date(2026, 7, 1), date(2026, 9, 30)), Period(date(2026, 4, 1), date(2026, 6, 30))
RUNS = Period(date(2026, 10, 1), date(2026, 12, 31))
PAGES = ("plan", "action", "plan_csv")


@pytest.fixture
def board() -> User:
    return factories.user(team=factories.team(), roles=[Role.BOARD_READER])


@pytest.fixture
def coordinator() -> User:
    return factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two measures that count by agency: letters of children, and letters of staff."""
    monkeypatch.setattr(measures, "_MEASURES", dict(measures._MEASURES))
    for key, of_children in (("test.of_children", True), ("test.of_staff", False)):
        given = {"better": Better.MORE, "source": "made up", "of_children": of_children}
        measures.measure(key, "Letters answered", by_agency=lambda period, at: {}, **given)(
            lambda period, at: Part(1, 2)
        )


@pytest.fixture
def counted(at: datetime) -> Callable[..., None]:
    def run(
        of: int, whole: int, *, period: Period = THIRD, agency: str = "", measure: str = "test.of_children"
    ) -> None:
        days = {"first": period.first, "last": period.last}
        counts = {"of": of, "whole": whole, "counted_at": at}
        Current.objects.create(measure=measure, **days, row=agency, **counts)

    return run


@pytest.fixture
def measured(lead: User) -> Action:
    given = {"measure": "test.of_children", "target": 90, "rag": Rag.GREEN, "rag_reason": "All is done"}
    return factories.action(lead=lead, **given)


def read(client: Any, name: str, action: Action) -> str:
    address = reverse(f"delivery_plan:{name}", args=[action.pk] if name == "action" else [])
    return str(client.get(address).content.decode())


class TestSmallNumbers:
    @pytest.mark.parametrize("name", PAGES)
    @pytest.mark.parametrize(("of", "whole"), [(6, 8), (2, 30), (28, 30)])
    def test_are_not_shown_to_the_board(
        self,
        measured: Action,
        counted: Callable[..., None],
        board: User,
        browser_of: Any,
        name: str,
        of: int,
        whole: int,
    ) -> None:
        counted(of, whole)
        said = read(browser_of(board), name, measured)
        assert f"{of} of {whole}" not in said
        assert f"{100 * of // whole}% (" not in said
        assert "[c] in Q3 2026, target at least 90%" in said
        assert "[c]: a number from 1 to 4" in said
        assert "otherwise" not in said.replace("Says otherwise", "").replace("Figures say otherwise</th>", "")
        assert "show=contradicted" not in said

    def test_are_not_printed_for_the_board(
        self, measured: Action, counted: Callable[..., None], board: User, coordinator: User, browser_of: Any
    ) -> None:
        counted(6, 8)
        printed, shown = (
            words_of(browser_of(each).get(reverse("delivery_plan:plan_pdf")).content) for each in (board, coordinator)
        )
        assert "[c] in Q3 2026, target at least 90%" in printed
        assert "6 of 8" not in printed
        assert "otherwise" not in printed.replace("Figures say otherwise", "")
        assert "75% (6 of 8) in Q3 2026" in shown
        assert "Green: on track, figures say otherwise" in shown

    @pytest.mark.parametrize("name", PAGES)
    def test_are_shown_to_whoever_goes_through_the_children(
        self, measured: Action, counted: Callable[..., None], coordinator: User, browser_of: Any, name: str
    ) -> None:
        counted(6, 8)
        said = read(browser_of(coordinator), name, measured)
        assert "75% (6 of 8) in Q3 2026" in said
        assert "[c]" not in said

    def test_large_ones_are_shown_to_everybody(
        self, measured: Action, counted: Callable[..., None], board: User, browser_of: Any
    ) -> None:
        counted(60, 80)
        said = read(browser_of(board), "action", measured)
        assert "75% (60 of 80) in Q3 2026" in said
        assert "Figures say otherwise" in said

    def test_the_trend_has_a_gap_where_one_is_hidden(
        self, measured: Action, counted: Callable[..., None], board: User, at: datetime
    ) -> None:
        counted(60, 80)
        counted(3, 80, period=SECOND)
        live = selectors.live([measured], at=at, for_=board)[measured.pk]
        assert dict(live.chart.rows)["Q2 2026"] == ["[c]"]
        assert dict(live.chart.rows)["Q3 2026"] == ["75%"]
        assert "3 of 80" not in live.chart.svg("x")

    def test_a_quarter_that_runs_is_for_those_who_see_the_children(
        self, measured: Action, counted: Callable[..., None], board: User, coordinator: User, at: datetime
    ) -> None:
        counted(60, 80, period=RUNS)
        theirs, full = (selectors.live([measured], at=at, for_=each)[measured.pk] for each in (board, coordinator))
        assert (len(theirs.periods), theirs.latest) == (8, None)
        assert (len(full.periods), full.periods[-1]) == (8, RUNS)
        assert full.latest

    def test_what_a_report_printed_otherwise_is_hidden(
        self, measured: Action, counted: Callable[..., None], board: User, at: datetime
    ) -> None:
        """The correction since is of one child."""
        numbers = {"of": 60, "whole": 80, "rest": 20}
        key = ["measure", "test.of_children", "2026-07-01"]
        values = [[[*key, name], number] for name, number in numbers.items()]
        sums = [[[*key, "whole"], [[*key, "of"], [*key, "rest"]]]]
        truth = {"values": values, "sums": sums, "unprinted": [[*key, "rest"]], "hidden": [], "exposed": []}
        counted(61, 81)
        assert selectors.live([measured], at=at, for_=board)[measured.pk].in_words.startswith("75% (61 of 81)")
        making.issued(truth=truth)
        assert selectors.live([measured], at=at, for_=board)[measured.pk].in_words.startswith("[c]")


class TestGreen:
    """By a figure that may not be shown, there is always a reason, so that nobody is told what it says."""

    @pytest.mark.parametrize(("of", "whole"), [(1, 8), (8, 9)])
    def test_needs_a_reason_whether_the_hidden_figure_reaches_its_target_or_not(
        self,
        measured: Action,
        counted: Callable[..., None],
        draft: Callable[..., Update],
        lead: User,
        at: datetime,
        of: int,
        whole: int,
    ) -> None:
        counted(of, whole)
        Action.objects.update(target=80)
        with pytest.raises(services.SaysOtherwise, match="so few were counted"):
            services.submit_update(by=lead, at=at, update=draft(measured))

    def test_what_was_said_when_it_was_sent_is_fit_for_every_reader(
        self, measured: Action, counted: Callable[..., None], coordinator: User, at: datetime
    ) -> None:
        counted(6, 8)
        Action.objects.update(lead=coordinator)
        words = {"text": "Done", "rag": Rag.GREEN, "rag_reason": "x", "despite": "Two moved away"}
        update = services.save_update(by=coordinator, at=at, action=measured, version=0, **words)
        sent = services.submit_update(by=coordinator, at=at, update=update)
        assert (sent.state, sent.figure) == (UpdateState.SUBMITTED, "[c] in Q3 2026, target at least 90%")


class TestByAgency:
    @pytest.fixture
    def three(self, counted: Callable[..., None]) -> None:
        for measure in ("test.of_children", "test.of_staff"):
            counted(80, 100, measure=measure)
            counted(50, 60, agency="Health", measure=measure)
            counted(2, 3, agency="A charity", measure=measure)
            counted(28, 28, agency="Police", measure=measure)
            counted(7, 7, agency="Police", period=SECOND, measure=measure)

    def table(self, said: str) -> list[list[str]]:
        table = said.partition(">By agency</caption>")[2].partition("</tbody>")[0].partition("<tbody")[2]
        return [re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in table.split("<tr")[1:]]

    def test_says_who_is_behind_in_numbers_to_those_who_may_see_them(
        self, measured: Action, three: None, coordinator: User, browser_of: Any
    ) -> None:
        assert self.table(read(browser_of(coordinator), "action", measured)) == [
            ["A charity", "–", "67% (2 of 3)", "Does not reach the target"],
            ["Health", "–", "83% (50 of 60)", "Does not reach the target"],
            ["Police", "100% (7 of 7)", "100% (28 of 28)", "Reaches the target"],
        ]

    def test_says_who_is_behind_without_numbers_to_others(
        self, measured: Action, three: None, lead: User, browser_of: Any
    ) -> None:
        said = read(browser_of(lead), "action", measured)
        assert self.table(said) == [
            ["A charity", "Too few to say"],
            ["Health", "Does not reach the target"],
            ["Police", "Reaches the target"],
        ]
        assert "are shown to those who may see the children behind them" in said

    def test_what_counts_no_child_is_shown_to_everybody(
        self, measured: Action, three: None, board: User, browser_of: Any
    ) -> None:
        Action.objects.update(measure="test.of_staff")
        assert self.table(read(browser_of(board), "action", measured))[0] == [
            *("A charity", "–"),
            *("67% (2 of 3)", "Does not reach the target"),
        ]

    def test_without_a_target_nobody_is_judged(self, measured: Action, three: None, lead: User, at: datetime) -> None:
        Action.objects.update(target=None)
        measured.refresh_from_db()
        _, found = selectors.in_detail(measured, at=at, for_=lead)
        assert found
        assert {line.verdict for line in found.lines} == {""}

    def test_an_action_is_read_in_few_queries(
        self, measured: Action, three: None, lead: User, browser_of: Any, django_assert_max_num_queries: Any
    ) -> None:
        client = browser_of(lead)
        with django_assert_max_num_queries(MOST_QUERIES):
            read(client, "action", measured)
