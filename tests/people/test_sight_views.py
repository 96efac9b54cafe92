"""The pages that say who sees a record, in a browser's words."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import GrantKind, Team, User
from accounts.roles import Role
from people.models import Child, Emergency, Exclusion, LiftProposal
from tests import factories
from tests.signing_in import sign_in

PAGES = [
    *("", "children/{pk}/", "children/{pk}/print/", "children/{pk}/sight/", "missing/", "missing/child/{pk}/"),
    *("screenings/", "screenings/submitted/", "referrals/", "missing/figures/csv/", "missing/figures/children/"),
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def child(team: Team) -> Child:
    return factories.child(known_to=team, given_name="Zoë", family_name="Hall")


@pytest.fixture
def second(team: Team) -> User:
    return factories.user(team=team, roles=[Role.TEAM_MANAGER], full_name="Second Manager")


@pytest.fixture
def governor(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.IG_OFFICER])


class TestRestrictedRecord:
    def test_is_restricted_marked_and_lifted_by_two(
        self, child: Child, manager: User, second: User, worker: User, browser_of: Any
    ) -> None:
        browser, other = browser_of(manager), browser_of(second)
        form = {"kind": "police", "reason": "An operation", "keep": [second.pk]}
        page = browser.post(f"/children/{child.pk}/restrict/", form, follow=True).content.decode()
        assert "Restricted record" in page
        assert "Second Manager" in page
        assert browser_of(worker).get(f"/children/{child.pk}/").status_code == 404
        assert "Restricted record" in browser.get(f"/children/{child.pk}/").content.decode()
        found = browser.post("/children/", {"given_name": "Zoë", "family_name": "Hall"}).content.decode()
        assert "Restricted record" in found
        browser.post(f"/children/{child.pk}/restrict/lift/", {"reason": "It is over"})
        own = browser.post(f"/children/{child.pk}/restrict/answer/", {"agreed": "yes", "reason": "Yes"})
        assert "Another person must agree" in own.content.decode()
        assert "It is over" in other.get(f"/children/{child.pk}/restrict/answer/").content.decode()
        other.post(f"/children/{child.pk}/restrict/answer/", {"agreed": "yes", "reason": "Police agree"})
        assert LiftProposal.objects.get().agreed
        assert browser_of(worker).get(f"/children/{child.pk}/").status_code == 200

    def test_says_beside_the_field_what_is_missing(self, child: Child, manager: User, browser_of: Any) -> None:
        page = browser_of(manager).post(f"/children/{child.pk}/restrict/", {"reason": "x"}).content.decode()
        assert "Select why the record is restricted" in page

    def test_one_more_person_is_let_in(self, child: Child, manager: User, stranger: User, browser_of: Any) -> None:
        browser = browser_of(manager)
        browser.post(f"/children/{child.pk}/restrict/", {"kind": "police", "reason": "An operation"})
        browser.post(f"/children/{child.pk}/restrict/let/", {"person": stranger.pk, "reason": "Leads it"})
        assert browser_of(stranger).get(f"/children/{child.pk}/").status_code == 200
        browser.post(f"/children/{child.pk}/sight/people/{stranger.pk}/end/", {"reason": "Done"})
        assert browser_of(stranger).get(f"/children/{child.pk}/").status_code == 404


class TestPoliceSensitiveRecord:
    @pytest.mark.parametrize("address", PAGES)
    def test_asvs_8_2_3_a_school_receives_nothing_of_it(
        self, child: Child, manager: User, team: Team, browser_of: Any, address: str
    ) -> None:
        """Intelligence has no room yet; what the police keep from a school is a restricted record."""
        other = factories.user(team=team, roles=[Role.TEAM_MANAGER])
        factories.screening(child=child, author=other, submitted_at=factories.NOON, analysis="Seen by an officer")
        factories.episode(child=child, recorded_by=other)
        form = {"kind": "police", "reason": "An operation"}
        browser_of(manager).post(f"/children/{child.pk}/restrict/", form)
        assert Child.objects.get(pk=child.pk).restriction
        page = browser_of(other).get(f"/{address.format(pk=child.pk)}").content
        for told in ("Zoë", "Seen by an officer", "An operation", child.reference):
            assert told.encode() not in page


class TestExclusion:
    def test_is_recorded_shown_to_managers_and_ended(
        self, child: Child, manager: User, worker: User, browser_of: Any
    ) -> None:
        browser, kept = browser_of(manager), browser_of(worker)
        browser.post(f"/children/{child.pk}/exclude/", {"person": worker.pk, "reason": "An aunt"})
        assert kept.get(f"/children/{child.pk}/").status_code == 404
        page = browser.get(f"/children/{child.pk}/sight/").content.decode()
        assert "An aunt" in page
        browser.post(f"/children/exclusions/{Exclusion.objects.get().pk}/end/")
        assert kept.get(f"/children/{child.pk}/").status_code == 200

    def test_information_governance_records_one_without_seeing_the_record(
        self, child: Child, governor: User, worker: User, browser_of: Any
    ) -> None:
        browser = browser_of(governor)
        form = {"reference": child.reference, "person": worker.pk, "reason": "An aunt"}
        assert browser.post("/children/exclude/", form).status_code == 302
        assert browser_of(worker).get(f"/children/{child.pk}/").status_code == 404
        page = browser.get(f"/children/{child.pk}/sight/").content.decode()
        assert worker.full_name in page
        assert "Zoë" not in page


class TestEmergency:
    FORM = {"reason": "The child is in the waiting room and hurt", "hours": "2"}

    def test_opens_shows_on_every_page_and_is_closed_by_hand(
        self, child: Child, stranger: User, browser_of: Any
    ) -> None:
        browser = browser_of(stranger)
        page = browser.post("/children/emergency/", {**self.FORM, "reference": child.reference}, follow=True)
        assert "Zoë" in page.content.decode()
        for address in ("/", "/notices/", "/children/"):
            assert f"record {child.reference}" in browser.get(address).content.decode()
        browser.post(f"/children/{child.pk}/emergency/end/")
        assert "opened in an emergency" not in browser.get("/").content.decode()
        assert browser.get(f"/children/{child.pk}/").status_code == 404

    def test_a_miss_and_a_record_kept_from_them_are_answered_alike(
        self, child: Child, worker: User, browser_of: Any
    ) -> None:
        factories.exclusion(child=child, person=worker)
        browser = browser_of(worker)
        asked = [{"reference": child.reference}, {"reference": "C900000"}]
        pages = [browser.post("/children/emergency/", {**self.FORM, **each}).content.decode() for each in asked]
        assert "There is no record with exactly these details that can be opened" in pages[0]
        same = [page.split("</h1>")[1].replace(child.reference, "").replace("C900000", "") for page in pages]
        assert _without_token(same[0]) == _without_token(same[1])

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"reason": "Too short"}, "Say why in 20 characters or more"),
            ({"hours": "9"}, "Select for how long"),
            ({"reference": "abc"}, "Reference must be a C and digits"),
            ({"reference": ""}, "Enter our reference"),
            ({"reference": "", "given_name": "Zoë"}, "all three"),
        ],
    )
    def test_says_what_is_missing(
        self, child: Child, stranger: User, browser_of: Any, typed: dict[str, str], said: str
    ) -> None:
        form = {**self.FORM, "reference": child.reference, **typed}
        page = browser_of(stranger).post("/children/emergency/", form).content.decode()
        assert said in page
        assert not Emergency.objects.exists()

    def test_asvs_7_5_3_asks_again_who_is_there_and_keeps_what_was_typed(self, child: Child, stranger: User) -> None:
        TOTP.activate(stranger, generate_totp_secret())
        browser = Client()
        sign_in(browser, stranger, seconds_ago=settings.STEP_UP_SECONDS + 1)
        answer = browser.post("/children/emergency/", {**self.FORM, "reference": child.reference})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/")
        assert not Emergency.objects.exists()

    def test_is_reviewed_by_information_governance(
        self, child: Child, stranger: User, governor: User, browser_of: Any
    ) -> None:
        ended = factories.emergency(child=child, person=stranger, ended_at=timezone.now() - timedelta(minutes=1))
        browser = browser_of(governor)
        page = browser.get("/children/emergencies/").content.decode()
        assert child.reference in page
        assert "Zoë" not in page
        browser.post(f"/children/emergencies/{ended.pk}/review/", {"justified": "no", "note": "Nobody was hurt"})
        assert "Not justified" in browser.get("/children/emergencies/").content.decode()


class TestSightPage:
    def test_lists_teams_and_people_and_offers_to_end_what_was_shared(
        self, child: Child, manager: User, browser_of: Any
    ) -> None:
        partner = factories.team(name="Street Outreach")
        factories.let_know(child, partner, kind=GrantKind.SHARE, by=manager)
        browser = browser_of(manager)
        page = browser.get(f"/children/{child.pk}/sight/").content.decode()
        assert "Street Outreach" in page
        assert "Added the record" in page
        browser.post(f"/children/{child.pk}/sight/teams/{partner.pk}/end/", {"reason": "Done"})
        browser.get("/")
        assert "Street Outreach" not in browser.get(f"/children/{child.pk}/sight/").content.decode()


class TestAddressPages:
    def test_the_address_becomes_a_secret_and_is_shown_again(
        self, child: Child, manager: User, worker: User, browser_of: Any
    ) -> None:
        Child.objects.filter(pk=child.pk).update(address="7 Hidden Lane")
        browser, other = browser_of(manager), browser_of(worker)
        browser.post(f"/children/{child.pk}/address/", {"reason": "Her father looks for her"})
        assert "Hidden Lane" not in other.get(f"/children/{child.pk}/").content.decode()
        assert "Hidden Lane" in browser.get(f"/children/{child.pk}/").content.decode()
        browser.post(f"/children/{child.pk}/address/show/")
        assert "Hidden Lane" in other.get(f"/children/{child.pk}/").content.decode()


class TestTellPage:
    def test_a_manager_says_how_the_team_is_reached(self, manager: User, team: Team, browser_of: Any) -> None:
        browser = browser_of(manager)
        page = browser.post("/children/searches/", {"tells": "yes"}).content.decode()
        assert "Enter a phone number or an e-mail address" in page
        browser.post("/children/searches/", {"tells": "yes", "phone": "01902 000000"})
        team.refresh_from_db()
        assert team.tells_of_records


def _without_token(page: str) -> str:
    return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
