"""Campaigns, services, gaps and resources: what is written, by whom, and who is reminded (domain.md 33)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.selectors import system_actor
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind, end_of_day
from deadlines.services import sweep
from figures import measures
from figures.rules import Part, Period
from prevention import clocks, selectors, services
from prevention.models import Campaign, Gap, Resource, Service
from prevention.rules import Audience, Channel, ResourceKind
from tests import factories

pytestmark = pytest.mark.django_db
TODAY, SPRING = date(2026, 11, 23), date(2027, 3, 1)
CAMPAIGN: dict[str, Any] = {
    "title": "Say something",
    "audiences": [Audience.PARENTS],
    "channels": [Channel.PRINT],
    "message": "",
    "lead_agency": None,
    "starts_on": date(2026, 5, 1),
    "ends_on": date(2026, 5, 31),
}
SERVICE: dict[str, Any] = {
    "name": "Somebody to talk to",
    "provider": "A charity",
    "audiences": [Audience.CHILDREN],
    "offers": "Talks",
    "who_may": "",
    "referral_route": "By telephone",
    "capacity": 12,
    "waiting": None,
    "review_by": SPRING,
}
RESOURCE: dict[str, Any] = {"kind": ResourceKind.PROCEDURE, "title": "What to do", "shown_at": [], "review_by": SPRING}


def running(kind: Kind) -> Deadline | None:
    return Deadline.objects.filter(kind=kind, met_at=None, voided_at=None).first()


def add_service(keeper: User, at: datetime, **values: Any) -> Service:
    return services.add_service(by=keeper, at=at, **{**SERVICE, "owner": keeper, **values})


def add_resource(keeper: User, at: datetime, **values: Any) -> Resource:
    return services.add_resource(
        by=keeper, at=at, **{**RESOURCE, "text": "Ring", "link": "", "owner": keeper, **values}
    )


class TestAddCampaign:
    def test_is_for_who_keeps_the_registers(self, keeper: User, manager: User, at: datetime) -> None:
        assert services.add_campaign(by=keeper, at=at, **CAMPAIGN).version == 1
        with pytest.raises(PermissionDenied):
            services.add_campaign(by=manager, at=at, **CAMPAIGN)


class TestChangeCampaign:
    def test_what_another_has_changed_is_not_overwritten(self, keeper: User, at: datetime) -> None:
        campaign = factories.campaign()
        services.change_campaign(by=keeper, at=at, campaign=campaign, version=1, **CAMPAIGN | {"title": "Theirs"})
        with pytest.raises(services.Changed) as refusal:
            services.change_campaign(by=keeper, at=at, campaign=campaign, version=1, **CAMPAIGN)
        assert refusal.value.theirs.title == "Theirs"


class TestEvaluateCampaign:
    def test_is_measured_by_those_that_ended(self, keeper: User, at: datetime) -> None:
        campaign = factories.campaign(starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))
        factories.campaign(starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31))
        found = measures.find("campaigns.evaluated")
        assert found
        quarter = Period(date(2026, 10, 1), date(2026, 12, 31))
        assert found.count(quarter, at) == Part(0, 1)
        given = {"version": 1, "reached": 900, "evaluation": "Start earlier"}
        services.evaluate_campaign(by=keeper, at=at, campaign=campaign, **given)
        assert found.count(quarter, at) == Part(1, 1)
        with pytest.raises(services.Changed):
            services.evaluate_campaign(by=keeper, at=at, campaign=campaign, **given)

    def test_of_one_that_has_not_begun_is_refused(self, keeper: User, at: datetime) -> None:
        campaign = factories.campaign(starts_on=SPRING, ends_on=SPRING)
        with pytest.raises(services.NotNow):
            services.evaluate_campaign(by=keeper, at=at, campaign=campaign, version=1, reached=1, evaluation="x")


class TestAddService:
    def test_its_owner_owes_its_review(self, keeper: User, at: datetime) -> None:
        service = add_service(keeper, at)
        owed = running(Kind.SERVICE_REVIEW)
        assert owed
        assert (owed.subject_id, owed.due_at, owed.owner) == (service.pk, end_of_day(SPRING), keeper)

    def test_its_owner_is_told_when_it_is_late(self, keeper: User, at: datetime) -> None:
        add_service(keeper, at)
        sweep(by=system_actor(), at=end_of_day(SPRING) + timedelta(minutes=1))
        told = Notice.objects.filter(text__startswith="Review what the services directory says")
        assert keeper.pk in told.values_list("recipient", flat=True)


class TestChangeService:
    def test_another_day_moves_the_promise(self, keeper: User, at: datetime) -> None:
        service = add_service(keeper, at)
        given = SERVICE | {"owner": keeper, "review_by": date(2027, 6, 1)}
        services.change_service(by=keeper, at=at, service=service, version=1, **given)
        owed = running(Kind.SERVICE_REVIEW)
        assert owed
        assert owed.due_at == end_of_day(date(2027, 6, 1))
        with pytest.raises(services.Changed):
            services.change_service(by=keeper, at=at, service=service, version=1, **given)


class TestReviewService:
    def test_keeps_the_promise_and_makes_the_next(self, keeper: User, at: datetime) -> None:
        service = services.review_service(by=keeper, at=at, service=add_service(keeper, at), review_by=date(2027, 9, 1))
        assert service.reviewed_on == TODAY
        assert Deadline.objects.filter(kind=Kind.SERVICE_REVIEW, met_at=at).count() == 1
        owed = running(Kind.SERVICE_REVIEW)
        assert owed
        assert owed.due_at == end_of_day(date(2027, 9, 1))

    def test_on_a_day_that_is_past_is_refused(self, keeper: User, at: datetime) -> None:
        with pytest.raises(services.NotNow):
            services.review_service(by=keeper, at=at, service=factories.service(), review_by=TODAY)


class TestWithdrawService:
    def test_leaves_nothing_owed(self, keeper: User, at: datetime) -> None:
        service = services.withdraw_service(by=keeper, at=at, service=add_service(keeper, at))
        assert running(Kind.SERVICE_REVIEW) is None
        assert not selectors.services()
        with pytest.raises(services.NotNow):
            services.withdraw_service(by=keeper, at=at, service=service)


class TestReportGap:
    def test_is_for_who_keeps_the_registers(self, keeper: User, worker: User, at: datetime) -> None:
        given: dict[str, Any] = {"what": "Nothing", "audiences": [Audience.CARERS], "found_on": TODAY}
        assert services.report_gap(by=keeper, at=at, **given).reported_by == keeper
        with pytest.raises(PermissionDenied):
            services.report_gap(by=worker, at=at, **given)


class TestCloseGap:
    def test_is_done_once_and_measured(self, keeper: User, at: datetime) -> None:
        factories.gap()
        gap = services.close_gap(by=keeper, at=at, gap=factories.gap(), how_closed="A group began")
        with pytest.raises(services.NotNow):
            services.close_gap(by=keeper, at=at, gap=gap, how_closed="Again")
        found = measures.find("services.gaps_closed")
        assert found
        assert found.count(Period(date(2026, 10, 1), date(2026, 12, 31)), at) == Part(1, 2)
        assert found.count(Period(date(2026, 7, 1), date(2026, 9, 30)), at) == Part(0, 2)
        assert [each.closed_on for each in selectors.gaps()] == [None, TODAY]


class TestAddResource:
    def test_has_its_first_version_and_an_owner_who_owes_its_review(self, keeper: User, at: datetime) -> None:
        resource = add_resource(keeper, at)
        assert [(each.number, each.text) for each in selectors.versions_of(resource)] == [(1, "Ring")]
        owed = running(Kind.RESOURCE_REVIEW)
        assert owed
        assert (owed.subject_id, owed.due_at, owed.owner) == (resource.pk, end_of_day(SPRING), keeper)


class TestChangeResource:
    def test_gives_the_promise_to_another(self, keeper: User, at: datetime) -> None:
        resource = add_resource(keeper, at)
        other = factories.user(team=factories.team(), roles=keeper.roles)
        given = RESOURCE | {"owner": other}
        services.change_resource(by=keeper, at=at, resource=resource, version=1, **given)
        owed = running(Kind.RESOURCE_REVIEW)
        assert owed
        assert owed.owner == other
        with pytest.raises(services.Changed):
            services.change_resource(by=keeper, at=at, resource=resource, version=1, **given)


class TestPublishVersion:
    def test_follows_the_one_before_and_is_a_review(self, keeper: User, at: datetime) -> None:
        resource = add_resource(keeper, at)
        given = {"text": "Ring twice", "link": "", "what_changed": "How often", "review_by": date(2027, 9, 1)}
        services.publish_version(by=keeper, at=at, resource=resource, **given)  # type: ignore[arg-type]
        said = [(each.number, each.text) for each in selectors.versions_of(resource)]
        assert said == [(2, "Ring twice"), (1, "Ring")]
        assert [each.newest for each in selectors.resources()] == [2]  # type: ignore[attr-defined]
        assert Deadline.objects.filter(kind=Kind.RESOURCE_REVIEW, met_at=at).count() == 1


class TestReviewResource:
    def test_keeps_the_promise(self, keeper: User, at: datetime) -> None:
        resource = add_resource(keeper, at)
        services.review_resource(by=keeper, at=at, resource=resource, review_by=date(2027, 9, 1))
        assert Deadline.objects.filter(kind=Kind.RESOURCE_REVIEW, met_at=at).count() == 1


class TestWithdrawResource:
    def test_leaves_nothing_owed_and_takes_no_new_version(self, keeper: User, at: datetime) -> None:
        resource = services.withdraw_resource(by=keeper, at=at, resource=add_resource(keeper, at))
        assert running(Kind.RESOURCE_REVIEW) is None
        with pytest.raises(services.NotNow):
            services.review_resource(by=keeper, at=at, resource=resource, review_by=SPRING)


def test_what_was_missed_is_started_by_the_hourly_look(keeper: User, at: datetime) -> None:
    factories.service(owner=keeper)
    factories.resource(owner=keeper)
    clocks.heal(system_actor(), at)
    assert running(Kind.SERVICE_REVIEW)
    assert running(Kind.RESOURCE_REVIEW)


def test_what_is_for_somebody_is_found_by_it() -> None:
    factories.campaign()
    factories.service()
    assert not selectors.campaigns(Audience.BUSINESS)
    assert [each.audiences for each in selectors.campaigns(Audience.PARENTS)] == [[Audience.PARENTS]]
    assert [each.audiences for each in selectors.services(Audience.CHILDREN)] == [[Audience.CHILDREN]]
    assert (Campaign.objects.count(), Gap.objects.count()) == (1, 0)
