"""Charts that everybody can read: picture, sentence and table say the same."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from figures.charts import COLOURS, SPARK_HEIGHT, SPARK_WIDTH, Chart, Series

LABELS = ["Q1 2026", "Q2 2026", "Q3 2026"]
VALUES = st.lists(st.none() | st.floats(0, 1e7), min_size=3, max_size=3)


def chart(*values: float | None, unit: str = "%", target: float | None = None) -> Chart:
    return Chart("Interviews in time", LABELS, [Series("In time", values)], unit=unit, target=target)


def drawn(made: Chart) -> etree._Element:
    return etree.fromstring(made.svg("one").encode())


def test_says_in_a_sentence_what_it_shows() -> None:
    assert chart(61, None, 74, target=100).summary == (
        "In time rose from 61% in Q1 2026 to 74% in Q3 2026. The target is 100%."
    )
    assert chart(None, None, None).summary == "In time: nothing is known yet."
    assert chart(5, None, None).summary == "In time: 5% in Q1 2026."
    assert chart(5, 9, 5).summary == "In time was 5% in Q1 2026 and in Q3 2026."
    assert chart(9, 9, 5).summary == "In time fell from 9% in Q1 2026 to 5% in Q3 2026."


def test_is_a_table_too() -> None:
    assert chart(61, None, 74).rows == [("Q1 2026", ["61%"]), ("Q2 2026", ["not known"]), ("Q3 2026", ["74%"])]


def test_has_a_name_and_a_description() -> None:
    root = drawn(chart(1, 2, 3))
    ids = root.get("aria-labelledby").split()
    assert [root.find(f"*[@id='{each}']").tag.rpartition("}")[2] for each in ids] == ["title", "desc"]


def test_escapes_what_it_is_given() -> None:
    made = Chart("<b>&", ["<i>"], [Series("</svg>", [1])])
    assert etree.fromstring(made.svg('"x').encode()).findtext("{*}title") == "<b>&"


def test_leaves_a_gap_where_nothing_is_known() -> None:
    assert len(drawn(chart(1, None, 3)).findall("{*}polyline")) == 2


def test_refuses_a_series_that_is_too_short() -> None:
    with pytest.raises(ValueError, match="for each label"):
        Chart("Short", LABELS, [Series("One", [1])])


@given(VALUES, VALUES, st.sampled_from(["", "%"]), st.none() | st.integers(0, 100))
def test_stays_within_its_frame_and_asks_for_no_style(
    one: list[float | None], other: list[float | None], unit: str, target: int | None
) -> None:
    root = drawn(Chart("Any", LABELS, [Series("One", one), Series("Other", other)], unit=unit, target=target))
    assert not root.xpath("//@style | //*[local-name()='style' or local-name()='script']")
    for line in root.findall("{*}polyline"):
        points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
        assert all(0 <= x <= 640 and 0 <= y <= 260 for x, y in points)
        assert all(before[0] < after[0] for before, after in pairwise(points))


@pytest.mark.parametrize("colour", COLOURS)
def test_its_colours_stand_out_on_white(colour: str) -> None:
    """WCAG 1.4.11: 3 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 2.99


@given(VALUES)
def test_a_sparkline_stays_within_its_frame_and_says_its_course(values: list[float | None]) -> None:
    chart = Chart("Any", LABELS, [Series("One", values)])
    root = etree.fromstring(chart.sparkline())
    assert root.findtext("{*}title") == chart.summary
    for line in root.findall("{*}polyline"):
        points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
        assert all(0 <= x <= SPARK_WIDTH and 0 <= y <= SPARK_HEIGHT for x, y in points)
