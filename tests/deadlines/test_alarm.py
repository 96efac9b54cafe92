"""The alarm by a path that needs no Celery: e-mails, log and terminal, once an hour, and once when it is over."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as site
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError

from accounts.models import User
from accounts.roles import Role
from deadlines import alarm, selectors, tasks
from deadlines.management.commands import watch
from tests import factories

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class Enough(Exception):
    """The watch has gone on long enough."""


@pytest.fixture
def coordinator(worker: User) -> User:
    return factories.user(roles=[Role.CSE_COORDINATOR])


@pytest.fixture
def administrator(db: None) -> User:
    return factories.user(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def watching(said: list[str], coordinator: User, administrator: User) -> alarm.Alarm:
    return alarm.Alarm(said.append)


@pytest.fixture
def no_database() -> Iterator[None]:
    with mock.patch.object(alarm, "_people", side_effect=OperationalError), mock.patch.object(alarm, "connection"):
        yield


def told() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


class TestLook:
    def test_tells_co_ordinators_and_administrators_once_an_hour_and_when_it_is_over(
        self, watching: alarm.Alarm, coordinator: User, administrator: User, said: list[str], at: datetime
    ) -> None:
        for minutes in range(0, 121, 10):
            assert watching.look(at=at + minutes * MINUTE)
        assert told() == [coordinator.email, administrator.email] * 3
        tasks.sweep()
        for minutes in (130, 140):
            assert watching.look(at=at + minutes * MINUTE) is None
        assert len(said) == 4
        assert "watched again" in mail.outbox[-1].subject
        assert len(mail.outbox) == 8

    def test_trouble_that_comes_and_goes_is_told_once_an_hour(
        self, watching: alarm.Alarm, said: list[str], at: datetime
    ) -> None:
        with mock.patch.object(selectors, "trouble", side_effect=["Trouble.", None] * 62):
            for minutes in range(124):
                watching.look(at=at + minutes * MINUTE)
        assert said == ["Trouble.", alarm.WELL_AGAIN] * 3

    def test_says_nothing_while_all_is_well(self, watching: alarm.Alarm, said: list[str], at: datetime) -> None:
        tasks.sweep()
        assert watching.look(at=at) is None
        assert (said, mail.outbox) == ([], [])

    def test_stands_in_the_log(self, watching: alarm.Alarm, at: datetime, caplog: pytest.LogCaptureFixture) -> None:
        watching.look(at=at)
        assert "not being watched" in caplog.text

    def test_a_database_that_is_away_is_told_to_those_known_and_named(
        self, watching: alarm.Alarm, coordinator: User, administrator: User, settings: Any, at: datetime
    ) -> None:
        settings.ALARM_EMAILS = ["duty@example.org"]
        tasks.sweep()
        watching.look(at=at)
        with mock.patch.object(alarm, "_people", side_effect=OperationalError), mock.patch.object(alarm, "connection"):
            assert watching.look(at=at + MINUTE) == alarm.NO_DATABASE
        assert told() == [coordinator.email, administrator.email, "duty@example.org"]

    def test_one_that_was_never_there_is_told_to_those_named(
        self, no_database: None, settings: Any, at: datetime
    ) -> None:
        settings.ALARM_EMAILS = ["duty@example.org"]
        alarm.Alarm(lambda _: None).look(at=at)
        assert told() == ["duty@example.org"]

    def test_goes_on_though_no_e_mail_leaves(
        self, watching: alarm.Alarm, said: list[str], settings: Any, at: datetime, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.EMAIL_BACKEND = "tests.deadlines.post_office.CannotBeReached"
        assert watching.look(at=at)
        assert len(said) == 1
        assert "could not be e-mailed: ConnectionRefusedError" in caplog.text


class TestTrouble:
    def beat(self, name: str, *, ago: timedelta, skew: float = 0) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("insert into deadlines_heartbeat values (%s, clock_timestamp() - %s, %s)", [name, ago, skew])

    @pytest.mark.parametrize(
        ("ago", "wrong"), [(0, False), (4.9, False), (5.1, True), (60 * 24, True), (-4.9, False), (-60, True)]
    )
    def test_no_sweep_for_five_minutes_by_the_databases_clock(self, db: None, ago: float, wrong: bool) -> None:
        """Nor is one of the future any good: the database's clock has been put back."""
        self.beat("sweep", ago=timedelta(minutes=ago))
        assert bool(selectors.trouble()) is wrong

    @pytest.mark.parametrize(("skew", "wrong"), [(0, False), (59, False), (61, True), (-61, True)])
    def test_clocks_that_differ_by_more_than_a_minute(self, db: None, skew: float, wrong: bool) -> None:
        self.beat("sweep", ago=timedelta(0))
        self.beat("tick", ago=timedelta(0), skew=skew)
        sentence = selectors.trouble()
        assert bool(sentence) is wrong
        assert sentence is None or "differs from the database's by 61 s" in sentence

    def test_costs_one_query(self, db: None, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            assert "just been set up" in str(selectors.trouble())


class TestWatch:
    def test_looks_every_minute_and_leaves_a_sign_of_life(self, db: None, tmp_path: Path, capsys: Any) -> None:
        with mock.patch.object(watch.time, "sleep", side_effect=[None, None, Enough]) as slept, pytest.raises(Enough):
            call_command("watch", alive=tmp_path / "alive")
        assert slept.call_args_list == [mock.call(60)] * 3
        assert (tmp_path / "alive").exists()
        assert capsys.readouterr().out.count("not being watched") == 1

    def test_survives_without_a_database_and_stops_when_asked(self, tmp_path: Path) -> None:
        nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "ALARM_EMAILS": "duty@example.org"}
        started = subprocess.Popen(
            [sys.executable, "-m", "manage", "watch", "--every", "0.2"],
            cwd=site.BASE_DIR,
            env={**os.environ, **nowhere, "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert started.stdout
        lines = iter(started.stdout.readline, "")
        assert any("the database does not answer" in line for line in lines)
        assert any(line == "To: duty@example.org\n" for line in lines)
        assert started.poll() is None
        started.send_signal(signal.SIGTERM)
        assert started.wait(10) == 0
        started.stdout.close()
