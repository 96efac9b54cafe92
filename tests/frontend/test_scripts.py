"""What the scripts and the stylesheet do, in a real browser under the site's own security policy.

The pages come from our templates; the server is played by the test, so that it can be slow, gone or of another opinion.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from csp.utils import build_policy
from django.template import engines
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from frontend.fields import CheckboxesField, LongTextField, Look, RadiosField, Reveal, TextField
from frontend.forms import Form
from stack import machine

BUILD = Path(__file__).parents[2] / "static" / "build"
SITE = "http://site.test"
PAGE = """
{% extends "base.html" %}
{% from "_components/autosave.html" import autosave_status %}
{% block title %}Indicators{% endblock %}
{% block content %}
  {{ autosave_status() }}
  <form method="post" action="/done" novalidate data-autosave-url="/autosave">
    <input type="hidden" name="csrfmiddlewaretoken" value="token">
    <input type="hidden" name="version" value="1">
    {{ questions }}
    {{ govukButton({"text": "Save and continue"}) }}
  </form>
  <div id="suggestion" data-live aria-live="polite">none</div>
  {% if kept %}<p data-next="/form" data-after="60">This page loads again</p>{% endif %}
{% endblock %}
"""


class Questions(Form):
    name = TextField("Name")
    answer = RadiosField(
        "Going missing",
        choices=[("no", "No"), ("current", "Current"), ("historic", "Historic")],
        look=Look(reveal=Reveal(("current", "historic"), ("evidence",))),
    )
    evidence = LongTextField("Evidence")
    received = CheckboxesField(
        "What was received",
        choices=[("money", "Money"), ("none", "None of these")],
        look=Look(none_of_these="none"),
    )


class Server:
    """Answers the browser; remembers what was posted."""

    def __init__(self) -> None:
        self.posted: list[dict[str, list[str]]] = []
        self.submitted: list[dict[str, list[str]]] = []
        self.opened: list[str] = []
        self.status = 200
        self.answer: dict[str, Any] = {"saved_at_text": "Saved at 14:32", "version": 2}
        self.before_answer: Callable[[], None] = lambda: None

    def __call__(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).partition("?")[0]
        if path == "/autosave":
            self.posted.append(parse_qs(route.request.post_data or ""))
            self.before_answer()
            route.fulfill(status=self.status, json=self.answer)
        elif path.startswith("/static/"):
            route.fulfill(path=BUILD / path.removeprefix("/static/").replace(*_unhashed(path)))
        elif path == "/done":
            self.submitted.append(parse_qs(route.request.post_data or ""))
            route.fulfill(body="done", content_type="text/html")
        else:
            if path == "/form":
                self.opened.append(route.request.url.removeprefix(SITE))
            kept = "keep=" in route.request.url
            html = engines["jinja2"].from_string(PAGE).render({"questions": Questions(), "kept": kept})
            route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": build_policy()})


def _unhashed(path: str) -> tuple[str, str]:
    """Whitenoise puts a hash into the name: app.1a2b3c4d5e6f.css is app.css."""
    parts = path.rsplit("/", 1)[-1].split(".")
    return (f".{parts[1]}.", ".") if len(parts) == 3 else ("", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=machine.chromium())
        yield launched
        launched.close()


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context()
    context.route("**/*", server)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: problems.append(message.text) if "Security Policy" in message.text else None)
    opened.clock.install()
    opened.goto(f"{SITE}/form")
    yield opened
    context.close()
    assert not problems


def status(page: Page) -> Any:
    return page.locator("[data-autosave-status]")


class TestAutosave:
    def test_saves_two_seconds_after_typing_and_says_so(self, page: Page, server: Server) -> None:
        page.get_by_label("Name").fill("Amina")
        page.clock.run_for(1500)
        assert not server.posted
        page.clock.run_for(1000)
        expect(status(page)).to_have_text("Saved at 14:32")
        assert server.posted[0]["name"] == ["Amina"]
        assert server.posted[0]["csrfmiddlewaretoken"] == ["token"]
        assert page.locator("[name=version]").input_value() == "2"

    def test_shows_the_fragments_of_the_answer(self, page: Page, server: Server) -> None:
        server.answer["html"] = {"suggestion": "<strong>SERIOUS</strong>", "elsewhere": "x"}
        page.get_by_label("Current").check()
        page.clock.run_for(2500)
        expect(page.locator("#suggestion strong")).to_have_text("SERIOUS")

    @pytest.mark.parametrize("code", [401, 403])
    def test_a_lost_session_is_told_and_not_hammered(self, page: Page, server: Server, code: int) -> None:
        server.status = code
        page.get_by_label("Name").fill("Amina")
        page.clock.run_for(2500)
        expect(status(page)).to_contain_text("Choose Save and continue to sign in; what you typed will be kept.")
        page.get_by_label("Name").fill("Amina J")
        page.clock.run_for(60_000)
        assert len(server.posted) == 1

    def test_two_versions_are_offered_side_by_side(self, page: Page, server: Server) -> None:
        server.status, server.answer = 409, {"url": "/both/"}
        page.get_by_label("Name").fill("Amina")
        page.clock.run_for(2500)
        expect(page.get_by_role("link", name="See both versions")).to_have_attribute("href", "/both/")

    def test_an_address_on_another_site_is_not_offered(self, page: Page, server: Server) -> None:
        server.status, server.answer = 409, {"url": "//elsewhere.test/"}
        page.get_by_label("Name").fill("Amina")
        page.clock.run_for(2500)
        expect(status(page)).to_contain_text("Someone else has changed this")
        assert page.get_by_role("link", name="See both versions").count() == 0

    def test_tries_again_when_the_server_is_gone(self, page: Page, server: Server) -> None:
        server.status = 503
        page.get_by_label("Name").fill("Amina")
        page.clock.run_for(2500)
        expect(status(page)).to_have_text("Not saved yet. We will try again.")
        server.status = 200
        page.clock.run_for(10_500)
        expect(status(page)).to_have_text("Saved at 14:32")

    def test_saves_at_once_when_the_page_goes_out_of_sight(self, page: Page, server: Server) -> None:
        page.get_by_label("Name").fill("Amina")
        page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' })")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(status(page)).to_have_text("Saved at 14:32")
        assert [post["name"] for post in server.posted] == [["Amina"]]

    def test_submitting_waits_for_the_save_on_its_way(self, page: Page, server: Server) -> None:
        """Otherwise the form would be sent with the version that the save has just made old."""
        server.before_answer = lambda: page.evaluate(
            "document.querySelector('form[data-autosave-url]').requestSubmit()"
        )
        page.get_by_label("Name").fill("Amina")
        page.clock.run_for(2500)
        expect(page.get_by_text("done")).to_be_visible()
        assert server.submitted[0]["version"] == ["2"]

    def test_asvs_14_3_3_leaves_nothing_in_the_browser(self, page: Page) -> None:
        page.get_by_label("Name").fill("Amina")
        page.clock.run_for(2500)
        expect(status(page)).to_have_text("Saved at 14:32")
        assert json.loads(page.evaluate("JSON.stringify([localStorage, sessionStorage])")) == [{}, {}]


class TestKeepUpToDate:
    def test_loads_the_page_again_after_a_minute_and_only_as_long_as_asked(self, page: Page, server: Server) -> None:
        page.goto(f"{SITE}/form?keep=1")
        page.clock.run_for(59_000)
        assert server.opened == ["/form", "/form?keep=1"]
        page.clock.run_for(2000)
        expect(page.get_by_text("This page loads again")).to_have_count(0)
        page.clock.run_for(200_000)
        assert server.opened == ["/form", "/form?keep=1", "/form"]

    def test_waits_while_a_field_is_being_filled_in(self, page: Page, server: Server) -> None:
        page.goto(f"{SITE}/form?keep=1")
        page.get_by_label("Name").focus()
        page.clock.run_for(90_000)
        assert server.opened[-1] == "/form?keep=1"
        page.get_by_label("Name").blur()
        page.clock.run_for(6000)
        expect(page.get_by_text("This page loads again")).to_have_count(0)
        assert server.opened[-1] == "/form"


class TestTheRest:
    def test_a_second_press_of_the_button_does_nothing(self, page: Page, server: Server) -> None:
        page.evaluate(
            "const f = document.querySelector('form[data-autosave-url]'); f.requestSubmit(); f.requestSubmit()"
        )
        expect(page.get_by_text("done")).to_be_visible()
        assert len(server.submitted) == 1

    def test_none_of_these_unticks_the_others(self, page: Page) -> None:
        page.get_by_label("Money").check()
        page.get_by_label("None of these").check()
        expect(page.get_by_label("Money")).not_to_be_checked()


class TestReveal:
    def test_works_by_keyboard_without_a_script(self, browser: Browser, server: Server) -> None:
        context = browser.new_context(java_script_enabled=False)
        context.route("**/*", server)
        page = context.new_page()
        page.goto(f"{SITE}/form")
        evidence = page.get_by_label("Evidence")
        expect(evidence).to_be_hidden()
        page.get_by_label("No", exact=True).focus()
        page.keyboard.press("Space")
        expect(evidence).to_be_hidden()
        page.keyboard.press("ArrowDown")
        expect(evidence).to_be_visible()
        page.keyboard.press("Tab")
        expect(evidence).to_be_focused()
        context.close()

    def test_everything_is_revealed_on_paper(self, page: Page) -> None:
        page.emulate_media(media="print")
        expect(page.get_by_label("Evidence")).to_be_visible()
        expect(page.get_by_role("button", name="Save and continue")).to_be_hidden()
        assert page.locator(".app-marking:visible").count() == 2
