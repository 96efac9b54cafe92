"""Who acts is known to the database for the length of a transaction, and to nobody after it."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.gate import at_work
from accounts.models import User
from audit.acting import Beyond, acting_as, beyond
from people.models import Child
from tests import factories


def one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


class TestActingAs:
    def test_tells_the_transaction_and_lets_the_site_do_no_more_than_its_role(self, worker: User) -> None:
        with acting_as(worker.pk):
            assert one("select cse_actor()") == worker.pk
            assert one("select current_user") == "cse_app"
        assert one("select current_user") != "cse_app"

    def test_whoever_is_named_first_acts_until_the_end(self, worker: User, stranger: User) -> None:
        with acting_as(worker.pk), acting_as(stranger.pk):
            assert one("select cse_actor()") == worker.pk

    def test_nobody_is_named_for_a_visitor(self, worker: User) -> None:
        with acting_as(None):
            assert not one("select current_setting('cse.actor', true)")

    @pytest.mark.usefixtures("committed")
    def test_what_one_transaction_was_told_the_next_on_the_same_connection_does_not_know(self) -> None:
        """As behind a pooler, which hands a connection on between transactions."""
        team = factories.team()
        person = factories.user(team=team)
        factories.child(known_to=team)
        with acting_as(person.pk), transaction.atomic():
            assert one("select count(*) from people_child") == 1
        with transaction.atomic():
            assert not one("select current_setting('cse.actor', true)")
            assert not one("select current_setting('cse.teams', true)")
            with connection.cursor() as cursor:
                cursor.execute("set local role cse_app")
            with pytest.raises(DatabaseError), transaction.atomic():
                one("select count(*) from people_child")

    @pytest.mark.usefixtures("committed")
    def test_each_transaction_is_told_anew(self) -> None:
        team = factories.team()
        person = factories.user(team=team)
        factories.child(known_to=team)
        with acting_as(person.pk):
            for _ in range(2):
                with transaction.atomic():
                    assert one("select count(*) from people_child") == 1


class TestBeyond:
    def test_lifts_sight_for_its_block_alone(self, worker: User) -> None:
        factories.child()
        with acting_as(worker.pk):
            assert not Child.objects.exists()
            with beyond(Beyond.MATCHING):
                assert Child.objects.exists()
            assert not Child.objects.exists()

    def test_one_within_another_lifts_it_until_the_outer_ends(self, worker: User) -> None:
        factories.child()
        with acting_as(worker.pk), beyond(Beyond.ONE_CHILD):
            with beyond(Beyond.MATCHING):
                pass
            assert Child.objects.exists()

    def test_ends_with_an_error_too(self, worker: User) -> None:
        factories.child()
        with acting_as(worker.pk):
            with pytest.raises(DatabaseError), transaction.atomic(), beyond(Beyond.MATCHING):
                one("select 1 / 0")
            assert not Child.objects.exists()


class TestAtWork:
    def test_the_worker_sees_every_row_in_the_name_of_the_system(self, db: None) -> None:
        factories.child()
        with at_work() as system:
            assert one("select current_user") == "cse_worker"
            assert one("select cse_actor()") == system.pk
            assert Child.objects.count() == 1

    def test_the_worker_sees_none_while_nobody_acts(self, db: None) -> None:
        factories.child()
        with connection.cursor() as cursor:
            cursor.execute("set local role cse_worker")
        with pytest.raises(DatabaseError), transaction.atomic():
            one("select count(*) from people_child")
        with connection.cursor() as cursor:
            cursor.execute("reset role")
