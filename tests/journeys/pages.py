"""A person at the site: what they read, press and type, with every page they come to examined on the way.

A journey is written once and done by mouse, by keyboard alone or without JavaScript: the `Site` it is given decides.
Things are named as on the screen: `site.fill("Given name", "Amy")`, `site.press("Save and continue")`.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.middleware.csrf import CSRF_SECRET_LENGTH
from playwright.sync_api import BrowserContext, ConsoleMessage, FilePayload, Locator, Page, Response, expect

from cse.demonstration import CARDS
from tests.journeys import examination
from tests.journeys.hands import Hands, Keyboard, Mouse

WIDTHS = (1280, 375)
Role = Literal["button", "link"]


@dataclass(frozen=True)
class Examined:
    """What all journeys of a run have examined: each distinct page once, its HTML kept for the checker at the end."""

    folder: Path
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def is_new(self, *signature: str) -> bool:
        new = signature not in self.seen
        self.seen.add(signature)
        return new


class Site:
    """One person in one browser window."""

    def __init__(
        self, address: str, context: BrowserContext, examined: Examined, *, javascript: bool, keyboard: bool
    ) -> None:
        self.address, self.examined, self.javascript = address, examined, javascript
        self.who = "visitor"
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.hands: Hands = Keyboard(self.page) if keyboard else Mouse(self.page)
        self._errors: list[str] = []
        self._document: Response | None = None
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._errors.append(f"script error: {error}"))
        self.page.on("response", self._receive)

    # Going somewhere

    def visit(self, path: str, *, status: int = 200) -> None:
        """Type an address."""
        self._document = None
        self.page.goto(self.address + path.removeprefix("/"))
        self._arrived(status)

    def press(self, name: str, *, exact: bool = True, status: int = 200) -> None:
        """Press a button and come to the page it leads to."""
        self._go(self.one("button", name, exact=exact), status)

    def follow(self, name: str, *, exact: bool = True, status: int = 200) -> None:
        """Follow a link; a relative part of a long link is found with exact=False."""
        self._go(self.one("link", name, exact=exact), status)

    def go_to(self, place: Locator, *, status: int = 200) -> None:
        """Press something that has no name of its own, and come to the page it leads to."""
        self._go(place, status)

    def sign_in(self, card: str) -> None:
        """As the person of a role card, by its title, such as "Sign in as the school's safeguarding lead".

        Past the page of the cards, which test_coming_and_going.py goes through: it would be drawn at each sign-in.
        """
        email = next(email for email, person in CARDS.items() if person.card_title == card)
        token = "0" * CSRF_SECRET_LENGTH
        self.page.context.add_cookies([{"name": "csrf", "value": token, "url": self.address}])
        form = {"card": email, "csrfmiddlewaretoken": token}
        answer = self.page.request.post(f"{self.address}demo/sign-in/", form=form, max_redirects=0)
        assert answer.status == 302, f"the card {card!r} is answered with {answer.status}"
        self.who = card
        self.visit("/")

    def sign_out(self) -> None:
        self.press("Sign out")
        self.who = "visitor"

    # Filling in

    def fill(self, label: str, value: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """Type into the field with this label."""
        self.hands.write((within or self.page).get_by_label(label, exact=exact), value)

    def fill_date(self, legend: str, value: tuple[int, int, int]) -> None:
        """Type a day, month and year."""
        group = self.group(legend)
        for part, number in zip(("Day", "Month", "Year"), value, strict=True):
            self.hands.write(group.get_by_label(part, exact=True), str(number))

    def choose(self, legend: str, option: str, *, exact: bool = True) -> None:
        """Choose one radio button, or tick one box, in the group with this legend."""
        self.hands.tick(self.group(legend).get_by_label(option, exact=exact).first)

    def tick(self, label: str, *, exact: bool = True) -> None:
        """Choose a radio button or tick a box by its own label."""
        self.hands.tick(self.page.get_by_label(label, exact=exact))

    def select(self, label: str, option: str) -> None:
        """Choose from a drop-down list."""
        self.hands.select(self.page.get_by_label(label, exact=True), option)

    def attach(self, label: str, name: str, content: bytes) -> None:
        """Choose a file of this name; what it is called is no proof of what it is."""
        file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        self.page.get_by_label(label, exact=True).set_input_files(file)

    def download(self, role: Role, name: str, *, exact: bool = True) -> tuple[str, bytes]:
        """Press what downloads a file; how it is called and what is in it."""
        with self.page.expect_download() as waiting:
            self.hands.activate(self.one(role, name, exact=exact))
        return waiting.value.suggested_filename, waiting.value.path().read_bytes()

    # Looking

    def one(self, role: Role, name: str, *, exact: bool = True) -> Locator:
        """The button or link with this name that can be seen."""
        return self.page.get_by_role(role, name=name, exact=exact).locator("visible=true").first

    def group(self, legend: str) -> Locator:
        """The group of fields with this legend."""
        return self.page.get_by_role("group", name=legend).last

    def sees(self, *texts: str) -> None:
        """Each of these is on the page, in the open."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text().strip()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address.rstrip("/"))

    def picture(self, name: str) -> None:
        """Keep this page for the README, when the run was asked to (`CSE_SCREENSHOTS`), from the wide window only."""
        folder = os.environ.get("CSE_SCREENSHOTS")
        wide = (self.page.viewport_size or {})["width"] == WIDTHS[0]
        if folder and wide and self.javascript and isinstance(self.hands, Mouse):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=False)

    # Examining

    def examine(self, state: str = "") -> None:
        """Examine this page as it now is, at both widths; `state` names a state of it, such as "evidence revealed"."""
        assert not self._errors, f"{self.path}: the browser complains\n" + "\n".join(self._errors)
        signature = (re.sub(r"\d+", "N", self.path), self.page.title(), self.who, state, str(self.javascript))
        if not self.examined.is_new(*signature):
            return
        self._keep_html("-".join(signature))
        unlike_others = self.javascript and self.examined.is_new(examination.structure(self.page.content()), state)
        size = self.page.viewport_size or {"width": WIDTHS[0], "height": 900}
        for width in sorted(WIDTHS, key=size["width"].__ne__):  # as it is first: each other width is drawn anew
            if width != size["width"]:
                self.page.set_viewport_size({"width": width, "height": size["height"]})
            examination.no_horizontal_scroll(self.page, width)
            if unlike_others:
                examination.axe(self.page, width)
        self.page.set_viewport_size(size)

    def _go(self, place: Locator, status: int) -> None:
        self._document = None
        with self.page.expect_event("framenavigated", lambda frame: frame == self.page.main_frame):
            self.hands.activate(place)
        self._arrived(status)

    def _arrived(self, status: int) -> None:
        """Wait for the page that was asked for, if it was a page, and examine it."""
        self.page.wait_for_load_state("load")
        if self._document:
            answered = self._document.status
            assert answered == status, f"{self.path} answered {answered}, not {status}"
            if status >= 400:  # the browser reports as an error what this journey has asked for
                self._errors = [each for each in self._errors if "Failed to load resource" not in each]
        self.examine()

    def _receive(self, response: Response) -> None:
        request = response.request
        ours = request.is_navigation_request() and request.frame == self.page.main_frame
        if ours and not 300 <= response.status < 400:
            self._document = response

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._errors.append(message.text)

    def _keep_html(self, name: str) -> None:
        if self._document is None:
            return
        safe = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:150]
        (self.examined.folder / f"{len(self.examined.seen):04}-{safe}.html").write_bytes(self._document.body())


def context_options(size: Mapping[str, int], *, javascript: bool) -> dict[str, Any]:
    return {
        "viewport": size,
        "java_script_enabled": javascript,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "reduced_motion": "reduce",
    }
