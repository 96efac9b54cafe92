"""Moments as people type them, on every night of the year."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

import pytest

from frontend.fields import Look, Reveal, TextField, YesNoField
from frontend.moment_forms import Asked, MomentForm
from frontend.moments import Moment

TODAY = date(2026, 11, 23)
SEEN = Asked("When was the child last seen?", "when the child was last seen")


class Seen(MomentForm):
    moments: ClassVar = {"seen": SEEN}
    where = TextField("Where?", noun="where", required=False)


class Perhaps(MomentForm):
    moments: ClassVar = {"seen": Asked(SEEN.label, SEEN.noun, required=False)}


class Revealed(MomentForm):
    moments: ClassVar = {"seen": SEEN}
    field_order = ("known", "seen")
    known = YesNoField("Is it known?", look=Look(reveal=Reveal(when=("yes",), fields=("seen_on", "seen_time"))))


def typed(day: str = "", clock: str = "", **more: str) -> dict[str, str]:
    parts = [*day.split(), "", "", ""][:3]
    return {"seen_on-day": parts[0], "seen_on-month": parts[1], "seen_on-year": parts[2], "seen_time": clock, **more}


def form(data: dict[str, str], kind: type[MomentForm] = Seen, **options: Any) -> MomentForm:
    return kind(data, today=TODAY, **options)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


class TestMomentForm:
    def test_reads_a_day_and_a_time_on_londons_clock(self) -> None:
        made = form(typed("3 July 2026", "2:30pm", where="Town"))
        assert made.is_valid()
        assert made.cleaned_data == {"where": "Town", "seen": Moment(utc(2026, 7, 3, 13, 30), 60)}

    def test_moments_come_first_unless_an_order_is_given(self) -> None:
        assert list(form({}).fields) == ["seen_on", "seen_time", "where"]
        assert list(form({}, Revealed).fields) == ["known", "seen_on", "seen_time"]

    @pytest.mark.parametrize(
        ("data", "errors"),
        [
            (
                typed(),
                {
                    "seen_on": ["Enter the day when the child was last seen"],
                    "seen_time": ["Enter the time when the child was last seen"],
                },
            ),
            (typed("3 7 2026"), {"seen_time": ["Enter the time when the child was last seen"]}),
            (typed(clock="14:30"), {"seen_on": ["Enter the day when the child was last seen"]}),
            (
                typed("24 11 2026", "00:01"),
                {"seen_on": ["The day when the child was last seen must be today or in the past"]},
            ),
            (
                typed("3 7 2026", "noonish"),
                {"seen_time": ["The time when the child was last seen must be a time, like 14:30 or 2:30pm"]},
            ),
        ],
    )
    def test_says_beside_the_field_what_is_wrong(self, data: dict[str, str], errors: dict[str, list[str]]) -> None:
        assert form(data).errors == errors

    def test_optional_is_all_or_nothing(self) -> None:
        empty = form(typed(), Perhaps)
        assert empty.is_valid()
        assert empty.cleaned_data == {"seen": None}
        assert form(typed("3 7 2026"), Perhaps).errors == {"seen_time": ["Enter the time when the child was last seen"]}
        assert form(typed(clock="9am"), Perhaps).errors == {"seen_on": ["Enter the day when the child was last seen"]}
        assert list(form(typed("31 2 2026"), Perhaps).errors) == ["seen_on"]

    def test_a_time_that_never_came_is_refused_beside_it(self) -> None:
        made = form(typed("29 March 2026", "1:30am"))
        sentence = "1:30am never came on 29 March 2026, because the clocks went forward. Check the time"
        assert made.errors == {"seen_time": [sentence]}
        assert "seen_which" not in made.fields

    @pytest.mark.parametrize("clock", ["00:59", "02:00"])
    def test_the_hours_around_it_are_read(self, clock: str) -> None:
        assert form(typed("29 March 2026", clock)).is_valid()


class TestWhichOfTheTwo:
    def test_is_asked_where_the_time_came_twice(self) -> None:
        made = form(typed("25 October 2026", "01:30"))
        sentence = "1:30am came twice on 25 October 2026. Select which of the two it was"
        assert made.errors == {"seen_which": [sentence]}
        assert list(made.fields) == ["seen_on", "seen_time", "seen_which", "where"]
        drawn = str(made)
        assert 'value="01:30"' in drawn
        assert "in summer time, before the clocks went back" in drawn

    @pytest.mark.parametrize(("which", "hour", "offset"), [("first", 0, 60), ("second", 1, 0)])
    def test_decides(self, which: str, hour: int, offset: int) -> None:
        made = form(typed("25 October 2026", "01:30", seen_which=which))
        assert made.is_valid(), made.errors
        assert made.cleaned_data["seen"] == Moment(utc(2026, 10, 25, hour, 30), offset)

    def test_is_not_asked_otherwise(self) -> None:
        made = form(typed("25 October 2026", "02:00", seen_which="first"))
        assert made.is_valid()
        assert "seen_which" not in made.fields
        assert "seen_which" not in str(made)

    @pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
    def test_shows_which_it_was(self, which: str, hour: int) -> None:
        made = Seen(initial={"seen": Moment.of(utc(2026, 10, 25, hour, 30))}, today=TODAY)
        assert made["seen_which"].value() == which
        assert made["seen_time"].value() == "01:30"

    def test_is_revealed_with_the_time(self) -> None:
        made = form(typed("25 October 2026", "01:30", known="yes"), Revealed)
        assert "seen_which" in made.errors
        assert str(made).count('name="seen_which"') == 2

    def test_does_not_matter_where_the_moment_does_not(self) -> None:
        made = form(typed("25 October 2026", "01:30", known="no"), Revealed)
        assert made.is_valid(), made.errors
        assert made.cleaned_data == {"known": False, "seen": None}


def test_begins_with_the_moment_that_is_known() -> None:
    made = Seen(initial={"seen": Moment.of(utc(2026, 7, 3, 13, 30))}, today=TODAY)
    drawn = str(made)
    assert 'value="14:30"' in drawn
    assert 'value="2026"' in drawn
    assert "seen_which" not in drawn
