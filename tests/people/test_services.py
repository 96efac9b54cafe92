"""Adding, correcting and matching children's records: domain.md 20, 34."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts import policy
from accounts.models import Team, User
from accounts.roles import Role
from accounts.selectors import public_actor
from audit.models import Event
from people import services
from people.models import Child
from tests import factories

pytestmark = pytest.mark.django_db

BORN = date(2012, 3, 27)
NHS, OTHER_NHS = "9990000018", "9990000026"


def register(by: User, at: datetime, **values: Any) -> Child:
    given = {"given_name": "Amy", "family_name": "Jones", "date_of_birth": BORN, "team": by.team, **values}
    return services.register(by=by, at=at, **given)


def sees(user: User, child: Child) -> bool:
    return policy.visible(user, Child).filter(pk=child.pk).exists()


class TestRegister:
    def test_the_authors_team_comes_to_know_the_child_and_nobody_else(
        self, worker: User, stranger: User, at: datetime
    ) -> None:
        child = register(worker, at)
        colleague = factories.user(team=worker.team)
        assert sees(worker, child)
        assert sees(colleague, child)
        assert not sees(stranger, child)
        assert not child.provisional
        assert Event.objects.get(verb="people.register").child_id == child.pk

    def test_is_refused_and_remembered_for_a_role_that_may_not(self, team: Team, at: datetime, refusals: Any) -> None:
        reader = factories.user(team=team, roles=[Role.BOARD_READER])
        with pytest.raises(PermissionDenied):
            register(reader, at)
        assert refusals("people.register").count() == 1

    def test_mash_comes_to_know_what_it_is_to_match_and_nothing_else(
        self, worker: User, officer: User, at: datetime
    ) -> None:
        assert not sees(officer, register(worker, at, given_name="Zoe", family_name="Adams"))
        factories.child(given_name="Amy", family_name="Jones", date_of_birth=BORN)
        assert sees(officer, register(worker, at))

    def test_only_for_ones_own_team(self, worker: User, at: datetime) -> None:
        with pytest.raises(services.NotYourTeam):
            register(worker, at, team=factories.team())

    def test_shows_the_possible_duplicates_first_and_adds_another_child_once_they_are_known_to_differ(
        self, worker: User, at: datetime
    ) -> None:
        twin = register(worker, at, given_name="Ann")
        with pytest.raises(services.PossibleDuplicates) as refusal:
            register(worker, at)
        assert [match.pk for match in refusal.value.matches] == [twin.pk]
        assert register(worker, at, known_to_differ=[twin.pk]).pk != twin.pk

    def test_a_form_sent_twice_makes_one_record(self, worker: User, at: datetime) -> None:
        register(worker, at, known_to_differ=[])
        with pytest.raises(services.PossibleDuplicates):
            register(worker, at, known_to_differ=[])
        assert Child.objects.count() == 1

    def test_another_child_cannot_have_the_number_of_one_they_may_see(self, worker: User, at: datetime) -> None:
        first = register(worker, at, nhs_number=NHS)
        with pytest.raises(services.NumberHeld, match="Same NHS number as Amy Jones"):
            register(worker, at, nhs_number=NHS, known_to_differ=[first.pk])

    def test_is_provisional_where_a_near_match_exists_that_the_author_may_not_see(
        self, worker: User, at: datetime
    ) -> None:
        factories.child(given_name="Amy", family_name="Jones", date_of_birth=BORN)
        assert register(worker, at).provisional

    def test_an_identifier_held_elsewhere_makes_it_provisional_and_says_nothing(
        self, worker: User, at: datetime
    ) -> None:
        factories.child(nhs_number=NHS)
        child = register(worker, at, nhs_number=NHS)
        assert child.provisional
        assert child.nhs_number == NHS

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"date_of_birth": date(2026, 11, 24)}, "Date of birth must be in the past"),
            ({"date_of_birth": date(2007, 11, 23)}, "This person is 18 or over"),
            ({"nhs_number": "9990000019"}, "NHS number is not valid"),
            ({"upn": "A000000000000"}, "Unique pupil number is not valid"),
            ({"given_name": "Amy 🙂"}, "First name must only include letters"),
            ({"family_name": ""}, "Enter the child's first name, last name and date of birth"),
            ({"notes": "x" * 50_000}, "4000"),
            ({"aliases": ["1"]}, "Other name must only include letters"),
        ],
    )
    def test_refuses_what_cannot_be_true(
        self, worker: User, at: datetime, values: dict[str, Any], sentence: str
    ) -> None:
        with pytest.raises(services.InvalidDetails, match=sentence):
            register(worker, at, **values)
        assert not Child.objects.exists()

    def test_cleans_names_and_numbers(self, worker: User, at: datetime) -> None:
        child = register(worker, at, given_name="  Amy   Rose ", nhs_number="999 000 0018", aliases=["Ames", " "])
        assert (child.given_name, child.nhs_number, child.aliases) == ("Amy Rose", NHS, ["Ames"])


class TestRegisterProvisional:
    def test_needs_neither_name_nor_date(self, worker: User, at: datetime) -> None:
        child = services.register_provisional(by=worker, at=at, team=worker.team, school="Northgate")
        assert child.provisional
        assert child.name == "Name not known"
        assert sees(worker, child)

    def test_a_form_sent_twice_makes_one_record(self, worker: User, at: datetime) -> None:
        token = uuid4()
        first = services.register_provisional(by=worker, at=at, team=worker.team, token=token, school="Northgate")
        with pytest.raises(services.AlreadyAdded) as refusal:
            services.register_provisional(by=worker, at=at, team=worker.team, token=token, school="Northgate")
        assert refusal.value.child == first
        assert Child.objects.count() == 1


class TestRegisterPublicly:
    def test_mash_alone_comes_to_know_the_child(self, officer: User, worker: User, at: datetime) -> None:
        child = services.register_publicly(by=public_actor(), at=at, given_name="Amy")
        assert child.provisional
        assert sees(officer, child)
        assert not sees(worker, child)

    def test_a_member_of_staff_has_no_use_of_it(self, worker: User, mash: Team, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.register_publicly(by=worker, at=at)

    @pytest.mark.parametrize("sign", ["\ufdfa", "\ufb03", "\u0390", "\uac01", "\U0002070e"])
    def test_no_name_is_too_long_for_the_search(self, mash: Team, at: datetime, sign: str) -> None:
        """Signs that become several when folded: what the form lets through, the database takes."""
        with suppress(services.InvalidDetails):
            services.register_publicly(by=public_actor(), at=at, given_name=sign * 80, family_name=sign * 80)


class TestCorrect:
    def test_changes_and_counts_the_version(self, worker: User, at: datetime) -> None:
        child = factories.child(known_to=worker.team)
        changed = services.correct(by=worker, at=at, child=child, version=1, school="Northgate", given_name="Amy")
        assert (changed.school, changed.given_name, changed.version) == ("Northgate", "Amy", 2)
        assert Event.objects.get(verb="people.correct").payload.after["school"] == "Northgate"

    def test_a_stale_version_is_refused_with_both_versions(self, worker: User, at: datetime) -> None:
        child = factories.child(known_to=worker.team, school="Old")
        services.correct(by=worker, at=at, child=child, version=1, school="Theirs")
        with pytest.raises(services.Stale) as refusal:
            services.correct(by=worker, at=at, child=child, version=1, school="Mine")
        assert refusal.value.theirs.school == "Theirs"
        assert refusal.value.yours == {"school": "Mine"}
        child.refresh_from_db()
        assert (child.school, child.version) == ("Theirs", 2)

    def test_is_refused_and_remembered_for_a_stranger(self, stranger: User, at: datetime, refusals: Any) -> None:
        child = factories.child()
        with pytest.raises(PermissionDenied):
            services.correct(by=stranger, at=at, child=child, version=1, school="x")
        assert refusals("people.correct").get().child_id == child.pk

    def test_a_number_of_a_record_they_may_see_is_refused(self, worker: User, at: datetime) -> None:
        other = factories.child(known_to=worker.team, nhs_number=NHS)
        child = factories.child(known_to=worker.team)
        with pytest.raises(services.NumberHeld, match=f"Same NHS number as .*{other.reference}"):
            services.correct(by=worker, at=at, child=child, version=1, nhs_number=NHS)

    def test_an_identifier_of_a_hidden_record_leaves_it_to_mash(
        self, worker: User, officer: User, at: datetime
    ) -> None:
        factories.child(nhs_number=NHS)
        child = factories.child(known_to=worker.team)
        assert services.correct(by=worker, at=at, child=child, version=1, nhs_number=NHS).provisional
        assert sees(officer, child)

    def test_other_details_do_not_make_a_record_provisional_again(self, worker: User, at: datetime) -> None:
        factories.child(given_name="Amy", family_name="Jones", date_of_birth=BORN)
        child = factories.child(known_to=worker.team, given_name="Amy", family_name="Jones", date_of_birth=BORN)
        assert not services.correct(by=worker, at=at, child=child, version=1, school="Northgate").provisional

    def test_an_adult_who_was_a_child_when_added_can_still_be_corrected(self, worker: User, at: datetime) -> None:
        then = at.replace(year=2016)
        child = factories.child(known_to=worker.team, date_of_birth=date(2000, 1, 1), added_at=then)
        changed = services.correct(by=worker, at=at, child=child, version=1, date_of_birth=date(2000, 1, 2))
        assert changed.date_of_birth == date(2000, 1, 2)

    def test_a_name_cannot_be_emptied(self, worker: User, at: datetime) -> None:
        child = factories.child(known_to=worker.team)
        with pytest.raises(services.InvalidDetails):
            services.correct(by=worker, at=at, child=child, version=1, family_name="")


class TestMatch:
    @pytest.fixture
    def told_of(self, officer: User, at: datetime) -> Child:
        return services.register_publicly(by=public_actor(), at=at, given_name="Amy", family_name="Jones")

    def test_points_to_the_other_record_and_nobody_sees_more(
        self, officer: User, worker: User, told_of: Child, at: datetime
    ) -> None:
        held = factories.child(known_to=worker.team)
        matched = services.match(by=officer, at=at, provisional=told_of, existing=held)
        assert matched.same_as == held
        assert not sees(officer, held)
        assert not sees(worker, told_of)

    def test_unmatch_leaves_both_records_as_they_were(self, officer: User, told_of: Child, at: datetime) -> None:
        held = factories.child()
        before = Child.objects.filter(pk__in=[told_of.pk, held.pk]).order_by("pk").values("given_name", "notes")
        was = list(before)
        services.match(by=officer, at=at, provisional=told_of, existing=held)
        undone = services.unmatch(by=officer, at=at, provisional=told_of)
        assert undone.same_as is None
        assert undone.provisional
        assert list(before.all()) == was

    def test_a_match_with_a_matched_record_means_the_one_it_was_matched_with(
        self, officer: User, mash: Team, told_of: Child, at: datetime
    ) -> None:
        first = factories.child()
        second = factories.child(known_to=mash, same_as=first)
        assert services.match(by=officer, at=at, provisional=told_of, existing=second).same_as == first

    def test_refuses_itself_twice_and_chains(self, officer: User, mash: Team, told_of: Child, at: datetime) -> None:
        held = factories.child(known_to=mash)
        with pytest.raises(services.CannotMatch, match="itself"):
            services.match(by=officer, at=at, provisional=told_of, existing=told_of)
        services.match(by=officer, at=at, provisional=told_of, existing=held)
        with pytest.raises(services.CannotMatch, match="already been matched"):
            services.match(by=officer, at=at, provisional=told_of, existing=held)
        with pytest.raises(services.CannotMatch, match="other way round"):
            services.match(by=officer, at=at, provisional=held, existing=factories.child())

    def test_is_mashs_alone(self, worker: User, at: datetime) -> None:
        mine, other = factories.child(known_to=worker.team), factories.child(known_to=worker.team)
        with pytest.raises(PermissionDenied):
            services.match(by=worker, at=at, provisional=mine, existing=other)


class TestUnmatch:
    def test_refuses_what_is_not_matched(self, officer: User, mash: Team, at: datetime) -> None:
        with pytest.raises(services.CannotMatch):
            services.unmatch(by=officer, at=at, provisional=factories.child(known_to=mash))


class TestMatchNone:
    def test_the_record_is_no_longer_provisional(self, officer: User, mash: Team, at: datetime) -> None:
        child = factories.child(known_to=mash, provisional=True)
        assert not services.match_none(by=officer, at=at, provisional=child).provisional

    def test_refuses_a_record_without_a_name(self, officer: User, mash: Team, at: datetime) -> None:
        child = factories.child(known_to=mash, provisional=True, given_name="")
        with pytest.raises(services.CannotMatch, match="first name"):
            services.match_none(by=officer, at=at, provisional=child)

    def test_stays_provisional_where_another_record_has_its_identifier(
        self, officer: User, mash: Team, at: datetime
    ) -> None:
        factories.child(nhs_number=NHS)
        child = factories.child(known_to=mash, provisional=True, nhs_number=NHS)
        with pytest.raises(services.CannotMatch, match="NHS number"):
            services.match_none(by=officer, at=at, provisional=child)
        child.refresh_from_db()
        assert child.provisional
