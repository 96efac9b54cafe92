"""`python -m stack up`, the real thing: one address on loopback, everything else on sockets, data that stays."""

import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from stack import console, site
from stack.process import Program
from tests import prepared
from tests.stack.place import Place, Started, until, until_ended

UP = ("-m", "stack", "up", "--no-seed")

STOPPED_WITHIN = 120
"""Seconds: more than each of the programs may take for itself, one after the other (`stop_within`)."""


@pytest.fixture
def port() -> str:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return str(free.getsockname()[1])


def healthy(port: str) -> bool:
    """Whether the deadlines are being watched: the scheduler begins with a sweep."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=10) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False


@pytest.fixture
def with_tables(place: Place) -> None:
    prepared.tables(place)


@pytest.fixture
def outdated(with_tables: None, place: Place) -> None:
    """The code has changed since: as far as the site knows, not all of the tables are there."""
    (place.directory / "prepared").unlink()


@pytest.fixture
def running(place: Place, port: str) -> Iterator[Started]:
    with place.started(*UP, "--port", port, ready="Stop it with Ctrl-C") as started:
        yield started


class TestUp:
    def test_serves_on_loopback_only_and_starts_again_with_its_data(
        self, outdated: None, running: Started, place: Place, port: str
    ) -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/", timeout=10) as answer:
            assert answer.status == 200
        until(lambda: healthy(port))
        assert {each.laddr for each in running.connections() if each.status == psutil.CONN_LISTEN} == {
            ("127.0.0.1", int(port))
        }
        assert "/demo/" in running.said
        assert "Bringing the database up to date" in running.said
        family = running.family()
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(STOPPED_WITHIN) == 0
        until_ended(family)
        with place.started(*UP, "--port", port, ready="Stop it with Ctrl-C") as again:
            assert "Bringing the database up to date" not in again.said

    def test_a_killed_worker_is_started_again_and_killing_us_leaves_nothing(
        self, with_tables: None, running: Started
    ) -> None:
        assert "Bringing the database up to date" not in running.said
        until(
            lambda: all(running.named(part) for part in ("gunicorn cse.wsgi", "cse worker", "cse beat", "manage watch"))
        )
        running.named("celery -A cse worker")[0].kill()
        running.read_until("Worker stopped by itself")
        until(lambda: running.named("celery -A cse worker"))
        until_ended(running.kill())


class TestHeard:
    def test_the_alarm_stands_in_the_terminal_and_what_the_program_prints_in_its_log(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        assert site.Site(tmp_path, 8000, {}).watch().heard
        says = (sys.executable, "-c", "import sys; print('noted'); print('alarm', file=sys.stderr)")
        Program("Watch", says, tmp_path / "watch.log", os.environ, heard=True).launch().wait(20)
        assert capfd.readouterr().err == "alarm\n"
        assert (tmp_path / "watch.log").read_text() == "noted\n"


class TestPort:
    def test_one_that_is_taken_is_named_with_a_way_out(self, place: Place) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as other:
            port = other.getsockname()[1]
            refused = place.stack("up", "--port", str(port))
        assert refused.returncode == 1
        assert f"Port {port} cannot be used" in refused.stderr
        assert f"CSE_PORT={port + 1} ./run" in refused.stderr

    def test_a_free_one_is_taken(self, port: str) -> None:
        site.require_free(int(port))
        with closing(socket.create_server(("127.0.0.1", int(port)))), pytest.raises(console.Problem):
            site.require_free(int(port))


class TestEnvironment:
    def test_adds_only_what_nobody_gave(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRET_KEY", "theirs")
        monkeypatch.delenv("CSE_HTTPS", raising=False)
        assert site.environment(8000, "ours")["SECRET_KEY"] == "theirs"
        assert site.environment(8000, "ours")["CSE_HTTPS"] == "0"
        monkeypatch.setenv("CSE_HTTPS", "1")
        monkeypatch.delenv("SECRET_KEY")
        assert site.environment(8000, "ours")["SECRET_KEY"] == "ours"
        assert site.environment(8000, "ours")["CSE_HTTPS"] == "1"
