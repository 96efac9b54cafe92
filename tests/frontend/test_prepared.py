"""A prepared query answers as the query it was made from, whoever asks next."""

from typing import Any

import pytest
from django.db.models import CharField, F

from accounts.models import Agency, AgencyKind, Team
from frontend.prepared import Among, Given, Prepared, among
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> list[Team]:
    return [factories.team(name=name) for name in ("North", "South")]


class TestPrepared:
    def test_answers_anew_for_each_value(self, teams: list[Team]) -> None:
        named = Prepared(lambda: Team.objects.filter(name=Given("name", CharField())))
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

    def test_a_list_may_be_empty(self, teams: list[Team]) -> None:
        some = Prepared(lambda: Team.objects.filter(Among(F("pk"), Given("keys"))).order_by("name"))
        assert some.ask(keys=among([team.pk for team in teams])) == teams
        assert some.ask(keys=among([])) == []

    def test_a_text_is_a_value_and_never_sql(self) -> None:
        Agency.objects.create(name="O'Neill %s", kind=AgencyKind.OTHER)
        named = Prepared(lambda: Agency.objects.filter(name=Given("name", CharField())))
        assert named.first(name="O'Neill %s")
        assert named.first(name="' or true --") is None

    def test_a_value_that_is_missing_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            Prepared(lambda: Team.objects.filter(pk=Given("key"))).ask(other=1)

    def test_counts_what_it_would_give(self, teams: list[Team]) -> None:
        some = Prepared(lambda: Team.objects.filter(name=Given("name", CharField())).values("pk")[:1])
        assert [some.count(name=name) for name in ("North", "West")] == [1, 0]
