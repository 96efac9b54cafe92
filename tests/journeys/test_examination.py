"""The examiners see what they are for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import examination

SOUND = '<!DOCTYPE html><html lang="en"><title>Sound</title><main><h1>Sound</h1>{}</main></html>'


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 800})
    context.add_init_script(examination.axe_when_asked_for())
    yield context.new_page()
    context.close()


def test_a_sound_page_passes(page: Page, tmp_path: Path) -> None:
    page.set_content(SOUND.format(""))
    examination.axe(page, 375)
    examination.no_horizontal_scroll(page, 375)
    (tmp_path / "sound.html").write_text(SOUND.format(""))
    examination.html(tmp_path)


def test_a_field_without_a_label_is_seen(page: Page) -> None:
    page.set_content(SOUND.format("<input>"))
    with pytest.raises(AssertionError, match="label"):
        examination.axe(page, 375)


def test_a_page_that_scrolls_sideways_is_seen(page: Page) -> None:
    page.set_content(SOUND.format('<p class="wide" style="width: 900px">Wide</p>'))
    with pytest.raises(AssertionError, match=r"p\.wide"):
        examination.no_horizontal_scroll(page, 375)


def test_html_that_is_not_valid_is_seen(tmp_path: Path) -> None:
    (tmp_path / "broken.html").write_text(SOUND.format('<p id="twice"></p><p id="twice"></p>'))
    with pytest.raises(AssertionError, match="Duplicate ID"):
        examination.html(tmp_path)


def test_pages_of_one_structure_differ_in_words_and_numbers_alone() -> None:
    page = '<p class="{}"><a href="/children/{}/">{}</a></p>'
    same, other = page.format("lead", 7, "Amy Jones"), page.format("lead", 81, "Ben Smith")
    assert examination.structure(same) == examination.structure(other)
    assert examination.structure(same) != examination.structure(page.format("hint", 7, "Amy Jones"))
    assert examination.structure(same) != examination.structure(page.format("lead", 7, ""))
