"""A room that has something for the board adds one function and a name."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from reports import assembling, outline, selectors
from reports.feeds import Asked
from reports.outline import Outline
from reports.printed import Block, Section, Table, all_from_json, as_json
from tests.reports.conftest import LAST


def themes(asked: Asked) -> Sequence[Block]:
    return (Block(text=(f"Hotels, in {asked.quarter.in_brief}",), table=Table("Themes", ("What",), (("Hotels",),))),)


@pytest.mark.django_db
def test_a_feed_fills_its_section_and_a_section_without_one_is_not_collected(
    monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    sections = (Outline("themes", "Themes", "?", themes), Outline("attendance", "Attendance", "?"))
    monkeypatch.setattr(outline, "SECTIONS", sections)
    made = selectors.sections(assembling.assembled(LAST, at=at))
    assert [(each.title, each.is_collected) for each in made] == [("Themes", True), ("Attendance", False)]
    assert made[0].blocks[0].text == ("Hotels, in Q3 2026",)


def test_a_feed_may_say_that_its_room_has_nothing_yet(at: datetime) -> None:
    assert not outline._filled(Outline("a", "A", "?", lambda asked: None), None).is_collected  # type: ignore[arg-type]
    assert outline._filled(Outline("a", "A", "?", lambda asked: ()), None).is_collected  # type: ignore[arg-type]


def test_what_is_kept_comes_back_as_it_was() -> None:
    table = Table("T", ("a", "b"), (("x", 5),))
    made = (Section("a", "A", (Block("H", ("t",), table=table),), "Words"),)
    assert all_from_json(Section, as_json(made)) == made
