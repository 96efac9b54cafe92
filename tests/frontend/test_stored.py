"""Stored as `Model.save` would store it."""

from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction

from accounts.models import Agency, AgencyKind
from frontend import stored
from people.models import Child
from tests import factories

pytestmark = pytest.mark.django_db


class TestInsert:
    def test_adds_the_record_and_gives_it_its_key(self) -> None:
        agency = Agency(name="O'Neill %s 🌸", kind=AgencyKind.OTHER)
        stored.insert(agency)
        assert Agency.objects.get(pk=agency.pk).name == "O'Neill %s 🌸"
        agency.name = "Another"
        agency.save()  # is known to be there
        assert Agency.objects.get().name == "Another"

    def test_reads_what_the_database_generates(self) -> None:
        child = Child(given_name="Zoë", aliases=["Zo"], added_by_team=factories.team(), added_at=factories.NOON)
        child.provisional = True
        stored.insert(child)
        kept = Child.objects.get(pk=child.pk)
        assert (child.search_name, kept.aliases) == (kept.search_name, ["Zo"])

    def test_what_the_database_refuses_is_refused(self) -> None:
        agency = factories.agency()
        with pytest.raises(IntegrityError), transaction.atomic():
            stored.insert(Agency(name=agency.name, kind=AgencyKind.OTHER))

    def test_what_is_too_long_is_refused_and_not_cut(self) -> None:
        with pytest.raises(DataError), transaction.atomic():
            stored.insert(Agency(name="x" * 121, kind=AgencyKind.OTHER))


class TestInsertNew:
    def test_adds_what_is_not_there_in_one_go(self, django_assert_num_queries: Any) -> None:
        there = factories.agency(kind=AgencyKind.HEALTH)
        with django_assert_num_queries(1):
            stored.insert_new([Agency(name=name, kind=AgencyKind.OTHER) for name in (there.name, "100 % new", "Other")])
        assert set(Agency.objects.values_list("name", "kind")) == {
            (there.name, AgencyKind.HEALTH),
            ("100 % new", AgencyKind.OTHER),
            ("Other", AgencyKind.OTHER),
        }

    def test_of_nothing_asks_nothing(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            stored.insert_new([])


class TestUpdate:
    def test_stores_the_named_columns_of_this_record_and_nothing_else(self, django_assert_num_queries: Any) -> None:
        agency, other = factories.agency(kind=AgencyKind.HEALTH), factories.agency(kind=AgencyKind.HEALTH)
        agency.name, agency.kind = "New", AgencyKind.POLICE
        with django_assert_num_queries(1):
            stored.update(agency, "name")
        agency.refresh_from_db()
        assert (agency.name, agency.kind) == ("New", AgencyKind.HEALTH)
        assert Agency.objects.get(pk=other.pk).name == other.name

    def test_a_relation_is_stored_by_its_name(self) -> None:
        user, team = factories.user(), factories.team()
        user.team = team
        stored.update(user, "team")
        user.refresh_from_db()
        assert user.team == team
