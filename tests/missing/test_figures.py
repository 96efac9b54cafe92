"""Periods as London's calendar has them, and how a part of a whole is said."""

from datetime import UTC, date, datetime

import pytest

from figures.rules import Part, Period, Preset, year_begins
from missing.figures import Figures


class TestPeriod:
    @pytest.mark.parametrize(
        ("preset", "first", "last"),
        [
            (Preset.THIS_MONTH, date(2026, 11, 1), date(2026, 11, 24)),
            (Preset.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
            (Preset.THIS_QUARTER, date(2026, 10, 1), date(2026, 11, 24)),
            (Preset.LAST_QUARTER, date(2026, 7, 1), date(2026, 9, 30)),
            (Preset.THIS_YEAR, date(2026, 4, 1), date(2026, 11, 24)),
            (Preset.LAST_YEAR, date(2025, 4, 1), date(2026, 3, 31)),
        ],
    )
    def test_every_preset_is_whole_days(self, preset: Preset, first: date, last: date) -> None:
        assert Period.of(preset, today=date(2026, 11, 24)) == Period(first, last)

    def test_on_the_first_day_of_a_year_the_last_year_is_over(self) -> None:
        assert Period.of(Preset.LAST_YEAR, today=date(2026, 4, 1)) == Period(date(2025, 4, 1), date(2026, 3, 31))
        assert Period.of(Preset.THIS_YEAR, today=date(2026, 4, 1)) == Period(date(2026, 4, 1), date(2026, 4, 1))
        assert Period.of(Preset.LAST_QUARTER, today=date(2026, 1, 1)) == Period(date(2025, 10, 1), date(2025, 12, 31))

    def test_begins_and_ends_at_local_midnight_in_summer_and_in_winter(self) -> None:
        spring = Period(date(2026, 3, 29), date(2026, 3, 29))  # the clocks go forward: 23 hours
        assert spring.starts == datetime(2026, 3, 29, 0, tzinfo=UTC)
        assert spring.ends == datetime(2026, 3, 29, 23, tzinfo=UTC)
        autumn = Period(date(2026, 10, 25), date(2026, 10, 25))  # they go back: 25 hours
        assert autumn.starts == datetime(2026, 10, 24, 23, tzinfo=UTC)
        assert autumn.ends == datetime(2026, 10, 26, 0, tzinfo=UTC)

    def test_a_period_that_runs_ends_now(self) -> None:
        period = Period(date(2026, 11, 1), date(2026, 11, 30))
        now = datetime(2026, 11, 24, 9, tzinfo=UTC)
        assert period.until(now) == now
        assert period.until(datetime(2027, 1, 1, tzinfo=UTC)) == period.ends

    def test_the_year_of_the_returns_begins_in_april(self) -> None:
        assert year_begins(date(2026, 3, 31)) == date(2025, 4, 1)
        assert year_begins(date(2026, 4, 1)) == date(2026, 4, 1)


class TestPart:
    @pytest.mark.parametrize(
        ("of", "whole", "said"),
        [
            (0, 0, "–"),
            (0, 3, "0%"),
            (3, 3, "100%"),
            (1, 2, "50%"),
            (1, 8, "13%"),  # a half goes up
            (2, 3, "67%"),
            (999, 1000, "99%"),  # not all of them
            (1, 1000, "1%"),  # not none of them
        ],
    )
    def test_is_said_in_whole_per_cent(self, of: int, whole: int, said: str) -> None:
        assert Part(of, whole).percent == said


class TestFigures:
    def test_each_is_divided_by_what_the_rule_names(self) -> None:
        """domain.md 16."""
        figures = Figures(
            eligible=10, offered=8, accepted=7, completed=6, in_time=5, due=9, due_in_time=4, children=3, repeat=2
        )
        parts = {name: (part.of, part.whole) for name, part in figures.parts.items()}
        assert parts == {
            "offered": (8, 10),
            "accepted": (7, 8),
            "completed": (6, 8),
            "in_time": (5, 6),
            "due_in_time": (4, 9),
            "repeat": (2, 3),
        }
        assert figures.not_in_time == 5
