"""What the demonstration holds: rows that are valid and varied."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Q

import deadlines.services
from accounts.models import Team, User
from accounts.roles import Role
from accounts.selectors import system_actor
from audit.models import Event
from cse.demo import partnership
from deadlines.models import Deadline, Notice, Stage
from frontend.text import LONDON
from people.models import Child, ChildTeamGrant, Involvement
from people.rules import age_on, clean_nhs_number, clean_upn
from people.selectors import candidates
from referrals.models import Referral, Route
from referrals.rules import State
from riskassessment import presenters, sections, selectors
from riskassessment.models import Countersignature, Screening
from riskassessment.rules import Level
from tests import prepared
from tests.cse.test_seed_demo import NOW, run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def partnership_of_150(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with prepared.for_a_file(django_db_blocker):
        run("--children", "150")
        yield


@pytest.fixture
def seeded(partnership_of_150: None, db: None) -> None:
    """Made once for all tests of this file."""


class TestRows:
    def test_leaves_one_entry_in_the_log(self, seeded: None) -> None:
        event = Event.objects.get(verb="cse.seed_demo")
        assert event.payload.after["riskassessment_screening"] == Screening.objects.count()

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


class TestPeople:
    def test_have_a_card_for_every_kind_of_role(self) -> None:
        cards = {role for person in partnership.CARDS for role in person.roles}
        assert cards >= set(Role) - {Role.SYSTEM, Role.PUBLIC, Role.SEMT_MEMBER}

    def test_cannot_be_signed_in_as_with_a_password(self, seeded: None) -> None:
        assert not any(user.has_usable_password() for user in User.objects.all())

    def test_have_addresses_that_reach_nobody(self, seeded: None) -> None:
        addresses: Any = User.objects.values_list("email", flat=True)
        assert all(address.endswith((".example.org", ".invalid")) for address in addresses)
