"""The end of a sight, where a child lives as a secret, and searches that tell that a record exists."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

import deadlines.services
from accounts import policy
from accounts.models import GrantKind, Team, TeamKind, User
from accounts.roles import Role
from accounts.services import let_team_know
from audit.acting import acting_as
from audit.models import Payload
from deadlines.rules import Kind
from people import selectors, services
from people.codes import LookedAfter, Restriction
from people.models import Child
from people.rules import Particulars
from tests import factories

WHY = "The partner's work with the child is done"
HOME = {"address": "7 Hidden Lane", "postcode": "WV1 1AA", "phone": "07700 900123", "ward": "Penn"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(team: Team) -> Child:
    return factories.child(known_to=team, looked_after=LookedAfter.CARE_ORDER, **HOME)


@pytest.fixture
def partner(child: Child, manager: User) -> User:
    """Of a team with which the record was shared."""
    someone = factories.user(team=factories.team(), roles=[Role.PRACTITIONER])
    assert someone.team
    factories.let_know(child, someone.team, kind=GrantKind.SHARE, by=manager)
    return someone


def sees(user: User, child: Child) -> bool:
    return policy.find(User.objects.get(pk=user.pk), Child, child.pk) is not None


class TestEndSight:
    def test_ends_what_was_shared(self, child: Child, manager: User, partner: User, at: datetime) -> None:
        assert sees(partner, child)
        services.end_sight(by=manager, at=at, child=child, team=partner.team, reason=WHY)
        assert not sees(partner, child)

    def test_asvs_8_3_2_a_revoked_grant_bites_at_the_next_query(
        self, child: Child, manager: User, partner: User, at: datetime, browser_of: Any
    ) -> None:
        browser = browser_of(partner)
        assert browser.get(f"/children/{child.pk}/").status_code == 200
        services.end_sight(by=manager, at=at, child=child, team=partner.team, reason=WHY)
        assert browser.get(f"/children/{child.pk}/").status_code == 404

    def test_what_is_shared_again_is_seen_again(self, child: Child, manager: User, partner: User, at: datetime) -> None:
        services.end_sight(by=manager, at=at, child=child, team=partner.team, reason=WHY)
        again = {"kind": GrantKind.SHARE, "reason": "Again", "by": manager}
        let_team_know(child, partner.team, **again, at=at + timedelta(days=1))  # type: ignore[arg-type]
        assert sees(partner, child)

    @pytest.mark.parametrize("kind", [GrantKind.AUTHOR, GrantKind.CASE, GrantKind.CMOG, GrantKind.SCREENING])
    def test_nobody_ends_the_sight_of_who_works_with_the_record(
        self, child: Child, officer: User, mash: Team, at: datetime, kind: GrantKind
    ) -> None:
        factories.let_know(child, mash)
        keeping = factories.team()
        factories.let_know(child, keeping, kind=kind)
        with pytest.raises(services.MustKeepSight):
            services.end_sight(by=officer, at=at, child=child, team=keeping, reason=WHY)

    def test_whoever_still_owes_something_keeps_sight(
        self, child: Child, manager: User, partner: User, at: datetime
    ) -> None:
        assert partner.team
        owed = {"subject": child, "child": child, "started_at": at, "owner_team": partner.team}
        deadlines.services.start(Kind.SCREENING_DUE, **owed)
        with pytest.raises(services.MustKeepSight):
            services.end_sight(by=manager, at=at, child=child, team=partner.team, reason=WHY)

    def test_is_not_for_another_team_to_end(self, child: Child, partner: User, at: datetime) -> None:
        other = factories.user(team=factories.team(), roles=[Role.TEAM_MANAGER])
        factories.let_know(child, other)
        with pytest.raises(services.NotYourRecord):
            services.end_sight(by=other, at=at, child=child, team=partner.team, reason=WHY)

    def test_is_refused_to_a_stranger_and_to_whose_role_may_not(
        self, child: Child, partner: User, worker: User, stranger: User, at: datetime
    ) -> None:
        for person in (stranger, worker):
            with pytest.raises(PermissionDenied):
                services.end_sight(by=person, at=at, child=child, team=partner.team, reason=WHY)


class TestEndSightOfPerson:
    def test_ends_an_emergency_of_somebody_else(
        self, child: Child, manager: User, stranger: User, at: datetime
    ) -> None:
        opened = factories.emergency(child=child, person=stranger)
        services.end_sight_of_person(by=manager, at=opened.opened_at, child=child, person=stranger, reason=WHY)
        assert not sees(stranger, child)

    def test_the_last_who_answers_for_a_restricted_record_stays(
        self, child: Child, manager: User, worker: User, at: datetime
    ) -> None:
        services.restrict(by=manager, at=at, child=child, kind=Restriction.POLICE, reason=WHY, keep=[worker])
        services.end_sight_of_person(by=manager, at=at, child=child, person=worker, reason=WHY)
        assert not sees(worker, child)
        with pytest.raises(services.NobodyAnswers):
            services.end_sight_of_person(by=manager, at=at, child=child, person=manager, reason=WHY)

    def test_whoever_holds_the_case_is_replaced_instead(
        self, child: Child, manager: User, worker: User, team: Team, at: datetime
    ) -> None:
        services.open_case(by=manager, at=at, child=child, team=team, key_worker=worker)
        with pytest.raises(services.MustKeepSight):
            services.end_sight_of_person(by=manager, at=at, child=child, person=worker, reason=WHY)


class TestKeepAddressSecret:
    def test_shows_it_to_those_named_alone(self, child: Child, worker: User, manager: User, at: datetime) -> None:
        services.keep_address_secret(by=manager, at=at, child=child, reason="Her father looks for her", people=[])
        child.refresh_from_db()
        assert [selectors.sees_address(user, child) for user in (manager, worker)] == [True, False]

    def test_a_grant_of_the_address_is_no_sight_of_the_record(
        self, child: Child, stranger: User, manager: User, at: datetime
    ) -> None:
        factories.let_know(child, stranger, what="view_address", kind=GrantKind.ADDRESS)
        assert not sees(stranger, child)
        assert policy.who_know([stranger.pk], [child.pk], at=at) == set()
        with acting_as(stranger.pk):
            assert not Child.objects.filter(pk=child.pk).exists()

    def test_is_refused_to_who_does_not_see_it(self, child: Child, worker: User, manager: User, at: datetime) -> None:
        services.keep_address_secret(by=manager, at=at, child=child, reason="Her father looks for her", people=[])
        with pytest.raises(services.MustKeepSight):
            services.keep_address_secret(by=worker, at=at, child=child, reason="Mine", people=[worker])

    def test_names_nobody_without_sight(self, child: Child, stranger: User, manager: User, at: datetime) -> None:
        with pytest.raises(services.MustKeepSight):
            services.keep_address_secret(by=manager, at=at, child=child, reason="A", people=[stranger])

    def test_who_is_left_out_later_sees_it_no_more(
        self, child: Child, worker: User, manager: User, at: datetime
    ) -> None:
        for people in ([worker], []):
            services.keep_address_secret(by=manager, at=at, child=child, reason="Her father", people=people)
        child.refresh_from_db()
        assert not selectors.sees_address(worker, child)


class TestShowAddress:
    def test_shows_it_to_everybody_whose_role_may(
        self, child: Child, worker: User, manager: User, at: datetime
    ) -> None:
        services.keep_address_secret(by=manager, at=at, child=child, reason="Her father looks for her", people=[])
        services.show_address(by=manager, at=at, child=child)
        child.refresh_from_db()
        assert selectors.sees_address(worker, child)

    def test_cmog_sees_no_placement(self, child: Child, at: datetime) -> None:
        member = factories.user(team=factories.team(kind=TeamKind.CMOG), roles=[Role.CMOG_MEMBER])
        factories.let_know(child, member)
        assert not selectors.sees_address(member, child)
        child.looked_after = LookedAfter.NO
        assert selectors.sees_address(member, child)


class TestPagesWithoutTheAddress:
    @pytest.fixture
    def kept_out(self, child: Child, worker: User, manager: User, at: datetime) -> User:
        services.keep_address_secret(by=manager, at=at, child=child, reason="Her father looks for her", people=[])
        return worker

    @pytest.mark.parametrize("page", ["", "print/", "correct/"])
    def test_no_page_of_the_child_shows_it(self, child: Child, kept_out: User, browser_of: Any, page: str) -> None:
        text = browser_of(kept_out).get(f"/children/{child.pk}/{page}").content.decode()
        assert "Hidden Lane" not in text
        assert "WV1 1AA" not in text
        assert "900123" not in text

    def test_a_correction_leaves_it_as_it_is(self, child: Child, kept_out: User, browser_of: Any) -> None:
        child.refresh_from_db()
        form = {"given_name": "Zoë", "family_name": "Hall", "version": child.version, "looked_after": "care_order"}
        form |= {"date_of_birth-day": "27", "date_of_birth-month": "3", "date_of_birth-year": "2012", "address": "Mine"}
        answer = browser_of(kept_out).post(f"/children/{child.pk}/correct/", form)
        assert answer.status_code == 302
        child.refresh_from_db()
        assert child.given_name == "Zoë"
        assert {name: getattr(child, name) for name in HOME} == HOME

    def test_a_command_does_not_change_it_either(self, child: Child, kept_out: User, at: datetime) -> None:
        child.refresh_from_db()
        with pytest.raises(services.InvalidDetails):
            services.correct(by=kept_out, at=at, child=child, version=child.version, address="Mine")

    def test_the_page_of_a_conflict_does_not_show_it(self, child: Child, kept_out: User, browser_of: Any) -> None:
        form = {"given_name": "Zoë", "family_name": "Hall", "version": 0, "looked_after": "care_order"}
        form |= {"date_of_birth-day": "27", "date_of_birth-month": "3", "date_of_birth-year": "2012"}
        answer = browser_of(kept_out).post(f"/children/{child.pk}/correct/", form)
        assert b"What is saved now" in answer.content
        assert b"Hidden Lane" not in answer.content


class TestTellOfRecords:
    @pytest.fixture
    def found(self, team: Team) -> Child:
        names = {"given_name": "Zoë", "family_name": "Hall", "date_of_birth": date(2012, 3, 27)}
        return factories.child(known_to=team, nhs_number="9990000018", **names)

    @pytest.fixture
    def telling(self, manager: User, team: Team, at: datetime) -> Team:
        return services.tell_of_records(by=manager, at=at, team=team, tells=True, phone="01902 000000")

    def told(self, user: User, **terms: Any) -> list[Team]:
        with acting_as(user.pk), transaction.atomic():
            return selectors.teams_that_tell(Particulars(**terms))

    EXACT = {"given_name": "Zoë", "family_name": "Hall", "date_of_birth": date(2012, 3, 27)}

    def test_is_off_until_a_manager_says_so(self, found: Child, stranger: User) -> None:
        assert self.told(stranger, nhs_number="9990000018") == []

    def test_a_search_for_exactly_that_child_hears_of_the_team(
        self, found: Child, telling: Team, stranger: User, browser_of: Any
    ) -> None:
        assert self.told(stranger, nhs_number="9990000018") == [telling]
        assert self.told(stranger, **self.EXACT) == [telling]
        page = browser_of(stranger).post("/children/", {"nhs_number": "9990000018"}).content.decode()
        assert f"A record exists. Contact {telling}, 01902 000000." in page
        assert "Zoë" not in page
        assert found.reference not in page
        assert Payload.objects.filter(after__shown=[f"accounts.team:{telling.pk}"]).exists()

    @pytest.mark.parametrize(
        "terms", [{"given_name": "Zoë"}, {"date_of_birth": date(2012, 3, 28)}, {"family_name": ""}]
    )
    def test_a_search_that_is_not_exact_hears_nothing(
        self, found: Child, telling: Team, stranger: User, terms: dict[str, Any]
    ) -> None:
        asked = terms if "given_name" in terms else {**self.EXACT, **terms}
        assert self.told(stranger, **asked) == []

    def test_who_sees_the_record_is_told_nothing_more(self, found: Child, telling: Team, worker: User) -> None:
        assert self.told(worker, nhs_number="9990000018") == []

    def test_a_restricted_record_and_one_that_is_kept_from_them_do_not_exist(
        self, found: Child, telling: Team, stranger: User, manager: User, at: datetime
    ) -> None:
        exclusion = factories.exclusion(child=found, person=stranger)
        assert self.told(stranger, nhs_number="9990000018") == []
        services.end_exclusion(by=manager, at=at, exclusion=exclusion)
        services.restrict(by=manager, at=at, child=found, kind=Restriction.POLICE, reason=WHY)
        assert self.told(stranger, nhs_number="9990000018") == []

    def test_is_for_the_manager_s_own_team(self, manager: User, at: datetime) -> None:
        with pytest.raises(services.NotYourTeam):
            services.tell_of_records(by=manager, at=at, team=factories.team(), tells=True, phone="01902 000000")

    def test_says_how_the_team_is_reached(self, manager: User, team: Team, at: datetime) -> None:
        with pytest.raises(services.CannotBeReached):
            services.tell_of_records(by=manager, at=at, team=team, tells=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Team.objects.filter(pk=team.pk).update(tells_of_records=True)

    def test_is_refused_to_a_practitioner(self, worker: User, team: Team, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.tell_of_records(by=worker, at=at, team=team, tells=True, phone="01902 000000")
