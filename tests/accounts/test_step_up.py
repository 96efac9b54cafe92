"""A sensitive deed asks again who is there (ASVS 7.5.1–7.5.3)."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tests import factories
from tests.signing_in import note, sign_in

pytestmark = pytest.mark.django_db

EXPORT = "missing:export_903"
ASKED = {"year": "2025"}
TOO_LONG_AGO = settings.STEP_UP_SECONDS + 1


@pytest.fixture
def coordinator() -> User:
    return factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])


@pytest.fixture
def codes(coordinator: User) -> list[str]:
    """Recovery codes, beside an authenticator app."""
    TOTP.activate(coordinator, generate_totp_secret())
    return list(RecoveryCodes.activate(coordinator).get_unused_codes())


def browser(user: User, *, seconds_ago: float) -> Client:
    client = Client()
    sign_in(client, user, seconds_ago=seconds_ago)
    return client


class TestRequired:
    def test_asvs_7_5_3_an_export_is_given_to_who_has_just_proved_who_they_are(self, coordinator: User) -> None:
        answer = browser(coordinator, seconds_ago=0).post(reverse(EXPORT), ASKED)
        assert answer["Content-Type"].startswith("text/csv")

    def test_asvs_7_5_3_an_export_later_asks_first_and_is_given_afterwards(
        self, coordinator: User, codes: list[str]
    ) -> None:
        hers = browser(coordinator, seconds_ago=TOO_LONG_AGO)
        asked = hers.post(reverse(EXPORT), ASKED)
        assert asked.status_code == 302
        assert asked["Location"].startswith(reverse("mfa_reauthenticate"))
        back = hers.post(asked["Location"], {"code": codes[0], "next": reverse(EXPORT)})
        assert back["Location"] == reverse(EXPORT)
        assert '<option value="2025" selected' in hers.get(reverse(EXPORT)).content.decode()
        assert hers.post(reverse(EXPORT), ASKED)["Content-Type"].startswith("text/csv")

    def test_a_wrong_code_leads_nowhere(self, coordinator: User, codes: list[str]) -> None:
        hers = browser(coordinator, seconds_ago=TOO_LONG_AGO)
        page = hers.post(reverse("mfa_reauthenticate"), {"code": "00000000", "next": reverse(EXPORT)})
        assert "Error: Confirm that it is you" in page.content.decode()
        assert hers.post(reverse(EXPORT), ASKED).status_code == 302

    def test_a_password_is_not_enough_for_who_has_a_second_factor(self, coordinator: User, codes: list[str]) -> None:
        coordinator.set_password("otter violin gravel")
        coordinator.save()
        hers = browser(coordinator, seconds_ago=TOO_LONG_AGO)
        answer = hers.post(reverse("account_reauthenticate"), {"password": "otter violin gravel"})
        assert answer["Location"] == reverse("mfa_reauthenticate")
        assert hers.post(reverse(EXPORT), ASKED).status_code == 302

    def test_looking_at_the_page_asks_for_nothing(self, coordinator: User) -> None:
        assert browser(coordinator, seconds_ago=TOO_LONG_AGO).get(reverse(EXPORT)).status_code == 200

    def test_who_has_no_way_to_prove_it_is_refused(self, coordinator: User) -> None:
        coordinator.set_unusable_password()
        coordinator.save()
        assert not Authenticator.objects.filter(user=coordinator).exists()
        assert browser(coordinator, seconds_ago=TOO_LONG_AGO).post(reverse(EXPORT), ASKED).status_code == 403

    def test_another_persons_proofs_in_the_session_count_for_nothing(self, coordinator: User, worker: User) -> None:
        hers = browser(coordinator, seconds_ago=0)
        note(hers, worker, method="mfa", type="totp", at=0)
        assert hers.post(reverse(EXPORT), ASKED).status_code in {302, 403}


class TestDemonstration:
    @pytest.fixture(autouse=True)
    def demonstration(self, settings: Any) -> None:
        settings.DEMONSTRATION = True

    def test_after_a_role_card_a_button_is_enough(self, coordinator: User) -> None:
        hers = Client()
        hers.force_login(coordinator)
        note(hers, coordinator, method="role_card", at=0)
        asked = hers.post(reverse(EXPORT), ASKED)
        assert asked["Location"].startswith(reverse("demo_confirm"))
        assert "It is me" in hers.get(asked["Location"]).content.decode()
        assert hers.post(reverse("demo_confirm"), {"next": reverse(EXPORT)})["Location"] == reverse(EXPORT)
        assert hers.post(reverse(EXPORT), ASKED)["Content-Type"].startswith("text/csv")

    def test_who_signed_in_otherwise_has_no_such_button(self, coordinator: User) -> None:
        assert browser(coordinator, seconds_ago=0).get(reverse("demo_confirm")).status_code == 404

    def test_a_role_card_counts_nowhere_else(self, coordinator: User, settings: Any) -> None:
        settings.DEMONSTRATION = False
        hers = Client()
        hers.force_login(coordinator)
        note(hers, coordinator, method="role_card", at=2**40)
        for name in ("home", "deadlines:inbox", EXPORT, "demo_confirm"):
            assert hers.get(reverse(name))["Location"] == reverse("mfa_index")
