"""The demonstration: the same wishes give the same rows, and the rows are valid and varied."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.db import connection, transaction

import governance.models
from accounts.models import Agency, Team, User
from cse.demo import seed, texts
from delivery_plan.models import Action, Milestone
from frontend.text import LONDON
from governance.models import Committee
from people.models import Child
from prevention.models import Resource, Service
from riskassessment import guidance
from riskassessment.models import IndicatorSet, Screening
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=LONDON)


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("seed_demo", "--until", "2026-11-23", *arguments, stdout=said)
    return said.getvalue()


def digest() -> dict[str, str]:
    """One hash per table over all its rows."""
    found = {}
    with connection.cursor() as cursor:
        for model in (*seed.MODELS, User, Agency, Team):
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(f"select md5(string_agg(t::text, '|' order by t.{key})) from {table} t")  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return found


def rows(children: int, *, months: int = 16, seed_number: int = 1) -> None:
    """Of the children and whatever happened to them: without committees, plan and reports, which take longer."""
    seed.seed(seed.Wanted(children, months, seed_number, NOW), progress=lambda done, total: None)


def run_and_forget(make: Callable[[], object]) -> dict[str, str]:
    """The digest of a run on an empty database, which is empty again afterwards."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(),
            [
                User,
                Agency,
                Team.group.field.related_model,
                Action,
                Milestone,
                Service,
                Resource,
                Committee,
                governance.models.Action,
            ],
        ):
            cursor.execute(statement)
    with transaction.atomic():
        make()
        found = digest()
        transaction.set_rollback(True)
    return found


class TestCommand:
    def test_makes_the_same_rows_from_the_same_seed(self) -> None:
        first = run_and_forget(lambda: run("--children", "60", "--seed", "7"))
        assert run_and_forget(lambda: run("--children", "60", "--seed", "7")) == first
        other = run_and_forget(lambda: rows(60, seed_number=8))
        assert other["riskassessment_answer"] != first["riskassessment_answer"]
        assert other["accounts_user"] == first["accounts_user"]

    def test_makes_the_numbers_that_were_researched_by_default(self) -> None:
        said = run("--if-empty")
        submitted = Screening.objects.filter(submitted_at__isnull=False)
        assert submitted.count() == 418
        assert submitted.earliest("submitted_at").submitted_at >= NOW - timedelta(days=16 * 31)
        assert Child.objects.exclude(provisional=True, family_name__contains="-").count() >= 290
        assert "riskassessment_screening" in said

    def test_does_nothing_where_there_are_records_if_asked_for_empty(self) -> None:
        factories.child()
        assert "nothing was added" in run("--children", "10", "--if-empty")
        assert Child.objects.count() == 1

    def test_adds_to_what_is_there_otherwise(self) -> None:
        rows(15)
        users = User.objects.count()
        run("--children", "15", "--seed", "2")
        assert Child.objects.filter(provisional=False).count() > 15
        assert User.objects.count() == users

    @pytest.mark.parametrize(
        "wrong", [["--children", "0"], ["--months", "many"], ["--children", "-3"], ["--until", "23/11/2026"]]
    )
    def test_says_what_is_wrong_with_its_arguments(self, wrong: list[str]) -> None:
        with pytest.raises(CommandError, match="must be"):
            call_command("seed_demo", *wrong)

    def test_are_the_citys_mix(self) -> None:
        rows(600, months=2)
        found = Counter(Child.objects.exclude(ethnicity="NOBT").values_list("ethnicity", flat=True))
        assert 0.47 < found["WBRI"] / found.total() < 0.63
        assert 0.12 < found["AIND"] / found.total() < 0.26


class TestTexts:
    def test_have_evidence_for_every_indicator(self, db: None) -> None:
        codes = set(IndicatorSet.objects.get(version=1).indicators.values_list("code", flat=True))
        assert set(texts.EVIDENCE) == codes

    def test_use_no_word_that_the_partnership_prompts_against(self) -> None:
        every = [text for found in (texts.EVIDENCE, texts.PHRASES) for texts_of in found.values() for text in texts_of]
        assert [prompt for text in every for prompt in guidance.prompts(text)] == []
