"""The connection is known to be gone before a request is lost to it, at the cost of no question to the server."""

import time
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.postgresql import base


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What the server answered, as often as it was asked."""
    answers: list[bool] = []
    ask = base.DatabaseWrapper.is_usable

    def counted(wrapper: Any) -> bool:
        answers.append(ask(wrapper))
        return answers[-1]

    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", counted)
    return answers


@pytest.mark.usefixtures("committed")
class TestIsUsable:
    def test_of_a_quiet_connection_without_asking(self, questions: list[bool]) -> None:
        connection.ensure_connection()
        assert connection.is_usable()
        assert questions == []

    def test_a_connection_that_the_server_has_ended_is_not(self, questions: list[bool]) -> None:
        connection.ensure_connection()
        with connections["refusals"].cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
        assert not connection.is_usable()
        assert questions == [False]
        connection.close()

    def test_one_on_which_something_failed_is_asked(self, questions: list[bool]) -> None:
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("select nothing")
        assert connection.is_usable()
        assert questions == [True]

    def test_one_whose_transaction_is_broken_is_not(self, questions: list[bool]) -> None:
        with transaction.atomic():
            with pytest.raises(DatabaseError), connection.cursor() as cursor:
                cursor.execute("select 1 / 0")
            assert not connection.is_usable()
            transaction.set_rollback(True)
        assert questions == [False]

    def test_one_that_has_heard_something_is_asked(self, questions: list[bool]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("listen news")
        with connections["refusals"].cursor() as cursor:
            cursor.execute("notify news")
        deadline = time.monotonic() + 5
        while not questions and time.monotonic() < deadline:
            assert connection.is_usable()
        assert questions == [True]
