"""A statement does the same whether a connection has learnt it or is behind a pooler."""

from typing import Any

import pytest
from django.db import connection

from accounts.models import Agency, AgencyKind
from frontend.statements import Statement

pytestmark = pytest.mark.django_db

ADD = Statement(
    "insert into accounts_agency (name, kind) values (%(name)s || ' 100 %%' || %(end)s, %(kind)s) returning name, kind",
    {"name": "text", "kind": "text"},
    {"end": " 'of' %s"},
)


@pytest.fixture(params=[True, False], ids=["prepared", "behind a pooler"], autouse=True)
def either_way(request: pytest.FixtureRequest, settings: Any) -> None:
    settings.PREPARE_STATEMENTS = request.param


class TestRun:
    def test_gives_its_rows(self) -> None:
        assert ADD.run({"name": "North", "kind": AgencyKind.OTHER}) == [("North 100 % 'of' %s", AgencyKind.OTHER)]

    def test_takes_each_value_by_its_name(self) -> None:
        ADD.run({"kind": AgencyKind.POLICE, "name": "O'Neill"})
        assert Agency.objects.get().name.startswith("O'Neill")

    def test_gives_no_rows_where_it_has_none(self) -> None:
        assert Statement("delete from accounts_agency where id < %(pk)s", {"pk": "bigint"}).run({"pk": 0}) == []

    def test_without_a_value_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            ADD.run({"name": "North"})

    def test_is_one_query(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            ADD.run({"name": "North", "kind": AgencyKind.OTHER})


class TestRunEach:
    def test_does_it_once_for_each_in_one_go(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            ADD.run_each([{"name": name, "kind": AgencyKind.OTHER} for name in ("%s", "'; select 1 --")])
        assert sorted(Agency.objects.values_list("name", flat=True)) == [
            "%s 100 % 'of' %s",
            "'; select 1 -- 100 % 'of' %s",
        ]

    def test_on_the_connection_that_is_named(self) -> None:
        pid = Statement("select pg_backend_pid()", {})
        assert pid.run({}, using="refusals") != pid.run({}) == [(connection.connection.info.backend_pid,)]
