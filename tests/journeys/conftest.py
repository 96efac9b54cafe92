"""The real site once for all journeys: PostgreSQL, Valkey, web, worker and scheduler; and a real browser."""

import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import psycopg2
import pytest
from playwright.sync_api import Browser, sync_playwright

from stack import machine
from tests import prepared
from tests.journeys import examination
from tests.journeys.pages import Examined, Site, context_options
from tests.stack.place import REPOSITORY, Place

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 800}
COMPILED_ONCE = "--js-flags=--always-sparkplug --no-opt --no-maglev"
"""Each page brings its scripts, and axe, anew: compiling them better takes longer than running them."""
WindowMaker = Callable[..., Site]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Where the site keeps what it keeps."""
    return Place(tmp_path_factory.mktemp("journeys") / "state")


@pytest.fixture(scope="package")
def address(place: Place) -> Iterator[str]:
    """Where the site runs, with a small demonstration partnership in it."""
    with site_in(place) as address:
        yield address


@contextmanager
def site_in(place: Place, **environment: str) -> Iterator[str]:
    """The address of a site that is started in this place, with a partnership in it, and erased at the end."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = str(free.getsockname()[1])
    up = ("-m", "stack", "up", "--no-seed", "--port", port)
    prepared.partnership(place)
    with place.started(*up, ready="Stop it with Ctrl-C", CSE_PAGES_PER_MINUTE="100000", **environment):
        yield f"http://127.0.0.1:{port}/"
    assert place.stack("erase").returncode == 0


def manage(place: Place, *command: str) -> None:
    """Run a command of manage.py beside the site, as whoever operates it would."""
    line = [sys.executable, "manage.py", *command]
    done = subprocess.run(line, cwd=REPOSITORY, env=place.environment(), capture_output=True, text=True)
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}{done.stderr}"


def ask_the_database(place: Place, *statements: str) -> None:
    """As the owner of the tables, which may do what nobody who works there can."""
    state = json.loads((place.directory / "state.json").read_text())
    with closing(psycopg2.connect(state["database_url"])) as connection, connection, connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)


@pytest.fixture(scope="package")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Examined]:
    """Collects what the journeys see; at the end the HTML of all of it is checked in one go."""
    kept = Examined(tmp_path_factory.mktemp("html"))
    yield kept
    examination.html(kept.folder)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Until the last journey: the event loop it brings may not be running when a test of another room uses the ORM."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=[COMPILED_ONCE])
        yield browser
        browser.close()


@pytest.fixture
def window(browser: Browser, address: str, examined: Examined) -> Iterator[WindowMaker]:
    """Opens windows: `window(PHONE)`. Each is a person of their own, with their own cookies."""
    with windows(browser, address, examined) as make:
        yield make


@contextmanager
def windows(browser: Browser, address: str, examined: Examined) -> Iterator[WindowMaker]:
    contexts = []

    def make(size: dict[str, int] = DESKTOP, *, javascript: bool = True, keyboard: bool = False) -> Site:
        context = browser.new_context(**context_options(size, javascript=javascript))
        if javascript:
            context.add_init_script(examination.axe_when_asked_for())
        contexts.append(context)
        return Site(address, context, examined, javascript=javascript, keyboard=keyboard)

    try:
        yield make
    finally:
        for context in contexts:
            context.close()


@pytest.fixture
def desktop(window: WindowMaker) -> Site:
    return window(DESKTOP)


@pytest.fixture
def phone(window: WindowMaker) -> Site:
    return window(PHONE)


@pytest.fixture
def no_javascript(window: WindowMaker) -> Site:
    """On a phone, where pages are longer and a script is lost most easily."""
    return window(PHONE, javascript=False)


@pytest.fixture
def keyboard(window: WindowMaker) -> Site:
    """Nobody touches a mouse here."""
    return window(DESKTOP, keyboard=True)


@pytest.fixture
def bare(window: WindowMaker) -> Site:
    """A phone's width, no JavaScript and no mouse."""
    return window(PHONE, javascript=False, keyboard=True)


@pytest.fixture(params=["desktop", "bare"])
def anyone(request: pytest.FixtureRequest) -> Site:
    """The same journey twice: at a desk, and with next to nothing.

    Each page that somebody at a desk comes to is examined at the width of a phone too.
    """
    site: Site = request.getfixturevalue(request.param)
    return site


@pytest.fixture(params=["desktop", "no_javascript", "keyboard"])
def everyone(request: pytest.FixtureRequest) -> Site:
    """The main journeys three times: what fails is known, and scripts are there for the keyboard too."""
    site: Site = request.getfixturevalue(request.param)
    return site
