"""The demonstration: the same wishes give the same rows, and the rows are valid and varied."""

from collections import Counter
from datetime import datetime, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import F, Q

import deadlines.services
import governance.models
from accounts.models import Agency, Team, User
from accounts.roles import Role
from accounts.selectors import system_actor
from audit.models import Event
from cse.demo import partnership, seed, texts
from deadlines.models import Deadline, Notice, Stage
from delivery_plan.models import Action
from frontend.text import LONDON
from governance.models import Committee
from people.models import Child, ChildTeamGrant, Involvement
from people.rules import age_on, clean_nhs_number, clean_upn
from people.selectors import candidates
from prevention.models import Resource, Service
from referrals.models import Referral, Route
from referrals.rules import State
from riskassessment import guidance, presenters, sections, selectors
from riskassessment.models import Countersignature, IndicatorSet, Screening
from riskassessment.rules import Level

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


def run_and_forget(*arguments: str) -> dict[str, str]:
    """The digest of a run on an empty database, which is empty again afterwards."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(),
            [
                User,
                Agency,
                Team.group.field.related_model,
                Action,
                Service,
                Resource,
                Committee,
                governance.models.Action,
            ],
        ):
            cursor.execute(statement)
    with transaction.atomic():
        run("--children", "60", *arguments)
        found = digest()
        transaction.set_rollback(True)
    return found


@pytest.fixture
def seeded(db: None) -> None:
    run("--children", "150")


class TestCommand:
    def test_makes_the_same_rows_from_the_same_seed(self) -> None:
        first = run_and_forget("--seed", "7")
        assert run_and_forget("--seed", "7") == first
        other = run_and_forget("--seed", "8")
        assert other["riskassessment_answer"] != first["riskassessment_answer"]
        assert other["accounts_user"] == first["accounts_user"]

    def test_makes_the_numbers_that_were_researched_by_default(self) -> None:
        said = run()
        submitted = Screening.objects.filter(submitted_at__isnull=False)
        assert submitted.count() == 418
        assert submitted.earliest("submitted_at").submitted_at >= NOW - timedelta(days=16 * 31)
        assert Child.objects.exclude(provisional=True, family_name__contains="-").count() >= 290
        assert "riskassessment_screening" in said

    def test_does_nothing_where_there_are_records_if_asked_for_empty(self) -> None:
        run("--children", "10", "--if-empty")
        before = Child.objects.count()
        assert "nothing was added" in run("--children", "10", "--if-empty")
        assert Child.objects.count() == before

    def test_adds_to_what_is_there_otherwise(self) -> None:
        run("--children", "15")
        users = User.objects.count()
        run("--children", "15", "--seed", "2")
        assert Child.objects.filter(provisional=False).count() > 15
        assert User.objects.count() == users

    def test_leaves_one_entry_in_the_log(self, seeded: None) -> None:
        event = Event.objects.get(verb="cse.seed_demo")
        assert event.payload.after["riskassessment_screening"] == Screening.objects.count()

    @pytest.mark.parametrize(
        "wrong", [["--children", "0"], ["--months", "many"], ["--children", "-3"], ["--until", "23/11/2026"]]
    )
    def test_says_what_is_wrong_with_its_arguments(self, wrong: list[str]) -> None:
        with pytest.raises(CommandError, match="must be"):
            call_command("seed_demo", *wrong)

    def test_leaves_every_reference_whole(self, seeded: None) -> None:
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")

    def test_leaves_sequences_behind_the_last_row(self, seeded: None) -> None:
        team = Team.objects.first()
        assert team
        child = Child.objects.create(
            given_name="Ada",
            family_name="New",
            date_of_birth=NOW.date().replace(year=2012),
            added_by_team=team,
            added_at=NOW,
        )
        assert Child.objects.filter(pk=child.pk).count() == 1


class TestChildren:
    def test_carry_identifiers_that_are_valid_and_nobodys(self, seeded: None) -> None:
        for number in Child.objects.exclude(nhs_number=None).values_list("nhs_number", flat=True):
            assert number.startswith("999")
            assert clean_nhs_number(number) == number
        for number in Child.objects.exclude(upn=None).values_list("upn", flat=True):
            assert number[1:4] == "336"
            assert clean_upn(number) == number
        for phone in Child.objects.exclude(phone="").values_list("phone", flat=True):
            assert phone.startswith("07700 900")

    def test_pass_the_models_own_validation(self, seeded: None) -> None:
        for child in Child.objects.all():
            child.full_clean(exclude=["added_by_team", "same_as"])

    def test_were_children_when_they_were_screened(self, seeded: None) -> None:
        for screening in Screening.objects.filter(submitted_at__isnull=False).select_related("child"):
            born = screening.child.date_of_birth
            assert born is None or 8 < age_on(born, screening.submitted_at.date()) < 18

    def test_are_the_citys_mix(self) -> None:
        run("--children", "600", "--months", "2")
        found = Counter(Child.objects.exclude(ethnicity="NOBT").values_list("ethnicity", flat=True))
        assert 0.47 < found["WBRI"] / found.total() < 0.63
        assert 0.12 < found["AIND"] / found.total() < 0.26

    def test_live_in_placed_out_and_placed_here(self, seeded: None) -> None:
        placed_out = Child.objects.filter(responsible_authority="336").exclude(host_authority="336")
        placed_here = Child.objects.filter(host_authority="336").exclude(responsible_authority="336")
        assert placed_out.exists()
        assert placed_here.exists()
        assert not (placed_out | placed_here).filter(looked_after="no").exists()

    def test_have_doubles_for_mash_to_recognise(self, seeded: None) -> None:
        doubles = Child.objects.filter(provisional=True, date_of_birth__isnull=False)
        assert doubles.count() >= 3
        assert all(candidates(double, user=system_actor()) for double in doubles)

    def test_are_known_to_the_team_that_added_them(self, seeded: None) -> None:
        for child in Child.objects.all():
            assert ChildTeamGrant.objects.filter(content_object=child, group=child.added_by_team_id).exists()


class TestScreenings:
    def test_suggest_what_the_rule_says_and_are_complete(self, seeded: None) -> None:
        for screening in Screening.objects.filter(submitted_at__isnull=False).select_related("child", "indicator_set"):
            on = screening.submitted_at.astimezone(LONDON).date()
            contents = selectors.contents(screening)
            lines = [line for content in contents.values() for line in content.lines]
            suggested = selectors.suggestion(screening, lines, on=on)
            assert (suggested.level, suggested.because) == (screening.suggested_level, screening.suggested_because)
            assert [lack for content in contents.values() for lack in sections.lacks(content, on=on)] == []
            assert sections.nil_lack(suggested.level, screening.further_action) is None

    def test_differ_in_level_and_judgement(self, seeded: None) -> None:
        submitted = Screening.objects.filter(submitted_at__isnull=False)
        assert set(submitted.values_list("effective_level", flat=True)) == set(Level)
        assert submitted.filter(judged_level__gt=F("suggested_level")).exclude(judged_reason="").exists()
        lower = submitted.filter(judged_level__lt=F("suggested_level"))
        assert set(lower.values_list("countersignature", flat=True)) == {
            Countersignature.WAITING,
            Countersignature.AGREED,
            Countersignature.REFUSED,
        }
        assert not submitted.exclude(judged_level=F("suggested_level")).filter(judged_reason="").exists()
        assert not submitted.filter(judged_level__gte=F("suggested_level")).exclude(countersignature="").exists()

    def test_are_countersigned_by_somebody_who_may(self, seeded: None) -> None:
        for screening in Screening.objects.filter(countersigned_by__isnull=False).select_related("countersigned_by"):
            signer = screening.countersigned_by
            assert signer
            assert signer.team_ids & set(
                ChildTeamGrant.objects.filter(content_object=screening.child_id).values_list("group", flat=True)
            )
            assert signer.pk != screening.submitted_by_id

    def test_follow_one_another_with_changes(self, seeded: None) -> None:
        again = Screening.objects.filter(submitted_at__isnull=False).order_by("child", "submitted_at")
        pairs = [(one, two) for one, two in pairwise(again) if one.child_id == two.child_id]
        assert len(pairs) > 10
        assert any(change.changed for one, two in pairs for change in presenters.changes(one, two))

    def test_have_drafts_of_the_newcomers_own(self, seeded: None) -> None:
        drafts = Screening.objects.filter(submitted_at=None)
        assert drafts.count() == 12
        carded = [partnership.email_of(person) for person in partnership.CARDS]
        assert drafts.filter(author__email__in=carded).exists()


class TestReferrals:
    def test_stand_in_every_state_with_clocks_running_and_run_out(self, seeded: None) -> None:
        assert set(Referral.objects.values_list("state", flat=True)) == set(State)
        assert set(Referral.objects.values_list("route", flat=True)) == set(Route)
        clocks = Deadline.objects.filter(subject_type="referrals.referral", met_at=None, voided_at=None)
        assert clocks.filter(due_at__gt=NOW).exists()
        assert clocks.filter(due_at__lt=NOW).exists()
        reviews = Deadline.objects.filter(subject_type="riskassessment.screening", met_at=None, voided_at=None)
        assert 0 < reviews.filter(due_at__lt=NOW).count() < 60

    def test_leave_the_sweep_nothing_to_make_up_for(self, seeded: None) -> None:
        assert Stage.objects.exists()
        assert deadlines.services.sweep(by=system_actor(), at=NOW) == 0
        notices = Notice.objects.filter(recipient__full_name__in=[person.name for person in partnership.CARDS])
        assert notices.filter(read_at=None).exists()
        assert not notices.filter(sent_at=None).exists()

    def test_open_cases_with_key_workers(self, seeded: None) -> None:
        assert Involvement.objects.filter(closed_at=None, key_worker__isnull=False).exists()
        assert Involvement.objects.filter(closed_at__isnull=False).exists()

    def test_have_nothing_from_tomorrow(self, seeded: None) -> None:
        later = Q(received_at__gt=NOW) | Q(accepted_at__gt=NOW) | Q(decided_at__gt=NOW) | Q(feedback_at__gt=NOW)
        assert not Referral.objects.filter(later).exists()
        assert not Screening.objects.filter(Q(submitted_at__gt=NOW) | Q(changed_at__gt=NOW)).exists()
        assert not Deadline.objects.filter(Q(met_at__gt=NOW) | Q(voided_at__gt=NOW)).exists()


class TestTexts:
    def test_have_evidence_for_every_indicator(self, db: None) -> None:
        codes = set(IndicatorSet.objects.get(version=1).indicators.values_list("code", flat=True))
        assert set(texts.EVIDENCE) == codes

    def test_use_no_word_that_the_partnership_prompts_against(self) -> None:
        every = [text for found in (texts.EVIDENCE, texts.PHRASES) for texts_of in found.values() for text in texts_of]
        assert [prompt for text in every for prompt in guidance.prompts(text)] == []


class TestPeople:
    def test_have_a_card_for_every_kind_of_role(self) -> None:
        cards = {role for person in partnership.CARDS for role in person.roles}
        assert cards >= set(Role) - {Role.SYSTEM, Role.PUBLIC, Role.SEMT_MEMBER}

    def test_cannot_be_signed_in_as_with_a_password(self, seeded: None) -> None:
        assert not any(user.has_usable_password() for user in User.objects.all())

    def test_have_addresses_that_reach_nobody(self, seeded: None) -> None:
        addresses: Any = User.objects.values_list("email", flat=True)
        assert all(address.endswith((".example.org", ".invalid")) for address in addresses)
