"""Nobody signs in by a role card anywhere but in the embedded demonstration, on the machine it runs on."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from cse import demonstration
from tests import factories
from tests.architecture.source import ROOT

IS_ON = "from django.conf import settings; print(settings.DEMONSTRATION)"
SERVED = (
    "import django; django.setup(); from django.urls import reverse; print(reverse('demo'), reverse('demo_sign_in'))"
)
EMBEDDED = """
import shutil, sys
import stack.state
folder = stack.state.directory()
folder.mkdir(parents=True)
try:
    stack.state.write(stack.state.State("postgresql://nobody@localhost/none", "unix:///none", "x" * 50))
    exec(sys.argv[1])
finally:
    shutil.rmtree(folder)
"""
DATABASE = "postgresql://cse@database.example.org/cse"
REDIS = "redis://queue.example.org/0"
OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_KEYS", "CSE_STATE", "CSE_DEMONSTRATION", "CSE_HTTPS")


def start(state: Path, asked: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start Python with this configuration alone and ask it that."""
    inherited = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in OURS}
    settings = {"DJANGO_SETTINGS_MODULE": "cse.settings", "CSE_STATE": str(state), **environment}
    return subprocess.run(
        [sys.executable, "-c", EMBEDDED, asked],
        cwd=ROOT,
        env={**inherited, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


class TestConfiguration:
    def test_the_embedded_demonstration_serves_them(self, tmp_path: Path) -> None:
        assert start(tmp_path / "state", IS_ON).stdout == "True\n"
        assert start(tmp_path / "state", SERVED).stdout.split() == ["/demo/", "/demo/sign-in/"]

    def test_where_it_is_off_there_are_none(self, tmp_path: Path) -> None:
        done = start(tmp_path / "state", SERVED, CSE_DEMONSTRATION="0")
        assert "NoReverseMatch" in done.stderr

    @pytest.mark.parametrize(
        "environment",
        [
            {"DATABASE_URL": DATABASE},
            {
                "DATABASE_URL": DATABASE,
                "REDIS_URL": REDIS,
                "SECRET_KEY": "0123456789abcdef" * 4,
                "FIELD_KEYS": f"1:{'A' * 43}=",
            },
            {"DATABASE_URL": DATABASE, "CSE_DEMONSTRATION": "1"},
            {"DATABASE_URL": DATABASE, "CSE_DEMONSTRATION": "1", "CSE_HTTPS": "0", "CSE_DEBUG": "1"},
            {"CSE_DEMONSTRATION": "0"},
        ],
        ids=str,
    )
    def test_is_off_in_every_other(self, tmp_path: Path, environment: dict[str, str]) -> None:
        assert start(tmp_path / "state", IS_ON, **environment).stdout == "False\n"

    def test_and_where_the_database_is_named_in_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "url").write_text(DATABASE)
        assert start(tmp_path / "state", IS_ON, DATABASE_URL_FILE=str(tmp_path / "url")).stdout == "False\n"


class TestRequest:
    """Within the demonstration."""

    @pytest.fixture(autouse=True)
    def demonstration(self, settings: Any) -> None:
        settings.DEMONSTRATION = True

    def ask(self, **headers: str) -> HttpResponse:
        request = RequestFactory().get("/demo/", **headers)
        request.session = {}  # type: ignore[assignment]
        return demonstration.cards(request)

    @pytest.mark.django_db
    @pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.4.5.6"])
    def test_this_machine_is_served(self, address: str) -> None:
        assert self.ask(REMOTE_ADDR=address).status_code == 200

    @pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::7", "10.0.0.1", ""])
    def test_another_machine_is_not(self, address: str) -> None:
        with pytest.raises(Http404):
            self.ask(REMOTE_ADDR=address)

    @pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"])
    def test_nothing_that_came_through_a_proxy_is(self, header: str) -> None:
        with pytest.raises(Http404):
            self.ask(REMOTE_ADDR="127.0.0.1", **{header: "127.0.0.1"})

    @pytest.mark.parametrize("headers", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
    def test_neither_can_sign_in(self, headers: dict[str, str]) -> None:
        with pytest.raises(Http404):
            demonstration.sign_in(RequestFactory().post("/demo/sign-in/", {"card": "a@example.org"}, **headers))

    @pytest.mark.django_db
    def test_a_person_who_is_not_on_a_card_cannot_be_chosen(self) -> None:
        somebody = factories.user()
        with pytest.raises(Http404):
            demonstration.sign_in(RequestFactory().post("/demo/sign-in/", {"card": somebody.email}))

    def test_nothing_is_served_once_the_demonstration_is_off(self, settings: Any) -> None:
        settings.DEMONSTRATION = False
        with pytest.raises(Http404):
            self.ask(REMOTE_ADDR="127.0.0.1")
