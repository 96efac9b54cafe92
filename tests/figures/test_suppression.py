"""No hidden count can be found from what is printed: whoever tries every number finds at least four for each."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.rules import Part
from figures.suppression import (
    ALL,
    FOOTNOTE,
    HIDDEN,
    ROOM,
    SMALL,
    Counts,
    Key,
    Report,
    Sum,
    added_up,
    breakdown,
    part,
    single,
    suppress,
    table,
)
from tests.figures.suppression_reader import Reader

Grid = list[list[int]]
MANY = settings(max_examples=80, deadline=None)

# Small ones often, because they are what everything is about.
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 30))


def grids(rows: int, columns: int) -> st.SearchStrategy[Grid]:
    return st.lists(st.lists(COUNTS, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


def tabled(name: str, grid: Grid) -> Counts:
    return table(
        (name,), {str(row): {str(at): value for at, value in enumerate(each)} for row, each in enumerate(grid)}
    )


def plus(one: Grid, other: Grid) -> Grid:
    return [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(one, other, strict=True)]


def year_of(one: Grid, other: Grid) -> Counts:
    """The table of both quarters together, with the sums that tie it to theirs."""
    counts = tabled("H1", plus(one, other))
    return Counts(
        counts.values, (*counts.sums, *added_up(("H1",), [("Q1",), ("Q2",)], [key[1:] for key in counts.values]))
    )


def hushed(now: Counts, *earlier: Report) -> Report:
    return suppress(now, earlier, secret="nobody knows")


def said(report: Report, name: Key) -> list[str]:
    return [report.said(key) for key in report.counts.values if key[: len(name)] == name]


def keeps_its_secrets(*reports: Report) -> None:
    assert not reports[-1].exposed
    reader = Reader(reports)
    for secret in reader.secrets:
        assert len(reader.possible(secret, ROOM)) == ROOM, secret


def prints_no_small_number(report: Report) -> None:
    for key, value in report.counts.values.items():
        assert key in report.hidden or key in report.counts.unprinted or value not in SMALL


class TestOneReport:
    @MANY
    @given(st.integers(1, 3).flatmap(lambda rows: grids(rows, 3)))
    def test_rows_columns_and_totals(self, grid: Grid) -> None:
        report = hushed(tabled("Q1", grid))
        prints_no_small_number(report)
        keeps_its_secrets(report)

    @MANY
    @given(st.lists(COUNTS, min_size=1, max_size=5))
    def test_a_breakdown(self, values: list[int]) -> None:
        report = hushed(breakdown(("by age",), {str(at): value for at, value in enumerate(values)}))
        prints_no_small_number(report)
        keeps_its_secrets(report)

    @MANY
    @given(grids(2, 3), st.sets(st.sampled_from([("Q1", "0", ALL), ("Q1", ALL, "1"), ("Q1", ALL, ALL)])))
    def test_totals_that_are_not_printed(self, grid: Grid, unprinted: set[Key]) -> None:
        made = tabled("Q1", grid)
        report = hushed(Counts(made.values, made.sums, frozenset(unprinted)))
        prints_no_small_number(report)
        keeps_its_secrets(report)

    @given(st.lists(st.lists(st.just(0) | st.integers(5, 99), min_size=3, max_size=3), min_size=1, max_size=4))
    def test_hides_nothing_where_nothing_is_small(self, grid: Grid) -> None:
        assert not hushed(tabled("Q1", grid)).hidden

    @pytest.mark.parametrize(("value", "text"), [(0, "0"), (1, HIDDEN), (4, HIDDEN), (5, "5"), (1234, "1,234")])
    def test_a_single_number(self, value: int, text: str) -> None:
        assert hushed(single(("children",), value)).said(("children",)) == text

    def test_hides_a_second_one_in_the_row_of_a_small_one(self) -> None:
        texts = said(hushed(breakdown(("by age",), {"under 12": 0, "12 to 15": 3, "16 and over": 9})), ("by age",))
        assert texts[0] == "0"
        assert texts[1] == HIDDEN
        assert texts[2:] in ([HIDDEN, "12"], ["9", HIDDEN])

    def test_hides_the_total_where_it_would_tell_that_each_is_one(self) -> None:
        assert said(hushed(breakdown(("b",), dict.fromkeys("abcde", 1))), ("b",)) == [HIDDEN] * 6

    def test_two_small_ones_hide_each_other_where_their_sum_leaves_enough(self) -> None:
        assert said(hushed(breakdown(("b",), {"a": 2, "b": 4, "c": 9})), ("b",)) == [HIDDEN, HIDDEN, "9", "15"]

    def test_one_small_one_takes_three_more_in_a_table(self) -> None:
        report = hushed(tabled("Q1", [[2, 70, 80], [60, 50, 90], [40, 55, 65]]))
        assert ("Q1", "0", "0") in report.hidden
        assert len(report.hidden) == 4

    def test_a_large_table_is_quick(self) -> None:
        began = perf_counter()
        report = hushed(
            tabled("Q1", [[(7 * row + 5 * column * column) % 13 for column in range(10)] for row in range(20)])
        )
        assert perf_counter() - began < 1
        assert not report.exposed


class TestWhoeverKnowsTheProgramToo:
    """They try every breakdown, and under which secrets it would have been printed just so."""

    @pytest.mark.parametrize(("parts", "most"), [(2, 18), (3, 12)])
    def test_finds_no_number_in_a_breakdown(self, parts: int, most: int) -> None:
        worlds = [values for values in product(range(most + 1), repeat=parts) if sum(values) <= most]
        for texts, found in self._by_what_is_printed(worlds).items():
            if sum(max(found, key=sum)) < most:
                for at in range(parts):
                    assert texts[at] != HIDDEN or len({values[at] for values in found}) > 1, texts

    def _by_what_is_printed(self, worlds: Iterable[tuple[int, ...]]) -> dict[tuple[str, ...], set[tuple[int, ...]]]:
        found = defaultdict(set)
        for values in worlds:
            counts = breakdown(("b",), {str(at): value for at, value in enumerate(values)})
            for secret in "abcdefgh":
                found[tuple(said(suppress(counts, secret=secret), ("b",)))].add(values)
        return found


class TestSeveralReports:
    @MANY
    @given(grids(2, 2), grids(2, 2))
    def test_two_quarters_and_what_they_add_up_to(self, one: Grid, other: Grid) -> None:
        first = hushed(tabled("Q1", one))
        second = hushed(tabled("Q2", other) | year_of(one, other), first)
        prints_no_small_number(second)
        keeps_its_secrets(first, second)

    @MANY
    @given(grids(2, 2), grids(2, 2))
    def test_the_half_year_after_both_quarters(self, one: Grid, other: Grid) -> None:
        first = hushed(tabled("Q1", one))
        second = hushed(tabled("Q2", other), first)
        third = hushed(year_of(one, other), first, second)
        prints_no_small_number(third)
        keeps_its_secrets(first, second, third)

    @MANY
    @given(st.lists(COUNTS, min_size=3, max_size=3))
    def test_months_before_their_quarter(self, months: list[int]) -> None:
        keys = [(str(at),) for at in range(3)]
        reports: list[Report] = []
        for key, value in zip(keys, months, strict=True):
            reports.append(hushed(single(key, value), *reports))
        quarter = Counts({("Q1",): sum(months)}, (Sum(("Q1",), tuple(keys)),))
        keeps_its_secrets(*reports, hushed(quarter, *reports))

    def test_hides_a_quarter_that_would_tell_a_month(self) -> None:
        january, rest = hushed(single(("January",), 3)), hushed(single(("the rest",), 20))
        quarter = Counts({("Q1",): 23}, (Sum(("Q1",), (("January",), ("the rest",))),))
        assert hushed(quarter, january, rest).said(("Q1",)) == HIDDEN

    def test_says_what_earlier_reports_have_told_already(self) -> None:
        printed = hushed(single(("Q1",), 12) | single(("H1",), 15))
        second = Counts({("Q2",): 3}, (Sum(("H1",), (("Q1",), ("Q2",))),))
        report = hushed(second, printed)
        assert report.said(("Q2",)) == HIDDEN
        assert report.exposed == {("Q2",)}


class TestLaterVersions:
    @MANY
    @given(grids(2, 3), grids(2, 3), st.lists(st.booleans(), min_size=6, max_size=6))
    def test_of_a_table(self, grid: Grid, corrected: Grid, changed: list[bool]) -> None:
        flags = [changed[:3], changed[3:]]
        later = [
            [new if flag else old for old, new, flag in zip(*row, strict=True)]
            for row in zip(grid, corrected, flags, strict=True)
        ]
        first = hushed(tabled("Q1", grid))
        second = hushed(tabled("Q1", later), first)
        prints_no_small_number(second)
        self._differ_by_no_small_number(first, second)
        keeps_its_secrets(first, second)

    def _differ_by_no_small_number(self, first: Report, second: Report) -> None:
        for key in first.counts.values:
            before, now = first.printed(key), second.printed(key)
            assert before is not None or now is None
            assert before is None or now is None or abs(now - before) not in SMALL

    @pytest.mark.parametrize(
        ("before", "now", "text"), [(12, 14, HIDDEN), (12, 8, HIDDEN), (12, 12, "12"), (12, 17, "17")]
    )
    def test_hides_what_differs_by_few(self, before: int, now: int, text: str) -> None:
        assert hushed(single(("Q1",), now), hushed(single(("Q1",), before))).said(("Q1",)) == text

    @pytest.mark.parametrize("now", [0, 3, 30])
    def test_what_was_hidden_stays_hidden(self, now: int) -> None:
        assert hushed(single(("Q1",), now), hushed(single(("Q1",), 3))).said(("Q1",)) == HIDDEN

    def test_compares_with_every_version(self) -> None:
        first = hushed(single(("Q1",), 12))
        second = hushed(single(("Q1",), 20), first)
        assert hushed(single(("Q1",), 13), first, second).said(("Q1",)) == HIDDEN

    def test_the_rest_of_a_whole_changes_by_few_as_well(self) -> None:
        first = hushed(part(("seen",), ("due",), Part(10, 40)))
        second = hushed(part(("seen",), ("due",), Part(15, 47)), first)
        assert second.percent(("seen",), ("due",)) == HIDDEN


class TestPercentages:
    @MANY
    @given(st.integers(0, 40), st.integers(0, 40))
    def test_tell_nothing(self, of: int, rest: int) -> None:
        report = hushed(part(("seen",), ("due",), Part(of, of + rest)))
        keeps_its_secrets(report)
        either = HIDDEN in {report.said(("seen",)), report.said(("due",))}
        assert (report.percent(("seen",), ("due",)) == HIDDEN) == either
        assert either == bool({of, rest, of + rest} & set(SMALL))

    @MANY
    @given(st.lists(st.tuples(COUNTS, COUNTS), min_size=2, max_size=3))
    def test_of_rows_and_their_total(self, rows: list[tuple[int, int]]) -> None:
        seen, due = {str(at): of for at, (of, _) in enumerate(rows)}, {str(at): sum(row) for at, row in enumerate(rows)}
        counts = breakdown(("seen",), seen) | breakdown(("due",), due)
        for label in (*seen, ALL):
            of, whole = ("seen", label), ("due", label)
            counts |= part(of, whole, Part(counts.values[of], counts.values[whole]))
        keeps_its_secrets(hushed(counts))

    @pytest.mark.parametrize(
        ("value", "text"), [(Part(30, 40), "75%"), (Part(38, 40), HIDDEN), (Part(40, 40), "100%"), (Part(0, 0), "–")]
    )
    def test_says(self, value: Part, text: str) -> None:
        assert hushed(part(("seen",), ("due",), value)).percent(("seen",), ("due",)) == text


class TestRefuses:
    def test_wrong_sums(self) -> None:
        with pytest.raises(ValueError, match="do not add up"):
            hushed(Counts({("a",): 1, ("b",): 2}, (Sum(("a",), (("b",),)),)))

    def test_sums_of_nothing(self) -> None:
        with pytest.raises(ValueError, match="no report has"):
            hushed(Counts({("a",): 1}, (Sum(("a",), (("b",),)),)))

    def test_less_than_none(self) -> None:
        with pytest.raises(ValueError, match="never negative"):
            single(("a",), -1)

    def test_unprinted_without_a_value(self) -> None:
        with pytest.raises(ValueError, match="needs its value"):
            Counts({}, unprinted=frozenset({("a",)}))

    def test_two_values_for_a_key(self) -> None:
        with pytest.raises(ValueError, match="two values"):
            single(("a",), 5) | single(("a",), 6)

    def test_rows_of_different_columns(self) -> None:
        with pytest.raises(ValueError, match="each column"):
            table(("t",), {"one": {"a": 1}, "two": {"b": 1}})

    def test_to_say_what_is_not_printed(self) -> None:
        with pytest.raises(KeyError):
            hushed(part(("seen",), ("due",), Part(10, 40))).said(("seen", "rest"))


def test_the_footnote_names_the_mark() -> None:
    assert FOOTNOTE.startswith(HIDDEN)


class TestSettled:
    """Headlines first: what is printed of them stays, and a table below hides others."""

    def test_a_total_stays_printed_above_a_table_of_few(self) -> None:
        counts = breakdown(("b",), {"a": 2, "b": 30, "c": 40})
        headline = hushed(single(("b", ALL), 72))
        report = suppress(counts, secret="nobody knows", settled=headline)
        assert report.said(("b", ALL)) == "72"
        keeps_its_secrets(report)

    def test_what_cannot_be_made_safe_below_it_is_said(self) -> None:
        headline = Report(single(("b", ALL), 2), frozenset())
        report = suppress(breakdown(("b",), {"a": 1, "b": 1}), secret="x", settled=headline)
        assert report.exposed == {("b", "a"), ("b", "b")}

    @MANY
    @given(grids(2, 3))
    def test_leaves_nothing_to_be_found(self, grid: Grid) -> None:
        counts = tabled("Q1", grid)
        total = single(("Q1", ALL, ALL), counts.values["Q1", ALL, ALL])
        report = suppress(counts, secret="nobody knows", settled=hushed(total))
        if not report.exposed:
            keeps_its_secrets(report)


class TestManyReports:
    def test_what_has_nothing_to_do_with_these_counts_is_not_read_again(self) -> None:
        grids = [[[(7 * row + n * at) % 11 for at in range(8)] for row in range(8)] for n in range(40)]
        earlier = [hushed(tabled(f"T{n}", grid)) for n, grid in enumerate(grids)]
        began = perf_counter()
        report = hushed(tabled("Q1", [[2, 70, 80], [60, 50, 90], [40, 55, 65]]), *earlier)
        assert perf_counter() - began < 1
        assert len(report.hidden) == 4

    def test_what_an_unknown_count_leads_to_is(self) -> None:
        """The total was hidden with its parts, and another report printed what it is part of."""
        first = hushed(breakdown(("b",), {"a": 2, "b": 1}))
        assert ("b", ALL) in first.hidden
        second = hushed(Counts({("c",): 20, ("d",): 23}, (Sum(("d",), (("c",), ("b", ALL))),)), first)
        keeps_its_secrets(first, second)
