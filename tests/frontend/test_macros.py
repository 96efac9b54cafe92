"""The macros reproduce GOV.UK Frontend's own fixtures, so what the design system promises holds here too."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from frontend import moulds, renderer
from frontend.macros import design_system

COMPONENTS = Path(__file__).parents[2] / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
EXPECTED = 657
"""Fixtures in govuk-frontend 6.3.0, the version that govuk-frontend-jinja 4.1.0 was made for."""

DRAWN_FOR_FORMS = {macro for _, macro, _ in renderer.DRAWN_BY} | {"govukCharacterCount", "govukErrorSummary"}

Token = tuple[Any, ...]


class _Tokens(HTMLParser):
    """The tags, attributes and words of a page; spacing and the order of attributes do not count."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tokens.append(("open", tag, sorted((name, " ".join((value or "").split())) for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(("close", tag))

    def handle_data(self, data: str) -> None:
        if words := data.split():
            self.tokens.append(("text", *words))


def tokens(html: str) -> list[Token]:
    parser = _Tokens()
    parser.feed(html)
    parser.close()
    return parser.tokens


def fixtures() -> list[Any]:
    files = sorted(COMPONENTS.glob("*/fixtures.json"))
    return [
        pytest.param(path.parent.name, fixture, id=f"{path.parent.name}: {fixture['name']}")
        for path in files
        for fixture in json.loads(path.read_text())["fixtures"]
    ]


def test_the_design_system_is_installed() -> None:
    assert COMPONENTS.is_dir(), "GOV.UK Frontend is not installed. Run: npm ci --ignore-scripts"
    assert len(fixtures()) == EXPECTED


@pytest.mark.parametrize(("component", "fixture"), fixtures())
def test_reproduces(component: str, fixture: dict[str, Any]) -> None:
    name = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    expected = tokens(fixture["html"])
    assert tokens(design_system()[name](fixture["options"])) == expected
    if name in DRAWN_FOR_FORMS:
        assert tokens(moulds.fill(name, fixture["options"])) == expected, "A mould changed what the macro draws."
