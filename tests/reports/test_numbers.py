"""No hidden number can be found from what reports print: somebody who tries every number finds at least four for each.

Read from the printed tables themselves, and from the sums that a reader knows to hold between them.
"""

from collections.abc import Mapping
from datetime import date
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from figures import measures
from figures.measures import Value
from figures.rules import Period
from figures.suppression import HIDDEN, ROOM, SMALL, Report, suppress
from reports import numbers
from reports.numbers import Numbers
from reports.printed import Table
from riskassessment.rules import Level
from tests.figures.suppression_reader import Reader

FIRST = Period.quarter(date(2026, 4, 1))
SECOND = Period.quarter(date(2026, 7, 1))
SUBMITTED, AT_RISK, IN_TIME = "riskassessment.submitted", "riskassessment.at_risk", "missing.in_time"
BY_AGENCY, JUDGED = "riskassessment.by_agency", "riskassessment.judgement"
CHILDREN, MOVED = "riskassessment.children", "riskassessment.movement"
FEW = settings(max_examples=40, deadline=None)
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 25))
LEVELS = [str(Level.SERIOUS.label), str(Level.AT_RISK.label)]
PLACES = [(agency, level) for agency in ("Police", "School") for level in LEVELS]
Cells = dict[tuple[str, str], int]

screenings = st.fixed_dictionaries(dict.fromkeys(PLACES, COUNTS))
moves = st.fixed_dictionaries({(was, now): COUNTS for was in LEVELS for now in LEVELS})
parts = st.tuples(COUNTS, COUNTS).map(lambda pair: Value(pair[0], sum(pair)))


def figures_of(quarter: Period, screened: Cells, moved: Cells, in_time: Value) -> tuple[dict, dict]:
    """All that the rooms would count of such a quarter."""
    total = sum(screened.values())
    grave = sum(count for (_, level), count in screened.items() if level == LEVELS[0])
    known = {(SUBMITTED, quarter): Value(total, None), (AT_RISK, quarter): Value(grave, total)}
    judged = {(agency, "As suggested"): 0 for agency, _ in screened}
    for (agency, _), count in screened.items():
        judged[agency, "As suggested"] += count
    children = {(level, ""): sum(count for (_, now), count in moved.items() if now == level) for level in LEVELS}
    cells = {(BY_AGENCY, quarter): screened, (JUDGED, quarter): judged}
    cells |= {(CHILDREN, quarter): children, (MOVED, quarter): moved}
    return known | {(IN_TIME, quarter): in_time}, cells


def reported(quarter: Period, known: dict, cells: dict, *earlier: Report) -> Numbers:
    quarters = list(quarter.quarters_before(2))
    return numbers.of_quarter(quarters, known, cells, earlier=earlier, secret="nobody knows")


def keeps_its_secrets(*reports: Report) -> None:
    assert not reports[-1].exposed
    reader = Reader(reports)
    for secret in reader.secrets:
        assert len(reader.possible(secret, ROOM)) == ROOM, secret


def tables(of: Numbers) -> list[Table]:
    crossed = [of.table(measures.breakdowns()[key]) for key in (BY_AGENCY, JUDGED, CHILDREN, MOVED)]
    return [table for table in [*crossed, of.trend_table(SUBMITTED, ""), of.trend_table(IN_TIME, "")] if table]


def prints_no_small_number(of: Numbers) -> None:
    printed = chain.from_iterable(row[1:] for table in tables(of) for row in table.rows)
    assert not [cell for cell in printed if cell in SMALL]


class TestOneReport:
    @FEW
    @given(screenings, moves, parts)
    def test_tells_nothing_by_what_its_figures_have_in_common(
        self, screened: Cells, moved: Cells, in_time: Value
    ) -> None:
        found = reported(SECOND, *figures_of(SECOND, screened, moved, in_time))
        prints_no_small_number(found)
        keeps_its_secrets(found.report)

    def test_weighs_a_headline_with_the_tables_below_it(self) -> None:
        """Alone the total of 40 would be printed; beside a row of 30 and a column of 38 it would tell."""
        screened = {("Police", LEVELS[0]): 28, ("Police", LEVELS[1]): 2, ("School", LEVELS[0]): 10}
        found = reported(SECOND, *figures_of(SECOND, screened, {}, Value(0, 0)))
        ties = {(each.total[1], each.parts[0][1]) for each in found.report.counts.sums if len(each.parts) == 1}
        assert {(AT_RISK, SUBMITTED), (BY_AGENCY, JUDGED), (BY_AGENCY, SUBMITTED), (JUDGED, SUBMITTED)} <= ties
        keeps_its_secrets(found.report)


class TestTwoReports:
    @FEW
    @given(screenings, moves, screenings, moves, parts)
    def test_of_two_quarters(self, one: Cells, moved: Cells, other: Cells, moved_on: Cells, in_time: Value) -> None:
        known, cells = figures_of(FIRST, one, moved, in_time)
        first = reported(FIRST, known, cells)
        now, now_cells = figures_of(SECOND, other, moved_on, Value(0, 0))
        second = reported(SECOND, known | now, now_cells, first.report)
        prints_no_small_number(second)
        keeps_its_secrets(first.report, second.report)

    @FEW
    @given(
        screenings,
        moves,
        st.sets(st.sampled_from(sorted([(a, b) for a in ("Police", "School") for b in LEVELS]))),
        parts,
    )
    def test_of_a_quarter_and_its_correction(
        self, one: Cells, moved: Cells, gone: set[tuple[str, str]], in_time: Value
    ) -> None:
        first = reported(SECOND, *figures_of(SECOND, one, moved, in_time))
        corrected = {key: 0 if key in gone else count for key, count in one.items()}
        second = reported(SECOND, *figures_of(SECOND, corrected, moved, in_time), first.report)
        prints_no_small_number(second)
        keeps_its_secrets(first.report, second.report)
        self._differ_by_no_small_number(first, second)

    def _differ_by_no_small_number(self, first: Numbers, second: Numbers) -> None:
        before = {(table.title, row[0]): row for table in tables(first) for row in table.rows}
        for table in tables(second):
            for row in table.rows:
                for was, now in zip(before.get((table.title, row[0]), row)[1:], row[1:], strict=False):
                    assert HIDDEN in {was, now} or isinstance(was, str) or abs(now - was) not in SMALL

    def test_a_row_that_vanished_still_stands_there(self) -> None:
        """Its absence would tell that it is nought now, and so what the others had been."""
        before = {("Police", LEVELS[0]): 12, ("School", LEVELS[0]): 3}
        first = reported(SECOND, *figures_of(SECOND, before, {}, Value(0, 0)))
        after = {("Police", LEVELS[0]): 12}
        second = reported(SECOND, *figures_of(SECOND, after, {}, Value(0, 0)), first.report)
        found = second.table(measures.breakdowns()[BY_AGENCY])
        assert found
        assert {row[0]: row[1] for row in found.rows}["School"] == HIDDEN


class TestHeadlines:
    """A table of few does not take with it the total that it stands under."""

    def test_are_printed_first(self) -> None:
        screened = {(f"School {n}", LEVELS[n % 2]): 1 + n % 3 for n in range(20)}
        found = reported(SECOND, *figures_of(SECOND, screened, {}, Value(0, 0)))
        total = sum(screened.values())
        assert found.of_measure(SUBMITTED, SECOND).of == total
        keeps_its_secrets_by_reckoning(found)

    def test_a_table_that_cannot_be_made_safe_is_shortened_or_left_out(self) -> None:
        screened = {("Police", LEVELS[0]): 1, ("School", LEVELS[0]): 1, ("Health", LEVELS[0]): 40}
        found = reported(SECOND, *figures_of(SECOND, screened, {}, Value(0, 0)))
        for key in (BY_AGENCY, JUDGED):
            table = found.table(measures.breakdowns()[key])
            assert table
            assert key in found.left_out or found.is_shortened(measures.breakdowns()[key]) or len(table.rows) == 4
        keeps_its_secrets(found.report)


def keeps_its_secrets_by_reckoning(found: Numbers) -> None:
    """A table of twenty is too large to try every number."""
    again = suppress(found.report.counts, secret="nobody knows", settled=found.report)
    assert (again.hidden, again.exposed) == (found.report.hidden, frozenset())


class TestWhatIsPrinted:
    def test_a_percentage_goes_with_its_numbers(self) -> None:
        known: Mapping = {(IN_TIME, FIRST): Value(30, 40), (IN_TIME, SECOND): Value(38, 40)}
        found = reported(SECOND, dict(known), {})
        assert found.of_measure(IN_TIME, FIRST).in_full == "75% (30 of 40)"
        hidden = found.of_measure(IN_TIME, SECOND)
        assert (hidden.percent, hidden.number) == (HIDDEN, None)
        graph = found.graph(IN_TIME, "In time")
        assert graph
        assert graph.values == (75.0, None)

    def test_what_counts_no_child_is_printed_as_it_is(self) -> None:
        found = reported(SECOND, {("campaigns.evaluated", SECOND): Value(2, 3)}, {})
        assert found.of_measure("campaigns.evaluated", SECOND).in_full == "67% (2 of 3)"

    def test_a_measure_of_which_nothing_is_said_counts_children(self) -> None:
        found = reported(SECOND, {("of.a.room.to.come", SECOND): Value(2, None)}, {})
        assert found.of_measure("of.a.room.to.come", SECOND).of == HIDDEN

    def test_what_is_not_counted_is_not_collected_and_draws_nothing(self) -> None:
        found = reported(SECOND, {}, {})
        assert found.of_measure(IN_TIME, SECOND).in_full == "not collected"
        assert found.graph(IN_TIME, "In time") is None
        assert found.table(measures.breakdowns()[BY_AGENCY]) is None

    def test_nothing_counted_is_a_nought(self) -> None:
        found = reported(SECOND, {}, {(BY_AGENCY, SECOND): {("", ""): 0}}).table(measures.breakdowns()[BY_AGENCY])
        assert found
        assert found.rows == (("All", 0),)

    def test_the_true_numbers_come_back_as_they_were_kept(self) -> None:
        screened = {("Police", LEVELS[0]): 28, ("School", LEVELS[1]): 2}
        report = reported(SECOND, *figures_of(SECOND, screened, {}, Value(3, 40))).report
        assert numbers.from_json(numbers.as_json(report)) == report
