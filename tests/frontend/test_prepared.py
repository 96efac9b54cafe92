"""A prepared query answers as the query it was made from, whoever asks next."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F, TextField

from accounts.models import Agency, AgencyKind, Team
from frontend.prepared import Among, Given, Prepared
from tests import factories


@pytest.fixture
def teams(db: None) -> list[Team]:
    return [factories.team(name=name) for name in ("North", "South")]


@pytest.fixture(params=[True, False], ids=["prepared", "behind a pooler"])
def either_way(request: pytest.FixtureRequest, settings: Any) -> None:
    settings.PREPARE_STATEMENTS = request.param


@pytest.mark.django_db
@pytest.mark.usefixtures("either_way")
class TestPrepared:
    def test_answers_anew_for_each_value(self, teams: list[Team]) -> None:
        named = Prepared(lambda: Team.objects.filter(name=Given("name", TextField())))
        assert named.ask(name="North") == teams[:1]
        assert named.ask(name="South") == teams[1:]
        assert named.first(name="West") is None

    def test_is_made_only_once(self, teams: list[Team]) -> None:
        made: list[int] = []

        def build() -> Any:
            made.append(1)
            return Team.objects.filter(pk=Given("key"))

        one = Prepared(build)
        assert [one.first(key=team.pk) for team in teams] == teams
        assert made == [1]

    def test_relations_are_read_with_the_record(self, teams: list[Team], django_assert_num_queries: Any) -> None:
        one = Prepared(lambda: Team.objects.select_related("agency").filter(pk=Given("key")))
        with django_assert_num_queries(1):
            found = one.first(key=teams[1].pk)
            assert found
            assert found.agency == teams[1].agency

    def test_plain_rows_and_annotations_keep_their_names(self, teams: list[Team]) -> None:
        rows = Prepared(
            lambda: (
                Team.objects.annotate(agency_kind=F("agency__kind"))
                .filter(pk=Given("key"))
                .values_list("name", "agency_kind", named=True)
            )
        )
        row = rows.ask(key=teams[0].pk)[0]
        assert (row.name, row.agency_kind) == ("North", teams[0].agency.kind)

    def test_nothing_needs_to_be_given(self, teams: list[Team]) -> None:
        everyone = Prepared(lambda: Team.objects.order_by("name"))
        assert everyone.ask() == teams
        assert everyone.count() == 2

    def test_a_list_may_be_empty(self, teams: list[Team]) -> None:
        some = Prepared(lambda: Team.objects.filter(Among(F("pk"), "keys")).order_by("name"))
        assert some.ask(keys=[team.pk for team in teams]) == teams
        assert some.ask(keys=[]) == []

    def test_a_text_is_a_value_and_never_sql(self) -> None:
        Agency.objects.create(name="O'Neill %s", kind=AgencyKind.OTHER)
        named = Prepared(lambda: Agency.objects.filter(name=Given("name", TextField())))
        assert named.first(name="O'Neill %s")
        assert named.first(name="' or true --") is None

    def test_a_value_that_is_missing_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            Prepared(lambda: Team.objects.filter(pk=Given("key"))).ask(other=1)

    def test_counts_what_it_would_give(self, teams: list[Team]) -> None:
        some = Prepared(lambda: Team.objects.filter(name=Given("name", TextField())).values("pk")[:1])
        assert [some.count(name=name) for name in ("North", "West")] == [1, 0]

    def test_what_is_the_same_every_time_stays_text(self) -> None:
        for name in ("100%", "%s", "$1", "O'Neill"):
            Agency.objects.create(name=name, kind=AgencyKind.OTHER)
            same = Prepared(lambda name=name: Agency.objects.filter(name=name, pk__gt=Given("after")))  # type: ignore[misc]
            assert [agency.name for agency in same.ask(after=0)] == [name]
            assert same.count(after=0) == 1

    def test_learning_it_is_no_query_of_the_page(self, teams: list[Team], django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(2):
            Prepared(lambda: Team.objects.filter(pk=Given("key"))).ask(key=1)
            Prepared(lambda: Team.objects.filter(pk=Given("key"))).count(key=1)

    def test_what_was_learnt_in_work_that_was_undone_is_still_known(self, teams: list[Team]) -> None:
        one = Prepared(lambda: Team.objects.filter(pk=Given("key")))
        with transaction.atomic():
            assert one.first(key=teams[0].pk)
            transaction.set_rollback(True)
        assert one.first(key=teams[0].pk) == teams[0]


class TestName:
    def test_is_the_same_for_the_same_question_and_no_other(self, db: None) -> None:
        def learnt() -> set[str]:
            with connection.cursor() as cursor:
                cursor.execute("select name from pg_prepared_statements")
                return {name for (name,) in cursor.fetchall()}

        before = learnt()
        for _ in range(2):
            Prepared(lambda: Team.objects.filter(pk=Given("key"), name="North")).ask(key=1)
        assert len(learnt() - before) == 1
        Prepared(lambda: Team.objects.filter(pk=Given("key"), name="South")).ask(key=1)
        assert len(learnt() - before) == 2


class TestForgotten:
    def test_is_learnt_again(self, committed: None) -> None:
        everyone = Prepared(lambda: Agency.objects.filter(pk__gt=Given("after")))
        assert everyone.ask(after=0) == []
        with connection.cursor() as cursor:
            cursor.execute("deallocate all")
        assert everyone.ask(after=0) == []

    def test_is_learnt_again_when_a_column_has_changed(self, committed: None) -> None:
        everyone = Prepared(lambda: Agency.objects.filter(pk__gt=Given("after")))
        assert everyone.ask(after=0) == []
        with connection.cursor() as cursor:
            cursor.execute("alter table accounts_agency alter column name type varchar(121)")
            try:
                assert everyone.ask(after=0) == []
            finally:
                cursor.execute("alter table accounts_agency alter column name type varchar(120)")

    def test_inside_a_transaction_the_connection_is_given_up(self, committed: None) -> None:
        everyone = Prepared(lambda: Agency.objects.filter(pk__gt=Given("after")))
        with transaction.atomic():
            everyone.ask(after=0)
            with connection.cursor() as cursor:
                cursor.execute("deallocate all")
            with pytest.raises(DatabaseError):
                everyone.ask(after=0)
            transaction.set_rollback(True)
        connection.close_if_unusable_or_obsolete()
        assert everyone.ask(after=0) == []


class TestAnotherConnection:
    def test_learns_what_the_last_one_knew(self, committed: None) -> None:
        everyone = Prepared(lambda: Agency.objects.filter(pk__gt=Given("after")))
        assert everyone.ask(after=0) == []
        connection.close()
        assert everyone.ask(after=0) == []
        assert everyone.count(after=0) == 0
