"""The warning before a session ends for idleness, in a real browser; the site is played by the test."""

from collections.abc import Iterator

import pytest
from django.template import engines
from playwright.sync_api import Page, Route, expect, sync_playwright

from stack import machine
from tests.frontend.test_scripts import BUILD, SITE, _unhashed

PAGE = """
{% extends "base.html" %}
{% block title %}A page{% endblock %}
{% block content %}
  <form method="post" action="/send">
    <input type="hidden" name="csrfmiddlewaretoken" value="token">
    <label for="name">Name</label><input id="name" name="name">
  </form>
{% endblock %}
{% block bodyEnd %}{% include "_components/idle.html" %}{% endblock %}
"""
ASKS = "Are you still there?"


class Server:
    """How many seconds the session has left, and when somebody said that they are there."""

    def __init__(self) -> None:
        self.left = 120
        self.told = 0
        self.over = False

    def __call__(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path == "/account/stay/":
            self._stay(route)
        elif path.startswith("/static/"):
            route.fulfill(path=BUILD / path.removeprefix("/static/").replace(*_unhashed(path)))
        else:
            frame = {"idle": 900, "navigation": []}
            route.fulfill(body=engines["jinja2"].from_string(PAGE).render({"frame": frame}), content_type="text/html")

    def _stay(self, route: Route) -> None:
        if self.over:
            route.fulfill(status=401, body="")
            return
        if route.request.method == "POST":
            assert route.request.headers["x-csrftoken"] == "token"
            self.told += 1
            self.left = 900
        else:
            assert route.request.headers["x-requested-with"] == "fetch", "looking must not prolong the session"
        route.fulfill(json={"left": self.left})


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def page(server: Server) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium())
        opened = browser.new_page()
        opened.route("**/*", server)
        opened.clock.install()
        opened.goto(f"{SITE}/page")
        yield opened
        browser.close()


class TestIdleWarning:
    def test_asks_two_minutes_before_and_prolongs_the_session_when_told_so(self, page: Page, server: Server) -> None:
        page.clock.run_for(779_000)
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.clock.run_for(2000)
        expect(page.get_by_role("dialog", name=ASKS)).to_be_visible()
        page.get_by_role("button", name="Stay signed in").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert server.told == 1

    def test_says_nothing_where_another_window_was_used(self, page: Page, server: Server) -> None:
        server.left = 600
        page.clock.run_for(781_000)
        page.wait_for_timeout(100)
        expect(page.get_by_role("dialog")).to_have_count(0)

    def test_whoever_types_is_there(self, page: Page, server: Server) -> None:
        page.clock.run_for(60_000)
        page.get_by_label("Name").press("A")
        assert server.told == 0
        page.clock.run_for(90_000)
        page.get_by_label("Name").press("m")
        page.get_by_label("Name").press("y")
        page.wait_for_timeout(100)
        assert server.told == 1

    def test_what_was_typed_stays_when_it_has_ended_and_the_page_is_covered(self, page: Page, server: Server) -> None:
        page.get_by_label("Name").fill("Amina")
        server.over = True
        page.clock.run_for(781_000)
        ended = page.get_by_role("dialog", name="You have been signed out")
        expect(ended).to_be_visible()
        expect(ended).to_have_class("app-dialog app-no-print app-dialog--covers")
        page.get_by_role("button", name="Show the page").click()
        expect(page.get_by_label("Name")).to_have_value("Amina")
