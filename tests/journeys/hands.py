"""How a person works a page: with a mouse, or with nothing but a keyboard."""

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 400
IS_FOCUSED = "element => element === document.activeElement"
STOPS_BEFORE = """element => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
    const stops = all.filter(each => each.tabIndex >= 0 && !each.disabled && each.checkVisibility())
        .filter(each => each.type !== 'radio' || each === element || each === document.activeElement);
    return stops.indexOf(element) - stops.indexOf(document.activeElement) - 1;
}"""
"""How many stops of the Tab key surely lie before it: where to look is known then, and each look takes time."""
MAY_BE_CHOSEN_WITH_ARROWS = "element => element.type === 'radio'"


class Hands(Protocol):
    def activate(self, place: Locator) -> None:
        """Press a button or follow a link."""

    def write(self, place: Locator, value: str) -> None:
        """Replace what stands in a field."""

    def tick(self, place: Locator) -> None:
        """Choose a radio button or tick a box."""

    def select(self, place: Locator, option: str) -> None:
        """Choose from a drop-down list."""


class Mouse:
    def __init__(self, page: Page) -> None:
        self._page = page

    def activate(self, place: Locator) -> None:
        place.click()

    def write(self, place: Locator, value: str) -> None:
        place.fill(value)

    def tick(self, place: Locator) -> None:
        place.check()

    def select(self, place: Locator, option: str) -> None:
        place.select_option(label=option)


class Keyboard:
    """Tab, arrows, Space and Enter. What cannot be reached or cannot be seen to have the focus fails the journey."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def activate(self, place: Locator) -> None:
        self._tab_to(place)
        self._page.keyboard.press("Enter")

    def write(self, place: Locator, value: str) -> None:
        self._tab_to(place)
        self._page.keyboard.press("ControlOrMeta+a")
        self._page.keyboard.press("Delete")
        self._page.keyboard.insert_text(value)

    def tick(self, place: Locator) -> None:
        if place.is_checked():
            return
        if place.evaluate(MAY_BE_CHOSEN_WITH_ARROWS):
            self._arrow_to(place)
        else:
            self._tab_to(place)
            self._page.keyboard.press("Space")
        expect(place).to_be_checked()

    def select(self, place: Locator, option: str) -> None:
        self._tab_to(place)
        self._page.keyboard.type(option)
        expect(place.locator("option:checked")).to_have_text(option)

    def _tab_to(self, place: Locator) -> None:
        self._hold_tab(place.evaluate(STOPS_BEFORE))
        for _ in range(MOST_TABS):
            if place.evaluate(IS_FOCUSED):
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"{place} cannot be reached with the Tab key")

    def _hold_tab(self, times: int) -> None:
        """A key that is held down repeats itself."""
        for _ in range(times):
            self._page.keyboard.down("Tab")
        self._page.keyboard.up("Tab")

    def _arrow_to(self, place: Locator) -> None:
        """One stop of the Tab key leads to a group of radio buttons, arrows lead around inside it."""
        name = place.get_attribute("name") or ""
        options = self._page.locator(f'input[type="radio"][name="{name}"]')
        self._tab_to_any(options)
        for _ in range(options.count()):
            if place.evaluate(IS_FOCUSED):
                break
            self._page.keyboard.press("ArrowDown")
        if not place.is_checked():
            self._page.keyboard.press("Space")

    def _tab_to_any(self, options: Locator) -> None:
        for _ in range(MOST_TABS):
            if options.evaluate_all("all => all.includes(document.activeElement)"):
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"{options} cannot be reached with the Tab key")
