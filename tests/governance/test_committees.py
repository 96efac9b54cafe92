"""Committees, their terms of reference, their seats (strategy §8, domain.md 23)."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.refusals import Changed, NotNow
from accounts.selectors import system_actor
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind, end_of_day
from deadlines.services import sweep
from governance import clocks, selectors, services
from governance.models import Committee, Member
from governance.rules import Body
from tests import factories
from tests.governance import making

pytestmark = pytest.mark.django_db
SUMMER = date(2027, 6, 1)
NEW: dict[str, Any] = {"body": Body.CMOG, "name": "CMOG", "meets_every_months": 1, "text": "To", "review_by": SUMMER}


def seat(by: User, committee: Committee, at: datetime, **values: Any) -> Member:
    given = {"person": None, "deputy": "", "is_chair": False, "since_on": date(2026, 1, 5), **values}
    given.setdefault("agency", factories.agency())
    given.setdefault("name", "Jo Bloggs")
    return services.seat_member(by=by, at=at, committee=committee, **given)


def running(kind: Kind = Kind.TERMS_REVIEW) -> Deadline | None:
    return Deadline.objects.filter(kind=kind, met_at=None, voided_at=None).first()


class TestBeginCommittee:
    def test_enters_it_with_its_terms(self, inspector: User, at: datetime) -> None:
        made = services.begin_committee(by=inspector, at=at, **NEW)
        assert [each.text for each in selectors.terms_of(made)] == ["To"]

    def test_only_once(self, cmog: Committee, inspector: User, at: datetime) -> None:
        with pytest.raises(NotNow):
            services.begin_committee(by=inspector, at=at, **NEW)

    def test_by_who_chairs_it_or_the_secretary(self, chief: User, secretary: User, partner: User, at: datetime) -> None:
        for other in (chief, partner):
            with pytest.raises(PermissionDenied):
                services.begin_committee(by=other, at=at, **NEW)
        assert services.begin_committee(by=secretary, at=at, **NEW)


class TestChangeCommittee:
    def test_what_another_has_changed_is_not_overwritten(self, cmog: Committee, inspector: User, at: datetime) -> None:
        changed = {"meets_every_months": 1, "version": 1}
        services.change_committee(by=inspector, at=at, committee=cmog, name="MACE panel", **changed)
        with pytest.raises(Changed) as refusal:
            services.change_committee(by=inspector, at=at, committee=cmog, name="CMOG", **changed)
        assert refusal.value.theirs.name == "MACE panel"


class TestPublishTerms:
    def test_the_version_before_stays(self, cmog: Committee, inspector: User, at: datetime) -> None:
        said = {"text": "To protect and to disrupt", "what_changed": "Disruption", "review_by": SUMMER}
        services.publish_terms(by=inspector, at=at, committee=cmog, **said)
        assert [each.number for each in selectors.terms_of(cmog)] == [2, 1]


class TestReviewTerms:
    def test_the_chair_is_reminded_until_it_is_done(self, cmog: Committee, inspector: User, at: datetime) -> None:
        seat(inspector, cmog, at, person=inspector, is_chair=True)
        promise = running()
        assert promise
        assert (promise.owner, promise.due_at) == (inspector, end_of_day(SUMMER))
        late = end_of_day(SUMMER).replace(day=2)
        sweep(by=system_actor(), at=late)
        assert Notice.objects.filter(recipient=inspector).exists()
        services.review_terms(by=inspector, at=late, committee=cmog, review_by=date(2028, 6, 1))
        following = running()
        assert following
        assert following.due_at == end_of_day(date(2028, 6, 1))

    def test_the_next_review_is_to_come(self, cmog: Committee, inspector: User, at: datetime) -> None:
        with pytest.raises(NotNow):
            services.review_terms(by=inspector, at=at, committee=cmog, review_by=date(2026, 11, 23))


class TestSeatMember:
    def test_a_new_chair_follows_the_former_who_keeps_the_seat(
        self, cmog: Committee, inspector: User, at: datetime
    ) -> None:
        former = seat(inspector, cmog, at, name="The former", is_chair=True)
        now = seat(inspector, cmog, at, name="The new", is_chair=True)
        assert selectors.chair_of(cmog) == now
        assert former in selectors.members(cmog)

    def test_nobody_has_two_seats_for_an_agency(self, cmog: Committee, inspector: User, at: datetime) -> None:
        agency = factories.agency()
        seat(inspector, cmog, at, agency=agency)
        with pytest.raises(NotNow):
            seat(inspector, cmog, at, agency=agency)


class TestNameDeputy:
    def test_says_who_comes_instead(self, seats: list[Member], inspector: User, at: datetime) -> None:
        assert services.name_deputy(by=inspector, at=at, member=seats[0], deputy="Al Day").deputy == "Al Day"


class TestUnseatMember:
    def test_the_review_is_the_next_chairs(self, cmog: Committee, inspector: User, at: datetime) -> None:
        chair = seat(inspector, cmog, at, person=inspector, is_chair=True)
        services.unseat_member(by=inspector, at=at, member=chair, until_on=date(2026, 11, 20))
        assert chair not in selectors.members(cmog)
        assert chair in selectors.members(cmog, on=date(2026, 11, 20))
        assert running() is None

    def test_not_before_it_was_taken(self, cmog: Committee, inspector: User, at: datetime) -> None:
        member = seat(inspector, cmog, at)
        with pytest.raises(NotNow):
            services.unseat_member(by=inspector, at=at, member=member, until_on=date(2026, 1, 4))


def test_what_is_owed_is_found_again(cmog: Committee, inspector: User, at: datetime) -> None:
    making.member(committee=cmog, person=inspector, is_chair=True)
    making.action(owner=inspector)
    clocks.heal(system_actor(), at)
    clocks.heal(system_actor(), at)
    assert sorted(Deadline.objects.values_list("kind", flat=True)) == ["committee_action", "terms_review"]
