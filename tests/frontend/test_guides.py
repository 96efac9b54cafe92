"""What the partnership says stands on the pages that offer a place for it."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from frontend import guides
from prevention.models import Resource
from riskassessment.models import Screening
from riskassessment.sections import Section
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_place_that_no_room_offers_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        guides.at("nowhere")


def test_a_room_below_shows_what_a_room_above_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guides, "_PLACES", {})
    monkeypatch.setattr(guides, "_FINDERS", [])
    guides.offer("made_up", "A made-up page")
    guides.found_by(lambda place: [guides.Guide("How to", "Procedure", f"/{place}/")])
    assert guides.places() == {"made_up": "A made-up page"}
    assert [guide.href for guide in guides.at("made_up")] == ["/made_up/"]


class TestOnPages:
    @pytest.fixture
    def draft(self, worker: User) -> Screening:
        return factories.screening(author=worker)

    @pytest.fixture
    def procedure(self) -> Resource:
        factories.resource(title="Of another page", shown_at=["training"])
        factories.resource(title="Gone", shown_at=["screening"], withdrawn_on=factories.NOON.date())
        return factories.resource(title="When a child tells you", shown_at=["screening"])

    def test_the_screening_form_leads_to_what_is_needed_there(
        self, procedure: Resource, worker: User, draft: Screening, browser_of: Any
    ) -> None:
        address = reverse("riskassessment:save_section", args=[draft.pk, Section.SERIOUS])
        said = browser_of(worker).get(address).content.decode()
        assert "When a child tells you" in said
        assert reverse("prevention:resource", args=[procedure.pk]) in said
        assert "Of another page" not in said
        assert "Gone" not in said

    def test_whoever_keeps_a_resource_says_where_it_is_needed(self, procedure: Resource, browser_of: Any) -> None:
        keeper = factories.user(team=factories.team(), roles=["semt_member"])
        page = reverse("prevention:change_resource", args=[procedure.pk])
        client = browser_of(keeper)
        said = client.get(page).content.decode()
        assert all(title in said for title in guides.places().values())
        day = {"review_by-day": "1", "review_by-month": "6", "review_by-year": "2099"}
        given = {"kind": "procedure", "title": "T", "owner": str(keeper.pk), "version": "1", "shown_at": ["interview"]}
        assert client.post(page, given | day).status_code == 302
        assert (
            "The return interview" in client.get(reverse("prevention:resource", args=[procedure.pk])).content.decode()
        )
