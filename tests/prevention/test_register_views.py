"""The pages of campaigns, services, gaps and resources."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from prevention.models import Campaign, Gap, Resource, Service
from prevention.rules import Audience, Channel, ResourceKind
from tests import factories
from tests.prevention.test_training_views import MOST_QUERIES, day, page, read

pytestmark = pytest.mark.django_db


def soon() -> date:
    return timezone.localdate() + timedelta(days=90)


class TestEmpty:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("campaigns", "No campaign has been added yet"),
            ("services", "No service has been added yet"),
            ("resources", "No resource has been added yet"),
        ],
    )
    def test_lists_say_so(self, keeper: User, browser_of: Any, name: str, words: str) -> None:
        assert words in read(browser_of(keeper), name)

    def test_and_of_whom_nothing_is_for(self, keeper: User, browser_of: Any) -> None:
        client = browser_of(keeper)
        assert "No campaign for them" in read(client, "campaigns", audience="business")
        assert "No service for them" in read(client, "services", audience="business")

    def test_a_reader_is_offered_nothing_to_write(self, worker: User, browser_of: Any) -> None:
        client = browser_of(worker)
        said = read(client, "campaigns") + read(client, "services") + read(client, "resources")
        said += read(client, "service", factories.service().pk) + read(client, "resource", factories.resource().pk)
        assert "/new/" not in said
        assert "/withdraw/" not in said


class TestCampaigns:
    WORDS: Any = {"title": "Say something", "audiences": [Audience.PARENTS], "channels": [Channel.PRINT]}

    def test_one_is_added_changed_and_evaluated(self, keeper: User, browser_of: Any) -> None:
        client = browser_of(keeper)
        days = {**day("starts_on", date(2026, 5, 1)), **day("ends_on", date(2026, 5, 31))}
        client.post(page("add_campaign"), {**self.WORDS, **days})
        made = Campaign.objects.get()
        assert "Not evaluated" in read(client, "campaigns")
        changed = {**self.WORDS, **days, "title": "Say more", "version": "1"}
        client.post(page("change_campaign", made.pk), changed)
        said = client.post(page("change_campaign", made.pk), {**changed, "title": "Say less"}).content.decode()
        for words in ("What was saved meanwhile", "Say more", "Say less", 'name="version" value="2"', "Parents"):
            assert words in said
        learnt = {"reached": "900", "evaluation": "Start earlier", "version": "2"}
        client.post(page("evaluate_campaign", made.pk), learnt)
        said = client.post(page("evaluate_campaign", made.pk), {**learnt, "evaluation": "Mine"}).content.decode()
        for words in ("What was saved meanwhile", "Start earlier", "Mine", 'name="version" value="3"'):
            assert words in said
        assert "It reached 900 people" in read(client, "campaign", made.pk)
        assert "Not evaluated" not in read(client, "campaigns")

    def test_the_last_day_is_not_before_the_first(self, keeper: User, browser_of: Any) -> None:
        days = {**day("starts_on", date(2026, 5, 1)), **day("ends_on", date(2026, 4, 1))}
        said = browser_of(keeper).post(page("add_campaign"), {**self.WORDS, **days}).content.decode()
        assert "The last day must be the same as or after the first day" in said


class TestServices:
    def test_one_is_added_changed_reviewed_and_withdrawn(self, keeper: User, browser_of: Any) -> None:
        client = browser_of(keeper)
        words: Any = {"name": "Talk", "provider": "A charity", "audiences": ["children"], "offers": "Talks"}
        words |= {"referral_route": "By telephone", "owner": str(keeper.pk), **day("review_by", soon())}
        client.post(page("add_service"), words)
        made = Service.objects.get()
        client.post(page("change_service", made.pk), {**words, "capacity": "7", "version": "1"})
        assert "By telephone" in read(client, "services", audience="children")
        client.post(page("review_service", made.pk), day("review_by", soon() + timedelta(days=1)))
        made.refresh_from_db()
        assert (made.capacity, made.reviewed_on) == (7, timezone.localdate())
        client.post(page("withdraw_service", made.pk))
        assert "This service was withdrawn on" in read(client, "service", made.pk)

    def test_one_that_is_overdue_for_review_says_so(self, keeper: User, browser_of: Any) -> None:
        client, late = browser_of(keeper), factories.service(review_by=date(2026, 1, 1))
        assert "Overdue" in read(client, "services")
        assert "Overdue for review" in read(client, "service", late.pk)

    def test_a_gap_is_reported_and_closed(self, keeper: User, browser_of: Any) -> None:
        client = browser_of(keeper)
        words: Any = {"what": "Nothing for boys", "audiences": ["children"], **day("found_on", date(2026, 6, 1))}
        client.post(page("report_gap"), words)
        assert "Nothing for boys" in read(client, "services")
        client.post(page("close_gap", Gap.objects.get().pk), {"how_closed": "A group began"})
        assert "A group began" in read(client, "services")


class TestResources:
    def test_one_is_added_published_anew_reviewed_and_withdrawn(self, keeper: User, browser_of: Any) -> None:
        client, until = browser_of(keeper), day("review_by", soon())
        words = {"kind": ResourceKind.PROCEDURE, "title": "What to do", "owner": str(keeper.pk), **until}
        client.post(page("add_resource"), {**words, "text": "Ring the hub"})
        made = Resource.objects.get()
        assert "What to do" in read(client, "resources")
        client.post(page("change_resource", made.pk), {**words, "title": "What to do first", "version": "1"})
        client.post(page("publish_version", made.pk), {"text": "Ring twice", "what_changed": "How often", **until})
        said = read(client, "resource", made.pk)
        for part in ("What to do first", "Ring twice", "Ring the hub", "Version 1, followed by a newer one"):
            assert part in said
        assert client.post(page("review_resource", made.pk), day("review_by", soon())).status_code == 302
        client.post(page("withdraw_resource", made.pk))
        assert "holds no more" in read(client, "resource", made.pk)

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [({}, "Enter what it says, or where it can be read"), ({"link": "javascript:1"}, "starts with https://")],
    )
    def test_says_something_and_leads_only_to_safe_addresses(
        self, keeper: User, browser_of: Any, given: dict[str, str], sentence: str
    ) -> None:
        words = {"kind": "procedure", "title": "What to do", "owner": str(keeper.pk), **day("review_by", soon())}
        assert sentence in browser_of(keeper).post(page("add_resource"), {**words, **given}).content.decode()


@pytest.mark.parametrize("name", ["campaigns", "services", "resources"])
def test_each_list_is_read_in_few_queries(
    keeper: User, browser_of: Any, django_assert_max_num_queries: Any, name: str
) -> None:
    client = browser_of(keeper)
    for _ in range(30):
        factories.campaign(lead_agency=factories.agency())
        factories.service(owner=factories.user(team=factories.team()))
        factories.gap()
        factories.resource()
    with django_assert_max_num_queries(MOST_QUERIES):
        read(client, name)
