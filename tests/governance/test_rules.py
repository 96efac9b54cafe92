"""What is unusual, by hand."""

import pytest

from figures.measures import Better, Value
from governance.rules import Flag, Usual, flag

NINETY_OF_A_HUNDRED = [Value(27, 30), Value(33, 40), Value(30, 30)]
FOUR_A_MONTH = [Value(4, None), Value(6, None), None, Value(2, None)]


class TestUsual:
    def test_parts_are_added_and_never_averaged(self) -> None:
        assert Usual.of_values(NINETY_OF_A_HUNDRED) == Usual(90, 100, 3)

    def test_numbers_are_a_mean_of_what_is_known(self) -> None:
        usual = Usual.of_values(FOUR_A_MONTH)
        assert usual == Usual(12, None, 3)
        assert usual.in_words == "4.0 a month"

    def test_needs_three_periods(self) -> None:
        assert Usual.of_values([Value(1, 2), Value(0, 0), None, Value(1, 2)]) is None


class TestFlag:
    @pytest.mark.parametrize(
        ("count", "expected"),
        # The mean is 4 and so is the variance: two standard deviations are 4.
        [(8, None), (9, Flag.MORE), (0, None)],
    )
    def test_numbers(self, count: int, expected: Flag | None) -> None:
        assert flag(Value(count, None), Usual.of_values(FOUR_A_MONTH), Better.MORE) == expected

    @pytest.mark.parametrize(
        ("of", "better", "expected"),
        # Of 100, 90 are expected with a standard deviation of 3.
        [
            (85, Better.MORE, None),
            (83, Better.MORE, Flag.WORSE),
            (83, Better.LESS, Flag.BETTER),
            (95, Better.MORE, None),
            (97, Better.MORE, Flag.BETTER),
            (97, Better.LESS, Flag.WORSE),
        ],
    )
    def test_parts(self, of: int, better: Better, expected: Flag | None) -> None:
        assert flag(Value(of, 100), Usual.of_values(NINETY_OF_A_HUNDRED), better) == expected

    def test_a_number_that_nobody_wants_is_worse(self) -> None:
        assert flag(Value(9, None), Usual.of_values(FOUR_A_MONTH), Better.LESS) == Flag.WORSE

    def test_one_child_where_none_is_usual_is_as_usual(self) -> None:
        assert flag(Value(1, None), Usual(0, None, 12), Better.LESS) is None

    def test_what_is_not_known_is_not_judged(self) -> None:
        assert flag(None, Usual(1, 2, 3), Better.MORE) is None
        assert flag(Value(1, 2), None, Better.MORE) is None
