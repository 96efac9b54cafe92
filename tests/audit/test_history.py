"""Histories: what each row was, whoever wrote it and how (domain.md 35, ASVS 16.3.3)."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from accounts.models import Team, User
from audit.history import append_only, history_of
from people.models import Child, Involvement
from riskassessment.models import Answer
from riskassessment.rules import Presence
from tests import factories

pytestmark = pytest.mark.django_db


def states(record: Any, column: str) -> list[tuple[str, Any]]:
    """What was kept of a record: each deed and what the column then held."""
    model: Any = history_of(type(record))
    rows = model.objects.filter(**{record._meta.pk.name: record.pk}).order_by("pgh_id")
    return list(rows.values_list("pgh_label", column))


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def child(team: Team) -> Child:
    return factories.child(known_to=team, given_name="Ann")


class TestRecorded:
    def test_keeps_each_state_of_a_row_and_the_last_before_it_was_deleted(self) -> None:
        case = factories.involvement(child=factories.child())
        Involvement.objects.filter(pk=case.pk).update(cmog_listed_at=factories.NOON)
        Involvement.objects.filter(pk=case.pk).delete()
        expected = [("insert", None), ("update", factories.NOON), ("delete", factories.NOON)]
        assert states(case, "cmog_listed_at") == expected

    def test_knows_of_updates_of_many_rows(self, child: Child) -> None:
        Child.objects.update(given_name=F("family_name"))
        assert states(child, "given_name") == [("insert", "Ann"), ("update", child.family_name)]

    def test_knows_of_rows_made_in_bulk(self, worker: User) -> None:
        screening = factories.screening(author=worker)
        answers = [
            Answer(screening=screening, indicator=indicator, presence=Presence.NO)
            for indicator in screening.indicator_set.indicators.all()
        ]
        Answer.objects.bulk_create(answers)
        kept = apps.get_model("riskassessment", "AnswerHistory").objects.filter(screening=screening)
        assert kept.count() == len(answers) > 20

    def test_knows_of_plain_sql(self, child: Child) -> None:
        run("update people_child set given_name = 'Eve' where id = %s", child.pk)
        assert states(child, "given_name")[-1] == ("update", "Eve")

    def test_a_setting_of_the_library_does_not_make_it_stand_aside(self, child: Child) -> None:
        run("select set_config('pgtrigger.ignore', array_agg(tgname)::text, true) from pg_trigger")
        Child.objects.update(given_name="Eve")
        assert states(child, "given_name")[-1] == ("update", "Eve")

    def test_says_who_it_was_and_in_which_transaction(self, child: Child, worker: User) -> None:
        run("select set_config('cse.actor', %s, true)", str(worker.pk))
        Child.objects.update(given_name="Eve")
        kept = apps.get_model("people", "ChildHistory").objects.filter(id=child.pk).latest("pgh_id")
        with connection.cursor() as cursor:
            cursor.execute("select pg_current_xact_id()::text::bigint")
            assert (kept.pgh_actor_id, kept.pgh_transaction) == (worker.pk, cursor.fetchone()[0])

    def test_is_not_written_where_nothing_changed(self, child: Child) -> None:
        Child.objects.update(given_name="Ann")
        assert states(child, "given_name") == [("insert", "Ann")]

    def test_holds_no_password_and_no_bookkeeping(self, worker: User) -> None:
        User.objects.update(password="argon2$secret", last_login=factories.NOON)
        names = {field.name for field in history_of(User)._meta.fields}  # type: ignore[union-attr]
        assert names.isdisjoint({"password", "last_login"})
        assert [label for label, _ in states(worker, "email")] == ["insert"]

    def test_knows_who_came_into_a_team_and_who_left_it(self, worker: User) -> None:
        other = Group.objects.create(name="other")
        worker.groups.set([other])
        kept = apps.get_model("accounts", "MembershipHistory").objects.filter(user=worker).order_by("pgh_id")
        assert list(kept.values_list("pgh_label", "group_id")) == [
            ("insert", worker.team_id),
            ("delete", worker.team_id),
            ("insert", other.pk),
        ]

    def test_knows_of_grants(self, child: Child, team: Team) -> None:
        kept = apps.get_model("people", "ChildTeamGrantHistory").objects.filter(content_object=child)
        assert list(kept.values_list("pgh_label", "group_id")) == [("insert", team.pk)]


def of_all() -> list[Any]:
    return [pytest.param(model, id=model._meta.label) for model in append_only()]


class TestAppendOnly:
    """ASVS 13.2.2: also whoever owns the tables is refused; that the application has no right to it, see accounts."""

    @pytest.mark.parametrize("model", of_all())
    @pytest.mark.parametrize("deed", ["delete from {}", "truncate {} cascade", "update {} set {key} = {key}"])
    def test_asvs_13_2_2_no_table_of_the_log_lets_a_row_be_changed(self, model: Any, deed: str) -> None:
        if model._meta.label == "audit.Payload":
            pytest.skip("its deletes are asked row by row: see TestAppendOnly of test_services")
        sql = deed.format(f'"{model._meta.db_table}"', key=model._meta.pk.column)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            run(sql)


class TestNeedToKnow:
    def test_is_that_of_the_record_itself(self, child: Child) -> None:
        assert history_of(Child).need_to_know.key == "id"  # type: ignore[union-attr]
        assert history_of(Involvement).need_to_know == Involvement.need_to_know  # type: ignore[union-attr]
