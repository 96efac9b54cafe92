"""Coming in with a password, a passkey and an authenticator app, in a real browser with a passkey of its own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.journeys.pages import Site
from tests.stack.place import REPOSITORY, Place

PASSWORD = "otter violin gravel"
NAMES = iter(range(1, 1000))
ADD = """
from accounts.models import Team, User
team = Team.objects.order_by("pk").first()
user = User(email="{email}", full_name="{name}", job_title="Practitioner", team=team, roles=["{role}"])
user.set_password("{password}")
user.save()
user.groups.add(team.group)
"""
Newcomer = Callable[..., str]


@pytest.fixture
def newcomer(place: Place) -> Newcomer:
    """Somebody who has a password and nothing else; returns their e-mail address."""

    def add(role: str = "practitioner") -> str:
        email = f"newcomer{next(NAMES)}@example.org"
        text = ADD.format(email=email, name="Nora Newcomer", role=role, password=PASSWORD)
        command = [sys.executable, "manage.py", "shell", "-c", text]
        subprocess.run(command, cwd=REPOSITORY, env=place.environment(), check=True, capture_output=True)
        return email

    return add


def with_passkeys(site: Site) -> None:
    """The browser gets an authenticator built in, whose owner is always there; passkeys need a name, not a number."""
    site.address = site.address.replace("127.0.0.1", "localhost")
    session = site.page.context.new_cdp_session(site.page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(site: Site, email: str) -> None:
    site.visit("/account/sign-in/")
    site.fill("Email address", email)
    site.fill("Password", PASSWORD)
    site.press("Sign in")


def picture(page: Page, name: str) -> None:
    """For looking at by hand (`CSE_LOOK`)."""
    if folder := os.environ.get("CSE_LOOK"):
        width = (page.viewport_size or {"width": 0})["width"]
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def code_of(page: Page, *, steps: int = 0) -> str:
    """What an authenticator app shows that was given the key on this page."""
    secret = page.locator(".app-key").inner_text()
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


@pytest.mark.parametrize("kind", ["desktop", "phone"])
def test_a_passkey_is_added_and_opens_the_door_alone(
    kind: str, newcomer: Newcomer, request: pytest.FixtureRequest
) -> None:
    site: Site = request.getfixturevalue(kind)
    with_passkeys(site)
    sign_in(site, newcomer("administrator"))
    assert site.path == "/account/second-factor/"
    site.sees("Administrators sign in with a passkey")
    picture(site.page, "factors-none")
    site.press("Add a passkey")
    picture(site.page, "passkey-add")
    site.press("Add this device")
    assert site.heading() == "Your recovery codes"
    assert re.search(r"\d{8}", site.page.locator(".app-codes").inner_text())
    picture(site.page, "codes")
    site.visit("/account/second-factor/")
    picture(site.page, "factors")
    site.visit("/account/sessions/")
    picture(site.page, "sessions")
    site.visit("/")
    site.sees("Nora Newcomer")
    site.sign_out()
    site.visit("/account/sign-in/")
    picture(site.page, "sign-in")
    site.press("Sign in with a passkey")
    site.sees("Nora Newcomer")
    assert urlsplit(site.page.url).path == "/"


def test_a_passkey_is_the_second_factor_and_confirms_who_it_is(desktop: Site, newcomer: Newcomer) -> None:
    with_passkeys(desktop)
    email = newcomer()
    sign_in(desktop, email)
    desktop.press("Add a passkey")
    desktop.press("Add this device")
    desktop.visit("/")
    desktop.sign_out()
    sign_in(desktop, email)
    assert desktop.heading() == "Your second factor"
    picture(desktop.page, "second-factor")
    desktop.press("Use a passkey")
    desktop.visit("/account/again/passkey/?next=/notices/")
    picture(desktop.page, "again")
    desktop.press("Use a passkey")
    assert desktop.path == "/notices/"


def test_an_authenticator_app_does_without_a_script(no_javascript: Site, newcomer: Newcomer) -> None:
    site = no_javascript
    email = newcomer()
    sign_in(site, email)
    expect(site.page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    site.follow("Set up an authenticator app")
    picture(site.page, "app")
    code, later = code_of(site.page), code_of(site.page, steps=1)
    site.fill("Code", "000000")
    site.press("Set it up")
    site.sees("There is a problem")
    site.fill("Code", code)
    site.press("Set it up")
    assert site.heading() == "Your recovery codes"
    site.follow("Continue")
    site.sees("Nora Newcomer")
    site.sign_out()
    sign_in(site, email)
    site.fill("Code", later)
    site.press("Sign in")
    site.sees("Nora Newcomer")
